// Regions to cover, drawn on a frame with mouse, pen or finger. The number fields are the truth: what is drawn is
// written into them, what is typed is drawn.

const SIDES = ["left", "top", "right", "bottom"]
const SMALLEST = 0.5

const number = text => {
  const found = Number.parseFloat(text)
  return Number.isFinite(found) ? found : null
}

class Drawing {
  constructor(form) {
    this.form = form
    this.stage = form.querySelector("[data-stage]")
    this.sheet = this.stage.querySelector("svg")
    this.film = this.stage.querySelector("video")
    this.scrub = form.querySelector("[data-scrub]")
    this.second = form.elements.namedItem("second")
    this.rows = [...form.querySelectorAll("[data-region]")]
    this.from = null
  }

  listen() {
    this.sheet.addEventListener("pointerdown", event => this.begin(event))
    this.sheet.addEventListener("pointermove", event => this.move(event))
    this.sheet.addEventListener("pointerup", event => this.end(event))
    this.sheet.addEventListener("pointercancel", () => { this.from = null; this.draw() })
    this.form.addEventListener("input", event => this.typed(event))
    for (const row of this.rows) {
      const clear = row.querySelector("[data-region-clear]")
      clear.hidden = false
      clear.addEventListener("click", () => { for (const input of row.querySelectorAll("input")) input.value = ""; this.draw() })
    }
    this.film?.addEventListener("loadedmetadata", () => {
      if (this.scrub) this.scrub.max = String(this.film.duration)
      this.go(number(this.second?.value) ?? 0)
    })
    if (this.film?.readyState >= 1) this.go(number(this.second?.value) ?? 0)
    this.draw()
  }

  go(second) {
    if (this.film && Number.isFinite(this.film.duration)) this.film.currentTime = Math.min(second, this.film.duration)
    this.draw()
  }

  typed(event) {
    if (event.target === this.scrub) this.second.value = this.scrub.value
    if (event.target === this.second && this.scrub) this.scrub.value = this.second.value
    if (event.target === this.scrub || event.target === this.second) this.go(number(this.second.value) ?? 0)
    else this.draw()
  }

  place(event) {
    const box = this.sheet.getBoundingClientRect()
    const share = (at, first, length) => Math.min(100, Math.max(0, 100 * (at - first) / length))
    return [share(event.clientX, box.left, box.width), share(event.clientY, box.top, box.height)]
  }

  begin(event) {
    event.preventDefault()
    this.sheet.setPointerCapture(event.pointerId)
    this.from = this.to = this.place(event)
  }

  move(event) {
    if (!this.from) return
    this.to = this.place(event)
    this.draw()
  }

  end(event) {
    if (!this.from) return
    this.to = this.place(event)
    const box = this.drawn()
    this.from = null
    const row = this.rows.find(one => [...one.querySelectorAll("input")].every(input => !input.value))
    if (box[2] - box[0] >= SMALLEST && box[3] - box[1] >= SMALLEST && row) {
      SIDES.forEach((side, n) => { row.querySelector(`[name=${side}]`).value = box[n].toFixed(1) })
    }
    this.form.querySelector("[data-regions-full]").hidden = Boolean(row)
    this.draw()
  }

  drawn() {
    const [[a, b], [c, d]] = [this.from, this.to]
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
  }

  boxes() {
    const now = number(this.second?.value) ?? 0
    return this.rows.flatMap(row => {
      const box = SIDES.map(side => number(row.querySelector(`[name=${side}]`).value))
      if (box.includes(null)) return []
      const start = number(row.querySelector("[name=start]").value) ?? 0
      const end = number(row.querySelector("[name=end]").value) ?? Infinity
      return [{box, away: Boolean(this.second) && !(start <= now && now < end)}]
    })
  }

  draw() {
    const found = this.boxes()
    if (this.from) found.push({box: this.drawn(), away: false})
    this.sheet.replaceChildren(...found.map(({box, away}) => {
      const shape = document.createElementNS(this.sheet.namespaceURI, "rect")
      shape.setAttribute("x", box[0])
      shape.setAttribute("y", box[1])
      shape.setAttribute("width", Math.max(0, box[2] - box[0]))
      shape.setAttribute("height", Math.max(0, box[3] - box[1]))
      if (away) shape.setAttribute("class", "is-away")
      return shape
    }))
  }
}

for (const form of document.querySelectorAll("[data-regions]")) new Drawing(form).listen()
