// Tiles of the wall: HLS by a script or by the browser itself; without a stream a test picture with the name and the time.

const wall = document.getElementById("wall")
const TRY_AGAIN_MS = 15_000
const BARS = ["--h5", "--h4", "--h3", "--h2", "--h1", "--soon-mark", "--over-mark"]
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function picture(canvas, lines) {
  const pen = canvas.getContext("2d"), {width, height} = canvas
  const draw = () => {
    BARS.forEach((name, n) => { pen.fillStyle = colour(name); pen.fillRect(n * width / 7, 0, width / 7 + 1, height * 0.72) })
    pen.fillStyle = colour("--ink")
    pen.fillRect(0, height * 0.72, width, height * 0.28)
    // A mark that moves shows that the picture is alive.
    pen.fillStyle = colour("--thread")
    pen.fillRect(Date.now() / 40 % width, height * 0.72, 24, 6)
    pen.fillStyle = colour("--sheet")
    pen.font = `600 26px ${colour("--sans")}`
    pen.fillText(canvas.dataset.test, 16, height * 0.83)
    pen.font = `18px ${colour("--sans")}`
    pen.fillText([...lines, new Date().toLocaleTimeString("zh-CN", {hour12: false, timeZone: "Asia/Shanghai"})].join("　"), 16, height * 0.93)
  }
  draw()
  const timer = setInterval(() => { if (!canvas.isConnected) clearInterval(timer); else if (!document.hidden) draw() }, 200)
}

// What plays a film, and the channels that may be played no more.
const players = new WeakMap(), over = new Set()

function still(video, why) {
  const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 360})
  canvas.dataset.test = video.getAttribute("aria-label")
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", `${canvas.dataset.test} · ${why}`)
  video.replaceWith(canvas)
  picture(canvas, [wall.dataset.saidTest, why])
  return canvas
}

// A stream that broke off is tried again after a while; until then its place says so.
function instead(video, why) {
  const canvas = still(video, why)
  setTimeout(() => {
    if (over.has(video.dataset.channel)) return
    const again = Object.assign(document.createElement("video"), {muted: true, autoplay: true, playsInline: true})
    Object.assign(again.dataset, video.dataset)
    again.setAttribute("aria-label", canvas.dataset.test)
    canvas.replaceWith(again)
    play(again)
  }, TRY_AGAIN_MS)
}

// The script plays wherever it can, so that all desks show the same; a browser that cannot run it plays HLS by itself.
async function play(video) {
  const {default: Hls} = await import("../../../vendor/hls.js-1.7.4/hls.light.min.mjs")
  if (!Hls.isSupported()) {
    video.addEventListener("error", () => instead(video, wall.dataset.saidLost))
    video.src = video.dataset.play
    return
  }
  // Nine at once: little is kept of each, and no worker is made from a blob.
  if (!video.isConnected) return
  const hls = new Hls({enableWorker: false, maxBufferLength: 10, backBufferLength: 4})
  hls.on(Hls.Events.ERROR, (_event, fault) => {
    if (!fault.fatal) return
    hls.destroy()
    instead(video, wall.dataset.saidLost)
  })
  players.set(video, hls)
  hls.loadSource(video.dataset.play)
  hls.attachMedia(video)
}

// A shift ends, or a right, while somebody looks on: then the film ends, too. Without an answer nothing is known.
async function ask() {
  const shown = [...wall.querySelectorAll("video[data-play]")]
  const query = new URLSearchParams(shown.map(video => ["channel", video.dataset.channel]))
  let playing = []
  try {
    const answer = await fetch(`${wall.dataset.ask}?${query}`, {headers: {Accept: "application/json"}})
    if (answer.status >= 500) return
    if (answer.ok && !answer.redirected) ({playing} = await answer.json())
  } catch {
    return
  }
  for (const video of shown.filter(video => video.isConnected && !playing.includes(Number(video.dataset.channel)))) {
    over.add(video.dataset.channel)
    players.get(video)?.destroy()
    video.removeAttribute("src")
    still(video, wall.dataset.saidOver)
  }
}

if (wall) {
  wall.querySelectorAll("canvas[data-test]").forEach(canvas => picture(canvas, [wall.dataset.saidTest, canvas.dataset.why]))
  wall.querySelectorAll("video[data-play]").forEach(play)
  if (wall.querySelector("video[data-play]")) setInterval(ask, Number(wall.dataset.askMs))
}
