// CPU time of the client's process for one call, as a ratio to raw undici in the same round.
import { start } from "../processes.mjs"
import { spread } from "../statistics.mjs"

/** The first of `names` is what the others are compared with. */
export const cpuPerCall = async (url, { call = "read", count = 3000, inFlight, names, rounds }) => {
  const workers = new Map()
  for (const name of names) workers.set(name, await start("./worker.mjs", [name, url, JSON.stringify({ call })]))
  for (const worker of workers.values()) await worker.ask({ command: "run", count: 5000, inFlight })
  const micros = new Map(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    // Everybody is first once: what else runs on the machine falls on all alike.
    const order = names.map((_, at) => names[(at + round) % names.length])
    for (const name of order) {
      const { cpu, failed } = await workers.get(name).ask({ command: "run", count, inFlight })
      if (failed > 0) throw new Error(`${failed} calls of ${name} failed`)
      micros.get(name).push(cpu / count)
    }
  }
  for (const worker of workers.values()) worker.stop()
  const base = micros.get(names[0])
  return Object.fromEntries(names.map((name) => [name, {
    micros: spread(micros.get(name)),
    ratio: spread(micros.get(name).map((value, round) => value / base[round]))
  }]))
}
