// Positions as they come: from the stream where the bureau runs one, else asked again and again.

const ASK_AGAIN_MS = 10_000
const TRY_AGAIN_MS = 5_000

// whole(rows, t) replaces everything, moved(rows, gone, t) changes some; a row is [key, device, lon, lat, standing, at],
// t the moment of the server.
export function follow({token, picture, whole, moved, lost}) {
  const wait = (what, ms) => setTimeout(what, document.hidden ? ms * 3 : ms)

  async function ask() {
    try {
      const answer = await fetch(picture)
      if (!answer.ok) throw new Error(String(answer.status))
      const said = await answer.json()
      whole(said.movers, said.t)
    } catch { lost() }
    wait(ask, ASK_AGAIN_MS)
  }

  async function open() {
    let said
    try { said = await (await fetch(token)).json() } catch { lost(); return wait(open, TRY_AGAIN_MS) }
    if (!said.url) return wait(ask, ASK_AGAIN_MS)
    const stream = new EventSource(`${said.url}?pass=${encodeURIComponent(said.pass)}`)
    stream.addEventListener("whole", event => { const {rows, t} = JSON.parse(event.data); whole(rows, t) })
    stream.addEventListener("moved", event => { const {rows, gone, t} = JSON.parse(event.data); moved(rows, gone, t) })
    // A pass opens one stream: for the next a new one is asked.
    const anew = again => () => { stream.close(); if (again) open(); else { lost(); wait(open, TRY_AGAIN_MS) } }
    stream.addEventListener("again", anew(true))
    stream.addEventListener("error", anew(false))
  }

  open()
}
