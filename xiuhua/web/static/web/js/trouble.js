// When the network or the server fails, say so above the page; nothing that was typed goes away.

function show(text) {
  const place = document.getElementById("trouble")
  if (!place) return
  place.textContent = text
  place.hidden = !text
}

export function trouble() {
  document.addEventListener("htmx:sendError", () => show(document.body.dataset.saidLost))
  document.addEventListener("htmx:responseError", () => show(document.body.dataset.saidFailed))
  document.addEventListener("htmx:afterRequest", event => { if (event.detail.successful) show("") })
  window.addEventListener("online", () => show(""))
}
