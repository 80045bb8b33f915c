// A form with data-draft saves itself: to the server while there is a network, to this device always, so that nothing
// typed is lost. What lay on the device only is sent when the network comes back. Kept is what somebody has typed or
// chosen; what the form suggests (a time, a name) is of its day and is suggested anew.

const WAIT = 800
// What a device holds is its writer's: whoever signs in there next does not find it in a form.
const held = url => `xiuhua-draft:${document.body.dataset.user ?? ""}:${url}`

// Address of a draft → the names of the fields that somebody has filled on this page, whatever form stands there now.
const filled = new Map()

class Draft {
  constructor(form) {
    this.form = form
    this.url = form.dataset.draft
    if (!filled.has(this.url)) filled.set(this.url, new Set())
    this.filled = filled.get(this.url)
    this.timer = 0
    this.saving = this.more = this.sent = false
  }

  watch(fresh) {
    this.form.addEventListener("input", event => { if (event.target.name) this.filled.add(event.target.name); this.typed() })
    this.form.addEventListener("submit", () => this.submitted())
    window.addEventListener("online", () => { if (localStorage.getItem(held(this.url))) this.save() })
    // Who leaves the page at once finds the last words, too.
    window.addEventListener("pagehide", () => { if (this.timer && this.form.isConnected) this.hold() })
    const before = localStorage.getItem(held(this.url))
    // A form that came in place of itself has brought along what was typed.
    if (!fresh) this.typed()
    // What was sent and refused stands in the form already, and the device holds the same.
    else if (before) { this.restore(before); this.save() }
  }

  // What was filled, as one text; what was emptied again is empty in it.
  fields() {
    const data = new FormData(this.form), found = new URLSearchParams()
    for (const name of this.filled) {
      const values = data.getAll(name).filter(value => typeof value === "string")
      for (const value of values.length ? values : [""]) found.append(name, value)
    }
    return found.toString()
  }

  hold() {
    const text = this.fields()
    if (text) localStorage.setItem(held(this.url), text)
    return text
  }

  typed() {
    this.sent = false
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), WAIT)
  }

  // The form is on its way: from here on its draft is neither saved nor missed, but held until its sending is known.
  submitted() {
    clearTimeout(this.timer)
    this.timer = 0
    this.sent = true
    this.hold()
  }

  // One after another: what is typed meanwhile goes next, so that the older text never arrives last.
  async save() {
    this.timer = 0
    if (!this.form.isConnected) return
    const text = this.hold(), at = new Date().toISOString()
    this.more = this.saving
    if (this.saving || !text) return
    this.saving = true
    const said = await this.post(text)
    this.saving = false
    if (this.sent) return
    if (this.more) { this.save(); return }
    this.say(said ?? document.body.dataset.saidOffline)
    if (said === null) this.tell("xiuhua:draft-lost", {at, fields: [...new URLSearchParams(text)], title: document.title})
  }

  // What the server says of it; null when it was lost.
  async post(text) {
    try {
      const answer = await fetch(this.url, {
        method: "POST", body: new URLSearchParams(text), headers: {"X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? ""}, credentials: "same-origin",
      })
      if (!answer.ok || answer.redirected) return null
      const {said} = await answer.json()
      if (!this.sent && localStorage.getItem(held(this.url)) === text) localStorage.removeItem(held(this.url))
      this.tell("xiuhua:draft-saved")
      return said
    } catch {
      return null
    }
  }

  say(text) {
    const place = this.form.querySelector("[data-draft-said]")
    if (place) place.textContent = text
  }

  tell(what, more = {}) {
    document.dispatchEvent(new CustomEvent(what, {detail: {url: this.url, ...more}}))
  }

  // What the device holds and the server has not seen is newer than the page: put it back into the form.
  restore(text) {
    const typed = new URLSearchParams(text), seen = {}
    for (const name of typed.keys()) this.filled.add(name)
    for (const field of this.form.elements) {
      if (!typed.has(field.name) || field.type === "file") continue
      const values = typed.getAll(field.name)
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value)
      else field.value = values[seen[field.name] = (seen[field.name] ?? -1) + 1] ?? field.value
    }
  }
}

export const forget = url => localStorage.removeItem(held(url))

// What was sent later and refused stands in its form again, unless something newer does.
export function giveBack(url, fields) {
  if (localStorage.getItem(held(url))) return
  const typed = fields.filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken")
  localStorage.setItem(held(url), new URLSearchParams(typed).toString())
}

let fresh = true

export function drafts(root) {
  // The page after a form was sent says which drafts have done their work.
  root.querySelectorAll("[data-draft-done]").forEach(mark => { forget(mark.dataset.draftDone); mark.remove() })
  for (const form of root.querySelectorAll("form[data-draft]")) {
    if (form.dataset.watched) continue
    form.dataset.watched = "yes"
    new Draft(form).watch(fresh)
  }
  fresh = false
}
