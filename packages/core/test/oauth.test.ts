import { AccessToken, FeishuClient, FeishuConfig, OAuth, UserInfo } from "@effect-feishu/core"
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { HttpClient } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Exit, Fiber, Layer, Redacted, TestClock } from "effect"
import { createHash } from "node:crypto"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

const redirectUri = "https://backend.example/callback?from=feishu"
const user = { open_id: "ou_1", name: "Ada", union_id: "on_1" }
const scopes = ["auth:user.id:read", "offline_access"]

const live = (options?: OAuth.Options, fake?: FakeFeishu.Options) =>
  Layer.mergeAll(Layer.orDie(OAuth.layer(options)), FeishuClient.layer).pipe(
    Layer.provide(FakeFeishu.layerConfig()),
    Layer.provideMerge(FakeFeishu.layer(fake))
  )

const comeBack = (started: OAuth.Started) =>
  Effect.gen(function*() {
    const fake = yield* FakeFeishu.FakeFeishu
    const back = new URL(yield* fake.auth.authorize(started.url, user))
    return yield* OAuth.codeOf(back.searchParams, started)
  })

const signIn = Effect.gen(function*() {
  const oauth = yield* OAuth.OAuth
  const started = yield* oauth.start({ redirectUri, scopes })
  return yield* oauth.exchange(yield* comeBack(started), started)
})

describe("a sign-in", () => {
  it.effect("starts at the accounts host, with PKCE S256 and an unguessable state", () =>
    Effect.gen(function*() {
      const oauth = yield* OAuth.OAuth
      const started = yield* oauth.start({ redirectUri, scopes, prompt: "consent" })
      const url = new URL(started.url)
      assert.strictEqual(url.origin + url.pathname, "https://accounts.feishu.cn/open-apis/authen/v1/authorize")
      assert.notInclude(started.url, "+")
      const verifier = Redacted.value(started.codeVerifier)
      assert.match(verifier, /^[\w.~-]{43,128}$/)
      assert.match(started.state, /^[\w-]{43}$/)
      assert.deepStrictEqual(Object.fromEntries(url.searchParams), {
        client_id: "cli_fake",
        response_type: "code",
        redirect_uri: redirectUri,
        scope: scopes.join(" "),
        state: started.state,
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
        prompt: "consent"
      })
      const other = yield* oauth.start({ redirectUri, scopes })
      assert.notStrictEqual(other.state, started.state)
      assert.notStrictEqual(Redacted.value(other.codeVerifier), verifier)
    }).pipe(Effect.provide(live())))

  it.effect("takes at most 50 scopes, none twice", () =>
    Effect.gen(function*() {
      const oauth = yield* OAuth.OAuth
      for (
        const scopes of [Array.from({ length: 51 }, (_, index) => `s${index}`), ["a", "a"], ["a b"], [""]]
      ) {
        const error = yield* Effect.flip(oauth.start({ redirectUri, scopes }))
        assert.strictEqual(error._tag, "RequestInvalid")
        assert.strictEqual(error.violations[0]!.field, "scopes")
      }
      assert.strictEqual((yield* Effect.flip(oauth.start({ redirectUri: "/callback", scopes }))).violations[0]!.field, "redirectUri")
    }).pipe(Effect.provide(live())))

  for (const endpoint of ["v2", "v3"] as const) {
    it.effect(`(${endpoint}) ends with tokens that speak for the user`, () =>
      Effect.gen(function*() {
        const grant = yield* signIn
        assert.deepStrictEqual(grant.scopes, scopes)
        assert.strictEqual(Duration.toSeconds(grant.accessLifetime), 7200)
        assert.strictEqual(Duration.toSeconds(grant.refreshLifetime!), 604800)
        const info = yield* UserInfo.get().pipe(
          Effect.provideService(AccessToken.UserAccessToken, AccessToken.of("user", grant.accessToken))
        )
        assert.deepInclude(info, { open_id: "ou_1", name: "Ada", union_id: "on_1" })
        const fake = yield* FakeFeishu.FakeFeishu
        const [sent] = yield* fake.requestsOf("auth.oauth.token.create")
        assert.strictEqual(sent!.path, endpoint === "v2" ? "/open-apis/authen/v2/oauth/token" : "/oauth/v3/token")

        const oauth = yield* OAuth.OAuth
        const next = yield* oauth.refresh(grant.refreshToken!)
        assert.notStrictEqual(Redacted.value(next.refreshToken!), Redacted.value(grant.refreshToken!))
        assert.strictEqual((yield* Effect.flip(oauth.refresh(grant.refreshToken!)))._tag, "OAuthRefreshTokenUsed")
      }).pipe(Effect.provide(live({ endpoint }))))
  }

  it.effect("refuses a verifier that is not its own (20049), a code that was used (20065) or expired (20004), another address (20071)", () =>
    Effect.gen(function*() {
      const oauth = yield* OAuth.OAuth
      const started = yield* oauth.start({ redirectUri, scopes })
      const other = yield* oauth.start({ redirectUri, scopes })
      const code = yield* comeBack(started)
      assert.strictEqual((yield* Effect.flip(oauth.exchange(code, other)))._tag, "OAuthVerifierWrong")
      assert.strictEqual((yield* Effect.flip(oauth.exchange(code, { ...started, redirectUri: "https://else.example/" })))._tag, "OAuthRedirectMismatch")
      yield* oauth.exchange(code, started)
      assert.strictEqual((yield* Effect.flip(oauth.exchange(code, started)))._tag, "OAuthCodeUsed")
      const late = yield* comeBack(started)
      yield* TestClock.adjust("6 minutes")
      assert.strictEqual((yield* Effect.flip(oauth.exchange(late, started)))._tag, "OAuthCodeExpired")
      assert.strictEqual((yield* Effect.flip(oauth.exchange(Redacted.make("nonsense"), started)))._tag, "OAuthCodeNotFound")
    }).pipe(Effect.provide(live())))

  it.effect("can be narrowed, never widened (20067, 20068)", () =>
    Effect.gen(function*() {
      const oauth = yield* OAuth.OAuth
      const started = yield* oauth.start({ redirectUri, scopes })
      const code = yield* comeBack(started)
      const trying = (scopes: ReadonlyArray<string>) => Effect.flip(oauth.exchange(code, started, { scopes }))
      assert.strictEqual((yield* trying(["a", "a"]))._tag, "OAuthScopesRepeated")
      assert.strictEqual((yield* trying(["else"]))._tag, "OAuthScopesNotGranted")
      const grant = yield* oauth.exchange(code, started, { scopes: ["auth:user.id:read"] })
      assert.deepStrictEqual(grant.scopes, ["auth:user.id:read"])
      assert.strictEqual(grant.refreshToken, undefined)
    }).pipe(Effect.provide(live())))

  it.effect("comes to nothing when the user declines, or the state is another's", () =>
    Effect.gen(function*() {
      const why = (query: string) => Effect.map(Effect.flip(OAuth.codeOf(new URLSearchParams(query), { state: "s" })), ({ reason }) => reason)
      assert.strictEqual(yield* why("error=access_denied&state=s"), "declined")
      assert.strictEqual(yield* why("code=c&state=t"), "stateMismatch")
      assert.strictEqual(yield* why("code=c"), "stateMismatch")
      assert.strictEqual(yield* why("state=s"), "noCode")
    }))

  it.effect("is not exchanged twice when the answer is lost: the code may be spent", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const oauth = yield* OAuth.OAuth
      const started = yield* oauth.start({ redirectUri, scopes })
      const code = yield* comeBack(started)
      yield* fake.script("auth.oauth.token.create", Fault.reset, { applied: true })
      assert.strictEqual((yield* Effect.flip(oauth.exchange(code, started)))._tag, "OutcomeUnknown")
      assert.strictEqual((yield* fake.requestsOf("auth.oauth.token.create")).length, 1)
    }).pipe(Effect.provide(live())))

  it.effect("is tried again when the platform says so (20050, 20072)", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      for (const [code, status] of [[20050, 500], [20072, 503]] as const) {
        yield* fake.script("auth.oauth.token.create", Fault.answer({ status, body: JSON.stringify({ code, error: "server_error" }) }))
      }
      const fiber = yield* Effect.fork(signIn)
      yield* Effect.forEach(Array.from({ length: 20 }), () => TestClock.adjust("1 second"))
      yield* Fiber.join(fiber)
      yield* fake.verify
    }).pipe(Effect.provide(live())))
})

describe("secrets of a sign-in", () => {
  it.effect("go to configured origins only, and into no error", () => {
    const hosts = new Set<string>()
    const sent: globalThis.Array<string> = []
    const http = Stub.http((request) => {
      hosts.add(new URL(request.raw.url).origin)
      sent.push(request.text)
      // A proxy that repeats whatever it is told.
      return Stub.html(200, `<html>${request.text}</html>`)
    })
    const layer = (endpoint: "v2" | "v3") =>
      Layer.orDie(OAuth.layer({ endpoint })).pipe(
        Layer.provide(Layer.succeed(HttpClient.HttpClient, http)),
        Layer.provide(Stub.config({ baseUrl: "https://feishu.example", accountsUrl: "https://accounts.example" }))
      )
    const attempt = Effect.gen(function*() {
      const oauth = yield* OAuth.OAuth
      const errors: ReadonlyArray<Exit.Exit<OAuth.Grant, unknown>> = yield* Effect.all([
        Effect.exit(oauth.exchange(Redacted.make("canary-code-secret-1"), {
          codeVerifier: Redacted.make("canary-verifier-secret-1"),
          redirectUri
        })),
        Effect.exit(oauth.refresh(Redacted.make("canary-refresh-secret-1")))
      ])
      assert.isTrue(errors.every((exit) => Exit.isFailure(exit)))
      for (const text of [inspect(errors, { depth: 20 }), JSON.stringify(errors), errors.join()]) assert.notInclude(text, "canary")
    })
    return Effect.gen(function*() {
      yield* Effect.provide(attempt, layer("v2"))
      assert.deepStrictEqual([...hosts], ["https://feishu.example"])
      hosts.clear()
      yield* Effect.provide(attempt, layer("v3"))
      assert.deepStrictEqual([...hosts], ["https://accounts.example"])
      assert.isTrue(sent.every((text) => text.includes("canary")))
    })
  })

  it.effect("need to know where users sign in", () =>
    Effect.gen(function*() {
      const at = (options: Stub.Settings) =>
        Effect.exit(Layer.build(OAuth.layer().pipe(
          Layer.provide(Layer.succeed(HttpClient.HttpClient, Stub.http(() => Stub.ok()))),
          Layer.provide(Stub.config(options))
        )))
      assert.isTrue(Exit.isSuccess(yield* at({ baseUrl: FeishuConfig.lark })))
      assert.isTrue(Exit.isFailure(yield* at({ baseUrl: "https://feishu.example" })))
      assert.isTrue(Exit.isSuccess(yield* at({ baseUrl: "https://feishu.example", accountsUrl: "https://accounts.example" })))
      assert.isTrue(Exit.isFailure(yield* at({ accountsUrl: "http://accounts.example" })))
    }).pipe(Effect.scoped))
})
