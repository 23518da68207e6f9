// A process that makes one call and nothing else.
const before = process.cpuUsage()
const startedAt = performance.now()
const { clients } = await import("./clients.mjs")
const [name, url] = process.argv.slice(2)
const client = await clients[name](url)
const imported = performance.now() - startedAt
await client.call()
const answered = performance.now() - startedAt
const { system, user } = process.cpuUsage(before)
console.log(JSON.stringify({ imported, answered, cpu: (system + user) / 1000 }))
process.exit()
