/** F37 to F46 under the test clock: how long calls wait, and how much they send, when the platform has enough. */
import { RateLimit, Retry } from "@effect-feishu/core"
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { assert, describe, it } from "@effect/vitest"
import { Array as Arr, Effect, Exit, Fiber, TestClock } from "effect"
import * as Calls from "./calls.ts"
import type { Call } from "./calls.ts"

const layer = (options: FakeFeishu.ClientOptions = {}) => FakeFeishu.layerClient({ domains: [Calls.domain], ...options })

/** When the requests of a call arrived, in milliseconds since the first. */
const arrivals = ({ operation }: Call) =>
  Effect.flatMap(FakeFeishu.FakeFeishu, (fake) =>
    Effect.map(fake.requestsOf(operation), (seen) => seen.map(({ at }) => at - (seen[0]?.at ?? 0))))

/** Makes the call with time for it to end, however it does. */
const ended = ({ run }: Call, within: "1 second" | "10 minutes" = "10 minutes") =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(run)
    yield* TestClock.adjust(within)
    return yield* Fiber.await(fiber)
  })

const many = (count: number, { run }: Call) => Effect.forEach(Arr.range(1, count), () => Effect.fork(run))

const succeeded = (exits: ReadonlyArray<Exit.Exit<unknown, unknown>>) => exits.filter(Exit.isSuccess).length

const tags = (exits: ReadonlyArray<Exit.Exit<unknown, unknown>>) =>
  new Set(exits.map((exit) => Exit.match(exit, { onSuccess: () => "success", onFailure: (cause) => cause._tag === "Fail" ? Reflect.get(Object(cause.error), "_tag") as unknown : cause._tag })))

for (const call of Calls.usual) {
  describe(call.kind, () => {
    for (const status of [429, 400] as const) {
      for (const reset of ["1", "52", "120"]) {
        it.effect(`F37 throttled with status ${status} for ${reset} seconds: waits exactly that long`, () =>
          Effect.gen(function*() {
            const fake = yield* FakeFeishu.FakeFeishu
            yield* fake.script(call.operation, Fault.throttled({ status, reset }))
            assert.deepStrictEqual(yield* ended(call), Exit.succeed(call.result))
            assert.deepStrictEqual(yield* arrivals(call), [0, Number(reset) * 1_000])
          }).pipe(Effect.provide(layer({ config: { timeouts: { total: "10 minutes" } } }))))
      }
    }

    it.effect("F37 a throttled operation pauses, and no other", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(call.operation, Fault.throttled({ reset: "30" }))
        const throttled = yield* Effect.fork(call.run)
        yield* TestClock.adjust("1 second")
        const others = yield* Effect.forEach(Calls.usual.filter(({ kind }) => kind !== call.kind), ({ run }) => Effect.fork(run))
        const same = yield* Effect.fork(call.run)
        yield* TestClock.adjust("1 second")
        for (const other of others) assert.strictEqual((yield* Fiber.await(other))._tag, "Success")
        assert.deepStrictEqual(yield* arrivals(call), [0])
        yield* TestClock.adjust("30 seconds")
        yield* Fiber.join(Fiber.zip(throttled, same))
        assert.deepStrictEqual(yield* arrivals(call), [0, 30_000, 30_000])
      }).pipe(Effect.provide(layer())))

    for (const [what, fault] of [
      ["F38 throttled without a word", Fault.throttled()],
      ["F39 throttled for \"abc12\"", Fault.throttled({ reset: "abc12" })],
      ["F39 throttled for \"1e9\"", Fault.throttled({ reset: "1e9" })],
      ["F39 throttled for \"5, 10\"", Fault.throttled({ reset: "5, 10" })],
      ["F39 throttled until a date that no clock is sent for", Fault.answer({ status: 429, code: 99991400, headers: { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" } })]
    ] as const) {
      it.effect(`${what}: waits 1, 2 and 4 seconds`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* fake.script(call.operation, fault, { times: Number.POSITIVE_INFINITY })
          assert.deepStrictEqual([...tags([yield* ended(call)])], ["RateLimited"])
          assert.deepStrictEqual(yield* arrivals(call), [0, 1_000, 3_000, 7_000])
        }).pipe(Effect.provide(layer())))
    }

    it.effect("F39 throttled until a date: waits by the server's own clock", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const headers = { date: "Wed, 21 Oct 2015 07:28:00 GMT", "retry-after": "Wed, 21 Oct 2015 07:28:30 GMT" }
        yield* fake.script(call.operation, Fault.answer({ status: 429, code: 99991400, headers }))
        assert.strictEqual((yield* ended(call))._tag, "Success")
        assert.deepStrictEqual(yield* arrivals(call), [0, 30_000])
      }).pipe(Effect.provide(layer())))

    for (const reset of ["0", "-5"]) {
      it.effect(`F40 throttled for ${reset} seconds: waits a second each time`, () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* fake.script(call.operation, Fault.throttled({ reset }), { times: Number.POSITIVE_INFINITY })
          assert.deepStrictEqual([...tags([yield* ended(call)])], ["RateLimited"])
          assert.deepStrictEqual(yield* arrivals(call), [0, 1_000, 2_000, 3_000])
        }).pipe(Effect.provide(layer())))
    }

    it.effect("F41 throttled for too long: fails at once, and holds nobody up", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(call.operation, Fault.throttled({ reset: "121" }))
        // Nobody turns the clock.
        const exit = yield* Effect.exit(call.run)
        assert.deepStrictEqual([...tags([exit])], ["RateLimited"])
        // It was the call that gave up, and no pause keeps the next one waiting.
        assert.strictEqual((yield* Effect.exit(call.run))._tag, "Success")
      }).pipe(Effect.provide(layer())))

    // On the machine's clock: the test's looks at every fiber whenever one of them wakes.
    const count = call.kind === "read" ? 10_000 : 1_000
    it.live(`F43 nothing but 503: ${count} calls send at most 35 times more`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(call.operation, Fault.maintenance, { times: Number.POSITIVE_INFINITY })
        const exits = yield* Effect.forEach(Arr.range(1, count), () => Effect.exit(call.run), { concurrency: "unbounded" })
        assert.deepStrictEqual([...tags(exits)], [call.operation.idempotent ? "UnexpectedResponse" : "OutcomeUnknown"])
        const sends = (yield* fake.requestsOf(call.operation)).length
        assert.strictEqual(sends, call.operation.idempotent ? count + 35 : count)
      }).pipe(Retry.using(Retry.make({ base: "10 millis" })), Effect.provide(layer({ rateLimits: false }))))

    if (call.operation.idempotent) {
      it.effect("F43 what succeeds after a repetition pays it back", () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          // A budget for one repetition at a time.
          for (const _ of Arr.range(1, 100)) {
            yield* fake.script(call.operation, Fault.maintenance)
            assert.strictEqual((yield* ended(call, "1 second"))._tag, "Success")
          }
          yield* fake.verify
        }).pipe(Effect.provide(layer({ rateLimits: false, config: { retryBudget: 14 } }))))

      it.effect("F43 without a budget nothing is repeated", () =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* fake.script(call.operation, Fault.maintenance)
          assert.deepStrictEqual([...tags([yield* Effect.exit(call.run)])], ["UnexpectedResponse"])
        }).pipe(Effect.provide(layer({ rateLimits: false, config: { retryBudget: 0 } }))))
    }

    it.effect("F43 being throttled costs nothing", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(call.operation, Fault.throttled({ reset: "1" }), { times: 200 })
        const fibers = yield* many(200, call)
        yield* TestClock.adjust("3 seconds")
        assert.strictEqual(succeeded(yield* Effect.forEach(fibers, Fiber.await)), 200)
      }).pipe(Effect.provide(layer({ rateLimits: false, config: { retryBudget: 0 } }))))

    it.effect("F44 an outage: nothing is sent after so many failures, one attempt finds out, and all is well", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const sends = Effect.map(fake.requestsOf(call.operation), ({ length }) => length)
        yield* fake.script(call.operation, Fault.reset, { times: 6 })
        const outage = yield* Effect.forEach(Arr.range(1, 5), () => Effect.exit(call.run))
        assert.strictEqual(yield* sends, 5)
        assert.deepStrictEqual([...tags(outage)], [call.operation.idempotent ? "TransportError" : "OutcomeUnknown"])
        assert.deepStrictEqual([...tags([yield* Effect.exit(call.run)])], ["CircuitOpen"])
        assert.strictEqual(yield* sends, 5)
        // Still down.
        yield* TestClock.adjust("30 seconds")
        yield* Effect.exit(call.run)
        assert.strictEqual(yield* sends, 6)
        assert.deepStrictEqual([...tags([yield* Effect.exit(call.run)])], ["CircuitOpen"])
        // Up again: one of many goes first.
        yield* TestClock.adjust("30 seconds")
        const exits = yield* Effect.forEach(Arr.range(1, 20), () => Effect.exit(call.run), { concurrency: "unbounded" })
        assert.strictEqual(succeeded(exits), (yield* sends) - 6)
        assert.isAtLeast(succeeded(exits), 1)
        assert.strictEqual((yield* Effect.exit(call.run))._tag, "Success")
        yield* fake.verify
      }).pipe(
        Retry.using(Retry.none),
        Effect.provide(layer({ rateLimits: false, config: { circuitBreaker: { failures: 5, openFor: "30 seconds" } } }))
      ))

    it.effect("F44 the platform's own refusals never open the circuit", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(call.operation, Fault.answer({ status: 400, code: call.permanent[1] }), { times: 20 })
        for (const _ of Arr.range(1, 20)) assert.deepStrictEqual([...tags([yield* Effect.exit(call.run)])], [call.permanent[0]])
        yield* fake.verify
      }).pipe(Effect.provide(layer({ rateLimits: false, config: { circuitBreaker: { failures: 2, openFor: "30 seconds" } } }))))

    const released = call.kind === "read" ? 1_000 : 200
    it.effect(`F46 ${released} calls released by one reset: paced, and all succeed`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(call.operation, Fault.throttled({ reset: "10" }), { times: 5 })
        const fibers = yield* many(released, call)
        yield* TestClock.adjust("5 minutes")
        assert.strictEqual(succeeded(yield* Effect.forEach(fibers, Fiber.await)), released)
        // The fake keeps the documented windows, and turned nobody away.
        assert.strictEqual(yield* fake.rejected, 0)
        const seen = (yield* fake.requestsOf(call.operation)).map(({ at }) => at)
        assert.strictEqual(seen.length, released + 5)
        const [narrowest] = call.operation.rateLimit.windows.toSorted((a, b) => a.limit - b.limit)
        const buckets = new Map<number, number>()
        for (const at of seen) buckets.set(Math.floor(at / 100), (buckets.get(Math.floor(at / 100)) ?? 0) + 1)
        assert.isAtMost(Math.max(...buckets.values()), narrowest!.limit)
      }).pipe(Effect.provide(layer())))
  })
}

it.effect("F45 the limit is lowered and restored: what is accepted follows", () =>
  Effect.gen(function*() {
    const fake = yield* FakeFeishu.FakeFeishu
    const { operation } = Calls.read
    const accepted = Effect.map(fake.requestsOf(operation), (seen) =>
      seen.filter(({ code }) => code === 0).map(({ at }) => at))
    /** How many were accepted from one second to another. */
    const between = (from: number, to: number) => Effect.map(accepted, (all) => all.filter((at) => at >= from * 1_000 && at < to * 1_000).length)

    yield* many(600, Calls.read)
    yield* TestClock.adjust("5 seconds")
    assert.isAtLeast(yield* between(0, 5), 0.9 * 250)
    yield* fake.limit(operation, RateLimit.of([5, "1 second"]))
    yield* TestClock.adjust("6 seconds")
    const lowered = (yield* between(7, 11)) / 4
    assert.isAtLeast(lowered, 4)
    assert.isAtMost(lowered, 6)
    yield* fake.limit(operation, operation.rateLimit)
    yield* TestClock.adjust("5 seconds")
    assert.isAtLeast(yield* between(15, 16), 45)
  }).pipe(Retry.using(Retry.untilAdmitted), Effect.provide(layer())))

it.effect("500 calls at once where 50 a second are let in: none is turned away, and they take 5 % longer at most than they must", () =>
  Effect.gen(function*() {
    const fake = yield* FakeFeishu.FakeFeishu
    const fibers = yield* many(500, Calls.read)
    yield* TestClock.adjust("1 minute")
    assert.strictEqual(succeeded(yield* Effect.forEach(fibers, Fiber.await)), 500)
    assert.strictEqual(yield* fake.rejected, 0)
    assert.strictEqual(yield* fake.tokenRequests, 1)
    const seen = (yield* fake.requestsOf(Calls.read.operation)).map(({ at }) => at)
    assert.lengthOf(seen, 500)
    assert.isAtMost(Math.max(...seen) - Math.min(...seen), 9_000 * 1.05)
  }).pipe(Effect.provide(layer({ latency: "80 millis" }))))
