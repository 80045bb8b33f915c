// Files that were chosen: pictures are shown at once from the device, before anything is sent; others by their name.

function picture(file) {
  const shown = document.createElement("img")
  shown.alt = file.name
  const reader = new FileReader()
  reader.addEventListener("load", () => { shown.src = reader.result })
  reader.readAsDataURL(file)
  return shown
}

function named(file) {
  const shown = document.createElement("span")
  shown.className = "tag"
  shown.textContent = file.name
  return shown
}

function show(input) {
  const place = document.getElementById(input.dataset.photos)
  if (!place) return
  place.replaceChildren(...[...input.files].map(file => file.type.startsWith("image/") ? picture(file) : named(file)))
  place.hidden = !input.files.length
}

export function photos(root) {
  for (const input of root.querySelectorAll("input[data-photos]")) {
    if (input.dataset.watched) continue
    input.dataset.watched = "yes"
    input.addEventListener("change", () => show(input))
  }
}
