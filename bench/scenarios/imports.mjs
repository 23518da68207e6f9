// What importing operations costs a process that has Effect and its `HttpClient` already.
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { spread } from "../statistics.mjs"

const run = promisify(execFile)
const here = fileURLToPath(new URL("..", import.meta.url))

const base = ["effect", "@effect/platform/HttpClient"]

const cases = {
  "one module of `vc`": ["@effect-feishu/vc/MeetingRecording"],
  "all of `vc`": ["@effect-feishu/vc"],
  "all of `drive`": ["@effect-feishu/drive"],
  "all of both": ["@effect-feishu/vc", "@effect-feishu/drive"]
}

const importing = (modules) => modules.map((module) => `await import("${module}")`).join("\n")

/** A process of its own each time. The base comes first and is not counted. */
const took = async (modules) => {
  const program = `
    ${importing(base)}
    const before = process.cpuUsage()
    const startedAt = performance.now()
    ${importing(modules)}
    const { system, user } = process.cpuUsage(before)
    console.log(JSON.stringify({ ms: performance.now() - startedAt, cpuMs: (system + user) / 1000 }))
  `
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { cwd: here })
  return JSON.parse(stdout)
}

export const imports = async ({ rounds }) => {
  const counts = `
    const [vc, drive] = [await import("@effect-feishu/vc"), await import("@effect-feishu/drive")]
    const { isOperation } = await import("@effect-feishu/core/Operation")
    const one = Object.values(await import("@effect-feishu/vc/MeetingRecording")).filter(isOperation).length
    console.log(JSON.stringify([one, vc.plugin.operations.length, drive.plugin.operations.length]))
  `
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", counts], { cwd: here })
  const [one, vc, drive] = JSON.parse(stdout)
  const operations = [one, vc, drive, vc + drive]
  const seen = Object.values(cases).map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [at, modules] of Object.values(cases).entries()) seen[at].push(await took(modules))
  }
  return Object.fromEntries(Object.keys(cases).map((name, at) => [name, {
    operations: operations[at],
    ms: spread(seen[at].map(({ ms }) => ms)),
    cpuMs: spread(seen[at].map(({ cpuMs }) => cpuMs))
  }]))
}
