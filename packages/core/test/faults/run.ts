/** Executes the table: every row, for every class of call, by one way to the platform. */
import { AccessToken, FeishuClient, Retry } from "@effect-feishu/core"
import type { FeishuConfig } from "@effect-feishu/core"
import { FakeFeishu, FakeServer } from "@effect-feishu/core/testing"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Clock, Duration, Effect, Equal, Exit, Fiber, Layer, Option, Predicate, TestClock } from "effect"
import * as Calls from "./calls.ts"
import type { Call } from "./calls.ts"
import type { Arranged, Row, Way } from "./row.ts"
import { rows } from "./rows.ts"
import * as Sinks from "./sinks.ts"
import * as Sockets from "./sockets.ts"

export type Transport = Layer.Layer<HttpClient.HttpClient, never, FeishuConfig.FeishuConfig>

/** What is not named does not matter; a function says for itself whether it is content. */
const assertFields = (actual: unknown, expected: unknown, path: string): void => {
  if (typeof expected === "function") {
    assert.isTrue(expected(actual), `${path} is ${String(actual)}`)
  } else if (Predicate.isRecord(expected) && !Equal.isEqual(expected)) {
    assert.isTrue(Predicate.isObject(actual), `${path} is ${String(actual)}`)
    for (const [key, value] of Object.entries(expected)) assertFields(Reflect.get(actual as object, key), value, `${path}.${key}`)
  } else {
    assert.deepStrictEqual(actual, expected, path)
  }
}

/** The one typed failure that a call ended with. */
export const failureOf = (exit: Exit.Exit<unknown, unknown>): unknown => {
  assert.isTrue(Exit.isFailure(exit), `succeeded with ${JSON.stringify(Exit.isSuccess(exit) ? exit.value : undefined)}`)
  const cause = (exit as Exit.Failure<unknown, unknown>).cause
  assert.isTrue(Cause.isFailType(cause), `not a typed failure: ${Cause.pretty(cause)}`)
  return Option.getOrThrow(Cause.failureOption(cause))
}

/** Those without an operation are about what all operations share. */
const impersonal = new Set(["AccessTokenUnavailable", "AccessTokenRejected"])

const assertTells = (failure: unknown, { operation }: Call, outer: boolean): void => {
  assert(Predicate.hasProperty(failure, "_tag"))
  if (!impersonal.has(String(failure._tag))) assert.propertyVal(failure, "operation", operation.id)
  if (Predicate.hasProperty(failure, "attempts")) assert.isAtLeast(Number(failure.attempts), 1)
  if (outer && failure._tag === "OutcomeUnknown") {
    assert(Predicate.hasProperty(failure, "cause"))
    assertTells(failure.cause, { operation } as Call, false)
  }
}

const inMemory: Transport = Layer.empty as unknown as Transport

/** Lets a call run, and time with it where that does not run by itself: how it ends, and after how many milliseconds. */
const elapse = <A, E, R>(way: Way, call: Effect.Effect<A, E, R>) => {
  // Not `Effect.timed`: the test clock has no nanoseconds for a time that is no whole number of them.
  const timed = Effect.flatMap(Clock.currentTimeMillis, (from) =>
    Effect.zip(Effect.exit(call), Effect.map(Clock.currentTimeMillis, (to) => to - from)))
  return way !== "memory" ? timed : Effect.gen(function*() {
    const fiber = yield* Effect.fork(timed)
    yield* TestClock.adjust("10 minutes")
    return yield* Fiber.join(fiber)
  })
}

/** Short where a row waits for them, and long where it must not meet them by accident. */
const timeouts = (waits: Row["waits"]): FeishuConfig.Timeouts =>
  waits === "timeout"
    ? { headers: "500 millis", body: "500 millis", connect: "150 millis", total: "30 seconds" }
    : { headers: "10 seconds", body: "10 seconds", connect: "5 seconds", total: "60 seconds" }

const settings = (way: Way, { waits }: Row, { baseUrl, config }: Arranged): Partial<FeishuConfig.Options> => ({
  ...config,
  timeouts: { ...way === "memory" ? {} : timeouts(waits), ...config?.timeouts },
  ...baseUrl === undefined ? {} : { baseUrl }
})

const policyOf = (way: Way): Retry.Policy =>
  way === "memory" ? Retry.standard : Retry.make({ base: "4 millis", throttleFloor: "20 millis" })

const execute = (way: Way, transport: Transport, row: Row, call: Call) =>
  Effect.gen(function*() {
    const fake = yield* FakeFeishu.FakeFeishu
    const port = Sockets.portOf(fake.baseUrl)
    const arranged = yield* row.arrange(call, way)
    const sinks = Sinks.make()
    const token = arranged.token === true
      ? AccessToken.layerTenantOf(yield* fake.issueTenantToken())
      : AccessToken.layerTenant
    const client = Layer.merge(FeishuClient.layer, token).pipe(
      Layer.provide(transport),
      Layer.provide(FakeFeishu.layerConfig(settings(way, row, arranged)))
    )
    const heap = process.memoryUsage().rss
    const policy = policyOf(way)
    const [exit, took] = yield* Effect.gen(function*() {
      if (arranged.first === true) yield* call.run
      if (arranged.between !== undefined) yield* arranged.between
      return yield* elapse(way, call.run)
    }).pipe(
      Retry.using(arranged.policy?.(policy) ?? policy),
      Effect.provide(client),
      Effect.provide(sinks.layer)
    )
    const expected = row.expected(call, way)

    // What came of it.
    if (expected.failure !== undefined) {
      const failure = failureOf(exit)
      assertFields(failure, expected.failure, "failure")
      assertTells(failure, call, true)
    } else {
      if (Exit.isFailure(exit)) assert.fail(`failed: ${Cause.pretty(exit.cause)}`)
      if ("success" in expected) assert.deepStrictEqual(exit.value, expected.success)
      row.check?.(exit.value, call)
    }

    // What the platform saw of it, and did.
    assert.strictEqual((yield* fake.requestsOf(call.operation)).length, expected.sends, "requests")
    assert.strictEqual(yield* fake.effectsOf(call.operation), expected.effects, "effects")
    yield* fake.verify

    // What it left behind, and showed.
    if (arranged.atLeast !== undefined) assert.isAtLeast(took, Duration.toMillis(arranged.atLeast), "milliseconds")
    if (arranged.within !== undefined) assert.isAtMost(took, Duration.toMillis(arranged.within), "milliseconds")
    if (arranged.memory !== undefined && way !== "memory") assert.isAtMost(process.memoryUsage().rss - heap, arranged.memory, "bytes")
    assert.isAbove(sinks.size(), 0)
    const leak = sinks.leak(exit)
    if (leak !== undefined) assert.fail(`shows a secret: ${leak.replace(/canary/g, "CANARY")}`)
    // `fetch` keeps idle connections for whoever calls next; ours and undici's close with their layer.
    if (way !== "memory") assert.strictEqual(yield* Sockets.gone(port, way === "fetch" ? "busy" : "open"), 0, "connections")
    if (arranged.after !== undefined) yield* arranged.after
  })

const callsOf = (row: Row): ReadonlyArray<Call> => row.calls ?? Calls.usual

const nameOf = (row: Row, call: Call, way: Way) => `${row.id} ${row.what} · ${call.kind} · ${way}`

export const describeFaults = (way: Way, transport: Transport = inMemory) => {
  const here = rows.filter(({ ways }) => ways === undefined || ways.includes(way))
  const options = (row: Row) => ({ domains: [Calls.domain], ...row.fake })
  const test = (row: Row, call: Call) =>
    way === "memory"
      ? it.scoped(nameOf(row, call, way), () =>
        Effect.flatMap(HttpClient.HttpClient, (http) =>
          execute(way, Layer.succeed(HttpClient.HttpClient, http), row, call)).pipe(
            Effect.provide(FakeFeishu.layer(options(row)))
          ))
      : it.scopedLive(nameOf(row, call, way), () =>
        Effect.provide(execute(way, transport, row, call), FakeServer.layer(options(row))))

  describe(`faults by ${way}`, () => {
    for (const row of here.filter(({ waits }) => waits === undefined)) for (const call of callsOf(row)) test(row, call)
  })
  // Waiting takes no processor: these wait together.
  describe.concurrent(`faults by ${way} that take time`, () => {
    for (const row of here.filter(({ waits }) => waits !== undefined)) for (const call of callsOf(row)) test(row, call)
  })
}
