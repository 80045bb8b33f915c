// The document beside a form or a list: the place that the focused input feeds is marked; a picked row is marked;
// where the screen is too narrow for "beside", the document opens as a page of its own.

const NARROW = matchMedia("(max-width: 1100px)")

function mark(form) {
  const papers = document.querySelector(form.dataset.live)
  if (!papers) return
  const name = form.contains(document.activeElement) ? document.activeElement.name : ""
  for (const place of papers.querySelectorAll("[data-field]")) {
    place.classList.toggle("is-live", Boolean(name) && place.dataset.field === name)
  }
}

function watch(form) {
  if (form.dataset.marking) return
  form.dataset.marking = "yes"
  form.addEventListener("focusin", () => mark(form))
}

function put(form, name, value) {
  const field = form?.elements.namedItem(name)
  if (!field) return
  field.value = value
  // Of a group of radio buttons the one that is chosen tells of it.
  const one = field instanceof RadioNodeList ? [...field].find(radio => radio.checked) : field
  one?.dispatchEvent(new Event("input", {bubbles: true}))
  one?.dispatchEvent(new Event("change", {bubbles: true}))
}

// data-fill with data-value writes into one input; data-fills holds the values of several as JSON.
function fill(button) {
  const form = button.closest("form")
  const values = button.dataset.fills ? JSON.parse(button.dataset.fills) : {[button.dataset.fill]: button.dataset.value}
  for (const [name, value] of Object.entries(values)) put(form, name, value)
}

let listening = false

export function beside(root) {
  root.querySelectorAll("form[data-live]").forEach(watch)
  document.querySelectorAll("form[data-live]").forEach(mark)
  if (listening) return
  listening = true
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-fill], [data-fills]")
    if (button) fill(button)
    const link = event.target.closest("[data-beside]")
    for (const row of link ? link.closest("tbody").rows : []) row.classList.toggle("is-picked", row.contains(link))
  })
  document.addEventListener("htmx:beforeRequest", event => {
    const link = event.target.closest?.("[data-beside]")
    if (!link || !NARROW.matches) return
    event.preventDefault()
    location.assign(link.getAttribute("hx-get"))
  })
}
