// Opens the phone's pages without a network. Pages come from the network while there is one; what was opened last is
// kept for when there is none. Nothing else is kept, and signing out empties it.

const SHELL = "xiuhua-phone-1"
const PAGES = ["/duty/mine/", "/duty/check-in/", "/duty/queue/", "/leads/finding/", "/cases/on-spot/"]

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()))

async function fromNetwork(request) {
  const kept = await caches.open(SHELL)
  try {
    const answer = await fetch(request)
    // A page that sends elsewhere (to sign in) is not the page.
    if (answer.ok && !answer.redirected) await kept.put(request.url.split("?")[0], answer.clone())
    return answer
  } catch (lost) {
    const held = await kept.match(request.url.split("?")[0])
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
