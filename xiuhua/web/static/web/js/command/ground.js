// The ground as the first picture shows it, until the map has drawn its own; and the names, which always lie on a sheet.
import {across, down, worldX, worldY} from "./flat.js"
import {clean, colour} from "./sheet.js"

function outline(pen, view, geometry) {
  const ring = points => points.forEach(([lon, lat], n) => pen[n ? "lineTo" : "moveTo"](across(view, worldX(lon)), down(view, worldY(lat))))
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates
  pen.beginPath()
  polygons.forEach(rings => rings.forEach(points => { ring(points); pen.closePath() }))
}

export function paintGround(canvas, view, areas) {
  const pen = clean(canvas, view)
  pen.fillStyle = colour("--land")
  pen.fillRect(0, 0, view.width, view.height)
  const plain = colour("--area"), special = colour("--wash"), edge = colour("--line-2")
  const rank = area => area.properties.kind === "special" ? 1 : 0
  for (const area of [...areas.features].sort((a, b) => rank(a) - rank(b))) {
    outline(pen, view, area.geometry)
    pen.globalAlpha = rank(area) ? 0.5 : 1
    pen.fillStyle = rank(area) ? special : plain
    pen.fill("evenodd")
    pen.globalAlpha = 1
    pen.strokeStyle = edge
    pen.stroke()
  }
}

// Long names stand on two lines.
const lines = name => name.length < 6 ? [name] : [name.slice(0, Math.ceil(name.length / 2)), name.slice(Math.ceil(name.length / 2))]
const PLACES = [[0, 0], [0, 14], [0, -14], [18, 0], [-18, 0]]

// Of two names that would touch only one is written; those of special areas give way.
export function paintNames(canvas, view, areas) {
  const pen = clean(canvas, view), taken = []
  Object.assign(pen, {font: `12px ${colour("--sans")}`, textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3, strokeStyle: colour("--area"), fillStyle: colour("--ink-2")})
  const rank = area => area.properties.kind === "special" ? 1 : 0
  for (const {properties} of [...areas.features].sort((a, b) => rank(a) - rank(b))) {
    const x = across(view, worldX(properties.lon)), y = down(view, worldY(properties.lat))
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue
    const said = lines(properties.name), w = said[0].length * 6 + 6, h = said.length * 8 + 3
    const place = PLACES.map(([dx, dy]) => [x + dx, y + dy]).find(([px, py]) => taken.every(t => Math.abs(t[0] - px) > t[2] + w || Math.abs(t[1] - py) > t[3] + h))
    if (!place) continue
    taken.push([...place, w, h])
    said.forEach((line, n) => {
      const at = place[1] + (n - (said.length - 1) / 2) * 15
      pen.strokeText(line, place[0], at)
      pen.fillText(line, place[0], at)
    })
  }
}
