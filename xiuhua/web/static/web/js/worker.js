// Opens the phone's pages without a network. Pages come from the network while there is one; what was opened last is
// kept for when there is none. Nothing else is kept, and signing out empties it.

const SHELL = "xiuhua-phone-1"
const PAGES = ["/duty/mine/", "/duty/check-in/", "/duty/queue/", "/leads/finding/", "/cases/on-spot/"]

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()))

const nameOf = url => url.split("?")[0]

async function keep(url, answer) {
  // A page that sends elsewhere (to sign in) is not the page.
  if (answer.ok && !answer.redirected) await (await caches.open(SHELL)).put(nameOf(url), answer.clone())
}

async function fromNetwork(request) {
  try {
    const answer = await fetch(request)
    await keep(request.url, answer)
    return answer
  } catch (lost) {
    const held = await caches.match(nameOf(request.url), {cacheName: SHELL})
    if (held) return held
    throw lost
  }
}

self.addEventListener("fetch", event => {
  const url = new URL(event.request.url)
  if (event.request.method === "POST" && url.pathname === "/logout/") event.waitUntil(caches.delete(SHELL))
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return
  const isPage = event.request.mode === "navigate" && PAGES.includes(url.pathname)
  if (isPage || url.pathname.startsWith("/static/")) event.respondWith(fromNetwork(event.request))
})

// What a page was made of before this worker was there, and the pages it leads to.
self.addEventListener("message", event => event.waitUntil(Promise.all(event.data.keep.map(async url => {
  const {origin, pathname} = new URL(url)
  if (origin !== self.location.origin || !(PAGES.includes(pathname) || pathname.startsWith("/static/"))) return
  try { await keep(url, await fetch(url, {credentials: "same-origin"})) } catch { /* there is no network: another time */ }
})).then(() => event.source.postMessage({kept: true}))))
