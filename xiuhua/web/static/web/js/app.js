// Starts what every page shares. Each module finds its own elements; a page without them costs nothing.
import {keyboard} from "./keyboard.js"
import {drafts} from "./drafts.js"
import {combos} from "./combo.js"
import {lists} from "./lists.js"
import {trouble} from "./trouble.js"
import {place} from "./place.js"
import {photos} from "./photos.js"
import {when} from "./when.js"
import {beside} from "./beside.js"
import {fills} from "./fill.js"
import {copies} from "./copied.js"
import {menus} from "./menu.js"
import {presses} from "./press.js"
import {segments} from "./segment.js"

const begin = [drafts, combos, lists, place, photos, when, beside, fills, copies, menus, segments]

keyboard()
presses()
trouble()
for (const start of begin) start(document)
// A fragment that htmx put in starts the same way as a page.
document.addEventListener("htmx:afterSwap", event => {
  for (const start of begin) start(event.detail.target.isConnected ? event.detail.target : document)
})
