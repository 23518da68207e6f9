import { Retry } from "@effect-feishu/core"
import { FakeFeishu, FakeServer, Fault } from "@effect-feishu/core/testing"
import { FetchHttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, TestClock } from "effect"
import * as Notes from "./Notes.ts"

const options = {
  domains: [Notes.domain],
  config: { maxResponseSize: 1024 * 1024, timeouts: { headers: "800 millis", body: "800 millis" } }
} as const

/** The same platform, in memory and behind two transports. */
const transports = [
  ["in memory", FakeFeishu.layerClient(options)],
  ["fetch", FakeServer.layerClient(options).pipe(Layer.provide(FetchHttpClient.layer))],
  ["undici", FakeServer.layerClient(options).pipe(Layer.provide(NodeHttpClient.layerUndici))]
] as const

/** What a read comes to when it is hit: the error's tag, and whether the platform acted. */
const table: ReadonlyArray<readonly [name: string, fault: Fault.Fault, tag: string, acted: boolean, phase?: string]> = [
  ["hang", Fault.hang, "CallTimeout", false, "headers"],
  ["reset", Fault.reset, "TransportError", false, "headers"],
  ["reset mid headers", Fault.resetMidHeaders, "TransportError", true, "headers"],
  ["reset mid body", Fault.resetMidBody, "TransportError", true, "body"],
  ["truncate by length", Fault.truncate("length"), "TransportError", true, "body"],
  ["truncate by chunk", Fault.truncate("chunked"), "TransportError", true, "body"],
  ["truncated JSON", Fault.truncatedJson, "ResponseInvalid", true],
  ["garbage", Fault.garbage, "TransportError", false, "headers"],
  ["empty reply", Fault.emptyReply, "TransportError", false, "headers"],
  ["slow body", Fault.slow(10), "CallTimeout", true, "body"],
  ["slow headers", Fault.delay("2 seconds"), "CallTimeout", false, "headers"],
  ["HTML 502", Fault.html(502), "UnexpectedResponse", false],
  ["HTML 200", Fault.html(200), "UnexpectedResponse", false],
  ["maintenance", Fault.maintenance, "UnexpectedResponse", false],
  ["redirect", Fault.redirect(307, "https://elsewhere.example/"), "RedirectBlocked", false],
  ["throttled", Fault.throttled({ reset: "3" }), "RateLimited", false],
  ["throttled, 400", Fault.throttled({ status: 400 }), "RateLimited", false],
  ["documented code", Fault.answer({ status: 200, code: 901500, msg: "inside" }), "NoteFault", false],
  ["undocumented code", Fault.answer({ status: 500, code: 4711 }), "UndocumentedCode", false],
  ["no code", Fault.answer({ body: "{\"data\":{}}" }), "ResponseInvalid", false],
  ["no data", Fault.answer({ code: 0 }), "ResponseInvalid", false],
  ["an encoding that lies", Fault.answer({ body: "{\"code\":0}", headers: { "content-encoding": "gzip" } }), "TransportError", false, "body"],
  ["gzip bomb", Fault.bomb({ size: 8 * 1024 * 1024 }), "ResponseTooLarge", false]
]

/** The stock client over undici's dispatcher does not undo content codings: it sees what is compressed. */
const compressedOverUndici: Readonly<Record<string, string>> = {
  "an encoding that lies": "ResponseInvalid",
  "gzip bomb": "ResponseInvalid"
}

for (const [transport, layer] of transports) {
  const test = transport === "in memory" ? it.effect : it.live
  const elapse = transport === "in memory" ? TestClock.adjust("5 seconds") : Effect.void

  describe(`faults ${transport}`, () => {
    for (const [name, fault, expected, acted, phase] of table) {
      test(name, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* Notes.get({ note_id: "n1" })
          yield* fake.script(Notes.get, fault)
          const fiber = yield* Effect.fork(Effect.flip(Retry.using(Retry.none)(Notes.get({ note_id: "n1" }))))
          yield* elapse
          const error = yield* Fiber.join(fiber)
          const lying = transport === "undici" ? compressedOverUndici[name] : undefined
          assert.strictEqual(error._tag, lying ?? expected)
          if (phase !== undefined && lying === undefined) assert.propertyVal(error, "phase", phase)
          assert.strictEqual(yield* fake.effectsOf(Notes.get), acted ? 2 : 1)
          yield* fake.verify
          assert.strictEqual((yield* Notes.get({ note_id: "n1" })).text, "hello")
          assert.strictEqual((yield* fake.requestsOf(Notes.get)).length, 3)
        }).pipe(Effect.provide(layer)))
    }

    test("a write that was applied before its answer got lost", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        for (const applied of [true, false]) {
          for (const fault of [Fault.reset, Fault.hang, Fault.emptyReply, Fault.garbage, Fault.html(502), Fault.delay("2 seconds")]) {
            const before = yield* fake.effectsOf(Notes.create)
            yield* fake.script("notes.note.create", fault, { applied })
            const fiber = yield* Effect.fork(Effect.flip(Notes.create({ notebook_id: "b", kind: "plain", text: "x" })))
            yield* elapse
            assert.strictEqual((yield* Fiber.join(fiber))._tag, "OutcomeUnknown", fault._tag)
            assert.strictEqual((yield* fake.effectsOf(Notes.create)) - before, applied ? 1 : 0, fault._tag)
          }
        }
        yield* fake.verify
      }).pipe(Effect.provide(layer)))

    test("faults come in the order they were scripted, and are forgotten once met", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* Notes.get({ note_id: "n1" })
        yield* fake.script(Notes.get, Fault.answer({ code: 901500, status: 500 }), { times: 2 })
        yield* fake.script("*", Fault.delay("10 millis", Fault.throttled()))
        const once = Effect.gen(function*() {
          const fiber = yield* Effect.fork(Effect.either(Retry.using(Retry.none)(Notes.get({ note_id: "n1" }))))
          yield* elapse
          const result = yield* Fiber.join(fiber)
          return result._tag === "Left" ? result.left._tag : result._tag
        })
        assert.strictEqual(yield* once, "NoteFault")
        const unmet = yield* Effect.flip(fake.verify)
        assert.strictEqual(unmet.message, "scripted and not met: Answer for notes.note.get (1 of 2), Delay for * (0 of 1)")
        assert.deepStrictEqual([yield* once, yield* once, yield* once], ["NoteFault", "RateLimited", "Right"])
        yield* fake.verify
        yield* fake.script(Notes.get, Fault.hang)
        yield* fake.unscript
        assert.strictEqual(yield* once, "Right")
      }).pipe(Effect.provide(layer)))
  })
}

describe("faults of the connection itself", () => {
  for (const phase of ["connect", "dns", "tls"] as const) {
    it.effect(`unreachable: ${phase}`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* Notes.get({ note_id: "n1" })
        yield* fake.script(Notes.get, Fault.unreachable(phase))
        const error = yield* Effect.flip(Retry.using(Retry.none)(Notes.get({ note_id: "n1" })))
        assert.deepInclude(error, { _tag: "TransportError", phase, delivered: "no" })
        assert.strictEqual((yield* fake.requestsOf(Notes.get)).length, 1)
        assert.strictEqual(yield* fake.connections, 3)
      }).pipe(Effect.provide(FakeFeishu.layerClient(options))))
  }

  it.live("counts the sockets it accepts, and sees clients leave", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* Notes.get({ note_id: "n1" })
      yield* Notes.get({ note_id: "n1" })
      assert.include([1, 2], yield* fake.connections)
      yield* fake.script(Notes.get, Fault.hang)
      const fiber = yield* Effect.fork(Notes.get({ note_id: "n1" }))
      yield* Effect.sleep("50 millis")
      yield* Fiber.interrupt(fiber)
      yield* Effect.sleep("50 millis")
      assert.deepStrictEqual((yield* fake.requestsOf(Notes.get)).map(({ aborted, status }) => [aborted, status]), [
        [false, 200],
        [false, 200],
        [true, undefined]
      ])
    }).pipe(Effect.provide(FakeServer.layerClient({ domains: [Notes.domain] }).pipe(Layer.provide(NodeHttpClient.layerUndici)))))

  it.live("answers a brotli bomb, too", () =>
    Effect.gen(function*() {
      const fake = yield* FakeServer.serve({ domains: [Notes.domain] })
      yield* fake.script("*", Fault.bomb({ size: 1_000_000, encoding: "br" }))
      const response = yield* Effect.promise(() => fetch(`${fake.baseUrl}/open-apis/notes/v1/notes/n1`))
      assert.strictEqual((yield* Effect.promise(() => response.text())).length, 1_000_000)
      yield* fake.verify
    }).pipe(Effect.scoped))
})
