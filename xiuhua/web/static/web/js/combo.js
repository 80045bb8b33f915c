// A search field: what is typed is looked up on the server, arrows choose, Enter takes. Works for causes, officers, parties.

const WAIT = 180

// What is still being asked answers what was typed before: it is not waited for.
function forget(box) {
  clearTimeout(box.timer)
  box.asked += 1
}

function close(box) {
  forget(box)
  box.list.hidden = true
  box.input.setAttribute("aria-expanded", "false")
  box.input.removeAttribute("aria-activedescendant")
}

function take(box, option) {
  box.value.value = option.dataset.value
  box.input.value = option.dataset.shown
  box.stale = false
  close(box)
  box.value.dispatchEvent(new Event("input", {bubbles: true}))
  box.value.dispatchEvent(new Event("change", {bubbles: true}))
}

function mark(box, step) {
  const options = [...box.list.querySelectorAll("[role=option]")]
  if (!options.length) return
  const at = options.findIndex(one => one.getAttribute("aria-selected") === "true")
  const next = options[(at + step + options.length) % options.length]
  options.forEach(one => one.setAttribute("aria-selected", String(one === next)))
  box.input.setAttribute("aria-activedescendant", next.id)
  next.scrollIntoView({block: "nearest"})
}

async function look(box) {
  forget(box)
  const mine = box.asked
  const url = new URL(box.root.dataset.combo, location.href)
  url.searchParams.set("q", box.input.value)
  try {
    const answer = await fetch(url, {headers: {"HX-Request": "true"}, credentials: "same-origin"})
    const text = answer.ok ? await answer.text() : ""
    if (mine !== box.asked) return
    box.list.innerHTML = text
  } catch {
    if (mine === box.asked) close(box)
    return
  }
  box.stale = false
  box.list.querySelectorAll("[role=option]").forEach((one, n) => { one.id = `${box.list.id}-${n}` })
  box.list.hidden = !box.list.children.length
  box.input.setAttribute("aria-expanded", String(!box.list.hidden))
}

// Enter means what is typed now: a list that still answers what was typed before is asked anew first.
async function takeFirst(box) {
  if (box.stale) await look(box)
  const chosen = box.list.querySelector("[aria-selected=true]") ?? box.list.querySelector("[role=option]")
  if (chosen && !box.stale) take(box, chosen)
}

function onKey(box, event) {
  if (event.key === "ArrowDown") { event.preventDefault(); box.list.hidden ? look(box) : mark(box, 1) }
  else if (event.key === "ArrowUp") { event.preventDefault(); mark(box, -1) }
  else if (event.key === "Escape") close(box)
  else if (event.key === "Enter" && (!box.list.hidden || (box.stale && box.input.value))) { event.preventDefault(); takeFirst(box) }
}

function watch(root) {
  if (root.dataset.watched) return
  root.dataset.watched = "yes"
  const box = {root, value: root.querySelector("input[type=hidden]"), input: root.querySelector("[role=combobox]"), list: root.querySelector("[role=listbox]"), timer: 0, asked: 0, stale: false}
  box.input.addEventListener("input", event => {
    event.stopPropagation()
    box.value.value = ""
    box.stale = true
    forget(box)
    box.timer = setTimeout(look, WAIT, box)
  })
  box.input.addEventListener("focus", () => { if (!box.value.value) look(box) })
  box.input.addEventListener("keydown", event => onKey(box, event))
  box.input.addEventListener("blur", () => setTimeout(close, 150, box))
  box.list.addEventListener("pointerdown", event => {
    const option = event.target.closest("[role=option]")
    if (option) { event.preventDefault(); take(box, option) }
  })
}

export function combos(root) {
  root.querySelectorAll("[data-combo]").forEach(watch)
}
