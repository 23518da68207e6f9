import { ApiError, CallError, Retry } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Array, Duration, Effect, Exit, FastCheck, Fiber, Option, Random, Schedule, TestClock } from "effect"
import * as Answers from "../src/internal/answers.ts"
import * as Recover from "../src/internal/recover.ts"
import * as Stub from "./stub.ts"

const write = Stub.create({ id: "1", name: "n" })
const repeatable = Stub.put({ id: "1", name: "n" })

/** A platform that answers one after the other, the last one forever, and when each request came. */
const answers = (...all: readonly [(sent: Stub.Sent) => Response | Effect.Effect<Response>, ...globalThis.Array<() => Response | Effect.Effect<Response>>]) => {
  const sent: globalThis.Array<number> = []
  const answer = (request: Stub.Sent) =>
    Effect.flatMap(TestClock.currentTimeMillis, (now) => {
      const next = all[Math.min(sent.push(now), all.length) - 1]!(request)
      return next instanceof Response ? Effect.succeed(next) : next
    })
  return { answer, sent }
}

const throttled = (headers: Record<string, string> = {}, status = 429) => () => Stub.failed(99991400, status, { headers })
const reset = (seconds: string, status = 429) => throttled({ "x-ogw-ratelimit-reset": seconds }, status)
const unavailable = () => Stub.html(503)

/** The exit of a call, and how much time it took. */
const timed = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(Effect.zip(Effect.exit(call), TestClock.currentTimeMillis))
    yield* TestClock.adjust("1 hour")
    const [exit, took] = yield* Fiber.join(fiber)
    return { exit, took }
  })

const failureOf = <A, E>(exit: Exit.Exit<A, E>): E => {
  if (Exit.isFailure(exit) && exit.cause._tag === "Fail") return exit.cause.error
  throw new Error(`not a failure: ${exit.toString()}`)
}

const run = <A, E, R>(
  call: Effect.Effect<A, E, R>,
  platform: ReturnType<typeof answers>,
  settings: Stub.Settings = {}
) => Effect.map(timed(call).pipe(Effect.provide(Stub.client(platform.answer, settings))), (end) => ({ ...end, sent: platform.sent }))

describe("a throttled call", () => {
  for (const seconds of ["1", "1.5", "52", "119"]) {
    for (const status of [429, 400, 200]) {
      it.effect(`waits exactly ${seconds} s when told so under HTTP ${status}, a write too`, () =>
        Effect.gen(function*() {
          const platform = answers(reset(seconds, status), () => Stub.ok())
          const { exit, sent } = yield* run(write, platform)
          assert.isTrue(Exit.isSuccess(exit))
          assert.deepStrictEqual(sent, [0, Number(seconds) * 1000])
        }))
    }
  }

  for (const seconds of ["0", "-5", "0.2", "-0"]) {
    it.effect(`waits a second when told ${seconds}`, () =>
      Effect.gen(function*() {
        const { exit, sent } = yield* run(write, answers(reset(seconds)))
        assert.deepStrictEqual(sent, [0, 1000, 2000, 3000])
        assert.strictEqual(failureOf(exit)._tag, "RateLimited")
      }))
  }

  for (const seconds of ["121", "99999999999", "999999999999999"]) {
    it.effect(`fails at once when told ${seconds} s, and says how long it would have been`, () =>
      Effect.gen(function*() {
        // No time passes here: nothing may wait.
        const platform = answers(reset(seconds))
        const error = yield* Effect.flip(write).pipe(Effect.provide(Stub.client(platform.answer)))
        assert(error._tag === "RateLimited")
        assert.strictEqual(Duration.toSeconds(error.retryAfter!), Number(seconds))
        assert.deepStrictEqual(Option.map(ApiError.retryAfter(error), Duration.toSeconds), Option.some(Number(seconds)))
        assert.strictEqual(platform.sent.length, 1)
      }))
  }

  it.effect("fails at once when told to wait beyond the total timeout", () =>
    Effect.gen(function*() {
      const platform = answers(reset("11"))
      const error = yield* Effect.flip(write).pipe(
        Effect.provide(Stub.client(platform.answer, { timeouts: { total: "10 seconds" } }))
      )
      assert.strictEqual(error._tag, "RateLimited")
      assert.strictEqual(platform.sent.length, 1)
    }))

  it.effect("waits twice as long each time when not told how long", () =>
    Effect.gen(function*() {
      const { sent } = yield* run(write, answers(throttled()))
      assert.deepStrictEqual(sent, [0, 1000, 3000, 7000])
    }))

  it.effect("is one of any service's own throttle codes, and a bare 429", () =>
    Effect.gen(function*() {
      for (const answer of [() => Stub.failed(1000004), () => Stub.failed(424242, 429), () => Stub.html(429)]) {
        const { exit, sent } = yield* run(write, answers(answer, () => Stub.ok()))
        assert.isTrue(Exit.isSuccess(exit))
        assert.strictEqual(sent[1]! - sent[0]!, 1000)
      }
    }))

  it.effect("holds up the calls of its own operation, and of no other", () =>
    Effect.gen(function*() {
      const came: globalThis.Array<string> = []
      const client = Stub.client((sent) =>
        Effect.map(TestClock.currentTimeMillis, (now) => {
          came.push(`${sent.method} ${now}`)
          return came.length === 1 ? reset("10")() : Stub.ok()
        })
      )
      yield* Effect.gen(function*() {
        const first = yield* Effect.fork(write)
        yield* TestClock.adjust("1 second")
        const rest = yield* Effect.fork(Effect.all([write, repeatable], { concurrency: "unbounded" }))
        yield* TestClock.adjust("20 seconds")
        yield* Fiber.join(first)
        yield* Fiber.join(rest)
      }).pipe(Effect.provide(client))
      assert.deepStrictEqual([...came].sort(), ["POST 0", "POST 10000", "POST 10000", "PUT 1000"])
    }))

  it.effect("gives up its wait when it is interrupted", () =>
    Effect.gen(function*() {
      const platform = answers(reset("60"))
      yield* Effect.gen(function*() {
        const fiber = yield* Effect.fork(write)
        yield* TestClock.adjust("30 seconds")
        assert.isTrue(Exit.isInterrupted(yield* Fiber.interrupt(fiber)))
        yield* TestClock.adjust("1 hour")
        assert.strictEqual(platform.sent.length, 1)
      }).pipe(Effect.provide(Stub.client(platform.answer)))
    }))

  it.effect("whose allowance for the month is used up is sent once", () =>
    Effect.gen(function*() {
      for (const status of [200, 400, 429]) {
        const { exit, sent } = yield* run(write, answers(() => Stub.failed(99991403, status)))
        const error = failureOf(exit)
        assert(error._tag === "MonthlyQuotaExceeded")
        assert.strictEqual(error.category, "Quota")
        assert.strictEqual(sent.length, 1)
      }
    }))
})

describe("what the headers say", () => {
  const date = "Fri, 20 Nov 2026 12:00:00 GMT"
  const cases: ReadonlyArray<readonly [name: string, headers: Record<string, string>, seconds: number | undefined]> = [
    ["nothing", {}, undefined],
    // `9` four hundred times is no number either: no header that long is meant.
    ...["", " ", "abc", "abc12", "12abc", "NaN", "Infinity", "1e9", "0x10", "5, 10", "5;10", "+5", "1.", ".5", "--5", "٣", "9".repeat(400), date]
      .map((reset) => [`x-ogw-ratelimit-reset: ${JSON.stringify(reset.slice(0, 40))}`, { "x-ogw-ratelimit-reset": reset }, undefined] as const),
    ["a whole number", { "x-ogw-ratelimit-reset": "52" }, 52],
    ["a number with blanks around it", { "x-ogw-ratelimit-reset": " 52 " }, 52],
    ["a fraction", { "x-ogw-ratelimit-reset": "0.25" }, 0.25],
    ["less than nothing", { "x-ogw-ratelimit-reset": "-5" }, 0],
    ["Retry-After in seconds", { "retry-after": "7" }, 7],
    ["Retry-After as a date, by the server's clock", { "retry-after": "Fri, 20 Nov 2026 12:00:09 GMT", date }, 9],
    ["Retry-After as a date that is over", { "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT", date }, 0],
    ["Retry-After as a date, without the server's", { "retry-after": "Fri, 20 Nov 2026 12:00:09 GMT" }, undefined],
    ["Retry-After as a day that does not exist", { "retry-after": "Fri, 99 Nov 2026 12:00:09 GMT", date }, undefined],
    ["Retry-After in another form of date", { "retry-after": "2026-11-20T12:00:09Z", date }, undefined],
    ["the platform's own header before Retry-After", { "x-ogw-ratelimit-reset": "3", "retry-after": "7" }, 3],
    ["Retry-After where the platform's own is garbage", { "x-ogw-ratelimit-reset": "abc", "retry-after": "7" }, 7]
  ]

  for (const [name, headers, seconds] of cases) {
    it(`${name}: ${seconds === undefined ? "tells nothing" : `${seconds} s`}`, () => {
      const wait = Answers.retryAfter(headers)
      assert.strictEqual(wait === undefined ? undefined : Duration.toSeconds(wait), seconds)
    })
  }

  it("is never a wait below zero, nor anything but a number", () => {
    FastCheck.assert(
      FastCheck.property(
        FastCheck.oneof(FastCheck.string(), FastCheck.float().map(String), FastCheck.integer().map(String), FastCheck.constant(date)),
        FastCheck.oneof(FastCheck.string(), FastCheck.integer().map(String), FastCheck.constant(date)),
        (own, after) => {
          const wait = Answers.retryAfter({ "x-ogw-ratelimit-reset": own, "retry-after": after, date })
          assert.isTrue(wait === undefined || Duration.toMillis(wait) >= 0)
        }
      ),
      { numRuns: 5_000 }
    )
  })

  it.effect("whatever it is, waits a second or more, or does not wait at all", () =>
    Effect.forEach(cases, ([, headers]) =>
      Effect.gen(function*() {
        const { sent } = yield* run(write, answers(throttled(headers)))
        assert.isAtMost(sent.length, 4)
        sent.slice(1).forEach((at, index) => assert.isAtLeast(at - sent[index]!, 1000))
      }), { discard: true }))
})

describe("a transient failure", () => {
  it.effect("is repeated three times, after a random part of a time that doubles", () =>
    Effect.gen(function*() {
      const platform = answers(unavailable)
      const { exit, sent } = yield* run(repeatable, platform)
      const error = failureOf(exit)
      assert(error._tag === "UnexpectedResponse")
      assert.strictEqual(error.attempts, 4)
      assert.strictEqual(sent.length, 4)
      sent.slice(1).forEach((at, index) => assert.isAtMost(at - sent[index]!, 200 * 2 ** index))
    }))

  it.effect("of a write that must not be repeated leaves its outcome unknown, after one request", () =>
    Effect.gen(function*() {
      for (const answer of [unavailable, () => Stub.failed(121001, 500), () => Stub.json("{\"code\":0,"), () => Stub.json("")]) {
        const { exit, sent } = yield* run(write, answers(answer))
        assert.strictEqual(failureOf(exit)._tag, "OutcomeUnknown")
        assert.strictEqual(sent.length, 1)
      }
    }))

  it.effect("that the documentation says to repeat is repeated for a write, too", () =>
    Effect.gen(function*() {
      const { exit, sent } = yield* run(write, answers(() => Stub.failed(1061045, 200), () => Stub.ok()))
      assert.isTrue(Exit.isSuccess(exit))
      assert.strictEqual(sent.length, 2)
    }))

  it.effect("is told by its code, whatever the status says", () =>
    Effect.gen(function*() {
      const fault = yield* run(repeatable, answers(() => Stub.failed(121001, 200)))
      assert.strictEqual(fault.sent.length, 4)
      const permanent = yield* run(repeatable, answers(() => Stub.failed(121005, 500)))
      assert.strictEqual(permanent.sent.length, 1)
      assert.strictEqual(failureOf(permanent.exit)._tag, "TestForbidden")
    }))

  it.effect("ends the call in time: attempts and waits stay within the total", () =>
    Effect.gen(function*() {
      const slow = answers(() => Effect.delay(Effect.sync(unavailable), "25 seconds"))
      const { exit, took } = yield* run(repeatable.pipe(Retry.using(Retry.make({ times: 100 }))), slow)
      const error = failureOf(exit)
      assert(error._tag === "CallTimeout")
      assert.strictEqual(error.phase, "total")
      assert.strictEqual(took, 120_000)
    }))

  it.effect("never kills a call by the fraction of a millisecond it waited", () =>
    Effect.gen(function*() {
      const platform = answers(() => platform.sent.length % 4 === 0 ? Stub.ok() : unavailable())
      yield* Effect.gen(function*() {
        const fractions = Schedule.exponential(Duration.nanos(1_234_567n)).pipe(Schedule.intersect(Schedule.recurs(3)))
        const calls = yield* Effect.fork(
          Effect.forEach(Array.range(1, 100), () => repeatable.pipe(Retry.using(fractions)), { discard: true })
        )
        yield* TestClock.adjust("1 hour")
        yield* Fiber.join(calls)
      }).pipe(Effect.provide(Stub.client(platform.answer, { retryBudget: Number.POSITIVE_INFINITY })))
    }))
})

describe("a policy", () => {
  const transient = new CallError.UnexpectedResponse({ operation: "o", status: 503, contentType: "", snippet: "", attempts: 1 })

  const delays = (policy: Retry.Policy, count: number, error: Retry.Retryable = transient) =>
    Effect.suspend(() => {
      const next = Recover.driver(policy)
      return Effect.map(Effect.forEach(Array.range(1, count), () => next(error)), Array.map(Option.map(Duration.toMillis)))
    })

  it.effect("spreads its waits over all of the time it may take, and never beyond", () =>
    Effect.gen(function*() {
      const policy = Retry.make({ times: 12, base: "100 millis", cap: "3 seconds" })
      const all = yield* Effect.forEach(Array.range(1, 500), (seed) =>
        delays(policy, 12).pipe(Effect.withRandom(Random.make(seed))))
      for (const index of Array.range(0, 11)) {
        const most = Math.min(3_000, 100 * 2 ** index)
        const waits = all.map((waits) => Option.getOrThrow(waits[index]!))
        assert.isAtMost(Math.max(...waits), most + 1)
        assert.isAbove(Math.max(...waits), most * 0.95)
        assert.isBelow(Math.min(...waits), most * 0.05 + 1)
      }
    }))

  it.effect("ends after the times it was given", () =>
    Effect.gen(function*() {
      for (const times of [0, 1, 5]) {
        const waits = yield* delays(Retry.make({ times }), times + 1)
        assert.isTrue(waits.slice(0, times).every(Option.isSome))
        assert.isTrue(Option.isNone(waits[times]!))
      }
    }))

  it.effect("is changed for one call, and no other", () =>
    Effect.gen(function*() {
      const platform = answers(unavailable)
      yield* Effect.gen(function*() {
        yield* timed(repeatable.pipe(Retry.using(Retry.make({ times: 1 }))))
        assert.strictEqual(platform.sent.length, 2)
        yield* timed(repeatable)
        assert.strictEqual(platform.sent.length, 6)
      }).pipe(Effect.provide(Stub.client(platform.answer)))
    }))

  it.effect("is changed for a program, of which a call may still differ", () =>
    Effect.gen(function*() {
      const platform = answers(unavailable)
      yield* Effect.all([timed(repeatable), timed(repeatable.pipe(Retry.using(Retry.make({ times: 2 }))))]).pipe(
        Retry.using(Retry.none),
        Effect.provide(Stub.client(platform.answer))
      )
      assert.strictEqual(platform.sent.length, 1 + 3)
    }))

  it.effect("of none sends once, whatever happens", () =>
    Effect.gen(function*() {
      for (const answer of [unavailable, reset("1"), () => Stub.failed(1061045)]) {
        const { sent } = yield* run(repeatable.pipe(Retry.using(Retry.none)), answers(answer))
        assert.strictEqual(sent.length, 1)
      }
    }))

  it.effect("until admitted waits as often as it takes, and repeats nothing else", () =>
    Effect.gen(function*() {
      const settings: Stub.Settings = { timeouts: { total: "1 day" } }
      const long = answers(...Array.replicate(reset("200"), 12), () => Stub.ok())
      const admitted = yield* run(write.pipe(Retry.using(Retry.untilAdmitted)), long, settings)
      assert.isTrue(Exit.isSuccess(admitted.exit))
      assert.strictEqual(admitted.sent.length, 13)
      const other = yield* run(repeatable.pipe(Retry.using(Retry.untilAdmitted)), answers(unavailable), settings)
      assert.strictEqual(other.sent.length, 1)
    }))

  it.effect("until admitted never comes to wait forever when it is not told how long", () =>
    Effect.gen(function*() {
      const limited = new ApiError.RateLimited({ operation: "o", status: 429, msg: "" })
      const waits = yield* delays(Retry.untilAdmitted, 2_000, limited)
      assert.isAtMost(Math.max(...waits.map(Option.getOrThrow)), 60_000)
    }))

  it.effect("may be any schedule", () =>
    Effect.gen(function*() {
      const { sent } = yield* run(
        repeatable.pipe(Retry.using(Schedule.intersect(Schedule.spaced("3 seconds"), Schedule.recurs(2)))),
        answers(unavailable)
      )
      assert.deepStrictEqual(sent, [0, 3000, 6000])
    }))

  it.effect("is fed with the typed failure", () =>
    Effect.gen(function*() {
      const fed: globalThis.Array<string> = []
      const policy = Schedule.recurs(5).pipe(Schedule.tapInput((error: Retry.Retryable) => Effect.sync(() => fed.push(error._tag))))
      yield* run(repeatable.pipe(Retry.using(policy)), answers(unavailable, () => Stub.failed(121001), reset("1"), () => Stub.ok()))
      assert.deepStrictEqual(fed, ["UnexpectedResponse", "TestBroken", "RateLimited"])
    }))
})

describe("the budget", () => {
  it.live("lets an outage cost 35 requests more than there are calls", () =>
    Effect.gen(function*() {
      let sent = 0
      const client = Stub.client(() => (sent++, unavailable()))
      yield* Effect.forEach(Array.range(1, 10_000), () => Effect.ignore(repeatable), { concurrency: 1_000, discard: true }).pipe(
        Effect.provide(client)
      )
      assert.isAtLeast(sent, 10_000)
      assert.isAtMost(sent, 10_035)
    }), 120_000)

  it.effect("is not spent by throttles", () =>
    Effect.gen(function*() {
      const platform = answers(reset("1"))
      const { sent } = yield* run(repeatable, platform, { retryBudget: 0 })
      assert.strictEqual(sent.length, 4)
    }))

  it.effect("of nothing repeats nothing", () =>
    Effect.gen(function*() {
      const { sent } = yield* run(repeatable, answers(unavailable), { retryBudget: 0 })
      assert.strictEqual(sent.length, 1)
    }))

  it.effect("is paid back by what succeeds", () =>
    Effect.gen(function*() {
      let up = false
      let sent = 0
      const client = Stub.client(() => (sent++, up ? Stub.ok() : unavailable()), { retryBudget: 28 })
      const sends = Effect.suspend(() => {
        const before = sent
        return Effect.map(timed(repeatable), () => sent - before)
      })
      yield* Effect.gen(function*() {
        assert.strictEqual(yield* sends, 3)
        assert.strictEqual(yield* sends, 1)
        up = true
        for (const _ of Array.range(1, 14)) yield* sends
        up = false
        assert.strictEqual(yield* sends, 2)
        assert.strictEqual(yield* sends, 1)
      }).pipe(Effect.provide(client))
    }))

  it("is paid back in full by a call that succeeded on being repeated, and never grows beyond its size", () => {
    const budget = new Recover.Budget(14)
    assert.isTrue(budget.spend())
    assert.isFalse(budget.spend())
    budget.earn(true)
    budget.earn(true)
    assert.isTrue(budget.spend())
    assert.isFalse(budget.spend())
    for (const _ of Array.range(1, 14)) budget.earn(false)
    assert.isTrue(budget.spend())
  })
})

describe("whether a failure may be repeated", () => {
  type Verdict = Recover.Verdict["_tag"]
  /** For an operation that may be repeated, and for one that must not. */
  type Expected = readonly [repeatable: Verdict, write: Verdict]

  const details = { operation: "o", status: 400, msg: "" }
  const read = { operation: "o", attempts: 1 }
  const invalid = { ...read, status: 200, violations: [] }

  const byCategory: Readonly<Record<ApiError.Category, Expected>> = {
    Invalid: ["final", "final"],
    Permission: ["final", "final"],
    Credential: ["final", "final"],
    NotFound: ["final", "final"],
    Conflict: ["final", "final"],
    Quota: ["final", "final"],
    Pending: ["final", "final"],
    RateLimited: ["throttled", "throttled"],
    TryAgain: ["again", "again"],
    Fault: ["again", "ambiguous"]
  }

  const timeout = (phase: CallError.CallTimeout["phase"]) =>
    new CallError.CallTimeout({ ...read, phase, after: Duration.seconds(1) })
  const transport = (phase: CallError.Phase, delivered: "no" | "unknown") =>
    new CallError.TransportError({ ...read, phase, delivered, reason: "r" })
  const unexpected = (status: number) => new CallError.UnexpectedResponse({ ...read, status, contentType: "", snippet: "" })
  const undocumented = (status: number) => new CallError.UndocumentedCode({ ...details, status, code: 1 })

  type Kind = Exclude<Recover.AttemptError, ApiError.Any>

  const byTag: { readonly [Tag in Kind["_tag"]]: ReadonlyArray<readonly [error: Extract<Kind, { readonly _tag: Tag }>, expected: Expected]> } = {
    TransportError: [
      [transport("dns", "no"), ["again", "again"]],
      [transport("connect", "no"), ["again", "again"]],
      [transport("tls", "no"), ["final", "final"]],
      [transport("tls", "unknown"), ["final", "ambiguous"]],
      [transport("send", "unknown"), ["again", "ambiguous"]],
      [transport("headers", "unknown"), ["again", "ambiguous"]],
      [transport("body", "unknown"), ["again", "ambiguous"]]
    ],
    CallTimeout: [
      [timeout("headers"), ["again", "ambiguous"]],
      [timeout("body"), ["again", "ambiguous"]],
      [timeout("total"), ["final", "ambiguous"]]
    ],
    UnexpectedResponse: [
      [unexpected(200), ["final", "ambiguous"]],
      [unexpected(204), ["final", "ambiguous"]],
      [unexpected(404), ["final", "final"]],
      [unexpected(429), ["throttled", "throttled"]],
      [unexpected(500), ["again", "ambiguous"]],
      [unexpected(503), ["again", "ambiguous"]]
    ],
    UndocumentedCode: [
      [undocumented(200), ["final", "final"]],
      [undocumented(400), ["final", "final"]],
      [undocumented(429), ["throttled", "throttled"]],
      [undocumented(500), ["again", "ambiguous"]]
    ],
    ResponseInvalid: [
      [new CallError.ResponseInvalid({ ...invalid, applied: true, truncated: false }), ["final", "final"]],
      [new CallError.ResponseInvalid({ ...invalid, applied: false, truncated: true }), ["again", "ambiguous"]],
      [new CallError.ResponseInvalid({ ...invalid, applied: false, truncated: false }), ["final", "ambiguous"]]
    ],
    ResponseTooLarge: [[new CallError.ResponseTooLarge({ operation: "o", limit: 1 }), ["final", "ambiguous"]]],
    RedirectBlocked: [
      [new CallError.RedirectBlocked({ operation: "o", status: 302, from: "a", to: "b" }), ["final", "final"]]
    ],
    PartialSuccess: [
      [
        new CallError.PartialSuccess<unknown, CallError.UndocumentedCode>({ operation: "o", data: {}, cause: undocumented(500) }),
        ["final", "final"]
      ]
    ],
    AccessTokenRejected: [[new CallError.AccessTokenRejected({ credential: "tenant" }), ["final", "final"]]],
    AccessTokenUnavailable: [
      [new CallError.AccessTokenUnavailable({ credential: "tenant", reason: "r", permanent: false }), ["final", "final"]]
    ],
    AppTicketMissing: [[new CallError.AppTicketMissing({ appId: "cli_1" }), ["final", "final"]]],
    LoginRequired: [[new CallError.LoginRequired({ userKey: "ada", reason: "expired" }), ["final", "final"]]],
    RefreshTokenLost: [[new CallError.RefreshTokenLost({ userKey: "ada" }), ["final", "final"]]],
    CircuitOpen: [
      [new CallError.CircuitOpen({ operation: "o", retryAfter: Duration.seconds(1) }), ["final", "final"]]
    ],
    QueueFull: [[new CallError.QueueFull({ operation: "o", capacity: 1 }), ["final", "final"]]]
  }

  const judged = (error: Recover.AttemptError): Expected => [
    Recover.judge(Stub.put.spec, error)._tag,
    Recover.judge(Stub.create.spec, error)._tag
  ]

  for (const [category, expected] of Object.entries(byCategory)) {
    it(`${category}: ${expected.join(", ")}`, () => {
      // Sound: the keys of the table are the categories.
      const Documented = ApiError.define("Documented", { code: 1, category: category as ApiError.Category })
      for (const status of [200, 400, 429, 500]) assert.deepStrictEqual(judged(new Documented({ ...details, status })), expected)
    })
  }

  for (const [tag, rows] of Object.entries(byTag)) {
    it(`${tag}, ${rows.length} kinds`, () => {
      for (const [error, expected] of rows) assert.deepStrictEqual(judged(error), expected, error.message)
    })
  }
})
