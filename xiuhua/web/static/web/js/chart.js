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

function series(kind, rows) {
  const colours = [colour("--accent"), colour("--ink-3"), colour("--h3")]
  return rows.map((row, n) => ({
    name: row.name, type: kind === "bars" ? "bar" : kind, data: row.values, color: colours[n % 3], barMaxWidth: 26,
    lineStyle: {type: n ? "dashed" : "solid", width: n ? 1.5 : 2}, symbolSize: 6, animation: false,
  }))
}

function options(kind, data) {
  const names = axis({type: "category", data: data.labels})
  const values = axis({type: "value", minInterval: 1})
  return {
    animation: false,
    textStyle: {fontFamily: colour("--sans")},
    grid: {left: 8, right: 16, top: data.series.length > 1 ? 36 : 16, bottom: 8, containLabel: true},
    tooltip: {trigger: "axis", renderMode: "richText", backgroundColor: colour("--sheet"), borderColor: colour("--line-2"), textStyle: {color: colour("--ink")}},
    legend: data.series.length > 1 ? {top: 0, right: 0, textStyle: {color: colour("--ink-2")}} : undefined,
    xAxis: kind === "bars" ? values : names,
    yAxis: kind === "bars" ? {...names, inverse: true} : values,
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
