// All of it, one after another: `npm run bench`. Needs `dist` (`npm run build`) and the dependencies of this folder.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { cpus, loadavg } from "node:os"
import { start } from "./processes.mjs"
import { chart } from "./chart.mjs"
import { markdown } from "./report.mjs"
import { coldStart, faulty, limited, revokedToken } from "./scenarios/behaviour.mjs"
import { bundles, types } from "./scenarios/compile.mjs"
import { firstCall, latency, memory } from "./scenarios/cost.mjs"
import { cpuPerCall } from "./scenarios/cpuPerCall.mjs"
import { decoding } from "./scenarios/decoding.mjs"
import { growth } from "./scenarios/growth.mjs"
import { imports } from "./scenarios/imports.mjs"
import { targets } from "./targets.mjs"

const rounds = Number(process.argv[2] ?? 5)
const everybody = ["undici", "effect", "official", "ours", "ours+spans"]
const stock = ["fetch", "node:http", "platform-undici"]
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
const layers = {}
for (const name of stock) {
  const names = [name, `ours+${name}`]
  layers[name] = await step(`CPU per call over ${name}`, async () => (await cpuPerCall(url, { names, inFlight: 64, rounds: 2 * rounds }))[names[1]])
}
const results = {
  cpu,
  layers,
  writing: await step("CPU per write", () => cpuPerCall(url, { call: "write", names: everybody, inFlight: 64, rounds })),
  latency: await step("latency", () => latency(url, { names: contenders, inFlight: 64, rounds })),
  memory: await step("memory", () => memory(server, url, { names: contenders, inFlight: 10_000, rounds: 3 })),
  decoding: await step("decoding", () => decoding({ rounds })),
  imports: await step("imports", () => imports({ rounds: 2 * rounds + 1 })),
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

const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpus: cpus().length,
  model: cpus()[0].model,
  loadBefore,
  loadAfter: loadavg()[0].toFixed(1),
  seconds: (performance.now() - startedAt) / 1000,
  steadiness: cpu[64].undici.micros.high / cpu[64].undici.micros.low,
  official: JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")).devDependencies["@larksuiteoapi/node-sdk"]
}
const all = { machine, ...results, targets: targets(results) }

const folder = new URL("./results/", import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL("results.json", folder), `${JSON.stringify(all, null, 2)}\n`)
writeFileSync(new URL("README.md", folder), markdown(all))
writeFileSync(new URL("cpu.svg", folder), chart(all))
for (const { is, met, most, what } of all.targets) console.log(`${met ? "met    " : "NOT MET"}  ${what}: ${is.toFixed(2)} (${most})`)
process.exit()
