// Child processes that answer.
import { fork } from "node:child_process"
import { fileURLToPath } from "node:url"

/** Starts a module that tells with its first message that it is ready. */
export const start = async (module, args = [], execArgv = []) => {
  const child = fork(fileURLToPath(new URL(module, import.meta.url)), args, { execArgv, stdio: ["ignore", "inherit", "inherit", "ipc"] })
  const waiting = new Map()
  let next = 1
  const ready = new Promise((resolve, reject) => {
    waiting.set(0, { resolve, reject })
    child.once("exit", (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`${module} ${args[0] ?? ""} ended with ${code}`))
    })
  })
  child.on("message", ({ error, id, value }) => {
    const { reject, resolve } = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) resolve(value)
    else reject(new Error(error))
  })
  const ask = (message) =>
    new Promise((resolve, reject) => {
      const id = next++
      waiting.set(id, { resolve, reject })
      child.send({ id, ...message })
    })
  return { first: await ready, ask, stop: () => { waiting.clear(); child.disconnect() } }
}
