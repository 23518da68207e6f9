import { AccessToken, AppAccessToken, AppTicket, CallError, FeishuClient, FeishuConfig, StoreApp, TokenStore } from "@effect-feishu/core"
import { FakeFeishu } from "@effect-feishu/core/testing"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Array, Context, Effect, Fiber, Layer, Option, Redacted, TestClock } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

const appId = "cli_store"
const app = { appId, appSecret: Redacted.make("canary-store-app-secret"), kind: "store" } as const

const Fake = FakeFeishu.layer({ apps: [app] })

/** A store application whose tickets stay in this process; nobody delivers any unless told so. */
const Live = Layer.mergeAll(FeishuClient.layer, StoreApp.layer).pipe(
  Layer.provideMerge(AppTicket.layerMemory),
  Layer.provide(FakeFeishu.layerConfig()),
  Layer.provideMerge(Fake)
)

const tokenOf = (tenantKey: string) =>
  Effect.flatMap(AccessToken.TenantAccessToken, ({ get }) => get).pipe(AccessToken.forTenant(tenantKey))

const subscribe = Effect.gen(function*() {
  const fake = yield* FakeFeishu.FakeFeishu
  const tickets = yield* AppTicket.AppTicket
  yield* fake.auth.onTicket((appId, ticket) => Effect.orDie(tickets.put(appId, ticket)))
  return fake
})

const passing = (time: Parameters<typeof TestClock.adjust>[0]) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust(time)
    return yield* Fiber.join(fiber)
  })

const resent = Effect.flatMap(FakeFeishu.FakeFeishu, (fake) => Effect.map(fake.requestsOf("auth.appTicket.resend"), Array.length))

describe("a store application", () => {
  it.effect("gets the token of each tenant for one ticket and one application token", () =>
    Effect.gen(function*() {
      const fake = yield* subscribe
      yield* fake.auth.pushTicket(appId)
      const [a, b, again] = yield* Effect.all([tokenOf("a"), tokenOf("b"), tokenOf("a")], { concurrency: 3 })
      assert.strictEqual(Redacted.value(a), Redacted.value(again))
      assert.notStrictEqual(Redacted.value(a), Redacted.value(b))
      assert.deepStrictEqual(yield* fake.effects, {
        "auth.appAccessToken.create": 1,
        "auth.tenantAccessToken.create": 2
      })
      assert.strictEqual(yield* resent, 0)
      const { get } = yield* AppAccessToken.AppAccessToken
      assert.match(Redacted.value(yield* get), /^a-/)
    }).pipe(Effect.provide(Live)))

  it.effect("asks for a missing ticket at most once a minute, and says so", () =>
    Effect.gen(function*() {
      const errors: globalThis.Array<unknown> = []
      for (const _ of Array.range(1, 50)) {
        const error = yield* Effect.flip(tokenOf("a")).pipe(passing("6 seconds"))
        assert(error instanceof CallError.AppTicketMissing)
        assert.strictEqual(error.appId, appId)
        errors.push(error)
      }
      // Fifty callers in five minutes.
      assert.isAtMost(yield* resent, 6)
      assert.isAtLeast(yield* resent, 4)
      assert.notInclude(inspect(errors, { depth: 20 }), "canary")
    }).pipe(Effect.provide(Live)))

  it.effect("uses a ticket that comes late at once", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const tickets = yield* AppTicket.AppTicket
      const fiber = yield* Effect.fork(tokenOf("a"))
      yield* TestClock.adjust("3 seconds")
      assert.isTrue(Option.isNone(yield* Fiber.poll(fiber)))
      yield* tickets.put(appId, yield* fake.auth.rotateTicket(appId))
      yield* TestClock.adjust("300 millis")
      assert.match(Redacted.value(yield* Fiber.join(fiber)), /^t-/)
    }).pipe(Effect.provide(Live)))

  it.effect("asks again for a ticket that was rotated behind its back (10012), and goes on", () =>
    Effect.gen(function*() {
      const fake = yield* subscribe
      yield* fake.auth.pushTicket(appId)
      yield* fake.auth.rotateTicket(appId)
      assert.match(Redacted.value(yield* tokenOf("a").pipe(passing("2 seconds"))), /^t-/)
      assert.strictEqual(yield* resent, 1)
    }).pipe(Effect.provide(Live)))

  it.effect("replaces its own token when the platform refuses it (99991664)", () =>
    Effect.gen(function*() {
      const fake = yield* subscribe
      yield* fake.auth.pushTicket(appId)
      yield* tokenOf("a")
      yield* fake.auth.revokeAppTokens
      assert.match(Redacted.value(yield* tokenOf("b").pipe(passing("5 seconds"))), /^t-/)
      assert.strictEqual(yield* fake.effectsOf("auth.appAccessToken.create"), 2)
    }).pipe(Effect.provide(Live)))

  it.effect("is told when it is none (10016)", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(tokenOf("a"))
      assert(error._tag === "AccessTokenUnavailable")
      assert.deepInclude(error, { code: 10016, permanent: true, credential: "app" })
    }).pipe(
      Effect.provide(Layer.mergeAll(StoreApp.layer).pipe(
        Layer.provide(AppTicket.layerMemory),
        Layer.provide(FakeFeishu.layerConfig()),
        Layer.provideMerge(FakeFeishu.layer())
      ))
    ))

  it.effect("shares its tickets with every process that shares the store", () =>
    Effect.gen(function*() {
      const store = Layer.succeed(TokenStore.TokenStore, yield* TokenStore.makeMemory)
      const process = Layer.fresh(AppTicket.layer).pipe(Layer.provide(store))
      const [one, two] = [Context.get(yield* Layer.build(process), AppTicket.AppTicket), Context.get(yield* Layer.build(process), AppTicket.AppTicket)]
      yield* one.put("cli_1", Redacted.make("canary-ticket-secret"))
      assert.deepStrictEqual(Option.map(yield* two.get("cli_1"), Redacted.value), Option.some("canary-ticket-secret"))
      assert.isTrue(Option.isNone(yield* two.get("cli_2")))
      assert.deepStrictEqual([yield* one.mayAsk("cli_1"), yield* two.mayAsk("cli_1"), yield* two.mayAsk("cli_2")], [true, false, true])
      yield* TestClock.adjust("61 seconds")
      assert.isTrue(yield* two.mayAsk("cli_1"))
    }).pipe(Effect.scoped))

  it.effect("paces each tenant apart", () => {
    const keys = new Set<string | undefined>()
    return Effect.gen(function*() {
      for (const tenant of ["a", "b"]) {
        const { tenant: key } = yield* AccessToken.TenantAccessToken.pipe(AccessToken.forTenant(tenant))
        keys.add(key)
      }
      assert.deepStrictEqual([...keys], ["a", "b"])
    }).pipe(Effect.provide(Live))
  })
})

describe("100 applications in 100 tenants", () => {
  it.live("use 10 000 tokens, none of them in another's place", () => {
    const apps = Array.makeBy(100, (index) => ({ appId: `cli_${index}`, appSecret: Redacted.make(`canary-secret-of-app-${index}`) }))
    const secrets = new Map(apps.map(({ appId, appSecret }) => [appId, Redacted.value(appSecret)]))
    const seen = { calls: 0, crossed: 0, tenantTokens: 0, appTokens: 0 }
    // Tokens say whose they are, and every call says who means to make it.
    const http = Stub.http((sent) => {
      const body = sent.text === "" ? {} : JSON.parse(sent.text)
      if (sent.path.endsWith("/app_access_token")) {
        seen.appTokens++
        if (secrets.get(body.app_id) !== body.app_secret || body.app_ticket !== `ticket of ${body.app_id}`) seen.crossed++
        return Stub.json({ code: 0, app_access_token: `a-${body.app_id}`, expire: 7200 })
      }
      if (sent.path.endsWith("/tenant_access_token")) {
        seen.tenantTokens++
        return Stub.json({ code: 0, tenant_access_token: `${body.app_access_token}|${body.tenant_key}`, expire: 7200 })
      }
      seen.calls++
      if (sent.token !== `a-${decodeURIComponent(sent.path.split("/").at(-1)!)}`) seen.crossed++
      return Stub.ok({ name: "n" })
    })
    return Effect.gen(function*() {
      // One store and one place for tickets, shared by all.
      const store = Layer.succeed(TokenStore.TokenStore, yield* TokenStore.makeMemory)
      const tickets = AppTicket.layer.pipe(Layer.provide(store))
      const contexts = yield* Effect.forEach(apps, (app) =>
        Layer.build(Layer.fresh(Layer.mergeAll(FeishuClient.layer, StoreApp.layer).pipe(
          Layer.provideMerge(tickets),
          Layer.provide(store),
          Layer.provide(FeishuConfig.layer(app)),
          Layer.provide(Layer.succeed(HttpClient.HttpClient, http))
        ))))
      yield* Effect.forEach(apps, ({ appId }, index) =>
        Effect.provide(AppTicket.put(appId, Redacted.make(`ticket of ${appId}`)), contexts[index]!))
      const pairs = apps.flatMap(({ appId }, index) =>
        Array.makeBy(100, (tenant) => ({ context: contexts[index]!, name: `${appId}|tenant-${tenant}`, tenant: `tenant-${tenant}` })))
      // Whoever asks, however often, has the token of their own application and tenant.
      for (const _ of [1, 2]) {
        yield* Effect.forEach(pairs, ({ context, name, tenant }) =>
          tokenOf(tenant).pipe(
            Effect.tap((token) => Effect.sync(() => seen.crossed += Redacted.value(token) === `a-${name}` ? 0 : 1)),
            Effect.provide(context)
          ), { concurrency: 100, discard: true })
      }
      yield* Effect.forEach(pairs.filter((_, index) => index % 20 === 0), ({ context, name, tenant }) =>
        Stub.get({ id: name }).pipe(AccessToken.forTenant(tenant), Effect.provide(context)), { concurrency: 100, discard: true })
      assert.deepStrictEqual(seen, { calls: 500, crossed: 0, tenantTokens: 10_000, appTokens: 100 })
    }).pipe(Effect.scoped)
  }, 300_000)
})
