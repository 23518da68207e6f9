import { AccessToken, ApiError, RateLimit } from "@effect-feishu/core"
import { Directory, FakeFeishu, Fault, FeishuTest } from "@effect-feishu/core/testing"
import { HttpClient, HttpClientRequest } from "@effect/platform"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Fiber, Layer, Option, Redacted, Ref, TestClock } from "effect"
import * as Notes from "./Notes.ts"

const Test = FakeFeishu.layerClient({ domains: [Notes.domain] })

describe("a fake in memory", () => {
  it.effect("takes its time if told, and sees clients leave", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const fiber = yield* Effect.fork(AccessToken.asUser(Notes.get({ note_id: "n1" })))
      yield* TestClock.adjust("4 seconds")
      assert.strictEqual(yield* fake.effectsOf(Notes.get), 0)
      yield* Fiber.interrupt(fiber)
      const again = yield* Effect.fork(AccessToken.asUser(Notes.get({ note_id: "n1" })))
      yield* TestClock.adjust("5 seconds")
      yield* Fiber.join(again)
      assert.deepStrictEqual((yield* fake.requests).map(({ aborted, at, status }) => [at, status, aborted]), [
        [0, undefined, true],
        [4_000, 200, false]
      ])
    }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [Notes.domain], latency: "5 seconds" }))))

  it.effect("keeps the last requests only, if told, and no limits, if told", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* Effect.replicateEffect(Notes.get({ note_id: "n1" }), 100, { discard: true })
      assert.strictEqual((yield* fake.requests).length, 3)
      assert.strictEqual(yield* fake.effectsOf(Notes.get), 100)
    }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [Notes.domain], keepRequests: 3, rateLimits: false }))))

  it.effect("dies of a handler that answers what its schema cannot encode", () =>
    Effect.gen(function*() {
      const cause = yield* Effect.flip(Effect.sandbox(Notes.create({ notebook_id: "b", kind: "plain", text: "x" })))
      assert.match(Cause.pretty(cause), /the handler of notes\.note\.create answers what its response schema cannot encode/)
    }).pipe(Effect.provide(FakeFeishu.layerClient({
      domains: [FakeFeishu.domain({
        plugin: Notes.plugin,
        state: Layer.empty,
        // Sound: what a program that is not type-checked would do.
        handlers: [FakeFeishu.handler(Notes.create, () => Effect.succeed({ note_id: 7 as unknown as string }))]
      })]
    }))))

  it.effect("has one directory for all", () =>
    Effect.gen(function*() {
      const directory = yield* Directory.Directory
      const named = (id: string) => Effect.map(directory.user("email", id), Option.map(({ open_id }) => open_id))
      assert.deepStrictEqual(yield* named("a@b.example"), Option.some("ou_of_a@b.example"))
      yield* directory.add({ users: [{ open_id: "ou_a", email: "a@b.example" }] })
      assert.deepStrictEqual(yield* named("a@b.example"), Option.some("ou_a"))
      assert.deepStrictEqual(yield* named("c@d.example"), Option.none())
    }).pipe(Effect.provide(Test)))

  it.effect("answers in the operation's own types, and keeps state", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Notes.get({ note_id: "n1" }), { note_id: "n1", text: "hello" })
      const { note_id } = yield* Notes.create({ notebook_id: "b/1", kind: "rich", text: "new", pinned: true })
      assert.strictEqual(note_id, "b/1-2-rich-pinned")
      assert.strictEqual((yield* Effect.flatMap(Notes.Notes, Ref.get)).size, 2)
      assert.strictEqual((yield* Notes.get({ note_id, with_author: true, depth: 2, tags: ["a", "b"] })).text, "new")
      const fake = yield* FakeFeishu.FakeFeishu
      assert.deepStrictEqual(yield* fake.effects, {
        [FakeFeishu.tokenEndpoint]: 1,
        "notes.note.get": 2,
        "notes.note.create": 1
      })
      assert.deepStrictEqual(
        (yield* fake.requests).map(({ code, credential, method, operation, path, status }) => [
          operation, method, path, credential, status, code
        ]),
        [
          [FakeFeishu.tokenEndpoint, "POST", "/open-apis/auth/v3/tenant_access_token/internal", "none", 200, 0],
          ["notes.note.get", "GET", "/open-apis/notes/v1/notes/n1", "tenant", 200, 0],
          ["notes.note.create", "POST", "/open-apis/notes/v1/notebooks/b%2F1/notes", "tenant", 200, 0],
          ["notes.note.get", "GET", "/open-apis/notes/v1/notes/b%2F1-2-rich-pinned", "tenant", 200, 0]
        ]
      )
    }).pipe(Effect.provide(Test)))

  it.effect("answers the documented failures with their documented status", () =>
    Effect.gen(function*() {
      const missing = yield* Effect.flip(Notes.get({ note_id: "n9" }))
      assert.strictEqual(missing._tag, "NoteNotFound")
      assert.deepInclude(missing, { status: 404, code: 901004, logId: "fakelog000000000002" })
      yield* Effect.flatMap(Notes.Notes, Ref.update((all) => new Map(all).set("p", { note_id: "p", text: "private" })))
      const denied = yield* Effect.flip(Notes.get({ note_id: "p" }))
      assert.deepInclude(denied, { _tag: "NoteDenied", status: 404 })
      assert.strictEqual((yield* AccessToken.asUser(Notes.get({ note_id: "p" }))).text, "private")
    }).pipe(Effect.provide(Test)))

  it.effect("says what to add for an operation nobody answers", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Notes.archive())
      assert.match(error.message, /notes\.note\.archive.*add FakeFeishu\.handler/)
    }).pipe(Effect.provide(Test)))

  it.effect("lets some of a batch succeed", () =>
    Effect.gen(function*() {
      const fiber = yield* Effect.fork(Notes.importAll.all({ notes: [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "bad" }] }))
      yield* TestClock.adjust("1 minute")
      const { failed, missing, succeeded } = yield* Fiber.join(fiber)
      assert.deepStrictEqual(succeeded.map(({ item }) => item.id), ["a", "b", "c"])
      assert.deepStrictEqual(failed.map(({ error, item }) => [item.id, error._tag]), [["bad", "NoteDenied"]])
      assert.deepStrictEqual(missing, [])
      assert.strictEqual(yield* Effect.flatMap(FakeFeishu.FakeFeishu, (fake) => fake.effectsOf(Notes.importAll)), 2)
    }).pipe(Effect.provide(Test)))

  it.effect("sees overlapping calls of an operation that must not overlap", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const token = yield* fake.issueUserToken({ open_id: "ou_1" })
      const send = fake.handle({
        method: "POST",
        path: "/open-apis/notes/v1/notes/import",
        query: new URLSearchParams(),
        headers: { authorization: `Bearer ${Redacted.value(token)}` },
        body: new TextEncoder().encode("{\"notes\":[{\"id\":\"a\"}]}")
      })
      const fiber = yield* Effect.fork(Effect.all([send, send], { concurrency: 2 }))
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual((yield* Fiber.join(fiber)).map(({ answer }) => answer.code), [0, 901045])
      assert.strictEqual((yield* send.pipe(Effect.fork, Effect.tap(TestClock.adjust("1 second")), Effect.flatMap(Fiber.join))).answer.code, 0)
    }).pipe(Effect.provide(Test)))
})

const raw = (method: "GET" | "POST", path: string, headers: Record<string, string> = {}, body = "") =>
  Effect.flatMap(HttpClient.HttpClient, (client) =>
    client.execute(
      HttpClientRequest.make(method)(`https://open.feishu.cn${path}`, { headers }).pipe(
        body === "" ? (request) => request : HttpClientRequest.bodyText(body, "application/json")
      )
    )).pipe(
      Effect.flatMap((response) =>
        Effect.map(response.text, (text) => ({
          status: response.status,
          headers: response.headers,
          text,
          json: text.startsWith("{") ? JSON.parse(text) as { code: number; expire?: number; tenant_access_token?: string; error?: { field_violations?: ReadonlyArray<{ field: string }>; log_id?: string } } : undefined
        }))
      )
    )

const ask = (appId: string, appSecret: string) =>
  Effect.map(
    raw("POST", "/open-apis/auth/v3/tenant_access_token/internal", {}, JSON.stringify({ app_id: appId, app_secret: appSecret })),
    ({ json, status }) => ({ status, code: json?.code, expire: json?.expire, token: json?.tenant_access_token })
  )

const good = ask("cli_fake", Redacted.value(FakeFeishu.defaultApp.appSecret))

describe("the token endpoint", () => {
  const layer = FakeFeishu.layer({ domains: [Notes.domain] })

  it.effect("says what is wrong with HTTP 200", () =>
    Effect.gen(function*() {
      assert.deepInclude(yield* ask("", "x"), { status: 200, code: 10003 })
      assert.deepInclude(yield* ask("cli_other", "x"), { status: 200, code: 10014 })
      assert.deepInclude(yield* ask("cli_fake", "x"), { status: 200, code: 10015 })
      assert.strictEqual(yield* Effect.flatMap(FakeFeishu.FakeFeishu, (fake) => fake.tokenRequests), 3)
    }).pipe(Effect.provide(layer)))

  it.effect("hands out one token until half an hour is left, then another while the first still serves", () =>
    Effect.gen(function*() {
      const use = (token: string | undefined) =>
        Effect.map(raw("GET", "/open-apis/notes/v1/notes/n1", { authorization: `Bearer ${token}` }), ({ json }) => json?.code)
      const first = yield* good
      assert.deepInclude(first, { status: 200, code: 0, expire: 7200 })
      yield* TestClock.adjust("90 minutes")
      assert.deepStrictEqual(yield* good, { ...first, expire: 1800 })
      yield* TestClock.adjust("1 second")
      const second = yield* good
      assert.notStrictEqual(second.token, first.token)
      assert.strictEqual(second.expire, 7200)
      assert.strictEqual(yield* use(first.token), 0)
      yield* TestClock.adjust("30 minutes")
      assert.strictEqual(yield* use(first.token), 99991663)
      assert.strictEqual(yield* use(second.token), 0)
    }).pipe(Effect.provide(layer)))

  it.effect("checks who calls before what they ask", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const tenant = Redacted.value(yield* fake.issueTenantToken())
      const user = Redacted.value(yield* fake.issueUserToken({ open_id: "ou_1" }, { lifetime: "1 minute" }))
      const code = (path: string, authorization?: string, method: "GET" | "POST" = "GET") =>
        Effect.map(raw(method, path, authorization === undefined ? {} : { authorization }, method === "POST" ? "{" : ""), ({ json, status }) => [status, json?.code])
      const wrong = "/open-apis/notes/v1/notes/n1?depth=9"
      assert.deepStrictEqual(yield* code(wrong), [400, 99991661])
      assert.deepStrictEqual(yield* code(wrong, tenant), [400, 99991661])
      assert.deepStrictEqual(yield* code(wrong, "Bearer t-unknown"), [400, 99991663])
      assert.deepStrictEqual(yield* code(wrong, "Bearer eyJunknown"), [400, 99991668])
      assert.deepStrictEqual(yield* code(wrong, `Bearer ${tenant}`), [400, 901001])
      assert.deepStrictEqual(yield* code("/open-apis/notes/v1/notes/import", `Bearer ${tenant}`, "POST"), [400, 99991663])
      assert.deepStrictEqual(yield* code("/open-apis/notes/v1/notebooks/b/notes", `Bearer ${user}`, "POST"), [400, 99991668])
      assert.deepStrictEqual(yield* code("/open-apis/notes/v1/notebooks/b/notes", `Bearer ${tenant}`, "POST"), [400, 9499])
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* code(wrong, `Bearer ${user}`), [400, 99991677])
      yield* fake.revoke(Redacted.make(tenant))
      assert.deepStrictEqual(yield* code(wrong, `Bearer ${tenant}`), [400, 99991663])
    }).pipe(Effect.provide(layer)))

  for (const status of [200, 400, 401] as const) {
    it.effect(`refuses tokens under HTTP ${status}, and the client gets another`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* Notes.get({ note_id: "n1" })
        yield* fake.revokeAll()
        const fiber = yield* Effect.fork(Notes.get({ note_id: "n1" }))
        yield* TestClock.adjust("1 second")
        yield* Fiber.join(fiber)
        assert.strictEqual(yield* fake.tokenRequests, 2)
        assert.deepStrictEqual((yield* fake.requestsOf(Notes.get)).map((seen) => [seen.status, seen.code]), [
          [200, 0],
          [status, 99991663],
          [200, 0]
        ])
      }).pipe(Effect.provide(FakeFeishu.layerClient({ domains: [Notes.domain], refusedTokenStatus: status }))))
  }

  it.effect("may go on handing out the token that is refused", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* Notes.get({ note_id: "n1" })
      yield* fake.script(Notes.get, Fault.tokenRevoked({ reissue: true }))
      const fiber = yield* Effect.fork(Effect.flip(Notes.get({ note_id: "n1" })))
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* Fiber.join(fiber))._tag, "AccessTokenRejected")
      yield* fake.verify
    }).pipe(Effect.provide(Test)))

  it.effect("replaces a user's token that was refused", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.revokeAll()
      assert.strictEqual((yield* AccessToken.asUser(Notes.get({ note_id: "n1" }))).text, "hello")
      assert.deepStrictEqual((yield* fake.requestsOf(Notes.get)).map(({ code, credential }) => [credential, code]), [
        ["user", 99991668],
        ["user", 0]
      ])
    }).pipe(Effect.provide(Test)))
})

describe("the gateway", () => {
  const layer = FakeFeishu.layer({ domains: [Notes.domain] })

  it.effect("knows no other paths", () =>
    Effect.gen(function*() {
      const answer = yield* raw("POST", "/open-apis/notes/v1/notes/n1")
      assert.strictEqual(answer.status, 404)
      assert.strictEqual(answer.text, "404 page not found")
      assert.strictEqual(answer.headers["content-type"], "text/plain")
      assert.isUndefined((yield* Effect.flatMap(FakeFeishu.FakeFeishu, (fake) => fake.requests))[0]?.operation)
    }).pipe(Effect.provide(layer)))

  it.effect("names the fields it refuses, and every request", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const authorization = `Bearer ${Redacted.value(yield* fake.issueTenantToken())}`
      const first = yield* raw("GET", "/open-apis/notes/v1/notes/n1?depth=9&with_author=maybe", { authorization })
      assert.deepStrictEqual(
        first.json?.error?.field_violations?.map(({ field }) => field),
        ["with_author", "depth"]
      )
      assert.strictEqual(first.json?.error?.log_id, first.headers["x-tt-logid"])
      const second = yield* raw("GET", "/open-apis/notes/v1/notes/n1", { authorization })
      assert.notStrictEqual(second.headers["x-tt-logid"], first.headers["x-tt-logid"])
    }).pipe(Effect.provide(layer)))

  it.effect("keeps every window, and says when to come again", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const authorization = `Bearer ${Redacted.value(yield* fake.issueTenantToken())}`
      const send = Effect.map(raw("GET", "/open-apis/notes/v1/notes/n1", { authorization }), ({ headers, json, status }) => [
        status,
        json?.code,
        headers["x-ogw-ratelimit-limit"],
        headers["x-ogw-ratelimit-reset"]
      ])
      const codes = (count: number) => Effect.map(Effect.replicateEffect(send, count), (all) => all.map(([, code]) => code))
      assert.deepStrictEqual(yield* codes(5), [0, 0, 0, 0, 0])
      assert.deepStrictEqual(yield* send, [429, 99991400, "5", "1"])
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* codes(3), [0, 0, 0])
      assert.deepStrictEqual(yield* send, [429, 99991400, "8", "59"])
      yield* TestClock.adjust("59 seconds")
      assert.deepStrictEqual(yield* codes(5), [0, 0, 0, 0, 0])
      assert.strictEqual(yield* fake.rejected, 2)
      yield* fake.limit(Notes.get, RateLimit.unstated)
      assert.deepStrictEqual(yield* codes(20), Array.from({ length: 20 }, () => 0))
    }).pipe(Effect.provide(layer)))

  it.effect("counts for each application apart", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const codes = (appId: string) =>
        Effect.flatMap(fake.issueTenantToken({ appId }), (token) =>
          Effect.replicateEffect(
            Effect.map(
              raw("GET", "/open-apis/notes/v1/notes/n1", { authorization: `Bearer ${Redacted.value(token)}` }),
              ({ json, status }) => `${status} ${json?.code}`
            ),
            6
          ))
      const six = ["200 0", "200 0", "200 0", "200 0", "200 0", "400 99991400"]
      assert.deepStrictEqual(yield* codes("cli_a"), six)
      assert.deepStrictEqual(yield* codes("cli_b"), six)
    }).pipe(Effect.provide(FakeFeishu.layer({
      domains: [Notes.domain],
      apps: ["cli_a", "cli_b"].map((appId) => ({ appId, appSecret: Redacted.make("canary-app-secret") })),
      throttledStatus: 400
    }))))

  it.effect("is never reached too often by the client", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const fiber = yield* Effect.fork(
        Effect.forEach(Array.from({ length: 30 }), () => Notes.get({ note_id: "n1" }), { concurrency: "unbounded" })
      )
      yield* TestClock.adjust("10 minutes")
      yield* Fiber.join(fiber)
      assert.strictEqual(yield* fake.rejected, 0)
      assert.strictEqual(yield* fake.effectsOf(Notes.get), 30)
    }).pipe(Effect.provide(Test)))
})

describe("a request that breaks a rule", () => {
  const codeOf = (invalid: FakeFeishu.Invalid) =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const { answer } = yield* fake.handle({
        method: "GET",
        path: "/open-apis/notes/v1/notes/n1",
        query: new URLSearchParams({ depth: "9" }),
        headers: { authorization: `Bearer ${Redacted.value(yield* fake.issueTenantToken())}` },
        body: new Uint8Array()
      })
      return answer.code
    }).pipe(Effect.provide(FakeFeishu.layer({ domains: [FakeFeishu.domain({ plugin: Notes.plugin, handlers: [], invalid })] })))

  it.effect("is answered with the first failure that the operation documents", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* codeOf(() => Notes.NoteInvalid), 901001)
      assert.strictEqual(yield* codeOf(() => [Notes.NoteBusy, Notes.NoteInvalid, Notes.NoteDenied]), 901001)
      assert.strictEqual(yield* codeOf(() => [Notes.NoteBusy]), ApiError.FieldsInvalid.code)
      assert.strictEqual(yield* codeOf(() => []), ApiError.FieldsInvalid.code)
    }))
})

describe("an operation without a handler", () => {
  const answer = (examples: Readonly<Record<string, unknown>>) =>
    FakeFeishu.layerClient({ domains: [FakeFeishu.domain({ plugin: Notes.plugin, handlers: [], examples })] })

  it.effect("answers its example, once the request keeps the rules", () =>
    Effect.gen(function*() {
      const note = { note_id: "n7", text: "documented" }
      const world = answer({ "notes.note.get": note, "notes.note.archive": {} })
      assert.deepStrictEqual(yield* Effect.provide(Notes.get({ note_id: "n1" }), world), note)
      assert.strictEqual(yield* Effect.provide(Notes.archive(), world), undefined)
      const error = yield* Effect.flip(Effect.provide(Notes.create({ notebook_id: "b", kind: "plain", text: "t" }), world))
      assert.include(error.message, "FakeFeishu has no handler for notes.note.create")
    }))
})

// @effect-diagnostics missingEffectError:off missingEffectContext:off
// @ts-expect-error a handler cannot answer what the operation does not
FakeFeishu.handler(Notes.get, () => Effect.succeed({ note_id: 1 }))

// @ts-expect-error a handler cannot fail with what the operation does not document
FakeFeishu.handler(Notes.get, () => Effect.fail(new Notes.NoteBusy({ operation: "", status: 400, msg: "" })))

FakeFeishu.domain({
  plugin: Notes.plugin,
  state: Layer.empty,
  // @ts-expect-error a handler needs the state of its own domain
  handlers: [FakeFeishu.handler(Notes.get, ({ note_id }) => Effect.as(Notes.Notes, { note_id }))]
})

// The common codes may always be answered.
FakeFeishu.handler(Notes.get, () => FeishuTest.failure(Notes.get, ApiError.RateLimited, { msg: "slower" }))
