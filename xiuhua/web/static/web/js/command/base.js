// The map under every page of command: schematic areas as backdrop in the colours of the page, names on a sheet above it.
import {Map, NavigationControl} from "../../../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs"
import {camera, fit, seen} from "./flat.js"
import {paintNames} from "./ground.js"
import {colour, sheet} from "./sheet.js"

export const points = rows => ({type: "FeatureCollection", features: rows.map(([id, lon, lat, properties]) => ({
  type: "Feature", id, geometry: {type: "Point", coordinates: [lon, lat]}, properties,
}))})
export const empty = () => ({type: "FeatureCollection", features: []})

const backdrop = areas => ({
  version: 8,
  sources: {areas: {type: "geojson", data: areas}},
  layers: [
    {id: "ground", type: "background", paint: {"background-color": colour("--land")}},
    {id: "areas", type: "fill", source: "areas", filter: ["!=", ["get", "kind"], "special"], paint: {"fill-color": colour("--area")}},
    {id: "special", type: "fill", source: "areas", filter: ["==", ["get", "kind"], "special"], paint: {"fill-color": colour("--wash"), "fill-opacity": 0.5}},
    {id: "edges", type: "line", source: "areas", paint: {"line-color": colour("--line-2"), "line-width": 1}},
  ],
})

export const areasOf = async box => (await fetch(box.dataset.areas)).json()

// A map in `box`, with `view` (see flat.js) and `areas` where somebody has them already.
export async function begin(box, {areas, view, names} = {}) {
  areas ??= await areasOf(box)
  view ??= fit(areas, box.clientWidth, box.clientHeight, {top: 24, right: 24, bottom: 24, left: 24})
  const container = Object.assign(document.createElement("div"), {className: "map-gl"})
  box.prepend(container)
  const map = new Map({
    container, style: backdrop(areas), ...camera(view), attributionControl: false, dragRotate: false, pitchWithRotate: false,
    locale: {"NavigationControl.ZoomIn": box.dataset.saidIn, "NavigationControl.ZoomOut": box.dataset.saidOut, "Map.Title": box.dataset.saidMap},
    fadeDuration: 0, maxZoom: 18,
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new NavigationControl({showCompass: false}), "bottom-right")
  names ??= sheet(box, "map-names")
  const rename = () => paintNames(names, seen(map), areas)
  map.on("move", rename)
  map.on("resize", rename)
  // Layers may be added as soon as the style is read; "load" would wait for a first whole drawing.
  await new Promise(done => map.once("style.load", done))
  rename()
  return map
}
