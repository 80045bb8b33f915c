// Photos of a finding: shown at once from the device, before anything is sent.

function show(input) {
  const place = document.getElementById(input.dataset.photos)
  if (!place) return
  place.replaceChildren()
  for (const file of input.files) {
    const picture = document.createElement("img")
    picture.alt = file.name
    const reader = new FileReader()
    reader.addEventListener("load", () => { picture.src = reader.result })
    reader.readAsDataURL(file)
    place.append(picture)
  }
  place.hidden = !input.files.length
}

export function photos(root) {
  for (const input of root.querySelectorAll("input[data-photos]")) {
    if (input.dataset.watched) continue
    input.dataset.watched = "yes"
    input.addEventListener("change", () => show(input))
  }
}
