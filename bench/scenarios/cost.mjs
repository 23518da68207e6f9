// Latency, memory, and what a process pays before its first answer.
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { start } from "../processes.mjs"
import { percentile, spread } from "../statistics.mjs"

export const latency = async (url, { inFlight, names, rounds }) => {
  const workers = new Map()
  for (const name of names) workers.set(name, await start("./worker.mjs", [name, url]))
  for (const worker of workers.values()) await worker.ask({ command: "run", count: 4000, inFlight })
  const seen = new Map(names.map((name) => [name, { p50: [], p99: [] }]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names.map((_, at) => names[(at + round) % names.length])) {
      const sorted = await workers.get(name).ask({ command: "latencies", count: 2000, inFlight })
      seen.get(name).p50.push(percentile(sorted, 0.5))
      seen.get(name).p99.push(percentile(sorted, 0.99))
    }
  }
  for (const worker of workers.values()) worker.stop()
  return Object.fromEntries([...seen].map(([name, { p50, p99 }]) => [name, { p50: spread(p50), p99: spread(p99) }]))
}

/** Resident memory while so many wait for their answer, which the server holds back. */
export const memory = async (server, url, { inFlight, names, rounds }) => {
  const table = {}
  for (const name of names) {
    const seen = []
    let failed = 0
    for (let round = 0; round < rounds; round++) {
      await server.ask({ set: {} })
      const worker = await start("./worker.mjs", [name, url], ["--expose-gc"])
      await worker.ask({ command: "run", count: 500, inFlight: 16 })
      await server.ask({ set: { holdMs: 6000 } })
      const taken = await worker.ask({ command: "memory", count: inFlight })
      worker.stop()
      failed += taken.failed
      seen.push((taken.peak - taken.before) / 2 ** 20)
    }
    const megabytes = spread(seen)
    table[name] = { megabytes, kilobytesEach: megabytes.median * 1024 / inFlight, failed }
  }
  await server.ask({ set: {} })
  return table
}

const run = promisify(execFile)

/** Milliseconds to import, and to the first answer, each in a process that did nothing before. */
export const firstCall = async (url, { names, rounds }) => {
  const seen = new Map(names.map((name) => [name, { imported: [], answered: [], cpu: [] }]))
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { stdout } = await run(process.execPath, [fileURLToPath(new URL("../fresh.mjs", import.meta.url)), name, url])
      const { answered, cpu, imported } = JSON.parse(stdout.trim().split("\n").at(-1))
      seen.get(name).imported.push(imported)
      seen.get(name).answered.push(answered)
      seen.get(name).cpu.push(cpu)
    }
  }
  return Object.fromEntries([...seen].map(([name, { answered, cpu, imported }]) =>
    [name, { importMs: spread(imported), firstAnswerMs: spread(answered), cpuMs: spread(cpu) }]))
}
