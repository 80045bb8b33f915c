// The live map: people, cars, leads, check-in points; layers on and off; a point opens its card.
import {begin, colour, empty, nameAreas, points, shape} from "./base.js"
import {follow} from "./live.js"

const box = document.getElementById("map")
const card = document.getElementById("card")
const movers = new Map()

function icon(mover) {
  if (mover.standing === "lost") return "lost"
  return mover.car ? "car" : "person"
}

function features() {
  return points([...movers].map(([key, m]) => [key, m.lon, m.lat, {key, device: m.device, icon: icon(m), layer: m.standing === "lost" ? "lost" : m.car ? "cars" : "people"}]))
}

function layer(map, id, source, image, extra = {}) {
  map.addLayer({
    id, type: "symbol", source, ...extra,
    layout: {"icon-image": image, "icon-allow-overlap": true, "icon-ignore-placement": false, ...extra.layout},
  })
}

function shapes(map) {
  shape(map, "person", "dot", colour("--accent"), colour("--area"))
  shape(map, "car", "square", colour("--ink"), colour("--area"))
  shape(map, "lost", "dot", colour("--area"), colour("--ink-3"), true)
  shape(map, "lead", "triangle", colour("--soon-mark"), colour("--area"))
  shape(map, "alarm", "triangle", colour("--over-mark"), colour("--area"))
  shape(map, "point", "diamond", colour("--area"), colour("--ink-2"))
}

const linked = (rows, address) => points(rows.map(([id, lon, lat, name]) => [id, lon, lat, {name, url: address && address.replace("/0/", `/${id}/`)}]))

function sources(picture) {
  const found = {
    movers: features(), leads: linked(picture.leads, box.dataset.lead), alarms: linked(picture.alarms, box.dataset.alarm),
    points: linked(picture.points), chosen: empty(),
  }
  return Object.fromEntries(Object.entries(found).map(([name, data]) => [name, {type: "geojson", data}]))
}

function layers(map) {
  map.addLayer({
    id: "heat", type: "heatmap", source: "leads", layout: {visibility: "none"},
    paint: {
      "heatmap-radius": 28, "heatmap-opacity": 0.75,
      "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(0,0,0,0)", 0.2, colour("--h1"), 0.4, colour("--h2"), 0.6, colour("--h3"), 0.8, colour("--h4"), 1, colour("--h5")],
    },
  })
  nameAreas(map)
  layer(map, "points", "points", "point", {layout: {visibility: "none"}})
  layer(map, "leads", "leads", "lead")
  for (const id of ["lost", "people", "cars"]) layer(map, id, "movers", ["get", "icon"], {filter: ["==", ["get", "layer"], id]})
  layer(map, "alarms", "alarms", "alarm")
  map.addLayer({id: "chosen", type: "circle", source: "chosen", paint: {"circle-radius": 14, "circle-color": "rgba(0,0,0,0)", "circle-stroke-width": 2, "circle-stroke-color": colour("--accent")}})
}

function toggles(map) {
  for (const button of document.querySelectorAll("[data-layer]")) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true"
      button.setAttribute("aria-pressed", String(on))
      map.setLayoutProperty(button.dataset.layer, "visibility", on ? "visible" : "none")
    })
  }
}

function choose(map, key) {
  const m = movers.get(key)
  map.getSource("chosen").setData(m ? points([[0, m.lon, m.lat, {}]]) : empty())
  box.dataset.chosen = m ? key : ""
}

function open(url) {
  card.hidden = false
  window.htmx.ajax("GET", url, {target: card, swap: "innerHTML"})
}

// On empty ground: send somebody there.
function offer({lng, lat}) {
  if (!box.dataset.send) return
  const link = Object.assign(document.createElement("a"), {className: "btn", href: `${box.dataset.send}?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}`, textContent: box.dataset.saidSend})
  const close = Object.assign(document.createElement("a"), {className: "at", href: "#", textContent: box.dataset.saidClose})
  close.dataset.close = ""
  const head = document.createElement("header")
  head.append(Object.assign(document.createElement("h2"), {textContent: `${lng.toFixed(4)}, ${lat.toFixed(4)}`}), close)
  const line = Object.assign(document.createElement("p"), {className: "after"})
  line.append(link)
  card.replaceChildren(head, line)
  card.hidden = false
}

function clicks(map) {
  const all = ["alarms", "people", "cars", "lost", "leads", "points"]
  map.on("click", event => {
    const around = [[event.point.x - 6, event.point.y - 6], [event.point.x + 6, event.point.y + 6]]
    const [hit] = map.queryRenderedFeatures(around, {layers: all})
    if (!hit) return offer(event.lngLat)
    const {key, device, url, name} = hit.properties
    if (key) { choose(map, key); open(box.dataset.card.replace("/0/", `/${device}/`)) }
    else if (url) location.assign(url)
    else box.dataset.said = name
  })
  for (const id of all) {
    map.on("mouseenter", id, () => { map.getCanvas().classList.add("is-hit") })
    map.on("mouseleave", id, () => { map.getCanvas().classList.remove("is-hit") })
  }
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && !card.hidden) { card.hidden = true; choose(map, "") }
  })
  card.addEventListener("click", event => {
    if (event.target.closest("[data-close]")) { event.preventDefault(); card.hidden = true; choose(map, "") }
  })
  document.addEventListener("click", event => {
    const link = event.target.closest("[data-mover]")
    if (!link || !movers.has(link.dataset.mover) || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const m = movers.get(link.dataset.mover)
    choose(map, link.dataset.mover)
    map.easeTo({center: [m.lon, m.lat], zoom: Math.max(map.getZoom(), 13), animate: !matchMedia("(prefers-reduced-motion: reduce)").matches})
    box.scrollIntoView({block: "nearest"})
    open(link.href)
  })
}

function put([key, device, lon, lat, standing]) {
  movers.set(key, {...(movers.get(key) ?? {car: key.startsWith("d")}), device, lon, lat, standing})
}

async function start() {
  const began = performance.now()
  const asked = fetch(box.dataset.picture).then(answer => answer.json())
  const picture = await asked
  for (const [key, device, car, lon, lat, standing] of picture.movers) movers.set(key, {device, car: Boolean(car), lon, lat, standing})
  const map = await begin(box, {padding: {top: 60, bottom: 24, left: innerWidth > 1100 ? 320 : 24, right: 24}, sources: sources(picture)})
  shapes(map)
  layers(map)
  toggles(map)
  clicks(map)
  map.once("idle", () => { box.dataset.drawn = String(Math.round(performance.now() - began)) })
  const redraw = () => {
    map.getSource("movers").setData(features())
    if (box.dataset.chosen) choose(map, box.dataset.chosen)
    const seen = document.getElementById("live-at")
    if (seen) { seen.textContent = new Date().toLocaleTimeString("zh-CN", {hour12: false}); seen.classList.remove("is-lost") }
  }
  follow({
    token: box.dataset.token, picture: box.dataset.picture,
    whole: rows => { const here = new Set(rows.map(row => row[0])); rows.forEach(put); for (const key of movers.keys()) if (!here.has(key)) movers.delete(key); redraw() },
    moved: (rows, gone) => { rows.forEach(put); gone.forEach(key => movers.delete(key)); redraw() },
    lost: () => document.getElementById("live-at")?.classList.add("is-lost"),
  })
}

if (box) start()
