import { AccessToken, AppAccessToken, FeishuClient, TokenStore } from "@effect-feishu/core"
import { FakeFeishu } from "@effect-feishu/core/testing"
import { FileSystem, KeyValueStore } from "@effect/platform"
import { NodeContext } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Config, ConfigProvider, Context, Duration, Effect, Exit, Layer, Option, Redacted, Ref, TestClock } from "effect"
import { Buffer } from "node:buffer"
import { inspect } from "node:util"

const secret = Redacted.make("canary-stored-secret-0123456789")
const sealKey = Redacted.make(Buffer.alloc(32, 7).toString("base64"))

/** A `KeyValueStore` in memory, whose entries can be looked at and tampered with. */
const transparent = () => {
  const entries = new Map<string, string>()
  const layer = Layer.succeed(
    KeyValueStore.KeyValueStore,
    KeyValueStore.makeStringOnly({
      get: (key) => Effect.sync(() => Option.fromNullable(entries.get(key))),
      set: (key, value) => Effect.sync(() => void entries.set(key, value)),
      remove: (key) => Effect.sync(() => void entries.delete(key)),
      clear: Effect.sync(() => entries.clear()),
      size: Effect.sync(() => entries.size)
    })
  )
  return { entries, layer }
}

const build = (layer: Layer.Layer<TokenStore.TokenStore>) =>
  Effect.map(Layer.build(layer), Context.get(TokenStore.TokenStore))

const over = (kv: Layer.Layer<KeyValueStore.KeyValueStore>, options?: TokenStore.Options) =>
  build(Layer.provide(TokenStore.layerKeyValueStore({ lockDelay: "5 millis", ...options }), kv))

const valueOf = Option.map(({ value }: TokenStore.Stored) => Redacted.value(value))

describe("a store in memory", () => {
  it.effect("keeps a value for its lifetime and no longer", () =>
    Effect.gen(function*() {
      const store = yield* build(TokenStore.layerMemory)
      yield* store.set("k", secret, "2 hours")
      yield* TestClock.adjust("1 hour")
      const kept = yield* store.get("k")
      assert.deepStrictEqual(Option.map(kept, ({ remaining }) => Duration.toMinutes(remaining)), Option.some(60))
      yield* TestClock.adjust("1 hour")
      assert.isTrue(Option.isNone(yield* store.get("k")))
      yield* store.set("k", secret, 0)
      assert.isTrue(Option.isNone(yield* store.get("k")))
    }).pipe(Effect.scoped))

  it.effect("lends a lock to one at a time", () =>
    Effect.gen(function*() {
      const store = yield* build(TokenStore.layerMemory)
      const inside = yield* Ref.make(0)
      const most = yield* Ref.make(0)
      yield* Effect.forEach(Array.from({ length: 100 }), () =>
        store.withLock("k", "1 minute")(Effect.gen(function*() {
          const now = yield* Ref.updateAndGet(inside, (n) => n + 1)
          yield* Ref.update(most, (n) => Math.max(n, now))
          yield* Effect.yieldNow()
          yield* Ref.update(inside, (n) => n - 1)
        })), { concurrency: "unbounded" })
      assert.strictEqual(yield* Ref.get(most), 1)
    }).pipe(Effect.scoped))
})

describe("a store over a KeyValueStore", () => {
  it.live("hashes its keys, and shows a sealed value to nobody", () =>
    Effect.gen(function*() {
      const { entries, layer } = transparent()
      const store = yield* over(layer, { sealKey })
      yield* store.set("user|canary-user-secret", secret, "1 hour")
      assert.deepStrictEqual(valueOf(yield* store.get("user|canary-user-secret")), Option.some(Redacted.value(secret)))
      const all = JSON.stringify([...entries])
      assert.notInclude(all, "canary")
      assert.match([...entries.keys()][0]!, /^[0-9a-f]{64}$/)
      // The same value, sealed twice, looks different.
      const before = [...entries.values()][0]
      yield* store.set("user|canary-user-secret", secret, "1 hour")
      assert.notStrictEqual([...entries.values()][0], before)
    }).pipe(Effect.scoped))

  it.live("ignores what is corrupt, foreign, moved, made to last, or sealed otherwise, and replaces it", () =>
    Effect.gen(function*() {
      const { entries, layer } = transparent()
      const sealed = yield* over(layer, { sealKey })
      const plain = yield* over(layer)
      const other = yield* over(layer, { sealKey: Redacted.make(Buffer.alloc(32, 8).toString("base64")) })
      const absent = (store: TokenStore.Service, key: string) =>
        Effect.map(store.get(key), (found) => assert.isTrue(Option.isNone(found)))

      yield* sealed.set("a", secret, "1 hour")
      const [name, text] = [...entries][0]!
      yield* absent(plain, "a")
      yield* absent(other, "a")
      yield* sealed.set("b", Redacted.make("b's"), "1 hour")
      const b = [...entries.keys()].find((key) => key !== name)!
      entries.set(b, text)
      yield* absent(sealed, "b")
      entries.set(b, JSON.stringify({ ...JSON.parse(text), key: b }))
      yield* absent(sealed, "b")
      entries.set(name, JSON.stringify({ ...JSON.parse(text), expiresAt: 9e15 }))
      yield* absent(sealed, "a")
      for (const broken of ["", "{", "null", "[]", "42", "{\"key\":1}", text.slice(0, -9), text.replace(/"sealed":"..../, "\"sealed\":\"AAAA")]) {
        entries.set(name, broken)
        yield* absent(sealed, "a")
      }
      yield* sealed.set("a", Redacted.make("again"), "1 hour")
      assert.deepStrictEqual(valueOf(yield* sealed.get("a")), Option.some("again"))

      yield* plain.set("p", secret, "1 hour")
      yield* absent(sealed, "p")
    }).pipe(Effect.scoped))

  it.live("refuses a key that is not 32 bytes", () =>
    Effect.gen(function*() {
      for (const key of ["short", "", Buffer.alloc(31).toString("base64")]) {
        const exit = yield* Effect.exit(over(transparent().layer, { sealKey: Redacted.make(key) }))
        assert.isTrue(Exit.isFailure(exit))
      }
      const fromConfig = TokenStore.layerKeyValueStoreConfig({
        sealKey: Config.redacted("TOKEN_SEAL_KEY")
      }).pipe(Layer.provide(transparent().layer))
      const exit = yield* Effect.exit(Layer.build(fromConfig)).pipe(
        Effect.withConfigProvider(ConfigProvider.fromMap(new Map([["TOKEN_SEAL_KEY", "canary-bad-secret"]])))
      )
      assert.isTrue(Exit.isFailure(exit))
      assert.notInclude(inspect(exit, { depth: 20 }), "canary")
    }).pipe(Effect.scoped))

  it.live("lends a lock to one of two processes at a time", () =>
    Effect.gen(function*() {
      const { layer } = transparent()
      const processes = [yield* over(layer), yield* over(layer), yield* over(layer)]
      let inside = 0
      let most = 0
      yield* Effect.forEach(Array.from({ length: 30 }, (_, index) => processes[index % 3]!), (store) =>
        store.withLock("k", "1 minute")(Effect.suspend(() => {
          most = Math.max(most, ++inside)
          return Effect.delay(Effect.sync(() => inside--), "1 millis")
        })), { concurrency: "unbounded" })
      assert.strictEqual(most, 1)
    }).pipe(Effect.scoped))

  it.live("waits for a holder that died no longer than its lease", () =>
    Effect.gen(function*() {
      const { layer } = transparent()
      const [one, two] = [yield* over(layer), yield* over(layer)]
      yield* Effect.forkDaemon(one.withLock("k", "300 millis")(Effect.never))
      yield* Effect.sleep("50 millis")
      const [waited] = yield* Effect.timed(two.withLock("k", "1 second")(Effect.void))
      assert.isAtLeast(Duration.toMillis(waited), 150)
      assert.isBelow(Duration.toMillis(waited), 2_000)
    }).pipe(Effect.scoped))
})

/** A backend that starts, makes a call, and ends. */
const backend = (kv: Layer.Layer<KeyValueStore.KeyValueStore, unknown>, options?: TokenStore.Options) => {
  const store = Layer.provide(TokenStore.layerKeyValueStore({ lockDelay: "1 millis", ...options }), Layer.orDie(kv))
  const live = Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant, AppAccessToken.layer).pipe(
    Layer.provide(store),
    Layer.provide(FakeFeishu.layerConfig())
  )
  return Effect.gen(function*() {
    const tenant = yield* Effect.flatMap(AccessToken.TenantAccessToken, ({ get }) => get)
    const app = yield* Effect.flatMap(AppAccessToken.AppAccessToken, ({ get }) => get)
    return [tenant, app].map(Redacted.value)
  }).pipe(Effect.provide(Layer.fresh(live)))
}

describe("a restart", () => {
  it.live("costs no token request, with the file system for a store", () =>
    Effect.gen(function*() {
      const directory = yield* FileSystem.FileSystem.pipe(Effect.flatMap((fs) => fs.makeTempDirectoryScoped()))
      const kv = Layer.provide(KeyValueStore.layerFileSystem(directory), NodeContext.layer)
      const fake = yield* FakeFeishu.FakeFeishu
      const first = yield* backend(kv, { sealKey })
      const requests = (yield* fake.requests).length
      for (const _ of [1, 2, 3]) assert.deepStrictEqual(yield* backend(kv, { sealKey }), first)
      assert.strictEqual((yield* fake.requests).length, requests)
      assert.strictEqual(requests, 2)
      const fs = yield* FileSystem.FileSystem
      for (const file of yield* fs.readDirectory(directory)) {
        assert.notInclude(file + (yield* fs.readFileString(`${directory}/${file}`)), "t-fake")
        yield* fs.writeFileString(`${directory}/${file}`, "{\"torn")
      }
      // Torn files are ignored and replaced.
      assert.deepStrictEqual(yield* backend(kv, { sealKey }), first)
      assert.strictEqual((yield* fake.requests).length, requests + 2)
      assert.deepStrictEqual(yield* backend(kv, { sealKey }), first)
      assert.strictEqual((yield* fake.requests).length, requests + 2)
    }).pipe(Effect.scoped, Effect.provide([FakeFeishu.layer(), NodeContext.layer])))

  it.live("takes no token that was refused, and none that is about to expire", () =>
    Effect.gen(function*() {
      const { layer } = transparent()
      const fake = yield* FakeFeishu.FakeFeishu
      const [token] = yield* backend(layer)
      yield* fake.revoke(Redacted.make(token!))
      const store = Layer.provide(TokenStore.layerKeyValueStore({ lockDelay: "1 millis" }), layer)
      const live = AccessToken.layerTenant.pipe(Layer.provide(store), Layer.provide(FakeFeishu.layerConfig()))
      const renewed = yield* Effect.flatMap(AccessToken.TenantAccessToken, ({ get, renew }) => Effect.flatMap(get, renew)).pipe(
        Effect.provide(live)
      )
      assert.isTrue(Option.isSome(renewed))
      assert.notStrictEqual(Redacted.value(Option.getOrThrow(renewed)), token)
      assert.strictEqual((yield* backend(layer))[0], Redacted.value(Option.getOrThrow(renewed)))
    }).pipe(Effect.provide(FakeFeishu.layer())))

  it.live("does without a store that fails", () =>
    Effect.gen(function*() {
      const broken = Layer.succeed(
        TokenStore.TokenStore,
        {
          get: () => new TokenStore.TokenStoreError({ action: "get", reason: "Busy" }),
          set: () => new TokenStore.TokenStoreError({ action: "set", reason: "Busy" }),
          remove: () => Effect.void,
          withLock: () => (self) => self
        }
      )
      const live = AccessToken.layerTenant.pipe(Layer.provide(broken), Layer.provide(FakeFeishu.layerConfig()))
      const token = yield* Effect.flatMap(AccessToken.TenantAccessToken, ({ get }) => get).pipe(Effect.provide(live))
      assert.match(Redacted.value(token), /^t-/)
    }).pipe(Effect.provide(FakeFeishu.layer())))
})
