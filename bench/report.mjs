// The results as Markdown and as a picture.
const number = (value, digits = 1) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })

const range = ({ high, low, median }, digits) => `${number(median, digits)} (${number(low, digits)}–${number(high, digits)})`

const table = (heads, rows) =>
  [heads, heads.map((_, at) => at === 0 ? "---" : "---:"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

const plainTable = (named, what = "client") => {
  const columns = Object.keys(Object.values(named)[0])
  return table([what, ...columns], Object.entries(named).map(([name, row]) =>
    [name, ...columns.map((column) => typeof row[column] === "object" ? range(row[column]) : number(row[column], Number.isInteger(row[column]) ? 0 : 1))]))
}

export const markdown = ({ cold, cpu, decoding, faulty, firstCall, growth, latency, limited, machine, memory, revoked, size, types }) => `# What a call costs

${machine.date}, Node ${machine.node}, ${machine.cpus} CPUs (${machine.model}), load ${machine.loadBefore} before and ${machine.loadAfter} after, ${number(machine.seconds, 0)} s in all.

Raw undici, measured against itself from round to round, varied by a factor of ${number(machine.steadiness, 2)}: that is how steady the machine was.
Ratios are taken within a round, where everybody runs once and the order changes; medians, and the range in brackets. CPU is that of
the client's process; the server is another. The clients make the same call, \`drive.permission.member.list\`: raw \`undici.request\`,
bare Effect around that (\`effect\`), the official SDK ${machine.official}, and ours over \`UndiciTransport\` (spans off and on) and over \`fetch\`.

## CPU per call, ratio to raw undici

![CPU per call](cpu.svg)

${table(
  ["client", ...Object.keys(cpu).map((many) => `${many} in flight`), "µs at 64"],
  Object.keys(cpu[64]).map((name) => [name, ...Object.values(cpu).map((row) => range(row[name].ratio, 2)), number(cpu[64][name].micros.median)])
)}

${machine.targets.map(({ is, met, what }) => `- ${what}: ${number(is, 2)}, ${met ? "met" : "**not met**"}`).join("\n")}

## Latency, 64 in flight, milliseconds

${plainTable(latency)}

## Resident memory of 10 000 calls that wait

${plainTable(memory)}

## Decoding 1 000 members

${table(["what", "µs", "ratio"], Object.entries(decoding).map(([name, { micros, ratio }]) => [name, range(micros, 0), range(ratio, 2)]))}

## A fresh process

${plainTable(firstCall)}

## 200 calls at once, the first of their process

${plainTable(cold)}

## A token revoked in the middle of 2 000 calls

${plainTable(revoked)}

## 500 calls at once where 50 a second are let in

${plainTable(limited)}

## 5 000 reads, 2 % answered with 5xx, 1 % reset

${plainTable(faulty)}

## How the cost grows, without a socket

Ratios to 100 fibers, and to one tenant.

${table(["fibers", "µs", "ratio"], Object.entries(growth.fibers).map(([many, { micros, ratio }]) => [number(Number(many), 0), range(micros), range(ratio, 2)]))}

${table(["tenants", "µs", "ratio"], Object.entries(growth.tenants).map(([many, { micros, ratio }]) => [number(Number(many), 0), range(micros), range(ratio, 2)]))}

## Size of a program that makes one call

${plainTable(size, "program")}

## Types

${plainTable(types, "what")}
`

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")

/** Bars of the ratios, with their ranges. */
export const chart = (cpu) => {
  const names = Object.keys(cpu[64])
  const groups = Object.keys(cpu)
  const widest = Math.max(...groups.flatMap((many) => names.map((name) => cpu[many][name].ratio.high)))
  const [left, bar, gap, width] = [150, 16, 26, 560]
  const colours = { undici: "#8b949e", effect: "#57606a", official: "#cf222e", ours: "#0969da", "ours+spans": "#54aeff", "ours+fetch": "#8250df" }
  const scale = (value) => value / widest * width
  let y = 40
  const parts = []
  for (const many of groups) {
    parts.push(`<text x="10" y="${y}" font-weight="bold">${many} in flight</text>`)
    y += 10
    for (const name of names) {
      const { high, low, median } = cpu[many][name].ratio
      parts.push(
        `<text x="${left - 8}" y="${y + 12}" text-anchor="end">${escaped(name)}</text>`,
        `<rect x="${left}" y="${y}" width="${scale(median).toFixed(1)}" height="${bar - 3}" fill="${colours[name]}"/>`,
        `<line x1="${(left + scale(low)).toFixed(1)}" x2="${(left + scale(high)).toFixed(1)}" y1="${y + 6}" y2="${y + 6}" stroke="#1f2328"/>`,
        `<text x="${(left + scale(high) + 6).toFixed(1)}" y="${y + 12}">${median.toFixed(2)}</text>`
      )
      y += bar
    }
    y += gap
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 60} ${y}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="10" y="18" font-size="14">CPU per call, ratio to raw undici (median and range)</text>
${parts.join("\n")}
</svg>
`
}
