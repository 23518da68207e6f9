import { AccessToken, FeishuClient, Operation, RateLimit } from "@effect-feishu/core"
import { HttpClient, HttpClientResponse } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import * as Stub from "./stub.ts"

const declaration = {
  method: "POST",
  accepts: "tenant",
  scopes: [],
  idempotent: true,
  errors: []
} as const

const operation = (name: string, serial: boolean | string, rateLimit = RateLimit.unstated) =>
  Operation.make(`test.lanes.${name}`, { ...declaration, url: `/open-apis/test/v1/${name as "name"}`, serial, rateLimit })

const prepare = operation("prepare", "uploads")
const part = operation("part", "uploads", RateLimit.of([2, "1 second"]))
const alone = operation("alone", true)
const free = operation("free", false)

/** Counts what is under way at once; every answer takes a second. */
const world = () => {
  const underWay = new Set<string>()
  const together = new Set<string>()
  const http = HttpClient.make((request, url) =>
    Effect.gen(function*() {
      const name = url.pathname.split("/").at(-1)!
      for (const other of underWay) together.add([name, other].sort().join("+"))
      if (underWay.has(name)) together.add(`${name}+${name}`)
      underWay.add(name)
      yield* Effect.sleep("1 second")
      underWay.delete(name)
      return HttpClientResponse.fromWeb(request, Stub.json({ code: 0, msg: "success", data: {} }))
    }))
  const layer = Layer.merge(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make(Stub.tenantToken))).pipe(
    Layer.provide([Layer.succeed(HttpClient.HttpClient, http), Stub.config()])
  )
  return { layer, together }
}

describe("operations that share a lane", () => {
  it.effect("never run in parallel, and others do", () => {
    const { layer, together } = world()
    return Effect.gen(function*() {
      const calls = [prepare, part, prepare, part, alone, alone, free, free]
      const fiber = yield* Effect.fork(Effect.all(calls.map((call) => call()), { concurrency: "unbounded" }))
      yield* TestClock.adjust("3 seconds")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(fiber)
      assert.deepStrictEqual([...together].sort(), ["alone+free", "alone+part", "alone+prepare", "free+free", "free+prepare"])
    }).pipe(Effect.provide(layer))
  })

  it("say that they are serial", () => {
    assert.deepStrictEqual([prepare, part, alone, free].map(({ serial }) => serial), [true, true, true, false])
  })
})
