// The phone's pages: a check-in, a finding and a draft go through the queue, so that they outlive a lost network.
import {forget, giveBack} from "./drafts.js"
import {drop, flush, keep, kept, send} from "./queue.js"

const box = () => document.querySelector("[data-queue]")
const user = () => box()?.dataset.user ?? ""

async function show(sent = 0, state = "taken") {
  const place = box()
  if (!place) return
  const mine = (await kept()).filter(message => message.user === user())
  const waiting = mine.filter(message => !message.refused).length
  const said = []
  if (waiting) said.push(place.dataset.saidWaiting.replace("{n}", waiting))
  if (sent) said.push(place.dataset.saidSent.replace("{n}", sent))
  if (state === "sign-in" && waiting) said.push(place.dataset.saidSignIn)
  const list = document.createElement("ul")
  for (const message of mine) {
    const line = document.createElement("li")
    line.textContent = message.title + (message.refused ? ` ${place.dataset.saidRefused} ${message.refused} ` : "")
    if (message.refused) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "link"
      button.textContent = place.dataset.saidDrop
      button.addEventListener("click", async () => { await drop(message.n); show() })
      line.append(button)
    }
    list.append(line)
  }
  place.replaceChildren(said.join(" "), list)
  place.dataset.waiting = String(waiting)
  place.hidden = !said.length && !mine.length
}

async function push() {
  if (!user()) return
  const {sent, state} = await flush(user(), told)
  await show(sent, state)
}

function told(message, result) {
  if (result.state === "refused") {
    if (message.draft) giveBack(message.draft, message.fields)
    return
  }
  document.dispatchEvent(new CustomEvent("xiuhua:sent", {detail: {message, answer: result.answer}}))
}

const EARTH = 6371008.8
function metres(a, b) {
  const rad = Math.PI / 180
  const h = Math.sin((b.lat - a.lat) * rad / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin((b.lon - a.lon) * rad / 2) ** 2
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)))
}

// A name that this phone gives itself, once: it tells phones apart, not people.
function device() {
  let name = localStorage.getItem("xiuhua-device")
  if (!name) { name = crypto.randomUUID(); localStorage.setItem("xiuhua-device", name) }
  return name
}

// What is reached of the shift, as the server has it now; without a network it stays as it was.
async function refresh(form) {
  const page = await fetch(location.href, {credentials: "same-origin"}).then(answer => answer.text()).catch(() => "")
  const stops = new DOMParser().parseFromString(page, "text/html").querySelector("[data-stops]")
  if (stops) form.querySelector("[data-stops]").replaceWith(stops)
}

function checkIn(form) {
  const said = name => form.querySelector(`[data-said-${name}]`)
  const button = form.querySelector(".btn-main")
  const points = JSON.parse(document.getElementById("points").textContent)
  let fix = null
  function judge() {
    const point = points.find(one => String(one.id) === form.elements.point.value)
    if (!fix || !point) { button.disabled = true; return }
    const far = metres(fix, point), wide = fix.accuracy > Number(form.dataset.accuracy)
    said("place").textContent = wide ? form.dataset.saidWide : far <= point.radius ? form.dataset.saidIn : form.dataset.saidOut
    said("distance").textContent = form.dataset.saidWhere.replace("{d}", Math.round(far)).replace("{a}", Math.round(fix.accuracy)).replace("{r}", point.radius)
    button.disabled = false
  }
  function locate() {
    said("place").textContent = form.dataset.saidAsking
    navigator.geolocation.getCurrentPosition(
      where => {
        fix = {lon: where.coords.longitude, lat: where.coords.latitude, accuracy: where.coords.accuracy}
        // Which point one is nearest to is the likeliest one, unless a stop is due.
        if (!form.elements.point.querySelector("[selected]")) {
          const near = points.toSorted((a, b) => metres(fix, a) - metres(fix, b))[0]
          if (near) form.elements.point.value = String(near.id)
        }
        judge()
      },
      () => { fix = null; said("place").textContent = form.dataset.saidNone; judge() },
      {enableHighAccuracy: true, timeout: 15000, maximumAge: 10000},
    )
  }
  form.elements.point.addEventListener("change", judge)
  form.querySelector("[data-locate-again]").addEventListener("click", locate)
  form.addEventListener("submit", async event => {
    event.preventDefault()
    if (!fix) return
    button.disabled = true
    const point = points.find(one => String(one.id) === form.elements.point.value)
    await keep({
      url: form.action, user: user(), title: `${form.dataset.title} ${point.name} ${new Date().toTimeString().slice(0, 5)}`,
      fields: [["point", form.elements.point.value], ["at", new Date().toISOString()], ["lon", String(fix.lon)], ["lat", String(fix.lat)],
        ["accuracy", String(fix.accuracy)], ["device", device()], ["mock", "0"]],
    })
    const done = said("done")
    done.hidden = false
    done.textContent = form.dataset.saidKept
    await push()
    button.disabled = false
  })
  document.addEventListener("xiuhua:sent", event => {
    const {message, answer} = event.detail
    if (message.url !== form.action) return
    const done = said("done")
    done.hidden = false
    done.textContent = [answer.said, ...(answer.signs ?? [])].join("　")
    refresh(form)
  })
  if ("geolocation" in navigator) locate()
  else said("place").textContent = form.dataset.saidNone
}

// A form with data-kept is sent as always while there is a network; without one its message is kept for later.
function keptForm(form) {
  const key = crypto.randomUUID()
  form.addEventListener("submit", async event => {
    if (form.dataset.plain) return
    event.preventDefault()
    const fields = [...new FormData(form, event.submitter), ["found_at", new Date().toISOString()]]
    const message = {url: form.action, user: user(), title: form.dataset.kept, key, fields, draft: form.dataset.draft}
    const waits = (await kept()).some(one => one.user === user() && !one.refused)
    const result = waits ? {state: "lost"} : await send(message)
    if (result.state === "taken") { forget(message.draft); location.assign(result.answer.url); return }
    if (result.state === "lost") {
      await keep(message)
      // It lies in the queue now: a new form begins empty.
      forget(message.draft)
      const said = form.querySelector("[data-said-kept]")
      said.textContent = said.dataset.saidKept
      said.hidden = false
      form.querySelector(".dock .btn-main").disabled = true
      await push()
      return
    }
    // Something is wrong with it, or the session ended: the page itself says what.
    form.dataset.plain = "yes"
    form.requestSubmit(event.submitter)
  })
  document.addEventListener("xiuhua:sent", event => {
    if (event.detail.message.key === key && event.detail.answer.url) location.assign(event.detail.answer.url)
  })
}

// A draft that could not be saved waits in the queue behind what was said before it, until a later one was saved.
const later = url => url.replace("/drafts/", "/duty/send/draft/")
document.addEventListener("xiuhua:draft-lost", async event => {
  if (!user()) return
  const {url, at, fields, title} = event.detail
  await keep({url: later(url), user: user(), title, fields: [...fields, ["kept_at", at]], replaces: true})
  show()
})
document.addEventListener("xiuhua:draft-saved", async event => {
  const old = (await kept()).filter(message => message.user === user() && message.url === later(event.detail.url))
  for (const message of old) await drop(message.n)
  if (old.length) show()
})

document.querySelectorAll("form[data-check-in]").forEach(checkIn)
document.querySelectorAll("form[data-kept]").forEach(keptForm)
const net = document.querySelector("[data-net]")
const tellNet = () => { if (net) net.textContent = navigator.onLine ? "" : net.dataset.saidOff }
window.addEventListener("online", () => { tellNet(); push() })
window.addEventListener("offline", tellNet)
tellNet()

// This page, what it is made of, and the pages an officer goes on to are kept for when the network is gone.
async function prepare() {
  await navigator.serviceWorker.register("/worker.js")
  const {active} = await navigator.serviceWorker.ready
  const parts = performance.getEntriesByType("resource").map(one => one.name)
  const next = ["/duty/mine/", "/duty/check-in/", "/leads/finding/"].map(path => new URL(path, location).href)
  navigator.serviceWorker.addEventListener("message", () => { document.body.dataset.offlineReady = "yes" })
  active.postMessage({keep: [...new Set([location.href, ...next, ...parts])]})
}
if ("serviceWorker" in navigator && user() && navigator.onLine) prepare()
push()
