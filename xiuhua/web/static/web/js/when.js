// An input that matters only after a certain answer to another: data-when names that other, data-answers its answers.
// While it waits it is hidden and not sent, so that nothing of it gets into the file.

function given(form, name) {
  return [...form.elements]
    .filter(one => one.name === name && !(["radio", "checkbox"].includes(one.type) && !one.checked))
    .map(one => one.value)
}

function decide(form) {
  for (const place of form.querySelectorAll("[data-when]")) {
    const answers = place.dataset.answers.split(" ")
    const waits = !given(form, place.dataset.when).some(value => answers.includes(value))
    place.hidden = waits
    for (const input of place.querySelectorAll("input, select, textarea")) input.disabled = waits
  }
}

function watch(form) {
  if (form.dataset.deciding) return
  form.dataset.deciding = "yes"
  form.addEventListener("change", () => decide(form))
  decide(form)
}

export function when(root) {
  for (const place of root.querySelectorAll("[data-when]")) watch(place.closest("form"))
}
