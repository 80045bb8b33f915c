// Tiles of the wall: HLS where the browser plays it by itself; a test picture with the name and the time elsewhere.

const wall = document.getElementById("wall")
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
  setInterval(() => { if (!document.hidden) draw() }, 200)
}

function instead(video, why) {
  const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 360})
  canvas.dataset.test = video.getAttribute("aria-label")
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", `${canvas.dataset.test} · ${why}`)
  video.replaceWith(canvas)
  picture(canvas, [wall.dataset.saidTest, why])
}

function play(video) {
  if (!video.canPlayType("application/vnd.apple.mpegurl")) return instead(video, wall.dataset.saidLost)
  video.addEventListener("error", () => instead(video, wall.dataset.saidLost))
  video.src = video.dataset.play
}

if (wall) {
  wall.querySelectorAll("canvas[data-test]").forEach(canvas => picture(canvas, [wall.dataset.saidTest, wall.dataset.saidNone]))
  wall.querySelectorAll("video[data-play]").forEach(play)
}
