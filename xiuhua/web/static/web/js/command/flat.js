// The flat world of the map: Web Mercator from 0 to 1, and a view of it in CSS pixels. The map is never turned or tilted.
const TILE = 512

export const worldX = lon => (lon + 180) / 360
export const worldY = lat => 0.5 - Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360)) / (2 * Math.PI)
const lonOf = x => x * 360 - 180
const latOf = y => Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360 / Math.PI - 90

// The view in which all of `areas` lies within the padding; the whole world where there are none.
export function fit(areas, width, height, padding) {
  let west = 1, east = 0, north = 1, south = 0
  const walk = part => {
    if (typeof part[0] !== "number") return part.forEach(walk)
    const x = worldX(part[0]), y = worldY(part[1])
    west = Math.min(west, x); east = Math.max(east, x); north = Math.min(north, y); south = Math.max(south, y)
  }
  areas.features.forEach(area => walk(area.geometry.coordinates))
  if (west >= east || north >= south) return {x: 0.5, y: 0.5, size: TILE, width, height}
  const {top, right, bottom, left} = padding
  const size = Math.min((width - left - right) / (east - west), (height - top - bottom) / (south - north))
  return {x: (west + east) / 2 + (right - left) / 2 / size, y: (north + south) / 2 + (bottom - top) / 2 / size, size, width, height}
}

export const camera = view => ({center: [lonOf(view.x), latOf(view.y)], zoom: Math.log2(view.size / TILE)})

export function seen(map) {
  const {lng, lat} = map.getCenter(), {clientWidth: width, clientHeight: height} = map.getContainer()
  return {x: worldX(lng), y: worldY(lat), size: TILE * 2 ** map.getZoom(), width, height}
}

export const across = (view, x) => (x - view.x) * view.size + view.width / 2
export const down = (view, y) => (y - view.y) * view.size + view.height / 2
