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

export const markdown = ({ cold, cpu, decoding, faulty, firstCall, growth, imports, latency, layers, limited, machine, memory, revoked, size, targets, types, writing }) => `# What a call costs

\`npm run bench\`, ${machine.date}, Node ${machine.node}, ${machine.cpus} CPUs (${machine.model}), load ${machine.loadBefore} before and ${machine.loadAfter} after, ${number(machine.seconds, 0)} s in all.

Raw undici, measured against itself from round to round, varied by a factor of ${number(machine.steadiness, 2)}: that is how steady the machine was.
Ratios are taken within a round, where everybody runs once and the order changes; medians, and the range in brackets. CPU is that of
the client's process; the server is another. The clients make the same calls, \`drive.permission.member.list\` and, to write,
\`drive.permission.public.patch\`: raw \`undici.request\`, bare Effect around that (\`effect\`), the official SDK ${machine.official}, and ours over
\`UndiciTransport\`, spans off and on. Ours validates, keeps the documented limits, holds a token, bounds the answer in time and size, and
decodes it.

## Targets

${table(["what", "is", "at most", ""], targets.map(({ is, met, most, what }) => [what, number(is, 2), number(most, 2), met ? "met" : "**not met**"]))}

What stands in the way of what is not met:

- **Stock layers.** What a call does beside its request costs ${number(cpu[64].ours.micros.median - cpu[64].undici.micros.median, 0)} µs over \`UndiciTransport\`, which takes a request and calls back. A stock layer is
  an effect: to be told to stop in time it needs a fiber of its own, and its answer's headers an object, and more objects at once
  are more for the garbage collector to carry along. Where a layer is cheap itself, that is more than 15 % of it.
- **Importing.** Most of it is Node's: finding, reading, compiling and linking files, one for each module that can be imported by
  itself (\`node --cpu-prof\` shows it). Running what is in them is the lesser part.
- **Bundle.** A program with Effect's \`HttpClient\`, its \`fetch\` and one schema weighs ${number(size["`HttpClient` over `fetch`, and a schema, without us"].gzippedKilobytes)} kB gzipped before anything of ours, so
  80 kB cannot be had with them. Of ours, nearly all is the way of a call (limits, tokens, retries, errors, reading), which every
  operation shares: a second operation adds ${number(1000 * (size["… of that, ours, with a second operation"].gzippedKilobytes - size["… of that, ours"].gzippedKilobytes), 0)} bytes.

## CPU per call, ratio to raw undici

![CPU per call](cpu.svg)

${table(
  ["client", ...Object.keys(cpu).map((many) => `${many} in flight`), "µs at 64", "writing, 64 in flight"],
  Object.keys(cpu[64]).map((name) => [
    name,
    ...Object.values(cpu).map((row) => range(row[name].ratio, 2)),
    number(cpu[64][name].micros.median),
    range(writing[name].ratio, 2)
  ])
)}

## CPU per call over the stock layers, ratio to the layer bare

64 in flight; bare is \`client.execute(request)\` and \`response.json\`, spans off for both.

${table(["layer", "ratio", "µs, ours"], Object.entries(layers).map(([name, { micros, ratio }]) => [name, range(ratio, 2), number(micros.median)]))}

## Latency, 64 in flight, milliseconds

${plainTable(latency)}

## Resident memory of 10 000 calls that wait

${plainTable(memory)}

## Reading 1 000 members

Without a socket. The whole call: bytes to text, \`JSON.parse\`, the envelope, and every member decoded.

${table(["what", "µs", "ratio"], Object.entries(decoding).map(([name, { micros, ratio }]) => [name, range(micros, 0), range(ratio, 2)]))}

## Importing operations

Above \`import "effect"\` and \`import "@effect/platform/HttpClient"\`, in a process of its own each time.

${plainTable(imports, "what")}

## A fresh process, everything imported by package

${plainTable(firstCall)}

## 200 calls at once, the first of their process

${plainTable(cold)}

## A token revoked in the middle of 2 000 calls

${plainTable(revoked)}

## 500 calls at once where 50 a second are let in

${plainTable(limited)}

## 5 000 reads, 2 % answered with 5xx, 1 % reset

${plainTable(faulty)}

## How the cost grows

CPU per call without a socket, in µs. \`fibers\` is what as many fibers cost that do nothing but wait for a turn and parse the
answer: most of the growth is theirs.

${table(["fibers at once", "fibers", "ours"], Object.entries(growth.fibers).map(([many, row]) => [number(Number(many), 0), range(row.fibers), range(row.ours)]))}

${table(["tenants", "ours"], Object.entries(growth.tenants).map(([many, row]) => [number(Number(many), 0), range(row.ours)]))}

What is kept for a tenant's limits is forgotten once it is idle (\`packages/core/test/admission.test.ts\`).

## Size of a program that makes one call

${plainTable(size, "program")}

## Types

${plainTable(types, "what")}
`
