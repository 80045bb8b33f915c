// What was taken from another case is marked beside its input until somebody has changed it by hand, so that nobody
// signs a copy unread. One button takes everything that a like case lends.

function mark(button) {
  const input = document.getElementById(button.dataset.fill)
  if (!input) return
  const id = `${input.id}-copied`
  let note = document.getElementById(id)
  if (!note) {
    note = document.createElement("p")
    note.id = id
    note.className = "copied"
    input.insertAdjacentElement("afterend", note)
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), id].filter(Boolean).join(" "))
    input.addEventListener("input", event => { if (event.isTrusted) note.remove() })
  }
  note.textContent = button.dataset.from
}

export function copies(root) {
  for (const button of root.querySelectorAll("[data-from]")) {
    if (button.dataset.marks) continue
    button.dataset.marks = "yes"
    button.addEventListener("click", () => mark(button))
  }
  for (const all of root.querySelectorAll("[data-fill-all]")) {
    if (all.dataset.ready) continue
    all.dataset.ready = "yes"
    all.addEventListener("click", () => {
      for (const one of all.closest(".offer").querySelectorAll("[data-words]:not([hidden])")) one.click()
    })
  }
}
