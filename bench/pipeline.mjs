// `node --cpu-prof pipeline.mjs [on|off] [calls]`: the pipeline without a socket, spans on or off, for the profiler.
import { measure, pipeline } from "./scenarios/growth.mjs"

const [spans = "off", count = "100000"] = process.argv.slice(2)
const made = pipeline()
await measure(made, { count: 20_000, fibers: 64, spans: spans === "on" })
const taken = []
for (let round = 0; round < 5; round++) {
  taken.push(await measure(made, { count: Number(count) / 5, fibers: 64, spans: spans === "on" }))
}
console.log(`spans ${spans}: ${taken.map((micros) => micros.toFixed(1)).join("  ")} us of CPU per call`)
