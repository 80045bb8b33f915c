// Lists: picked rows show the bar of bulk acts; filter panels close when one leaves them; the whole page can be picked.

function count(form) {
  const bar = form.querySelector(".bulkbar")
  if (!bar) return
  const picked = form.querySelectorAll("tbody input[type=checkbox]:checked")
  bar.hidden = !picked.length
  const said = bar.querySelector("[data-picked]")
  if (said) said.textContent = String(picked.length)
  for (const row of form.querySelectorAll("tbody tr")) {
    row.classList.toggle("is-picked", Boolean(row.querySelector("input[type=checkbox]:checked")))
  }
}

function watch(form) {
  if (form.dataset.watched) return
  form.dataset.watched = "yes"
  form.addEventListener("change", event => {
    if (event.target.matches("[data-pick-all]")) {
      form.querySelectorAll("tbody input[type=checkbox]").forEach(box => { box.checked = event.target.checked })
    }
    count(form)
  })
  form.querySelector("[data-unpick]")?.addEventListener("click", () => {
    form.querySelectorAll("input[type=checkbox]").forEach(box => { box.checked = false })
    count(form)
  })
  count(form)
}

function closeOthers(event) {
  for (const panel of document.querySelectorAll("details.filter[open]")) {
    if (!panel.contains(event.target)) panel.open = false
  }
}

let listening = false

export function lists(root) {
  root.querySelectorAll("form[data-bulk]").forEach(watch)
  if (root.matches?.("form[data-bulk]")) watch(root)
  if (listening) return
  listening = true
  document.addEventListener("pointerdown", closeOthers)
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return
    closeOthers({target: document.body})
    document.querySelector("form[data-bulk] [data-unpick]")?.click()
  })
}
