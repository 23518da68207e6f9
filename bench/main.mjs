// All of it, one after another: `npm run bench`. Needs `dist` (`npm run build`) and the dependencies of this folder.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { cpus, loadavg } from "node:os"
import { start } from "./processes.mjs"
import { chart, markdown } from "./report.mjs"
import { coldStart, faulty, limited, revokedToken } from "./scenarios/behaviour.mjs"
import { bundles, types } from "./scenarios/compile.mjs"
import { firstCall, latency, memory } from "./scenarios/cost.mjs"
import { cpuPerCall } from "./scenarios/cpuPerCall.mjs"
import { decoding } from "./scenarios/decoding.mjs"
import { growth } from "./scenarios/growth.mjs"

const rounds = Number(process.argv[2] ?? 5)
const everybody = ["undici", "effect", "official", "ours", "ours+spans", "ours+fetch"]
const contenders = ["undici", "official", "ours"]

const startedAt = performance.now()
const loadBefore = loadavg()[0].toFixed(1)
const server = await start("./server.mjs")
const url = `http://127.0.0.1:${server.first}`

const step = async (name, run) => {
  const from = performance.now()
  const result = await run()
  console.log(`${name}: ${((performance.now() - from) / 1000).toFixed(0)} s`)
  return result
}

const cpu = {}
for (const [inFlight, count] of [[1, 1000], [64, 3000], [512, 3000]]) {
  cpu[inFlight] = await step(`CPU per call, ${inFlight} in flight`, () => cpuPerCall(url, { names: everybody, inFlight, count, rounds }))
}
const results = {
  cpu,
  latency: await step("latency", () => latency(url, { names: contenders, inFlight: 64, rounds })),
  memory: await step("memory", () => memory(server, url, { names: contenders, inFlight: 10_000 })),
  decoding: await step("decoding", () => decoding({ rounds })),
  firstCall: await step("first call", () => firstCall(url, { names: contenders, rounds })),
  cold: await step("cold start", () => coldStart(server, url, ["official", "ours"])),
  limited: await step("limits", () => limited(server, url, contenders)),
  faulty: await step("faults", () => faulty(server, url, contenders)),
  growth: await step("growth", () => growth({ rounds: 3 })),
  size: await step("bundles", bundles),
  types: await step("types", types),
  // Last: the token it leaves behind is another one.
  revoked: await step("revoked token", () => revokedToken(server, url, ["official", "ours"]))
}
server.stop()

const at64 = cpu[64]
const target = (what, is, most) => ({ what, is, met: is <= most })
const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpus: cpus().length,
  model: cpus()[0].model,
  loadBefore,
  loadAfter: loadavg()[0].toFixed(1),
  seconds: (performance.now() - startedAt) / 1000,
  steadiness: at64.undici.micros.high / at64.undici.micros.low,
  official: JSON.parse(readFileSync(new URL("./node_modules/@larksuiteoapi/node-sdk/package.json", import.meta.url), "utf8")).version,
  targets: [
    target("at most 2.5 times raw undici, spans off", at64.ours.ratio.median, 2.5),
    target("at most 3.5 times raw undici, spans on", at64["ours+spans"].ratio.median, 3.5),
    target("at most half of the official SDK", at64.ours.ratio.median / at64.official.ratio.median, 0.5)
  ]
}

const folder = new URL("./results/", import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL("results.json", folder), `${JSON.stringify({ machine, ...results }, null, 2)}\n`)
writeFileSync(new URL("README.md", folder), markdown({ machine, ...results }))
writeFileSync(new URL("cpu.svg", folder), chart(cpu))
console.log(machine.targets)
process.exit()
