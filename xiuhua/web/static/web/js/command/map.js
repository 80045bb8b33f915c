// The live map. The first picture is painted at once from what stands in the page; the map that can be moved comes after.
import {fit, seen} from "./flat.js"
import {paintGround, paintNames} from "./ground.js"
import {follow} from "./live.js"
import {Marks} from "./marks.js"
import {near, openSheet, sheetGrip} from "./near.js"
import {colour, sheet} from "./sheet.js"

const box = document.getElementById("map")
const card = document.getElementById("card")
const REACH_PX = matchMedia("(pointer: coarse)").matches ? 22 : 10
const WIDE = 1100

const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)))

function heat(map, leads) {
  map.addSource("leads", {type: "geojson", data: {type: "FeatureCollection", features: leads.map(([, lon, lat]) => ({type: "Feature", properties: {}, geometry: {type: "Point", coordinates: [lon, lat]}}))}})
  map.addLayer({
    id: "heat", type: "heatmap", source: "leads", layout: {visibility: "none"},
    paint: {
      "heatmap-radius": 28, "heatmap-opacity": 0.75,
      "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(0,0,0,0)", 0.2, colour("--h1"), 0.4, colour("--h2"), 0.6, colour("--h3"), 0.8, colour("--h4"), 1, colour("--h5")],
    },
  })
}

// Roads come when they are asked for first: under the names, the larger the wider.
async function roads(map) {
  const data = await (await fetch(box.dataset.roads)).json()
  if (map.getSource("roads")) return
  map.addSource("roads", {type: "geojson", data})
  const by = (...pairs) => ["match", ["get", "grade"], ...pairs]
  map.addLayer({
    id: "roads", type: "line", source: "roads", layout: {"line-cap": "round", "line-join": "round", "line-sort-key": by("expressway", 3, "arterial", 2, "collector", 1, 0)},
    paint: {
      "line-color": by("expressway", colour("--soon-mark"), "arterial", colour("--ink-3"), "collector", colour("--field"), colour("--line-2")),
      "line-width": ["interpolate", ["linear"], ["zoom"], 10, by("expressway", 3, "arterial", 2.2, "collector", 1.2, 0.8), 15, by("expressway", 8, "arterial", 6, "collector", 4, 2.5)],
    },
  }, "heat")
  const said = document.getElementById("map-source")
  if (said && data.source) said.textContent += `；${data.source}`
}

function toggles(map, marks) {
  for (const button of document.querySelectorAll("[data-layer]")) {
    button.addEventListener("click", async () => {
      const on = button.getAttribute("aria-pressed") !== "true", {layer} = button.dataset
      button.setAttribute("aria-pressed", String(on))
      if (layer === "roads") {
        document.getElementById("road-key").hidden = !on
        if (!map.getLayer(layer)) return roads(map)
      }
      if (map.getLayer(layer)) map.setLayoutProperty(layer, "visibility", on ? "visible" : "none")
      else marks.toggle(layer, on)
    })
  }
}

function choose(marks, key) {
  marks.chosen = box.dataset.chosen = marks.movers.has(key) ? key : ""
  marks.paint()
}

function open(url) {
  card.hidden = false
  window.htmx.ajax("GET", url, {target: card, swap: "innerHTML"})
}

// A card that this page writes: a title, and what can be done there.
function say(title, ...rest) {
  const close = Object.assign(document.createElement("a"), {className: "at", href: "#", textContent: box.dataset.saidClose})
  close.dataset.close = ""
  const head = document.createElement("header")
  head.append(Object.assign(document.createElement("h2"), {textContent: title}), close)
  card.replaceChildren(head, ...rest)
  card.hidden = false
}

// On empty ground: send somebody there.
function offer({lng, lat}) {
  if (!box.dataset.send) return
  const link = Object.assign(document.createElement("a"), {className: "btn", href: `${box.dataset.send}?lon=${lng.toFixed(6)}&lat=${lat.toFixed(6)}`, textContent: box.dataset.saidSend})
  const line = Object.assign(document.createElement("p"), {className: "after"})
  line.append(link)
  say(`${lng.toFixed(4)}, ${lat.toFixed(4)}`, line)
}

function clicks(map, marks) {
  map.on("click", event => {
    const hit = marks.at(event.point.x, event.point.y, REACH_PX)
    if (!hit) return offer(event.lngLat)
    if (hit.key) { choose(marks, hit.key); open(box.dataset.card.replace("/0/", `/${hit.device}/`)) }
    else if (hit.url) location.assign(hit.url)
    else say(hit.name)
  })
  map.on("mousemove", event => map.getCanvas().classList.toggle("is-hit", Boolean(marks.at(event.point.x, event.point.y, REACH_PX))))
  const shut = () => { card.hidden = true; choose(marks, "") }
  document.addEventListener("keydown", event => { if (event.key === "Escape" && !card.hidden) shut() })
  card.addEventListener("click", event => {
    if (event.target.closest("[data-close]")) { event.preventDefault(); shut() }
  })
  document.addEventListener("click", event => {
    const link = event.target.closest("[data-mover]"), m = link && marks.movers.get(link.dataset.mover)
    if (!m || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    choose(marks, m.key)
    openSheet(false)
    map.easeTo({center: [m.lon, m.lat], zoom: Math.max(map.getZoom(), 13), animate: !matchMedia("(prefers-reduced-motion: reduce)").matches})
    box.scrollIntoView({block: "nearest"})
    open(link.href)
  })
}

function live(marks, changed) {
  const said = document.getElementById("live-at")
  const take = (rows, t) => {
    marks.heard(t)
    rows.forEach(row => marks.put(row))
  }
  const shown = () => {
    marks.paint()
    changed()
    if (said) { said.textContent = new Date().toLocaleTimeString("zh-CN", {hour12: false}); said.classList.remove("is-lost") }
  }
  follow({
    token: box.dataset.token, picture: box.dataset.picture,
    // The stream reads every few seconds: who was heard after its reading is on the page already, and stays.
    whole: (rows, t) => { const here = new Set(rows.map(row => row[0])); take(rows, t); for (const [key, m] of marks.movers) if (!here.has(key) && !(m.at > t)) marks.movers.delete(key); shown() },
    moved: (rows, gone, t) => { take(rows, t); gone.forEach(key => marks.movers.delete(key)); shown() },
    lost: () => said?.classList.add("is-lost"),
  })
}

async function start() {
  sheetGrip()
  const picture = JSON.parse(document.getElementById("map-picture").textContent)
  const areas = await (await fetch(box.dataset.areas)).json()
  const first = fit(areas, box.clientWidth, box.clientHeight, {top: 60, bottom: 24, left: innerWidth > WIDE ? 320 : 24, right: 24})
  let view = () => first
  const ground = sheet(box, "map-first"), names = sheet(box, "map-names")
  paintGround(ground, first, areas)
  paintNames(names, first, areas)
  const marks = new Marks(box, {view: () => view(), lostMinutes: Number(box.dataset.lostMinutes)})
  for (const button of document.querySelectorAll("[data-layer][aria-pressed=false]")) marks.hidden.add(button.dataset.layer)
  marks.stand("points", picture.points)
  marks.stand("leads", picture.leads, box.dataset.lead)
  marks.stand("alarms", picture.alarms, box.dataset.alarm)
  marks.heard(picture.t)
  picture.movers.forEach(row => marks.put(row))
  marks.paint()
  await painted()
  box.dataset.drawn = String(Math.round(performance.now()))

  const {begin} = await import("./base.js")
  const map = await begin(box, {areas, names, view: first})
  view = () => seen(map)
  heat(map, picture.leads)
  map.once("movestart", () => ground.remove())
  map.on("move", () => marks.paint())
  map.on("resize", () => marks.paint())
  map.once("idle", () => { ground.remove(); box.dataset.ready = String(Math.round(performance.now())) })
  toggles(map, marks)
  clicks(map, marks)
  live(marks, near(map, marks, box))
}

if (box) start()
