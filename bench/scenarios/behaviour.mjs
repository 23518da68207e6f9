// How the clients behave when something goes wrong: not how fast, but how many calls fail.
import { start } from "../processes.mjs"

const withWorker = async (name, url, options, use) => {
  const worker = await start("./worker.mjs", [name, url, JSON.stringify(options)])
  try {
    return await use(worker)
  } finally {
    worker.stop()
  }
}

/** 200 calls at once, the first of their process. */
export const coldStart = async (server, url, names) => {
  const table = {}
  for (const name of names) {
    await server.ask({ set: {}, take: true })
    const { failed } = await withWorker(name, url, {}, (worker) => worker.ask({ command: "run", count: 200, inFlight: 200 }))
    const { tokens } = await server.ask({ take: true })
    table[name] = { failed, tokenRequests: tokens }
  }
  return table
}

/** 2 000 calls, 64 in flight; after a quarter of them the platform refuses the token everybody has. */
export const revokedToken = async (server, url, names) => {
  const table = {}
  for (const name of names) {
    await server.ask({ set: { checkToken: true }, take: true })
    table[name] = await withWorker(name, url, {}, async (worker) => {
      await worker.ask({ command: "run", count: 1, inFlight: 1 })
      const running = worker.ask({ command: "run", count: 2000, inFlight: 64 })
      while ((await server.ask({})).calls < 500) await new Promise((resolve) => setTimeout(resolve, 2))
      await server.ask({ revoke: true })
      const { failed } = await running
      const { refused, tokens } = await server.ask({ take: true })
      return { failed, refused, tokenRequests: tokens }
    })
  }
  return table
}

/** 500 calls at once where 50 a second are let in. */
export const limited = async (server, url, names) => {
  const table = {}
  for (const name of names) {
    await server.ask({ set: { limit: 50 }, take: true })
    const { failed, wall } = await withWorker(name, url, { limit: 50 }, (worker) =>
      worker.ask({ command: "run", count: 500, inFlight: 500 }))
    const { rejected } = await server.ask({ take: true })
    // Fifty at once, and fifty more every second.
    table[name] = { failed, rejected, seconds: wall / 1000, idealSeconds: 9 }
  }
  return table
}

/** 5 000 reads where 2 % are answered with 5xx and 1 % with a reset. */
export const faulty = async (server, url, names) => {
  const table = {}
  for (const name of names) {
    await server.ask({ set: { fault5xx: 0.02, reset: 0.01 }, take: true })
    const { failed } = await withWorker(name, url, {}, (worker) => worker.ask({ command: "run", count: 5000, inFlight: 32 }))
    const told = await server.ask({ take: true })
    table[name] = { failed, answered5xx: told.failed, reset: told.reset, requests: told.calls }
  }
  return table
}
