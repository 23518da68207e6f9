import { AccessToken, FeishuClient, Retry } from "@effect-feishu/core"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Array, Cause, Deferred, Duration, Effect, Either, Exit, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

const path = "/open-apis/auth/v3/tenant_access_token/internal"

const issued = (token: unknown, expire: unknown = 7200) => Stub.json({ code: 0, msg: "ok", tenant_access_token: token, expire })

type Answer = Parameters<typeof Stub.http>[0]

/** A platform with a token endpoint, and a count of what it was asked. */
const platform = (options: {
  /** What the token endpoint answers, by how often it was asked. */
  readonly issue?: (count: number, sent: Stub.Sent) => ReturnType<Answer>
  readonly call?: Answer
  readonly settings?: Stub.Settings
}) => {
  const seen = { tokens: 0, calls: 0, sent: [] as globalThis.Array<Stub.Sent> }
  const http = Stub.http((sent) => {
    if (sent.path === path) {
      seen.tokens++
      return (options.issue ?? ((count) => issued(`t-${count}`)))(seen.tokens, sent)
    }
    seen.calls++
    seen.sent.push(sent)
    return (options.call ?? (() => Stub.ok()))(sent)
  })
  const live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, http)),
    Layer.provide(Stub.config(options.settings))
  )
  return { live, seen }
}

const times = <A, E, R>(count: number, effect: (index: number) => Effect.Effect<A, E, R>) =>
  Effect.forEach(Array.range(1, count), effect, { concurrency: "unbounded" })

/** Lets what can run, run: no time passes. */
const settle = Effect.forEach(Array.range(1, 20), () => Effect.yieldNow(), { discard: true })

/** Runs an effect while time passes. */
const while_ = (duration: Duration.DurationInput) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust(duration)
    return yield* Fiber.join(fiber)
  })

describe("a tenant token", () => {
  it.effect("is asked for once by 10 000 cold callers", () => {
    const { live, seen } = platform({ issue: () => Effect.delay(Effect.sync(() => issued("t-1")), "1 second") })
    return Effect.gen(function*() {
      const { get } = yield* AccessToken.TenantAccessToken
      yield* Effect.zip(times(10_000, () => get), times(500, () => Stub.whoami()), { concurrent: true }).pipe(while_("2 seconds"))
      assert.deepInclude(seen, { tokens: 1, calls: 500 })
      assert.isTrue(seen.sent.every(({ token }) => token === "t-1"))
    }).pipe(Effect.provide(live))
  })

  it.effect("is not lost to the others when the one who asked for it is interrupted", () => {
    const { live, seen } = platform({ issue: () => Effect.delay(Effect.sync(() => issued("t-1")), "1 second") })
    return Effect.gen(function*() {
      const leader = yield* Effect.fork(Stub.whoami())
      yield* settle
      const followers = yield* Effect.fork(times(100, () => Stub.whoami()))
      yield* settle
      assert.isTrue(Exit.isInterrupted(yield* Fiber.interrupt(leader)))
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(followers)
      assert.deepInclude(seen, { tokens: 1, calls: 100 })
    }).pipe(Effect.provide(live))
  })

  it.effect("is asked for without a credential, once per attempt, with the application's id and secret", () => {
    let asked: Stub.Sent | undefined
    const { live } = platform({ issue: (_, sent) => (asked = sent, issued("t-1")) })
    return Effect.gen(function*() {
      yield* Stub.whoami()
      assert(asked !== undefined)
      assert.strictEqual(asked.token, undefined)
      assert.deepStrictEqual(JSON.parse(asked.text), { app_id: "cli_test", app_secret: Stub.appSecret })
    }).pipe(Effect.provide(live))
  })
})

describe("a token endpoint that fails", () => {
  const failures: ReadonlyArray<{
    readonly name: string
    readonly answer: () => Response
    readonly sends: number
    readonly permanent: boolean
    readonly code?: number
  }> = [
    { name: "500", answer: () => Stub.json({ code: 1, msg: "x" }, { status: 500 }), sends: 4, permanent: false, code: 1 },
    { name: "HTML 502", answer: () => Stub.html(502), sends: 4, permanent: false },
    { name: "HTML 200", answer: () => Stub.html(200), sends: 1, permanent: false },
    { name: "garbage for JSON", answer: () => Stub.json("{\"code\":0,\"tenant_acc"), sends: 4, permanent: false },
    { name: "no expire", answer: () => issued("t-1", null), sends: 1, permanent: false },
    { name: "expire as text", answer: () => issued("t-1", "7200"), sends: 1, permanent: false },
    { name: "no token", answer: () => issued(null), sends: 1, permanent: false },
    { name: "an empty token", answer: () => issued(""), sends: 1, permanent: false },
    { name: "expire 0", answer: () => issued("t-1", 0), sends: 1, permanent: false },
    { name: "expire -5", answer: () => issued("t-1", -5), sends: 1, permanent: false },
    { name: "10003", answer: () => Stub.failed(10003, 200), sends: 1, permanent: true, code: 10003 },
    { name: "10014", answer: () => Stub.failed(10014, 200), sends: 1, permanent: true, code: 10014 },
    { name: "10015", answer: () => Stub.failed(10015, 200), sends: 1, permanent: true, code: 10015 },
    { name: "99991662", answer: () => Stub.failed(99991662, 200), sends: 1, permanent: true, code: 99991662 },
    { name: "99991400", answer: () => Stub.failed(99991400, 429), sends: 4, permanent: false, code: 99991400 },
    { name: "an undocumented code", answer: () => Stub.failed(10999, 200), sends: 1, permanent: false, code: 10999 }
  ]

  for (const { answer, code, name, permanent, sends } of failures) {
    it.effect(`with ${name} fails all who wait alike, and the next caller asks again`, () => {
      let down = true
      const { live, seen } = platform({ issue: () => down ? answer() : issued("t-1") })
      return Effect.gen(function*() {
        const waiting = yield* times(50, () => Effect.flip(Stub.whoami())).pipe(while_("10 seconds"))
        const [error, ...others] = new Set(waiting)
        assert.strictEqual(others.length, 0)
        assert(error?._tag === "AccessTokenUnavailable")
        assert.deepInclude(error, { credential: "tenant", permanent })
        assert.strictEqual(error.code, code)
        assert.deepInclude(seen, { tokens: sends, calls: 0 })
        down = false
        yield* Stub.whoami()
        assert.deepInclude(seen, { tokens: sends + 1, calls: 1 })
      }).pipe(Effect.provide(live))
    })
  }

  it.effect("tells the log id of its answer", () => {
    const { live } = platform({ issue: () => Stub.failed(10999, 200, { headers: { "x-tt-logid": "L-1" } }) })
    return Effect.gen(function*() {
      const error = yield* Effect.flip(Stub.whoami())
      assert(error._tag === "AccessTokenUnavailable")
      assert.strictEqual(error.logId, "L-1")
    }).pipe(Effect.provide(live))
  })

  it.effect("is not tried less often because the first caller is impatient", () => {
    const { live, seen } = platform({ issue: (count) => count < 3 ? Stub.html(503) : issued("t-1") })
    return Effect.gen(function*() {
      const impatient = yield* Effect.fork(Stub.whoami().pipe(Retry.using(Retry.none)))
      yield* settle
      const other = yield* Effect.fork(Stub.whoami())
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(impatient)
      yield* Fiber.join(other)
      assert.strictEqual(seen.tokens, 3)
    }).pipe(Effect.provide(live))
  })

  it.effect("does not keep a caller longer than the total timeout", () => {
    const { live } = platform({
      issue: (count) => Effect.delay(Effect.sync(() => issued(`t-${count}`)), count === 1 ? "1 second" : "1 hour"),
      call: () => Effect.delay(Effect.sync(() => Stub.failed(99991663)), "5 seconds"),
      settings: { timeouts: { headers: "1 day", total: "20 seconds" } }
    })
    return Effect.gen(function*() {
      const error = yield* Effect.flip(Stub.whoami()).pipe(while_("22 seconds"))
      assert(error._tag === "CallTimeout")
      assert.strictEqual(error.phase, "total")
    }).pipe(Effect.provide(live))
  })
})

describe("a token that grows old", () => {
  it.effect("never serves longer than two hours, whatever the platform says", () => {
    let down = false
    const { live, seen } = platform({ issue: () => down ? Stub.html(500) : issued("t-1", 1e9) })
    return Effect.gen(function*() {
      yield* Stub.whoami()
      yield* TestClock.adjust("95 minutes")
      yield* Stub.whoami()
      assert.strictEqual(seen.tokens, 1)
      down = true
      yield* TestClock.adjust("25 minutes")
      const error = yield* Effect.flip(Stub.whoami()).pipe(while_("10 seconds"))
      assert.strictEqual(error._tag, "AccessTokenUnavailable")
    }).pipe(Effect.provide(live))
  })

  it.effect("is renewed while it serves, and nobody waits between 20 and 1 minutes left", () => {
    const { live, seen } = platform({
      issue: (count) => count === 1 ? issued("t-1") : Effect.delay(Effect.sync(() => issued("t-2")), "10 seconds")
    })
    return Effect.gen(function*() {
      yield* Stub.whoami()
      yield* TestClock.adjust(Duration.seconds(7200 - 20 * 60 - 1))
      yield* Stub.whoami()
      yield* settle
      assert.strictEqual(seen.tokens, 1)
      yield* TestClock.adjust("2 seconds")
      // No time passes here: whoever had to wait would never come back.
      yield* times(500, () => Stub.whoami())
      assert.strictEqual(seen.tokens, 2)
      assert.isTrue(seen.sent.every(({ token }) => token === "t-1"))
      yield* TestClock.adjust("10 seconds")
      yield* Stub.whoami()
      assert.strictEqual(seen.sent.at(-1)!.token, "t-2")
      assert.strictEqual(seen.tokens, 2)
    }).pipe(Effect.provide(live))
  })

  it.effect("serves until it really expires when no other can be had, and never after", () => {
    const { live, seen } = platform({ issue: (count) => count === 1 ? issued("t-1") : Stub.html(503) })
    return Effect.gen(function*() {
      yield* Stub.whoami()
      yield* TestClock.adjust("100 minutes")
      for (const _ of Array.range(1, 20 * 6 - 2)) {
        yield* Stub.whoami().pipe(while_("10 seconds"))
      }
      assert.isTrue(seen.sent.every(({ token }) => token === "t-1"))
      // One fetch of four attempts, then half a minute of peace.
      assert.isBelow(seen.tokens, 20 * 2 * 4 + 10)
      yield* TestClock.adjust("20 seconds")
      const sent = seen.calls
      const error = yield* Effect.flip(Stub.whoami()).pipe(while_("10 seconds"))
      assert.strictEqual(error._tag, "AccessTokenUnavailable")
      assert.strictEqual(seen.calls, sent)
    }).pipe(Effect.provide(live))
  })

  it.effect("serves in its last minute even if the token endpoint does not answer at all", () => {
    const { live, seen } = platform({ issue: (count) => count === 1 ? issued("t-1") : Effect.never })
    return Effect.gen(function*() {
      yield* Stub.whoami()
      yield* TestClock.adjust(Duration.seconds(7200 - 50))
      yield* Stub.whoami().pipe(while_("20 seconds"))
      assert.strictEqual(seen.sent.at(-1)!.token, "t-1")
    }).pipe(Effect.provide(live))
  })

  it.effect("is asked for at most once a second, however short it lives", () => {
    const asked: globalThis.Array<number> = []
    const { live } = platform({
      issue: (count) => Effect.map(TestClock.currentTimeMillis, (now) => (asked.push(now), issued(`t-${count}`, 1)))
    })
    return Effect.gen(function*() {
      const fiber = yield* Effect.fork(Effect.forever(Effect.zipRight(Stub.whoami(), Effect.sleep("100 millis"))))
      yield* TestClock.adjust("20 seconds")
      yield* Fiber.interrupt(fiber)
      assert.isAtLeast(asked.length, 5)
      for (const [index, at] of asked.slice(1).entries()) assert.isAtLeast(at - asked[index]!, 1_000)
    }).pipe(Effect.provide(live))
  })
})

describe("a token the platform refuses", () => {
  const refusals: ReadonlyArray<readonly [credential: "tenant" | "user", code: number, status: number]> = [
    ...[99991663, 99991664, 99991665, 4001].flatMap((code) => [200, 400, 401].map((status) => ["tenant", code, status] as const)),
    ...[99991668, 99991677].flatMap((code) => [200, 400, 401].map((status) => ["user", code, status] as const))
  ]

  /** A credential of the caller's own, which counts how often it fetches another token. */
  const renewable = (credential: "tenant" | "user") => {
    const seen = { renewals: 0 }
    let current = Redacted.make("x-1")
    let flight: Effect.Effect<Redacted.Redacted> | undefined
    const renew = (refused: Redacted.Redacted) =>
      Effect.gen(function*() {
        if (Redacted.value(refused) !== Redacted.value(current)) return Option.some(current)
        flight ??= yield* Effect.cached(Effect.delay(
          Effect.sync(() => (flight = undefined, current = Redacted.make(`x-${++seen.renewals + 1}`))),
          "1 second"
        ))
        return Option.some(yield* flight)
      })
    const token: AccessToken.AccessToken = { credential, tenant: "own", get: Effect.sync(() => current), renew }
    return { token, seen }
  }

  for (const [index, [credential, code, status]] of refusals.entries()) {
    // A thousand for either credential; the other codes take the same way.
    const count = index === 0 || code === 99991668 && status === 200 ? 1_000 : 50
    it.effect(`(${code} under HTTP ${status}) is replaced once for ${count} ${credential} calls in flight, each sent twice`, () =>
      Effect.gen(function*() {
        const arrived = yield* Deferred.make<void>()
        const late = yield* Deferred.make<void>()
        const first = new Set<string>()
        const { live, seen } = platform({
          issue: (count) => issued(`x-${count}`),
          call: (sent) => {
            if (sent.token !== "x-1") return Stub.ok()
            first.add(sent.path)
            if (first.size === count) Effect.runSync(Deferred.succeed(arrived, undefined))
            return Effect.as(Deferred.await(first.size % 2 === 0 ? arrived : late), Stub.failed(code, status))
          }
        })
        const own = renewable(credential)
        type Call = Effect.Effect<void, unknown, FeishuClient.FeishuClient | AccessToken.TenantAccessToken | AccessToken.UserAccessToken>
        const call = (index: number): Call =>
          credential === "tenant"
            ? Stub.create({ id: String(index), name: "n" })
            : Stub.createAsUser({ id: String(index), name: "n" })
        yield* Effect.gen(function*() {
          yield* Effect.flatMap(AccessToken.TenantAccessToken, ({ get }) => get)
          yield* TestClock.adjust("1 minute")
          const calls = yield* Effect.fork(times(count, (index) => Effect.either(call(index))))
          yield* Effect.yieldNow().pipe(Effect.repeat({ until: () => Deferred.isDone(arrived) }))
          yield* TestClock.adjust("2 seconds")
          // Half of them learn of the refusal when everybody else has the new token already.
          yield* Deferred.succeed(late, undefined)
          yield* TestClock.adjust("2 seconds")
          const results = yield* Fiber.join(calls)
          assert.strictEqual(results.filter(Either.isRight).length, count)
          assert.strictEqual(seen.calls, 2 * count)
          const bySender = Array.groupBy(seen.sent, ({ path }) => path)
          assert.isTrue(Object.values(bySender).every((sent) => sent.length === 2))
          assert.strictEqual(credential === "tenant" ? seen.tokens - 1 : own.seen.renewals, 1)
        }).pipe(
          Effect.provideService(AccessToken.UserAccessToken, own.token),
          Effect.provide(live)
        )
      }))
  }

  it.effect("is told by a bare 401, too", () => {
    const { live, seen } = platform({ call: ({ token }) => token === "t-1" ? Stub.html(401) : Stub.ok() })
    return Effect.gen(function*() {
      yield* Stub.create({ id: "1", name: "n" }).pipe(while_("2 seconds"))
      assert.deepInclude(seen, { tokens: 2, calls: 2 })
    }).pipe(Effect.provide(live))
  })

  it.effect("and hands out again is not tried again, and not asked for in the next five seconds", () => {
    const { live, seen } = platform({ issue: () => issued("t-1"), call: () => Stub.failed(99991663) })
    return Effect.gen(function*() {
      const errors = yield* times(100, () => Effect.flip(Stub.whoami())).pipe(while_("1500 millis"))
      assert.isTrue(errors.every(({ _tag }) => _tag === "AccessTokenRejected"))
      assert.deepInclude(seen, { tokens: 2, calls: 100 })
      for (const _ of Array.range(1, 4)) {
        assert.strictEqual((yield* Effect.flip(Stub.whoami()))._tag, "AccessTokenRejected")
        yield* TestClock.adjust("1 second")
      }
      assert.deepInclude(seen, { tokens: 2, calls: 100 })
    }).pipe(Effect.provide(live))
  })

  it.effect("and hands out again serves again once the platform has changed its mind", () => {
    let refuse = true
    const { live, seen } = platform({
      issue: () => issued("t-1"),
      call: () => refuse ? Stub.failed(99991663) : Stub.ok()
    })
    return Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(Stub.whoami()).pipe(while_("2 seconds")))._tag, "AccessTokenRejected")
      refuse = false
      yield* TestClock.adjust("5 seconds")
      yield* Stub.whoami()
      assert.deepInclude(seen, { tokens: 3, calls: 2 })
    }).pipe(Effect.provide(live))
  })

  it.effect("is not replayed by one who learns of it only after the five seconds", () =>
    Effect.gen(function*() {
      const late = yield* Deferred.make<void>()
      const { live, seen } = platform({
        issue: () => issued("t-1"),
        call: ({ path }) => path.endsWith("/late")
          ? Effect.as(Deferred.await(late), Stub.failed(99991663))
          : Stub.failed(99991663)
      })
      yield* Effect.gen(function*() {
        const straggler = yield* Effect.fork(Effect.flip(Stub.put({ id: "late", name: "n" })))
        yield* Effect.flip(Stub.whoami()).pipe(while_("20 seconds"))
        yield* Deferred.succeed(late, undefined)
        yield* TestClock.adjust("5 seconds")
        assert.strictEqual((yield* Fiber.join(straggler))._tag, "AccessTokenRejected")
        assert.strictEqual(seen.calls, 2)
      }).pipe(Effect.provide(live))
    }))

  it.effect("is refused here for five seconds from the answer on, however slow that was", () => {
    const { live, seen } = platform({
      issue: (count) => count === 1 ? issued("t-1") : Effect.delay(Effect.sync(() => issued("t-1")), "10 seconds"),
      call: () => Stub.failed(99991663)
    })
    return Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(Stub.whoami()).pipe(while_("12 seconds")))._tag, "AccessTokenRejected")
      assert.strictEqual((yield* Effect.flip(Stub.whoami()))._tag, "AccessTokenRejected")
      assert.strictEqual(seen.tokens, 2)
    }).pipe(Effect.provide(live))
  })

  it.effect("a second time, after the replay, ends the call with the platform's error", () => {
    const { live, seen } = platform({ call: () => Stub.failed(99991663) })
    return Effect.gen(function*() {
      const error = yield* Effect.flip(Stub.whoami()).pipe(while_("2 seconds"))
      assert.strictEqual(error._tag, "AccessTokenInvalid")
      assert.deepInclude(seen, { tokens: 2, calls: 2 })
    }).pipe(Effect.provide(live))
  })

  it.effect("because it was given by hand is never replayed", () => {
    let calls = 0
    return Effect.gen(function*() {
      const error = yield* Effect.flip(Stub.whoami())
      assert.strictEqual(error._tag, "AccessTokenInvalid")
      assert.strictEqual(calls, 1)
    }).pipe(Effect.provide(Stub.client(() => (calls++, Stub.failed(99991663)))))
  })

  it.effect("because the operation does not take its kind is not asked for again", () => {
    const { live, seen } = platform({ call: () => Stub.failed(99991663, 400, { msg: "tenant access token not support" }) })
    return Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(Stub.whoami()))._tag, "AccessTokenInvalid")
      assert.deepInclude(seen, { tokens: 1, calls: 1 })
    }).pipe(Effect.provide(live))
  })

  it.effect("for another reason than being refused stays in place", () => {
    const { live, seen } = platform({ call: () => Stub.failed(99991672) })
    return Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(Stub.whoami()))._tag, "ScopeNotGranted")
      yield* Effect.flip(Stub.whoami())
      assert.deepInclude(seen, { tokens: 1, calls: 2 })
    }).pipe(Effect.provide(live))
  })
})

describe("a token that no header can carry", () => {
  for (const token of ["", "t-1\r\nx-evil: 1", "t 1", "t-1\u0000", "t-中"]) {
    it.effect(`${JSON.stringify(token)} is unavailable, and nothing is sent`, () => {
      let calls = 0
      return Effect.gen(function*() {
        const error = yield* Effect.flip(Stub.whoami())
        assert(error._tag === "AccessTokenUnavailable")
        assert.isTrue(error.permanent)
        assert.strictEqual(calls, 0)
      }).pipe(
        Effect.provide(AccessToken.layerTenantOf(Redacted.make(token))),
        Effect.provide(Stub.client(() => (calls++, Stub.ok())))
      )
    })
  }
})

describe("no secret is told", () => {
  const secret = Stub.tenantToken
  /** Everything a program may do with an exit to see it. */
  const sinks = (exit: Exit.Exit<unknown, unknown>) => {
    if (Exit.isSuccess(exit)) return ""
    const error = Option.getOrThrow(Cause.failureOption(exit.cause))
    return [
      Cause.pretty(exit.cause, { renderErrorCause: true }),
      inspect(exit, { depth: 20, showHidden: true }),
      inspect(error, { depth: 20, showHidden: true }),
      JSON.stringify(exit),
      JSON.stringify(error),
      String(error),
      `${(error as Error).stack}`
    ].join("\n")
  }

  const echoes: ReadonlyArray<readonly [name: string, answer: (echo: string) => Response]> = [
    ["HTML", (echo) => Stub.html(200, `<p>${echo}</p>`)],
    ["a message", (echo) => Stub.failed(10003, 200, { msg: `wrong ${echo}` })],
    ["an undocumented code", (echo) => Stub.failed(424242, 400, { msg: echo })],
    ["a field violation", (echo) =>
      Stub.failed(99992402, 400, { error: { field_violations: [{ field: "f", value: echo, description: `bad ${echo}` }] } })],
    ["a permission violation", (echo) =>
      Stub.failed(99991672, 400, { error: { permission_violations: [{ type: "t", subject: echo }] } })],
    ["a troubleshooter", (echo) => Stub.failed(99991672, 400, { error: { troubleshooter: `https://x/${echo}`, log_id: echo } })],
    ["a field of the wrong type", (echo) => Stub.json({ code: 0, tenant_access_token: { deep: echo }, expire: echo, data: echo })],
    ["text that breaks off", (echo) => Stub.json(`{"code":0,"tenant_access_token":"${echo}`)]
  ]

  for (const [name, answer] of echoes) {
    it.effect(`when the token endpoint echoes it in ${name}`, () => {
      const { live } = platform({ issue: (_, sent) => answer(`${sent.text} ${Stub.appSecret} ${secret}`.replaceAll("\"", "")) })
      return Effect.gen(function*() {
        const exit = yield* Effect.exit(Stub.whoami()).pipe(while_("20 seconds"))
        assert.isTrue(Exit.isFailure(exit))
        assert.notInclude(sinks(exit), "canary")
      }).pipe(Effect.provide(live))
    })

    it.effect(`when an operation echoes it in ${name}`, () => {
      const { live } = platform({ issue: () => issued(secret), call: () => answer(`${Stub.appSecret} ${secret}`) })
      return Effect.gen(function*() {
        for (const call of [Stub.get({ id: "1" }), Stub.create({ id: "1", name: "n" })]) {
          const exit = yield* Effect.exit(Effect.asVoid<unknown, unknown, FeishuClient.FeishuClient | AccessToken.TenantAccessToken>(call))
            .pipe(while_("20 seconds"))
          assert.notInclude(sinks(exit), "canary")
        }
      }).pipe(Effect.provide(live))
    })
  }

  it.effect("when the transport names it in its own error", () => {
    const { live } = platform({
      issue: () => issued(secret),
      call: (sent) => Effect.fail(Stub.refused(sent, `Headers.append: Bearer ${secret} is wrong, and ${Stub.appSecret}`))
    })
    return Effect.gen(function*() {
      for (const call of [Stub.put({ id: "1", name: "n" }), Stub.create({ id: "1", name: "n" })]) {
        assert.notInclude(sinks(yield* Effect.exit(call).pipe(while_("20 seconds"))), "canary")
      }
    }).pipe(Effect.provide(live))
  })
})
