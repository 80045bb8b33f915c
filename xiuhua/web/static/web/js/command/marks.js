// What stands or moves on the map, on a sheet of its own: points glide without the map being drawn anew.
import {across, down, worldX, worldY} from "./flat.js"
import {clean, colour, sheet} from "./sheet.js"

const SIZE = 16
// From the first to the second age a point fades to FAINT: what was said long ago is less sure.
const FRESH_MS = 60_000, FAINT = 0.4
// Nothing is painted anew before something has moved so far on the screen.
const STEP_PX = 0.1
// Farther than this (a part of the world, about 5 km) nobody glides between two positions.
const JUMP = 1.5e-4
const LONGEST_GLIDE_MS = 10_000
const still = matchMedia("(prefers-reduced-motion: reduce)")

// Shape first, colour second: dot, square, triangle, ring, diamond.
const SHAPES = {
  dot: (pen, s) => { pen.arc(s / 2, s / 2, s * 0.3, 0, 7) },
  square: (pen, s) => { pen.rect(s * 0.22, s * 0.22, s * 0.56, s * 0.56) },
  triangle: (pen, s) => { pen.moveTo(s / 2, s * 0.12); pen.lineTo(s * 0.92, s * 0.86); pen.lineTo(s * 0.08, s * 0.86); pen.closePath() },
  diamond: (pen, s) => { pen.moveTo(s / 2, s * 0.12); pen.lineTo(s * 0.88, s / 2); pen.lineTo(s / 2, s * 0.88); pen.lineTo(s * 0.12, s / 2); pen.closePath() },
}
// layer → form, fill, edge, dashed; in the order in which they are painted.
const LOOKS = {
  points: ["diamond", "--area", "--ink-2"], leads: ["triangle", "--soon-mark", "--area"], lost: ["dot", "--area", "--ink-3", true],
  people: ["dot", "--accent", "--area"], cars: ["square", "--ink", "--area"], alarms: ["triangle", "--over-mark", "--area"],
}

function stamp([form, fill, edge, dashed]) {
  const canvas = Object.assign(document.createElement("canvas"), {width: SIZE * 2, height: SIZE * 2}), pen = canvas.getContext("2d")
  Object.assign(pen, {fillStyle: colour(fill), strokeStyle: colour(edge), lineWidth: 3})
  if (dashed) pen.setLineDash([4, 3])
  pen.beginPath()
  SHAPES[form](pen, SIZE * 2)
  pen.fill()
  pen.stroke()
  return canvas
}

export class Marks {
  // `view()` is what the map shows now.
  constructor(box, {view, lostMinutes}) {
    this.canvas = sheet(box, "map-marks")
    this.view = view
    this.lostMs = lostMinutes * 60_000
    this.movers = new Map()
    this.fixed = []
    this.hidden = new Set()
    this.chosen = ""
    this.ahead = 0
    this.stamps = Object.fromEntries(Object.entries(LOOKS).map(([layer, look]) => [layer, stamp(look)]))
    this.ring = colour("--accent")
    setInterval(() => this.paint(), FRESH_MS / 4)
  }

  // [id, lon, lat, name] of things that stand; `url` opens one of them.
  stand(layer, rows, url) {
    for (const [id, lon, lat, name] of rows) this.fixed.push({layer, x: worldX(lon), y: worldY(lat), name, url: url?.replace("/0/", `/${id}/`)})
  }

  // A position: [key, device, lon, lat, standing, moment, name]. From where it was shown the point glides there.
  put([key, device, lon, lat, standing, at, name]) {
    const now = performance.now(), before = this.movers.get(key), x = worldX(lon), y = worldY(lat)
    const layer = standing === "lost" ? "lost" : key.startsWith("d") ? "cars" : "people"
    const m = {key, device, lon, lat, layer, at, name: name ?? before?.name, x, y, fromX: x, fromY: y, began: now, lasts: 0, moved: before?.moved ?? now}
    if (before && (before.x !== x || before.y !== y)) {
      const [shownX, shownY] = this.where(before, now)
      m.lasts = still.matches || Math.hypot(x - shownX, y - shownY) > JUMP ? 0 : Math.min(now - before.moved, LONGEST_GLIDE_MS)
      Object.assign(m, {fromX: shownX, fromY: shownY, moved: now})
    } else if (before) Object.assign(m, {fromX: before.fromX, fromY: before.fromY, began: before.began, lasts: before.lasts})
    this.movers.set(key, m)
  }

  where(m, now) {
    const done = m.lasts ? Math.min((now - m.began) / m.lasts, 1) : 1
    return [m.fromX + (m.x - m.fromX) * done, m.fromY + (m.y - m.fromY) * done]
  }

  // `t` is the moment of the server to which the positions belong.
  heard(t) { this.ahead = t - Date.now() }

  faded(m) {
    const age = Date.now() + this.ahead - m.at
    return m.layer === "lost" ? 1 : 1 - (1 - FAINT) * Math.min(Math.max((age - FRESH_MS) / (this.lostMs - FRESH_MS), 0), 1)
  }

  paint() {
    const now = performance.now(), view = this.view(), pen = clean(this.canvas, view)
    let fastest = 0
    const put = (layer, x, y) => {
      const left = across(view, x), top = down(view, y)
      if (left > -SIZE && top > -SIZE && left < view.width + SIZE && top < view.height + SIZE) pen.drawImage(this.stamps[layer], left - SIZE / 2, top - SIZE / 2, SIZE, SIZE)
    }
    const all = [...this.fixed, ...this.movers.values()]
    for (const layer of Object.keys(LOOKS)) {
      if (this.hidden.has(layer)) continue
      for (const m of all) {
        if (m.layer !== layer) continue
        if (!m.key) { put(layer, m.x, m.y); continue }
        pen.globalAlpha = this.faded(m)
        put(layer, ...this.where(m, now))
        if (now < m.began + m.lasts) fastest = Math.max(fastest, Math.hypot(m.x - m.fromX, m.y - m.fromY) * view.size / m.lasts)
      }
      pen.globalAlpha = 1
    }
    this.mark(pen, view, now)
    this.glide(now, fastest)
  }

  mark(pen, view, now) {
    const m = this.movers.get(this.chosen)
    if (!m) return
    const [x, y] = this.where(m, now)
    Object.assign(pen, {strokeStyle: this.ring, lineWidth: 2})
    pen.beginPath()
    pen.arc(across(view, x), down(view, y), 14, 0, 7)
    pen.stroke()
  }

  // While something glides the sheet is painted again, as soon as one would see it. `fastest`: px a ms.
  glide(painted, fastest) {
    cancelAnimationFrame(this.frame)
    if (!fastest) return
    const again = now => {
      if ((now - painted) * fastest >= STEP_PX || now - painted > 1000) this.paint()
      else this.frame = requestAnimationFrame(again)
    }
    this.frame = requestAnimationFrame(again)
  }

  // What lies nearest to a place on the screen, at most `reach` px away; of two the one that is painted later.
  at(px, py, reach) {
    const now = performance.now(), view = this.view(), order = Object.keys(LOOKS)
    let best, nearest = reach
    for (const m of [...this.fixed, ...this.movers.values()]) {
      if (this.hidden.has(m.layer)) continue
      const [x, y] = m.key ? this.where(m, now) : [m.x, m.y]
      const apart = Math.hypot(across(view, x) - px, down(view, y) - py) - order.indexOf(m.layer) / 4
      if (apart <= nearest) { nearest = apart; best = m }
    }
    return best
  }

  toggle(layer, on) {
    this.hidden[on ? "delete" : "add"](layer)
    this.paint()
  }
}
