// A form with data-draft saves itself: to the server while there is a network, to this device always, so that nothing
// typed is lost. What lay on the device only is sent when the network comes back.

const WAIT = 800
const HELD = "xiuhua-draft:"

function fieldsOf(form) {
  const data = new FormData(form)
  for (const [name, value] of [...data.entries()]) {
    if (typeof value !== "string" || name === "csrfmiddlewaretoken") data.delete(name)
  }
  return new URLSearchParams(data)
}

function say(form, text) {
  const place = form.querySelector("[data-draft-said]")
  if (place) place.textContent = text
}

async function send(form) {
  const url = form.dataset.draft
  const body = fieldsOf(form)
  localStorage.setItem(HELD + url, body.toString())
  try {
    const answer = await fetch(url, {
      method: "POST", body, headers: {"X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? ""}, credentials: "same-origin",
    })
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status))
    localStorage.removeItem(HELD + url)
    say(form, (await answer.json()).said)
  } catch {
    say(form, document.body.dataset.saidOffline)
    document.dispatchEvent(new CustomEvent("xiuhua:draft-lost", {detail: {url, fields: [...body], title: document.title}}))
  }
}

// What the device holds and the server has not seen is newer than the page: put it back into the form.
function restore(form) {
  const held = localStorage.getItem(HELD + form.dataset.draft)
  if (!held) return
  for (const [name, value] of new URLSearchParams(held)) {
    const field = form.elements.namedItem(name)
    if (!field) continue
    if (field instanceof RadioNodeList) {
      for (const one of field) if (one.value === value) one.checked = true
    } else if (field.type === "checkbox" || field.type === "radio") {
      field.checked = field.value === value
    } else if (field.type !== "file") {
      field.value = value
    }
  }
  send(form)
}

function watch(form) {
  if (form.dataset.watched) return
  form.dataset.watched = "yes"
  let timer = 0
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(send, WAIT, form) })
  form.addEventListener("submit", () => { clearTimeout(timer); localStorage.setItem(HELD + form.dataset.draft, fieldsOf(form).toString()) })
  window.addEventListener("online", () => { if (localStorage.getItem(HELD + form.dataset.draft)) send(form) })
  if (form.hasAttribute("data-refused")) localStorage.removeItem(HELD + form.dataset.draft)
  else restore(form)
}

export function drafts(root) {
  root.querySelectorAll("form[data-draft]").forEach(watch)
  // The page after a form was sent says which drafts have done their work.
  root.querySelectorAll("[data-draft-done]").forEach(mark => localStorage.removeItem(HELD + mark.dataset.draftDone))
}
