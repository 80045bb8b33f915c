// Keys for what people repeat: / search, N new lead, ? help, J K X Enter in lists, 1-9 the acts, Ctrl+Enter submit.

const writing = element => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")

function open(dialog) {
  if (dialog && !dialog.open) dialog.showModal()
}

function follow(element) {
  if (!element) return false
  element.click()
  return true
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-rows] tr")].map(row => row.querySelector("a[data-row], td.lead a, a.id")).filter(Boolean)
  if (!rows.length) return false
  const at = rows.findIndex(row => row === document.activeElement || row.closest("tr, li")?.contains(document.activeElement))
  rows[Math.min(rows.length - 1, Math.max(0, at + step))].focus()
  return true
}

function pick() {
  const box = document.activeElement?.closest("tr, li")?.querySelector("input[type=checkbox]")
  return follow(box)
}

const keys = {
  "/": () => { document.getElementById("q")?.focus(); document.getElementById("q")?.select(); return true },
  "?": () => { open(document.getElementById("keys")); return true },
  n: () => follow(document.querySelector("[data-key=N], [data-key=n]")),
  f: () => follow(document.querySelector("[data-key=F]")),
  k: () => move(-1) || follow(document.querySelector("[data-key=K]")),
  j: () => move(1),
  x: pick,
  g: () => { document.querySelector(".jump a")?.focus(); return true },
  p: () => follow(document.querySelector("[data-key=P]")),
  "[": () => follow(document.querySelector("[data-key='[']")),
  "]": () => follow(document.querySelector("[data-key=']']")),
}

function onKey(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    (event.target.closest("form") ?? document.querySelector("main form[data-draft]"))?.requestSubmit()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || document.querySelector("dialog[open]")) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const done = /^[1-9]$/.test(key) ? follow(document.querySelector(`[data-key="${key}"]`)) : keys[key]?.()
  if (done) event.preventDefault()
}

// In search results the arrows walk over the hits, from the box and back.
function walkHits(event) {
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return
  const hits = [...document.querySelectorAll("a.hit")]
  if (!hits.length || (writing(event.target) && event.target.id !== "q")) return
  const at = hits.indexOf(document.activeElement)
  const to = at + (event.key === "ArrowDown" ? 1 : -1)
  event.preventDefault()
  if (to < 0) document.getElementById("q")?.focus()
  else hits[Math.min(to, hits.length - 1)].focus()
}

export function keyboard() {
  document.addEventListener("keydown", onKey)
  document.addEventListener("keydown", walkHits)
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.addEventListener("click", () => open(document.getElementById("keys")))
  }
}
