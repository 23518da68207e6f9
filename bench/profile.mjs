// `node --cpu-prof profile.mjs [client] [count] [in flight]`: one client alone, for the profiler.
import { clients } from "./clients.mjs"
import { start } from "./processes.mjs"

const [name = "ours", count = "20000", inFlight = "64"] = process.argv.slice(2)
const server = await start("./server.mjs")
const client = await clients[name](`http://127.0.0.1:${server.first}`)
await client.run(5000, Number(inFlight))
const before = process.cpuUsage()
await client.run(Number(count), Number(inFlight))
const { system, user } = process.cpuUsage(before)
console.log(`${name}: ${((user + system) / Number(count)).toFixed(1)} us per call (user ${(user / Number(count)).toFixed(1)})`)
server.stop()
process.exit()
