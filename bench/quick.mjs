// Only CPU per call: `node quick.mjs [rounds] [clients] [in flight] [read or write]`, for whoever works on the pipeline.
import { cpuPerCall } from "./scenarios/cpuPerCall.mjs"
import { start } from "./processes.mjs"

const [rounds = "7", names = "undici,ours,ours+spans", inFlight = "64", call = "read"] = process.argv.slice(2)
const server = await start("./server.mjs")
const url = `http://127.0.0.1:${server.first}`
for (const many of inFlight.split(",")) {
  const table = await cpuPerCall(url, { call, names: names.split(","), inFlight: Number(many), rounds: Number(rounds) })
  console.log(`${many} in flight`)
  for (const [name, { micros, ratio }] of Object.entries(table)) {
    console.log(`  ${name.padEnd(12)} ${micros.median.toFixed(1)} us  x${ratio.median.toFixed(2)}  (${ratio.low.toFixed(2)}-${ratio.high.toFixed(2)})`)
  }
}
server.stop()
