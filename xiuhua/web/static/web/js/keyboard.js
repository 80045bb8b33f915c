// Keys for what people repeat: / search, N new lead, ? help, J K X Enter in lists, 1-9 the acts, O procedures beside the
// road, M the menu of the page, E into the form and on to what is still empty, Escape out of an input, B back to the case, Ctrl+Enter submit.

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

// Into the form of the page: the first input that still wants an answer, else the first one.
function enter() {
  const form = document.querySelector("main form[data-draft]")
  if (!form) return false
  const inputs = [...form.querySelectorAll("input:not([type=hidden]), textarea, select")].filter(input => input.offsetParent)
  const answered = input => /radio|checkbox/.test(input.type)
    ? [...form.querySelectorAll(`[name="${input.name}"]`)].some(one => one.checked) : input.value.trim()
  const next = inputs.find(input => !answered(input)) ?? inputs[0]
  next?.focus()
  return Boolean(next)
}

// The procedures beside the road: the fold opens, and its first act has the focus.
function beside() {
  const fold = document.querySelector("#matters details")
  if (!fold) return false
  fold.open = true
  fold.scrollIntoView({block: "nearest"})
  fold.querySelector("a")?.focus()
  return true
}

// The menu of the page: it opens, and its first line has the focus.
function menu() {
  const fold = document.querySelector("[data-menu]")
  if (!fold) return false
  fold.open = true
  fold.querySelector("a:not([hidden])")?.focus()
  return true
}

const keys = {
  m: menu,
  e: enter,
  o: beside,
  b: () => follow(document.querySelector("[data-key=B]")),
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
  // Out of an input, so that the keys above work again; an open list or dialog takes its own Escape.
  if (event.key === "Escape" && writing(event.target) && event.target.getAttribute("aria-expanded") !== "true" && !event.target.closest("dialog")) {
    event.target.blur()
    document.getElementById("main")?.focus({preventScroll: true})
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
