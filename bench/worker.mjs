// One client in a process of its own: its heap, its compiled code and its CPU time are nobody else's.
import { clients } from "./clients.mjs"

const [name, url, options = "{}"] = process.argv.slice(2)
const client = await clients[name](url, JSON.parse(options))

const commands = {
  run: async ({ count, inFlight }) => {
    const startedAt = performance.now()
    const before = process.cpuUsage()
    const failed = await client.run(count, inFlight)
    const { system, user } = process.cpuUsage(before)
    return { failed, cpu: user + system, wall: performance.now() - startedAt }
  },
  latencies: async ({ count, inFlight }) => {
    const taken = []
    let left = count
    const loop = async () => {
      while (left-- > 0) {
        const startedAt = performance.now()
        await client.call()
        taken.push(performance.now() - startedAt)
      }
    }
    await Promise.all(Array.from({ length: inFlight }, loop))
    return taken.sort((a, b) => a - b)
  },
  memory: async ({ count }) => {
    globalThis.gc?.()
    const before = process.memoryUsage().rss
    const running = client.run(count, count)
    let peak = before
    const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 50)
    const failed = await running
    clearInterval(watch)
    return { before, peak, failed }
  }
}

process.on("message", async ({ id, command, ...rest }) => {
  try {
    process.send({ id, value: await commands[command](rest) })
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) })
  }
})
process.on("disconnect", () => process.exit())
process.send({ id: 0, value: "ready" })
