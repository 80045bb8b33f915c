// What the phone has to say and cannot send yet: kept in order in IndexedDB, sent one after another when there is a
// network. Each message has a key of its own, which the server takes once: sent twice, it counts once.

const NAME = "xiuhua-queue"

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore("messages", {keyPath: "n", autoIncrement: true})
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => failed(asked.error)
  })
}

async function on(mode, act) {
  const base = await opened()
  return new Promise((done, failed) => {
    const work = base.transaction("messages", mode)
    const asked = act(work.objectStore("messages"))
    work.oncomplete = () => { base.close(); done(asked.result) }
    work.onerror = () => { base.close(); failed(work.error) }
  })
}

export const kept = () => on("readonly", store => store.getAll())
export const drop = n => on("readwrite", store => store.delete(n))

// `fields` are pairs of name and text or file; `user` is who wrote it: nobody else sends it. A draft replaces the
// one of the same address that waits last, so that the order of different things stays as it was.
export async function keep(message) {
  if (message.replaces) {
    const last = (await kept()).at(-1)
    if (last && last.url === message.url && last.user === message.user && !last.refused) await drop(last.n)
  }
  return on("readwrite", store => store.add({...message, key: message.key ?? crypto.randomUUID(), kept: Date.now()}))
}

function token() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value
    ?? JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? ""
}

// The server's answer to one message: {state: "taken" | "lost" | "sign-in" | "refused", said, answer}.
export async function send(message) {
  const body = new FormData()
  for (const [name, value] of message.fields) body.append(name, value)
  let answer
  try {
    answer = await fetch(message.url, {
      method: "POST", body, credentials: "same-origin", redirect: "manual",
      headers: {"X-CSRFToken": token(), "X-Delivery-Key": message.key, "HX-Request": "true", "Accept": "application/json"},
    })
  } catch {
    return {state: "lost"}
  }
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return {state: "sign-in"}
  if (answer.status >= 500) return {state: "lost"}
  if (!answer.ok) return {state: "refused", said: words(await answer.text())}
  try {
    return {state: "taken", answer: await answer.json()}
  } catch {
    // It was taken and the answer broke off: asked again under its key it is answered the same.
    return {state: "lost"}
  }
}

function words(page) {
  return new DOMParser().parseFromString(page, "text/html").body.textContent.replace(/\s+/g, " ").trim().slice(0, 200)
}

// Sends what waits, in order, until something is lost. What was refused stays to be read and stands in nobody's way.
export function flush(user, told) {
  return navigator.locks.request("xiuhua-queue", async () => {
    let sent = 0
    for (const message of await kept()) {
      if (message.refused || message.user !== user) continue
      const result = await send(message)
      if (result.state === "taken") { await drop(message.n); sent += 1; told?.(message, result) }
      else if (result.state === "refused") { await on("readwrite", store => store.put({...message, refused: result.said || "?"})); told?.(message, result) }
      else return {sent, state: result.state}
    }
    return {sent, state: "taken"}
  })
}
