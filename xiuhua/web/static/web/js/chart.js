// Draws figure[data-chart] from the JSON beside it with ECharts, in the colours of the page. The table stays the truth.
//   <figure data-chart='line' data-source='id-of-json-script'><div class="chart-box"></div></figure>
// The JSON: {"labels": [...], "series": [{"name": "...", "values": [...]}, ...]}; the second series is drawn grey.

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function axis(extra) {
  return {
    axisLine: {lineStyle: {color: colour("--line-2")}}, axisTick: {show: false},
    axisLabel: {color: colour("--ink-3")}, splitLine: {lineStyle: {color: colour("--line")}}, ...extra,
  }
}

// With more than one series each is named at its highest point, in the picture that is saved too.
function values(row, kind, isNamed, ink) {
  if (!isNamed || kind === "bars") return row.values
  const top = row.values.indexOf(Math.max(...row.values))
  const align = top < row.values.length / 2 ? "left" : "right"
  const label = {show: true, formatter: row.name, position: "top", align, distance: 8, color: ink, fontSize: 13}
  return row.values.map((value, n) => n === top ? {value, label} : value)
}

function series(kind, rows) {
  const colours = [colour("--accent"), colour("--ink-3"), colour("--h3")]
  return rows.map((row, n) => ({
    name: row.name, type: kind === "bars" ? "bar" : kind, data: values(row, kind, rows.length > 1, colours[n % 3]), color: colours[n % 3], barMaxWidth: 26,
    lineStyle: {type: n ? "dashed" : "solid", width: n ? 1.5 : 2}, symbolSize: 6, animation: false,
  }))
}

function options(kind, data) {
  const names = axis({type: "category", data: data.labels})
  const counts = axis({type: "value", minInterval: 1})
  return {
    animation: false,
    textStyle: {fontFamily: colour("--sans")},
    grid: {left: 8, right: 16, top: data.series.length > 1 ? 28 : 16, bottom: 8, containLabel: true},
    tooltip: {trigger: "axis", renderMode: "richText", backgroundColor: colour("--sheet"), borderColor: colour("--line-2"), textStyle: {color: colour("--ink")}},
    xAxis: kind === "bars" ? counts : names,
    yAxis: kind === "bars" ? {...names, inverse: true} : counts,
    series: series(kind, data.series),
  }
}

function draw(figure) {
  const source = document.getElementById(figure.dataset.source)
  const box = figure.querySelector(".chart-box")
  if (!source || !box || !window.echarts) return
  const chart = window.echarts.init(box, null, {renderer: "canvas"})
  chart.setOption(options(figure.dataset.chart, JSON.parse(source.textContent)))
  new ResizeObserver(() => chart.resize()).observe(box)
  figure.querySelector("[data-save]")?.addEventListener("click", () => {
    const link = document.createElement("a")
    link.href = chart.getDataURL({pixelRatio: 2, backgroundColor: colour("--sheet")})
    link.download = `${figure.dataset.name ?? "chart"}.png`
    link.click()
  })
}

document.querySelectorAll("figure[data-chart]").forEach(draw)
