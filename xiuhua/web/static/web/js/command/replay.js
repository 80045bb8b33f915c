// A track with a slider: the way gone is drawn whole, the way up to the chosen moment dark, the person where the slider is.
import {begin, empty, points} from "./base.js"
import {colour} from "./sheet.js"

const box = document.getElementById("track")

function line(fixes) {
  return {type: "FeatureCollection", features: fixes.length > 1 ? [{type: "Feature", properties: {}, geometry: {type: "LineString", coordinates: fixes.map(([, lon, lat]) => [lon, lat])}}] : []}
}

// Index of the last fix that is not later than the moment.
function upTo(fixes, moment) {
  let low = 0, high = fixes.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (fixes[middle][0] <= moment) low = middle; else high = middle - 1
  }
  return low
}

function fit(map, fixes) {
  const lons = fixes.map(fix => fix[1]), lats = fixes.map(fix => fix[2])
  map.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], {padding: 48, duration: 0, maxZoom: 16})
}

async function start() {
  const {fixes} = JSON.parse(document.getElementById(box.dataset.source).textContent)
  const map = await begin(box)
  map.addSource("way", {type: "geojson", data: line(fixes)})
  map.addSource("gone", {type: "geojson", data: empty()})
  map.addSource("here", {type: "geojson", data: empty()})
  map.addLayer({id: "way", type: "line", source: "way", paint: {"line-color": colour("--ink-3"), "line-width": 2, "line-opacity": 0.5}})
  map.addLayer({id: "gone", type: "line", source: "gone", paint: {"line-color": colour("--accent"), "line-width": 3}})
  map.addLayer({id: "here", type: "circle", source: "here", paint: {"circle-radius": 6, "circle-color": colour("--accent"), "circle-stroke-width": 2, "circle-stroke-color": colour("--area")}})
  fit(map, fixes)

  const slider = document.getElementById("when"), then = document.getElementById("then"), play = document.getElementById("play")
  const first = fixes[0][0], span = Math.max(1, fixes.at(-1)[0] - first)
  let speed = 120, running = null

  function show() {
    const moment = first + span * Number(slider.value) / Number(slider.max)
    const n = upTo(fixes, moment)
    map.getSource("gone").setData(line(fixes.slice(0, n + 1)))
    map.getSource("here").setData(points([[0, fixes[n][1], fixes[n][2], {}]]))
    const text = new Date(moment).toLocaleTimeString("zh-CN", {hour12: false, timeZone: "Asia/Shanghai"})
    then.textContent = text
    slider.setAttribute("aria-valuetext", text)
  }

  function stop() { clearInterval(running); running = null; play.textContent = play.dataset.saidPlay }

  slider.max = String(Math.max(1, Math.round(span / 1000)))
  slider.value = slider.max
  slider.addEventListener("input", show)
  play.addEventListener("click", () => {
    if (running) return stop()
    if (slider.value === slider.max) slider.value = "0"
    play.textContent = play.dataset.saidStop
    running = setInterval(() => {
      slider.value = String(Number(slider.value) + speed / 5)
      show()
      if (Number(slider.value) >= Number(slider.max)) stop()
    }, 200)
  })
  for (const button of document.querySelectorAll("[data-speed]")) button.addEventListener("click", () => {
    speed = Number(button.dataset.speed)
    for (const other of document.querySelectorAll("[data-speed]")) other.setAttribute("aria-pressed", String(other === button))
  })
  show()
  map.once("idle", () => { box.dataset.drawn = "yes" })
}

if (box) start()
