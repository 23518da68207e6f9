import { AccessToken, CallError, FeishuClient, OAuth, OAuthError, TokenStore, UserInfo, UserTokens } from "@effect-feishu/core"
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { KeyValueStore } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Array, Context, Duration, Effect, Exit, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

const refresh = "auth.oauth.token.refresh"
const user = { open_id: "ou_1", name: "Ada" }

type Process = Context.Context<UserTokens.UserTokens | AccessToken.UserAccessTokens | OAuth.OAuth | FeishuClient.FeishuClient>

/** A process of its own, on a store that others may share. */
const start = (store: TokenStore.Service) =>
  Effect.map(
    Layer.build(Layer.fresh(Layer.mergeAll(UserTokens.layer, FeishuClient.layer).pipe(
      Layer.provideMerge(Layer.orDie(OAuth.layer())),
      Layer.provide(Layer.succeed(TokenStore.TokenStore, store)),
      Layer.provide(FakeFeishu.layerConfig())
    ))),
    (context): Process => context
  )

const signIn = (process: Process, userKey: string) =>
  Effect.gen(function*() {
    const fake = yield* FakeFeishu.FakeFeishu
    const oauth = Context.get(process, OAuth.OAuth)
    const started = yield* oauth.start({ redirectUri: "https://backend.example/", scopes: ["offline_access"] })
    const back = new URL(yield* fake.auth.authorize(started.url, user))
    const grant = yield* oauth.exchange(yield* OAuth.codeOf(back.searchParams, started), started)
    yield* Context.get(process, UserTokens.UserTokens).save(userKey, grant)
    return grant
  })

const tokenOf = (process: Context.Context<AccessToken.UserAccessTokens>, userKey: string) =>
  Effect.flatMap(AccessToken.UserAccessToken, ({ get }) => get).pipe(AccessToken.forUser(userKey), Effect.provide(process))

const passing = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    for (const _ of Array.range(1, 30)) {
      yield* Effect.yieldNow()
      yield* TestClock.adjust("1 second")
    }
    return yield* Fiber.join(fiber)
  })

const refreshes = Effect.flatMap(FakeFeishu.FakeFeishu, (fake) => Effect.map(fake.requestsOf(refresh), Array.length))

const expire = TestClock.adjust("2 hours")

describe("a stored user", () => {
  it.effect("is refreshed once, however many ask, and the pair is stored before it is used", () =>
    Effect.gen(function*() {
      const store = yield* TokenStore.makeMemory
      const process = yield* start(store)
      yield* signIn(process, "ada")
      const first = yield* tokenOf(process, "ada")
      yield* expire
      const tokens = yield* passing(Effect.forEach(Array.range(1, 1_000), () => tokenOf(process, "ada"), { concurrency: "unbounded" }))
      assert.strictEqual(new Set(tokens.map(Redacted.value)).size, 1)
      assert.notStrictEqual(Redacted.value(tokens[0]!), Redacted.value(first))
      assert.strictEqual(yield* refreshes, 1)
      // Another process needs no refresh of its own.
      const other = yield* start(store)
      assert.strictEqual(Redacted.value(yield* tokenOf(other, "ada")), Redacted.value(tokens[0]!))
      assert.strictEqual((yield* UserInfo.get().pipe(AccessToken.forUser("ada"), Effect.provide(other))).name, "Ada")
      assert.strictEqual(yield* refreshes, 1)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))

  it.effect("is refreshed in the background in the last five minutes", () =>
    Effect.gen(function*() {
      const process = yield* start(yield* TokenStore.makeMemory)
      yield* signIn(process, "ada")
      yield* TestClock.adjust("116 minutes")
      const old = yield* tokenOf(process, "ada")
      yield* passing(Effect.void)
      assert.notStrictEqual(Redacted.value(yield* tokenOf(process, "ada")), Redacted.value(old))
      assert.strictEqual(yield* refreshes, 1)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))

  it.effect("is refreshed to the end, whoever is interrupted meanwhile", () =>
    Effect.gen(function*() {
      const process = yield* start(yield* TokenStore.makeMemory)
      const fake = yield* FakeFeishu.FakeFeishu
      yield* signIn(process, "ada")
      yield* expire
      yield* fake.script(refresh, Fault.delay("10 seconds"), { applied: true })
      const leader = yield* Effect.fork(tokenOf(process, "ada"))
      yield* TestClock.adjust("1 second")
      assert.isTrue(Exit.isInterrupted(yield* Fiber.interrupt(leader)))
      yield* passing(Effect.void)
      assert.match(Redacted.value(yield* tokenOf(process, "ada")), /^u-/)
      assert.strictEqual(yield* refreshes, 1)
      assert.isFalse((yield* fake.requestsOf(refresh))[0]!.aborted)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))

  it.effect("gets another token when the platform refuses the one they have", () =>
    Effect.gen(function*() {
      const process = yield* start(yield* TokenStore.makeMemory)
      const fake = yield* FakeFeishu.FakeFeishu
      const grant = yield* signIn(process, "ada")
      yield* TestClock.adjust("1 minute")
      yield* fake.revoke(grant.accessToken)
      const info = yield* passing(UserInfo.get().pipe(AccessToken.forUser("ada"), Effect.provide(process)))
      assert.strictEqual(info.name, "Ada")
      assert.strictEqual(yield* refreshes, 1)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))

  it.effect("is unknown until they sign in, and after they are forgotten", () =>
    Effect.gen(function*() {
      const process = yield* start(yield* TokenStore.makeMemory)
      const reason = Effect.map(Effect.flip(UserInfo.get().pipe(AccessToken.forUser("ada"), Effect.provide(process))), (error) => {
        assert(UserTokens.mustSignIn(error))
        return error._tag === "LoginRequired" ? error.reason : error._tag
      })
      assert.strictEqual(yield* reason, "unknown")
      yield* signIn(process, "ada")
      yield* tokenOf(process, "ada")
      yield* Context.get(process, UserTokens.UserTokens).forget("ada")
      assert.strictEqual(yield* reason, "unknown")
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))
})

const said = (code: number, status = 400) => Fault.answer({ status, body: JSON.stringify({ code, error: "e", error_description: "d" }) })

describe("a refresh that fails", () => {
  const kept = [
    ["20050", said(20050, 500)],
    ["20072", said(20072, 503)],
    ["429", Fault.throttled({ reset: "1" })],
    ["502", Fault.html(502)],
    ["no connection", Fault.unreachable()],
    ["20002", said(20002)]
  ] as const
  for (const [name, fault] of kept) {
    it.effect(`with ${name} keeps the token`, () =>
      Effect.gen(function*() {
        const process = yield* start(yield* TokenStore.makeMemory)
        const fake = yield* FakeFeishu.FakeFeishu
        yield* signIn(process, "ada")
        yield* expire
        yield* fake.script(refresh, fault, { times: Number.POSITIVE_INFINITY })
        const error = yield* passing(Effect.flip(tokenOf(process, "ada")))
        assert.strictEqual(error._tag, "AccessTokenUnavailable")
        yield* fake.unscript
        assert.match(Redacted.value(yield* passing(tokenOf(process, "ada"))), /^u-/)
      }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))
  }

  const ending = [[20026, "refused"], [20037, "expired"], [20064, "revoked"], [20073, "revoked"], [20074, "refused"]] as const
  for (const [code, reason] of ending) {
    it.effect(`with ${code} asks for another sign-in, once, and sends nothing more`, () =>
      Effect.gen(function*() {
        const process = yield* start(yield* TokenStore.makeMemory)
        const fake = yield* FakeFeishu.FakeFeishu
        yield* signIn(process, "ada")
        yield* expire
        yield* fake.script(refresh, said(code))
        for (const _ of Array.range(1, 5)) {
          const error = yield* passing(Effect.flip(tokenOf(process, "ada")))
          assert(error._tag === "LoginRequired")
          assert.deepInclude(error, { userKey: "ada", reason, code })
        }
        assert.strictEqual(yield* refreshes, 1)
        yield* signIn(process, "ada")
        assert.match(Redacted.value(yield* tokenOf(process, "ada")), /^u-/)
      }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))
  }

  it.effect("serves the old token while it lasts", () =>
    Effect.gen(function*() {
      const store = yield* TokenStore.makeMemory
      const process = yield* start(store)
      const fake = yield* FakeFeishu.FakeFeishu
      yield* signIn(process, "ada")
      yield* fake.script(refresh, said(20037), { times: Number.POSITIVE_INFINITY })
      yield* TestClock.adjust("117 minutes")
      const other = yield* start(store)
      for (const _ of [1, 2, 3]) assert.match(Redacted.value(yield* passing(tokenOf(other, "ada"))), /^u-/)
      assert.strictEqual(yield* refreshes, 1)
      yield* TestClock.adjust("3 minutes")
      assert.strictEqual((yield* Effect.flip(tokenOf(other, "ada")))._tag, "LoginRequired")
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))

  it.effect("after it was sent (F51c) is tried once more, and is lost for good where the platform does not repeat itself", () =>
    Effect.gen(function*() {
      const process = yield* start(yield* TokenStore.makeMemory)
      const fake = yield* FakeFeishu.FakeFeishu
      yield* signIn(process, "ada")
      yield* expire
      yield* fake.script(refresh, Fault.reset, { applied: true })
      for (const _ of [1, 2, 3]) {
        const error = yield* passing(Effect.flip(tokenOf(process, "ada")))
        assert(error._tag === "RefreshTokenLost")
        assert.deepInclude(error, { userKey: "ada", code: 20073 })
        assert.notInclude(inspect(error, { depth: 20 }), "canary")
      }
      assert.strictEqual(yield* refreshes, 2)
      assert.strictEqual((yield* fake.requestsOf("auth.oauth.token.create")).length, 1)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))

  it.effect("after it was sent is made good where the platform repeats itself", () =>
    Effect.gen(function*() {
      const process = yield* start(yield* TokenStore.makeMemory)
      const fake = yield* FakeFeishu.FakeFeishu
      yield* signIn(process, "ada")
      yield* expire
      for (const fault of [Fault.reset, Fault.resetMidBody, Fault.truncatedJson, Fault.emptyReply, Fault.answer({ body: "{\"code\":0}" })]) {
        yield* fake.script(refresh, fault, { applied: true })
        yield* expire
        assert.match(Redacted.value(yield* passing(tokenOf(process, "ada"))), /^u-/)
      }
      assert.strictEqual(yield* refreshes, 10)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer({ auth: { repeatWithin: "1 minute" } }))))

  it.effect("to be stored (F51d) is used all the same, and stored later", () =>
    Effect.gen(function*() {
      const memory = yield* TokenStore.makeMemory
      let failing = 0
      const store: TokenStore.Service = {
        ...memory,
        set: (key, ...rest) =>
          failing > 0 && !key.includes("journal")
            ? (failing--, Effect.fail(new TokenStore.TokenStoreError({ action: "set", reason: "Busy" })))
            : memory.set(key, ...rest)
      }
      const process = yield* start(store)
      yield* signIn(process, "ada")
      yield* expire
      failing = 8
      const token = yield* passing(tokenOf(process, "ada"))
      yield* passing(Effect.void)
      assert.strictEqual(failing, 0)
      const other = yield* start(memory)
      assert.strictEqual(Redacted.value(yield* tokenOf(other, "ada")), Redacted.value(token))
      assert.strictEqual(yield* refreshes, 1)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))

  it.effect("is not sent at all when the store takes nothing", () =>
    Effect.gen(function*() {
      const memory = yield* TokenStore.makeMemory
      yield* signIn(yield* start(memory), "ada")
      yield* expire
      const process = yield* start({ ...memory, set: () => new TokenStore.TokenStoreError({ action: "set", reason: "Full" }) })
      assert.strictEqual((yield* passing(Effect.flip(tokenOf(process, "ada"))))._tag, "AccessTokenUnavailable")
      assert.strictEqual(yield* refreshes, 0)
    }).pipe(Effect.scoped, Effect.provide(FakeFeishu.layer())))
})

// --- many rotations -----------------------------------------------------------

const details = { operation: refresh, status: 400, msg: "no" }
const unheard = new CallError.OutcomeUnknown({
  operation: refresh,
  cause: new CallError.TransportError({ operation: refresh, phase: "headers", delivered: "unknown", reason: "ECONNRESET", attempts: 1 })
})

const grantOf = (name: string): OAuth.Grant => ({
  accessToken: Redacted.make(`access ${name}`),
  accessLifetime: Duration.hours(2),
  refreshToken: Redacted.make(`refresh ${name}`),
  refreshLifetime: Duration.days(7),
  scopes: ["offline_access"]
})

/** Chance that repeats itself. */
const dice = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

/** A platform of which nothing is left but single-use refresh tokens, in the shape of the `OAuth` service. */
const platform = (roll: () => number, options: { readonly repeats: boolean; readonly faults: boolean }) => {
  const next = new Map<string, string>()
  /** Rotations whose answer reached nobody alive, by user. */
  const unanswered = new Set<string>()
  const seen = { sends: 0, rotations: 0, used: 0 }
  let count = 0
  const oauth: OAuth.Service = {
    start: () => Effect.dieMessage("not here"),
    exchange: () => Effect.dieMessage("not here"),
    refresh: (token) =>
      Effect.suspend((): Effect.Effect<OAuth.Grant, OAuth.RefreshError> => {
        const given = Redacted.value(token)
        const name = given.split(" ")[1]!
        seen.sends++
        const fate = options.faults ? roll() : 1
        if (fate < 0.05) return Effect.fail(unheard)
        if (fate < 0.08) return Effect.fail(new OAuthError.OAuthUnavailable(details))
        const known = next.get(given)
        if (known !== undefined && !options.repeats) {
          seen.used++
          return Effect.fail(new OAuthError.OAuthRefreshTokenUsed(details))
        }
        if (known === undefined) seen.rotations++
        const fresh = known ?? `${name} ${++count}`
        next.set(given, fresh)
        if (fate < 0.13) {
          unanswered.add(name)
          return Effect.fail(unheard)
        }
        return Effect.delay(Effect.succeed(grantOf(fresh)), "10 millis")
      })
  }
  return { oauth, seen, unanswered }
}

/** Whose record a key is; nobody's, if it is the journal's. */
const stored = (key: string): string => {
  const [kind, , , name] = JSON.parse(key) as ReadonlyArray<string>
  return kind === "user" ? name! : ""
}

/** Two processes on one store, which die at any of their steps and are started again. */
const storm = (options: { readonly repeats: boolean; readonly faults: boolean; readonly rounds: number; readonly users: number }) =>
  Effect.gen(function*() {
    const roll = dice(20261120)
    const memory = yield* TokenStore.makeMemory
    const { oauth, seen, unanswered } = platform(roll, options)
    let crashes = 0

    const process = Effect.gen(function*() {
      /** What was answered to this process and is not stored yet: it dies with it. */
      const pending = new Set<string>()
      const state = { dead: false }
      const die = Effect.dieMessage("the process died")
      const mortal = <A, E>(step: Effect.Effect<A, E>, chance: number) =>
        Effect.suspend(() => {
          if (state.dead) return die
          if (options.faults && roll() < chance) {
            state.dead = true
            crashes++
            for (const name of pending) unanswered.add(name)
            // Before the step, or after it.
            return roll() < 0.5 ? die : Effect.zipRight(step, die)
          }
          return Effect.flatMap(step, (value) => state.dead ? die : Effect.succeed(value))
        })
      const store: TokenStore.Service = {
        get: (key) => mortal(memory.get(key), 0.002),
        set: (key, value, lifetime) =>
          options.faults && roll() < 0.01
            ? mortal(Effect.fail(new TokenStore.TokenStoreError({ action: "set", reason: "Busy" })), 0)
            // What is torn while it is written ends the process that wrote it.
            : options.faults && roll() < 0.002 && !state.dead
            ? Effect.zipRight(memory.set(key, Redacted.make(Redacted.value(value).slice(0, 20)), lifetime), mortal(Effect.void, 1))
            : mortal(Effect.tap(memory.set(key, value, lifetime), () => Effect.sync(() => pending.delete(stored(key)))), 0.005),
        remove: (key) => mortal(memory.remove(key), 0.005),
        // A lock ends with its holder, as its lease would see to.
        withLock: memory.withLock
      }
      const context = yield* Layer.build(Layer.fresh(UserTokens.layer).pipe(
        Layer.provide(Layer.succeed(TokenStore.TokenStore, store)),
        Layer.provide(Layer.succeed(OAuth.OAuth, {
          ...oauth,
          refresh: (token) =>
            mortal(
              Effect.tap(oauth.refresh(token), () => Effect.sync(() => pending.add(Redacted.value(token).split(" ")[1]!))),
              0.01
            ).pipe(Effect.tapErrorCause(() =>
              Effect.sync(() => {
                if (state.dead) unanswered.add(Redacted.value(token).split(" ")[1]!)
              })))
        })),
        Layer.provide(Stub.config())
      ))
      return { context, state }
    })

    const users = Array.makeBy(options.users, (index) => `user-${index}`)
    // Signing in is not what is tried here.
    const setup = yield* Layer.build(Layer.fresh(UserTokens.layer).pipe(
      Layer.provide(Layer.succeed(TokenStore.TokenStore, memory)),
      Layer.provide(Layer.succeed(OAuth.OAuth, oauth)),
      Layer.provide(Stub.config())
    ))
    for (const name of users) yield* Context.get(setup, UserTokens.UserTokens).save(name, grantOf(`${name} 0`))
    const lost = new Map<string, string>()
    const processes = [yield* process, yield* process]
    for (let round = 0; round < options.rounds; round++) {
      yield* expire
      const all = yield* Effect.fork(Effect.forEach(users.filter((name) => !lost.has(name)), (name) =>
        Effect.forEach([0, 1], (which) =>
          Effect.gen(function*() {
            for (let again = 0; again < 6; again++) {
              if (processes[which]!.state.dead) processes[which] = yield* process
              const exit = yield* Effect.exit(tokenOf(processes[which]!.context, name))
              if (Exit.isSuccess(exit)) return
              const error = exit.cause._tag === "Fail" ? exit.cause.error : undefined
              if (error !== undefined && UserTokens.mustSignIn(error)) {
                lost.set(name, error.message)
                return
              }
            }
          }), { concurrency: 2 }), { concurrency: 20, discard: true }))
      while (Option.isNone(yield* Fiber.poll(all))) {
        yield* Effect.yieldNow()
        yield* TestClock.adjust("5 seconds")
      }
      yield* Fiber.join(all)
    }
    return { seen, lost, unanswered, crashes }
  }).pipe(Effect.scoped)

describe("10 000 rotations by two processes on one store", () => {
  it.effect("spend no token twice (F51e)", () =>
    Effect.gen(function*() {
      const { lost, seen } = yield* storm({ repeats: false, faults: false, rounds: 20, users: 100 })
      assert.strictEqual(lost.size, 0)
      assert.deepStrictEqual(seen, { sends: 2_000, rotations: 2_000, used: 0 })
    }), 120_000)

  it.effect("lose nobody, whatever crashes and breaks, where the platform repeats its answer", () =>
    Effect.gen(function*() {
      const { crashes, lost, seen } = yield* storm({ repeats: true, faults: true, rounds: 110, users: 100 })
      assert.deepStrictEqual([...lost], [])
      assert.isAtLeast(seen.rotations, 10_000)
      assert.isAtLeast(crashes, 100)
    }), 600_000)

  it.effect("lose nobody whose next token was answered to a process that lived, where it does not", () =>
    Effect.gen(function*() {
      const { lost, seen, unanswered } = yield* storm({ repeats: false, faults: true, rounds: 40, users: 400 })
      assert.isAtLeast(seen.rotations, 1_000)
      assert.isAtLeast(lost.size, 1)
      for (const [name] of lost) assert.isTrue(unanswered.has(name), `${name} was lost though its answer arrived`)
    }), 600_000)
})

describe("1 000 races of two processes over a KeyValueStore", () => {
  it.live("are won by exactly one", () =>
    Effect.gen(function*() {
      const kv = yield* Layer.build(KeyValueStore.layerMemory)
      const roll = dice(1)
      const { oauth, seen } = platform(roll, { repeats: false, faults: false })
      const process = Effect.map(
        Layer.build(Layer.fresh(UserTokens.layer).pipe(
          Layer.provideMerge(Layer.fresh(TokenStore.layerKeyValueStore({ lockDelay: "30 millis" }))),
          Layer.provide(Layer.succeedContext(kv)),
          Layer.provide(Layer.succeed(OAuth.OAuth, oauth)),
          Layer.provide(Stub.config())
        )),
        (context) => context
      )
      const [one, two] = [yield* process, yield* process]
      const names = Array.makeBy(1_000, (index) => `user-${index}`)
      yield* Effect.forEach(names, (name) =>
        Context.get(one, UserTokens.UserTokens).save(name, { ...grantOf(`${name} 0`), accessLifetime: Duration.millis(1) }), {
        concurrency: 100,
        discard: true
      })
      const tokens = yield* Effect.forEach(names, (name) =>
        Effect.all([tokenOf(one, name), tokenOf(two, name)], { concurrency: 2 }), { concurrency: 50 })
      assert.isTrue(tokens.every(([a, b]) => Redacted.value(a) === Redacted.value(b)))
      assert.deepStrictEqual(seen, { sends: 1_000, rotations: 1_000, used: 0 })
    }).pipe(Effect.scoped), 120_000)
})
