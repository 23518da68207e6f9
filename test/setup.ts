// Runs before every test file of every project (vitest.workspace.ts): whatever a test prints, no secret may be in it.
import * as Chunk from "effect/Chunk"
import * as Metric from "effect/Metric"
import { format } from "node:util"
import { afterEach, assert } from "vitest"

/** Canaries planted by tests, and whatever looks like a token: those the fake platform issues do. */
const secret = /canary-[\w-]*secret[\w-]*|\b(?:t|u|a)-[\w-]{16,}|\bBearer\s+[^\s<]\S*/i

const printed: Array<string> = []

for (const method of ["debug", "error", "info", "log", "trace", "warn"] as const) {
  const original = console[method]
  console[method] = (...args: Array<unknown>) => {
    printed.push(format(...args))
    original.apply(console, args)
  }
}

for (const stream of [process.stdout, process.stderr]) {
  const original = stream.write.bind(stream) as (...args: ReadonlyArray<unknown>) => boolean
  stream.write = ((chunk: string | Uint8Array, ...rest: ReadonlyArray<unknown>) => {
    printed.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"))
    return original(chunk, ...rest)
  }) as typeof stream.write
}

const metrics = () =>
  Chunk.toReadonlyArray(Chunk.fromIterable(Metric.unsafeSnapshot())).map(({ metricKey }) =>
    `${metricKey.name} ${metricKey.tags.map(({ key, value }) => `${key}=${value}`).join(" ")}`
  )

afterEach(() => {
  const leak = [...printed.splice(0), ...metrics()].find((text) => secret.test(text))
  assert.isUndefined(leak && leak.replace(secret, "<secret>"), "a secret was printed, or is the label of a metric")
})
