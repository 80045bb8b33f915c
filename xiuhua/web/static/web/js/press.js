// A press on a button counts even when the page moves under the finger: leaving an input asks the server about it, and
// what it answers may push the button away before it is let go. Then the browser sees a click on something else, or on
// nothing. Whoever moves the pointer away from where it went down has thought better of it.

const STILL_PX = 6

let pressed = null

function down(event) {
  const button = event.isPrimary && event.button === 0 ? event.target.closest("button, a.btn") : null
  pressed = button && {button, x: event.clientX, y: event.clientY}
}

function click(event) {
  const was = pressed
  pressed = null
  if (!was || !event.isTrusted || was.button.contains(event.target) || !was.button.isConnected) return
  if (Math.hypot(event.clientX - was.x, event.clientY - was.y) > STILL_PX) return
  event.preventDefault()
  event.stopImmediatePropagation()
  was.button.click()
}

export function presses() {
  addEventListener("pointerdown", down, true)
  addEventListener("pointercancel", () => { pressed = null }, true)
  addEventListener("click", click, true)
}
