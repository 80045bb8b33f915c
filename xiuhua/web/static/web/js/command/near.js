// Who is nearest to the middle of the map: a list for the thumb, with the way to send somebody there.
import {worldX, worldY} from "./flat.js"

const SHOWN = 6
const WORLD_METRES = 40_075_017

export function nearest(movers, lon, lat, shown = SHOWN) {
  const x = worldX(lon), y = worldY(lat), metres = WORLD_METRES * Math.cos(lat * Math.PI / 180)
  return [...movers].filter(m => m.layer !== "lost").map(m => [Math.hypot(m.x - x, m.y - y) * metres, m]).sort((a, b) => a[0] - b[0]).slice(0, shown)
}

const far = (metres, box) => metres < 1000 ? `${Math.round(metres / 10) * 10} ${box.dataset.saidM}` : `${(metres / 1000).toFixed(1)} ${box.dataset.saidKm}`

function item([metres, m], box) {
  const row = Object.assign(document.createElement("li"), {className: "one"})
  const link = Object.assign(document.createElement("a"), {href: box.dataset.card.replace("/0/", `/${m.device}/`), textContent: m.name ?? m.key})
  link.dataset.mover = m.key
  const name = document.createElement("b"), at = Object.assign(document.createElement("span"), {className: "at", textContent: far(metres, box)})
  name.append(link)
  row.append(name, at)
  return row
}

// Returns what to call when positions have changed.
export function near(map, marks, box) {
  const list = document.getElementById("near"), send = document.getElementById("send-here")
  const show = () => {
    const {lng, lat} = map.getCenter()
    if (send) send.href = `${box.dataset.send}?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}`
    // While somebody has a finger or the focus on the list it stays as it is.
    if (list.contains(document.activeElement) || list.matches(":active")) return
    list.replaceChildren(...nearest(marks.movers.values(), lng, lat).map(each => item(each, box)))
  }
  map.on("moveend", show)
  show()
  return show
}

// The sheet of a phone: a press on its grip opens or closes it.
export function openSheet(open) {
  const grip = document.getElementById("grip"), panel = document.getElementById("now")
  grip.setAttribute("aria-expanded", String(open))
  panel.classList.toggle("is-open", open)
  if (!open) panel.scrollTop = 0
}

export function sheetGrip() {
  const grip = document.getElementById("grip")
  grip.addEventListener("click", () => openSheet(grip.getAttribute("aria-expanded") !== "true"))
}
