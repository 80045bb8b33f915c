// A menu is a fold with links: arrows, Home and End walk over them, Escape closes it and gives the focus back, and
// whatever happens outside closes it, too. Without this module it is still a fold with links.

const shown = menu => [...menu.querySelectorAll(".menu-list a")].filter(link => link.offsetParent)

function shut(menu, back) {
  if (!menu.open) return
  menu.open = false
  if (back) menu.querySelector("summary").focus()
}

function onKey(event) {
  const menu = event.currentTarget, links = shown(menu), at = links.indexOf(document.activeElement)
  if (event.key === "Escape" && menu.open) {
    shut(menu, true)
    event.stopPropagation()
    return
  }
  const step = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1}[event.key]
  if (step === undefined || (!menu.open && event.key !== "ArrowDown")) return
  menu.open = true
  event.preventDefault()
  const now = shown(menu)
  now[(step + now.length) % now.length]?.focus()
}

export function menus(root) {
  for (const menu of root.querySelectorAll("[data-menu]:not([data-begun])")) {
    menu.dataset.begun = ""
    menu.addEventListener("keydown", onKey)
    menu.addEventListener("focusout", event => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) shut(menu) })
    document.addEventListener("click", event => { if (!menu.contains(event.target)) shut(menu) })
  }
}
