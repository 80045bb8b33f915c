// A text that stands beside a form is taken into an input by a button: data-fill names the input, data-words the text.
// What was typed is never lost: into an input that holds something the text goes behind it, and it goes there once.

function take(button) {
  const input = document.getElementById(button.dataset.fill)
  const words = document.getElementById(button.dataset.words).textContent.trim()
  if (!input || input.value.includes(words)) return input?.focus()
  const typed = input.value.trim()
  input.value = typed ? `${typed}${input.tagName === "TEXTAREA" ? "\n" : "　"}${words}` : words
  const folded = input.closest("details")
  if (folded) folded.open = true
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, {bubbles: true}))
  input.focus()
}

export function fills(root) {
  for (const button of root.querySelectorAll("[data-fill][data-words]")) {
    if (button.dataset.ready) continue
    button.dataset.ready = "yes"
    // Where the form has no such input now there is nothing to take the text into.
    button.hidden = !document.getElementById(button.dataset.fill)
    button.addEventListener("click", () => take(button))
  }
}
