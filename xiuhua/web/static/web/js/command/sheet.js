// Canvases that lie over the map: sharp on every screen, as large as the box, no hand to catch a click.
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

export function sheet(box, name) {
  const canvas = Object.assign(document.createElement("canvas"), {className: `map-sheet ${name}`})
  canvas.setAttribute("aria-hidden", "true")
  box.append(canvas)
  return canvas
}

// The pen of a clean sheet, in CSS pixels.
export function clean(canvas, {width, height}) {
  const sharp = Math.min(devicePixelRatio || 1, 2), w = Math.round(width * sharp), h = Math.round(height * sharp)
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, {width: w, height: h})
  const pen = canvas.getContext("2d")
  pen.setTransform(sharp, 0, 0, sharp, 0, 0)
  pen.clearRect(0, 0, width, height)
  return pen
}
