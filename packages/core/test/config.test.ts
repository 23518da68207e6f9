import { AccessToken, FeishuClient, FeishuConfig } from "@effect-feishu/core"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Config, ConfigError, ConfigProvider, Duration, Effect, Exit, Layer, Option, Redacted } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

const app = { appId: "cli_test", appSecret: Redacted.make(Stub.appSecret) }

const settings = (options: Partial<FeishuConfig.Options>) =>
  Effect.provide(FeishuConfig.FeishuConfig, FeishuConfig.layer({ ...app, ...options }))

/** Why a configuration is refused: a defect, which names what is wrong. */
const refusal = (options: Partial<FeishuConfig.Options>) =>
  Effect.map(Effect.exit(settings(options)), (exit) => {
    assert(Exit.isFailure(exit))
    const defect = Option.getOrThrow(Cause.dieOption(exit.cause))
    assert(ConfigError.isConfigError(defect) && defect._op === "InvalidData")
    return defect
  })

describe("a base URL", () => {
  const accepted: ReadonlyArray<readonly [given: string | undefined, kept: string]> = [
    [undefined, "https://open.feishu.cn"],
    [FeishuConfig.feishu, "https://open.feishu.cn"],
    [FeishuConfig.lark, "https://open.larksuite.com"],
    ["https://open.feishu.cn/", "https://open.feishu.cn"],
    ["https://open.feishu.cn:443", "https://open.feishu.cn"],
    ["https://feishu.example:8443", "https://feishu.example:8443"],
    ["https://feishu.example/gateway/open", "https://feishu.example/gateway/open"],
    ["https://feishu.example/gateway//", "https://feishu.example/gateway"],
    ["https://feishu.example/a/../b/", "https://feishu.example/b"],
    ["HTTPS://FEISHU.EXAMPLE", "https://feishu.example"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://127.0.0.1:3000/", "http://127.0.0.1:3000"],
    ["http://127.255.0.9", "http://127.255.0.9"],
    ["http://[::1]:3000", "http://[::1]:3000"]
  ]

  for (const [given, kept] of accepted) {
    it.effect(`${given ?? "(none)"} is ${kept}`, () =>
      Effect.map(settings(given === undefined ? {} : { baseUrl: given }), ({ baseUrl }) => {
        assert.strictEqual(baseUrl, kept)
      }))
  }

  const https = "must use https, or http to a loopback address"
  const refused: ReadonlyArray<readonly [given: string, why: string]> = [
    ["", "is not a URL"],
    ["open.feishu.cn", "is not a URL"],
    ["/open-apis", "is not a URL"],
    ["https://", "is not a URL"],
    ["http://open.feishu.cn", https],
    ["ftp://open.feishu.cn", https],
    ["file:///etc/passwd", https],
    ["ws://localhost", https],
    ["http://127.0.0.1.evil.example", https],
    ["http://localhost.evil.example", https],
    ["http://evil.example/?127.0.0.1", https],
    ["http://10.0.0.1", https],
    ["http://[::2]", https],
    ["https://user@open.feishu.cn", "must not carry credentials"],
    ["https://:pass@open.feishu.cn", "must not carry credentials"],
    ["http://localhost@evil.example", https],
    ["https://open.feishu.cn?x=1", "must not have a query or a fragment"],
    ["https://open.feishu.cn#x", "must not have a query or a fragment"]
  ]

  for (const [given, why] of refused) {
    it.effect(`${given || "(empty)"} ${why}`, () =>
      Effect.map(refusal({ baseUrl: given }), ({ message, path }) => {
        assert.deepStrictEqual({ message, path }, { message: why, path: ["baseUrl"] })
      }))
  }

  it.effect("is where calls and the token request go, path and all", () => {
    const urls: Array<string> = []
    const http = Stub.http(({ path, raw }) => {
      urls.push(raw.url)
      return path.endsWith("internal") ? Stub.json({ code: 0, tenant_access_token: "t-1", expire: 7200 }) : Stub.ok({ name: "n" })
    })
    const live = Layer.merge(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide([Layer.succeed(HttpClient.HttpClient, http), Stub.config({ baseUrl: "https://feishu.example:8443/gateway/" })])
    )
    return Effect.gen(function*() {
      yield* Stub.get({ id: "a/b", page_size: 1 })
      assert.deepStrictEqual(urls, [
        "https://feishu.example:8443/gateway/open-apis/auth/v3/tenant_access_token/internal",
        "https://feishu.example:8443/gateway/open-apis/test/v1/things/a%2Fb?page_size=1"
      ])
    }).pipe(Effect.provide(live))
  })
})

describe("an application", () => {
  for (const blank of ["", "  ", "\n"]) {
    it.effect(`with ${JSON.stringify(blank)} for its id or its secret is refused`, () =>
      Effect.gen(function*() {
        assert.deepInclude(yield* refusal({ appId: blank }), { path: ["appId"], message: "must not be empty" })
        assert.deepInclude(yield* refusal({ appSecret: Redacted.make(blank) }), { path: ["appSecret"], message: "must not be empty" })
      }))
  }

  it.effect("keeps its secret to itself, also when the rest is refused", () =>
    Effect.gen(function*() {
      const shown = [yield* settings({}), yield* Effect.exit(settings({ baseUrl: "http://x" })), yield* Effect.exit(settings({ appId: "" }))]
      for (const one of shown) {
        assert.notInclude(inspect(one, { depth: 20, showHidden: true }) + JSON.stringify(one), Stub.appSecret)
      }
    }))

  it.effect("is given patience by default, and as much as it wants", () =>
    Effect.gen(function*() {
      const { circuitBreaker, maxResponseSize, retryBudget, timeouts } = yield* settings({})
      assert.deepStrictEqual({ circuitBreaker, maxResponseSize, retryBudget }, {
        circuitBreaker: undefined,
        maxResponseSize: 8_388_608,
        retryBudget: 500
      })
      const seconds = (of: typeof timeouts) => [of.connect, of.headers, of.body, of.total].map(Duration.toSeconds)
      assert.deepStrictEqual(seconds(timeouts), [5, 30, 30, 120])
      const own = yield* settings({ retryBudget: 0, timeouts: { headers: "1 minute", total: Duration.hours(1) } })
      assert.deepStrictEqual(seconds(own.timeouts), [5, 60, 30, 3600])
      assert.strictEqual(own.retryBudget, 0)
    }))
})

describe("the configuration from a ConfigProvider", () => {
  const from = (entries: Readonly<Record<string, string>>, layer = FeishuConfig.layerConfig()) =>
    FeishuConfig.FeishuConfig.pipe(
      Effect.provide(layer),
      Effect.withConfigProvider(ConfigProvider.fromMap(new Map(Object.entries(entries))))
    )

  const complete = { FEISHU_APP_ID: "cli_env", FEISHU_APP_SECRET: Stub.appSecret }

  it.effect("is complete with id and secret", () =>
    Effect.gen(function*() {
      const { appId, appSecret, baseUrl } = yield* from(complete)
      assert.deepStrictEqual([appId, Redacted.value(appSecret), baseUrl], ["cli_env", Stub.appSecret, FeishuConfig.feishu])
      assert.strictEqual((yield* from({ ...complete, FEISHU_BASE_URL: "https://open.larksuite.com/" })).baseUrl, FeishuConfig.lark)
    }))

  it.effect("is read from where it is told", () =>
    Effect.gen(function*() {
      const layer = FeishuConfig.layerConfig({
        appId: Config.string("ID"),
        appSecret: Config.redacted("SECRET"),
        retryBudget: Config.integer("BUDGET"),
        timeouts: { total: Config.duration("PATIENCE") }
      })
      const { retryBudget, timeouts } = yield* from({ ID: "i", SECRET: "s", BUDGET: "7", PATIENCE: "9 seconds" }, layer)
      assert.deepStrictEqual([retryBudget, Duration.toSeconds(timeouts.total)], [7, 9])
    }))

  const wrong: ReadonlyArray<readonly [what: string, entries: Readonly<Record<string, string>>, op: string, told: string]> = [
    ["no id", { FEISHU_APP_SECRET: Stub.appSecret }, "MissingData", "FEISHU_APP_ID"],
    ["no secret", { FEISHU_APP_ID: "cli_env" }, "MissingData", "FEISHU_APP_SECRET"],
    ["neither", {}, "And", "FEISHU_APP_SECRET"],
    ["an empty id", { ...complete, FEISHU_APP_ID: "" }, "InvalidData", "appId"],
    ["an empty secret", { ...complete, FEISHU_APP_SECRET: " " }, "InvalidData", "appSecret"],
    ["a base URL without TLS", { ...complete, FEISHU_BASE_URL: "http://open.feishu.cn" }, "InvalidData", "https"]
  ]

  for (const [what, entries, op, told] of wrong) {
    it.effect(`with ${what} is a ConfigError, and no defect`, () =>
      Effect.gen(function*() {
        const error = yield* Effect.flip(from(entries))
        assert.strictEqual(error._op, op)
        assert.include(inspect(error, { depth: 20 }), told)
        assert.notInclude(inspect(error, { depth: 20 }), Stub.appSecret)
      }))
  }
})
