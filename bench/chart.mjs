// The ratios as a picture: bars, and the range of each.

const colours = { undici: "#8b949e", effect: "#57606a", official: "#cf222e", ours: "#0969da", "ours+spans": "#54aeff" }
const names = {
  undici: "raw undici",
  effect: "bare Effect",
  official: "official SDK",
  ours: "effect-feishu",
  "ours+spans": "effect-feishu, spans"
}

const [left, bar, gap, width] = [160, 16, 26, 520]

const group = (title, rows, y, scale) => [
  `<text x="10" y="${y}" font-weight="bold">${title}</text>`,
  ...Object.entries(rows).flatMap(([name, { ratio: { high, low, median } }], at) => {
    const top = y + 10 + at * bar
    return [
      `<text x="${left - 8}" y="${top + 11}" text-anchor="end">${names[name]}</text>`,
      `<rect x="${left}" y="${top}" width="${scale(median).toFixed(1)}" height="${bar - 3}" fill="${colours[name]}"/>`,
      `<line x1="${(left + scale(low)).toFixed(1)}" x2="${(left + scale(high)).toFixed(1)}" y1="${top + 6}" y2="${top + 6}" stroke="#1f2328"/>`,
      `<text x="${(left + scale(high) + 6).toFixed(1)}" y="${top + 11}">${median.toFixed(2)}</text>`
    ]
  })
]

export const chart = ({ cpu, machine, writing }) => {
  const groups = [
    ...Object.entries(cpu).map(([many, rows]) => [`reading, ${many} in flight`, rows]),
    ["writing, 64 in flight", writing]
  ]
  const widest = Math.max(...groups.flatMap(([, rows]) => Object.values(rows).map(({ ratio }) => ratio.high)))
  const step = 10 + Object.keys(cpu[64]).length * bar + gap
  const height = 44 + groups.length * step
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 60} ${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="10" y="18" font-size="14">CPU per call, ratio to raw undici (median and range), Node ${machine.node}</text>
${groups.flatMap(([title, rows], at) => group(title, rows, 44 + at * step, (value) => value / widest * width)).join("\n")}
</svg>
`
}
