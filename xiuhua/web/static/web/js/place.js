// The place of a finding: asked from the device when the person allows it, never needed.

function put(form, name, value) {
  const field = form.elements.namedItem(name)
  if (field) field.value = value
}

// A place that is known at once would be told before anybody on the page listens.
function loaded(next) {
  if (document.readyState === "complete") next()
  else addEventListener("load", next, {once: true})
}

function ask(button) {
  if (button.dataset.watched) return
  button.dataset.watched = "yes"
  const form = button.closest("form")
  const said = form.querySelector("[data-place-said]")
  const locate = () => navigator.geolocation.getCurrentPosition(
    where => {
      put(form, "lon", where.coords.longitude.toFixed(6))
      put(form, "lat", where.coords.latitude.toFixed(6))
      put(form, "accuracy", String(Math.round(where.coords.accuracy)))
      said.textContent = button.dataset.saidFound.replace("{m}", String(Math.round(where.coords.accuracy)))
      form.dispatchEvent(new Event("placed", {bubbles: true}))
    },
    () => { said.textContent = button.dataset.saidNone },
    {enableHighAccuracy: true, timeout: 8000, maximumAge: 60000},
  )
  button.addEventListener("click", locate)
  // The words for the place come with the area; what a person wrote stays.
  form.addEventListener("htmx:afterSwap", event => {
    const name = event.target.querySelector("[data-place-name]")?.dataset.placeName
    const field = form.elements.namedItem("place")
    if (name && field && (!field.value || field.value === field.dataset.filled)) field.value = field.dataset.filled = name
  })
  navigator.permissions?.query({name: "geolocation"}).then(right => { if (right.state === "granted") loaded(locate) })
}

export function place(root) {
  if (!("geolocation" in navigator)) return
  root.querySelectorAll("[data-locate]").forEach(ask)
}
