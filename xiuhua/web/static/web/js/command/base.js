// The map that every page of command begins with: schematic areas as backdrop, shapes drawn in the colours of the page.
import {Map, LngLatBounds, NavigationControl} from "../../../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs"

export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
export const points = rows => ({type: "FeatureCollection", features: rows.map(([id, lon, lat, properties]) => ({
  type: "Feature", id, geometry: {type: "Point", coordinates: [lon, lat]}, properties,
}))})
export const empty = () => ({type: "FeatureCollection", features: []})

function backdrop(areas) {
  // Names stand at the centre that the reference data give; of two that would touch only one is drawn.
  const names = points(areas.features.map((area, n) => [n, area.properties.lon, area.properties.lat, area.properties]))
  return {
    version: 8,
    sources: {areas: {type: "geojson", data: areas}, names: {type: "geojson", data: names}},
    layers: [
      {id: "ground", type: "background", paint: {"background-color": colour("--land")}},
      {id: "areas", type: "fill", source: "areas", filter: ["!=", ["get", "kind"], "special"], paint: {"fill-color": colour("--area")}},
      {id: "special", type: "fill", source: "areas", filter: ["==", ["get", "kind"], "special"], paint: {"fill-color": colour("--wash"), "fill-opacity": 0.5}},
      {id: "edges", type: "line", source: "areas", paint: {"line-color": colour("--line-2"), "line-width": 1}},
    ],
  }
}

// Names lie above the lines and below the points; a name gives way to the points and to other names.
export function nameAreas(map) {
  map.addLayer({
    id: "names", type: "symbol", source: "names",
    layout: {
      "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 12, "text-padding": 6, "text-max-width": 6,
      "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 0.9,
      "symbol-sort-key": ["case", ["==", ["get", "kind"], "special"], 1, 0],
    },
    paint: {"text-color": colour("--ink-2"), "text-halo-color": colour("--area"), "text-halo-width": 1.5},
  })
}

function bounds(areas) {
  const box = new LngLatBounds()
  const walk = part => typeof part[0] === "number" ? box.extend(part) : part.forEach(walk)
  areas.features.forEach(area => walk(area.geometry.coordinates))
  return box
}

// Shape first, colour second: dot, square, triangle, ring, diamond. Drawn at twice the size for sharp edges.
const SHAPES = {
  dot: (pen, s) => { pen.arc(s / 2, s / 2, s * 0.3, 0, 7) },
  square: (pen, s) => { pen.rect(s * 0.22, s * 0.22, s * 0.56, s * 0.56) },
  triangle: (pen, s) => { pen.moveTo(s / 2, s * 0.12); pen.lineTo(s * 0.92, s * 0.86); pen.lineTo(s * 0.08, s * 0.86); pen.closePath() },
  diamond: (pen, s) => { pen.moveTo(s / 2, s * 0.12); pen.lineTo(s * 0.88, s / 2); pen.lineTo(s / 2, s * 0.88); pen.lineTo(s * 0.12, s / 2); pen.closePath() },
}

export function shape(map, name, form, fill, edge, dashed = false) {
  const size = 32
  const canvas = Object.assign(document.createElement("canvas"), {width: size, height: size})
  const pen = canvas.getContext("2d")
  pen.beginPath()
  SHAPES[form](pen, size)
  pen.fillStyle = fill
  pen.strokeStyle = edge
  pen.lineWidth = 3
  if (dashed) pen.setLineDash([4, 3])
  pen.fill()
  pen.stroke()
  map.addImage(name, pen.getImageData(0, 0, size, size), {pixelRatio: 2})
}

// `sources` go into the first style: what is there from the beginning is drawn at once and not in a second round.
export async function begin(box, {padding = 24, sources = {}} = {}) {
  const areas = await (await fetch(box.dataset.areas)).json()
  const style = backdrop(areas)
  Object.assign(style.sources, sources)
  const map = new Map({
    container: box, style, attributionControl: false, dragRotate: false, pitchWithRotate: false,
    locale: {"NavigationControl.ZoomIn": box.dataset.saidIn, "NavigationControl.ZoomOut": box.dataset.saidOut, "Map.Title": box.dataset.saidMap},
    fadeDuration: 0, maxZoom: 18, ...(areas.features.length ? {bounds: bounds(areas), fitBoundsOptions: {padding}} : {}),
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new NavigationControl({showCompass: false}), "bottom-right")
  // Layers may be added as soon as the style is read; "load" would wait for a first whole drawing.
  await new Promise(done => map.once("style.load", done))
  return map
}
