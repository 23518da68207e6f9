import { ApiError, CallError, Operation } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Duration, Effect, Exit, Option } from "effect"
import { inspect } from "node:util"
import * as Stub from "./stub.ts"

const operation = "test.thing.get"

const details = { operation, status: 400, msg: "no" } as const

const brokenOff = new CallError.TransportError({ operation, phase: "headers", delivered: "unknown", reason: "ECONNRESET", attempts: 1 })

const unreadable = { operation, status: 200, violations: [{ field: "data.id", message: "is missing" }] } as const

/** One of every class that is no `ApiError`, and how it reads. */
const messages = [
  [new CallError.RequestInvalid({ operation, violations: [{ field: "a[0].b", message: "is missing" }, { field: "", message: "is odd" }] }),
    "test.thing.get: not sent, a[0].b: is missing; is odd"],
  [new CallError.QueueFull({ operation, capacity: 7 }), "test.thing.get: not sent, 7 calls wait already"],
  [new CallError.CircuitOpen({ operation, retryAfter: Duration.seconds(30) }),
    "test.thing.get: not sent, the platform does not answer; asked again in 30s"],
  [new CallError.AccessTokenUnavailable({ credential: "tenant", reason: "10015 wrong secret", code: 10015, logId: "L1", permanent: true }),
    "no tenant access token: 10015 wrong secret (log_id L1)"],
  [new CallError.AccessTokenRejected({ credential: "user" }),
    "the platform refuses the user access token and issues the same one again: "
    + "check that the application is enabled and installed, and that the operation accepts this kind of token"],
  [new CallError.AppTicketMissing({ appId: "cli_1" }),
    "no app ticket for cli_1: it comes with the app_ticket event, see that its webhook is reachable"],
  [new CallError.LoginRequired({ userKey: "ada", reason: "expired", code: 20037 }), "the user ada must sign in again (expired, code 20037)"],
  [new CallError.RefreshTokenLost({ userKey: "ada" }),
    "the refresh token of the user ada was spent and its successor lost: they must sign in again"],
  [new CallError.TransportError({ operation, phase: "connect", delivered: "no", reason: "ECONNREFUSED", attempts: 4 }),
    "test.thing.get: no answer, ECONNREFUSED (during connect, after 4 attempts)"],
  [new CallError.CallTimeout({ operation, phase: "headers", after: Duration.seconds(30), attempts: 1 }),
    "test.thing.get: no answer within 30s (headers timeout)"],
  [new CallError.RedirectBlocked({ operation, status: 302, from: "https://open.feishu.cn", to: "https://login.example" }),
    "test.thing.get: redirect from https://open.feishu.cn to https://login.example not followed (HTTP 302)"],
  [new CallError.UnexpectedResponse({ operation, status: 502, contentType: "text/html", snippet: "<html>", attempts: 2 }),
    "test.thing.get: not an answer of the platform (HTTP 502, text/html, after 2 attempts): <html>"],
  [new CallError.ResponseTooLarge({ operation, limit: 8 }), "test.thing.get: the answer exceeds 8 bytes"],
  [new CallError.ResponseInvalid({ ...unreadable, applied: true, truncated: false, logId: "L1", attempts: 1 }),
    "test.thing.get: done, but the answer cannot be read, data.id: is missing (HTTP 200, log_id L1)"],
  [new CallError.ResponseInvalid({ ...unreadable, applied: false, truncated: true, attempts: 3 }),
    "test.thing.get: the answer cannot be read, data.id: is missing (HTTP 200, after 3 attempts)"],
  [new CallError.UndocumentedCode({ ...details, code: 424242, logId: "L1" }), "test.thing.get: 424242 no (HTTP 400, log_id L1)"],
  [new CallError.PartialSuccess({ operation, data: { members: [] }, cause: new Stub.Forbidden({ ...details, status: 403 }) }),
    "test.thing.get: done in part only, test.thing.get: 121005 no (HTTP 403)"],
  [new CallError.OutcomeUnknown({ operation, cause: brokenOff }),
    "test.thing.get: may or may not have taken effect. test.thing.get: no answer, ECONNRESET (during headers)"],
  [new Operation.PaginationLoop({ operation, pages: 3 }), "test.thing.get: the same page token came twice, after 3 pages"]
] as const

/** As JSON, read again. */
const json = (u: unknown): unknown => JSON.parse(JSON.stringify(u))

describe("an error reads", () => {
  it.each(messages.map(([error, message]) => [error._tag, error, message] as const))("%s", (tag, error, message) => {
    assert.strictEqual(error.message, message)
    assert.strictEqual(String(error), `${tag}: ${message}`)
    assert.include(Cause.pretty(Cause.fail(error)), `${tag}: ${message}`)
    assert.include(inspect(error), message)
    assert.include(inspect(Exit.fail(error)), tag)
    assert.propertyVal(json(error), "_tag", tag)
    assert.deepNestedInclude(json(Exit.fail(error)), { "cause.error": json(error) })
  })

  it("with its facts in JSON, those of its cause too", () => {
    const facts = Object.fromEntries(messages.map(([error]) => [error._tag, json(error)]))
    assert.deepInclude(facts, {
      TransportError: { _tag: "TransportError", operation, phase: "connect", delivered: "no", reason: "ECONNREFUSED", attempts: 4 },
      UndocumentedCode: { _tag: "UndocumentedCode", operation, status: 400, code: 424242, msg: "no", logId: "L1" },
      PartialSuccess: {
        _tag: "PartialSuccess",
        operation,
        data: { members: [] },
        cause: { _tag: "TestForbidden", operation, status: 403, code: 121005, category: "Permission", msg: "no" }
      },
      OutcomeUnknown: { _tag: "OutcomeUnknown", operation, cause: json(brokenOff) }
    })
  })

  it("with one class for every tag", () => {
    const { isSystemic: _, ...classes } = CallError
    const known = Object.values(classes).map((Class) => new Class({} as never)._tag)
    assert.sameMembers([...new Set(messages.map(([{ _tag }]) => _tag))], [...known, "PaginationLoop"])
    const tags = [...known, "PaginationLoop", ...ApiError.common.map(({ tag }) => tag)]
    assert.deepStrictEqual([...new Set(tags)], tags)
  })
})

describe("a failure that any other call would meet as well", () => {
  it("is about the credential, its scopes, its allowance or where it is used, and about nothing that was asked for", () => {
    const systemic = messages.map(([error]) => error).filter(CallError.isSystemic).map(({ _tag }) => _tag)
    assert.sameMembers([...new Set<string>(systemic)], [
      "AccessTokenRejected",
      "AccessTokenUnavailable",
      "AppTicketMissing",
      "CircuitOpen",
      "LoginRequired",
      "RefreshTokenLost"
    ])
    const common = ApiError.common.map((Class) => new Class({ ...details, status: 400, msg: "no" })).filter(CallError.isSystemic)
    assert.includeMembers(common.map(({ _tag }) => _tag), [
      "AppDisabled",
      "IpNotAllowed",
      "MonthlyQuotaExceeded",
      "ScopeNotGranted",
      "TokenNotPermitted",
      "UserScopeNotGranted",
      "UserTokenExpired"
    ])
    assert.notIncludeMembers(common.map(({ _tag }) => _tag), ["FieldsInvalid"])
    assert.isTrue(common.every(({ category }) => ["Credential", "Permission", "Quota"].includes(category)))
    assert.isFalse(CallError.isSystemic(new Stub.Forbidden({ ...details, status: 403, msg: "no" })))
  })
})

const api: ReadonlyArray<readonly [what: string, error: ApiError.Any, lines: ReadonlyArray<string>]> = [
  ["a documented code", new Stub.NotThere({ ...details, status: 404, msg: "not exist" }), ["test.thing.get: 122002 not exist (HTTP 404)"]],
  ["how often it was sent, and its log id",
    new Stub.Busy({ ...details, attempts: 4, logId: "L1" }),
    ["test.thing.get: 1061045 no (HTTP 400, after 4 attempts, log_id L1)"]],
  ["which code of several", new ApiError.PlatformBusy({ ...details, answered: 55001 }), ["test.thing.get: 55001 no (HTTP 400)"]],
  ["the fields that were refused",
    new ApiError.FieldsInvalid({
      ...details,
      fieldViolations: [{ field: "members[0].perm", description: "not one of view, edit" }, { field: "token", description: "" }]
    }),
    ["test.thing.get: 99992402 no (HTTP 400)", "  refused: members[0].perm: not one of view, edit; token"]],
  ["the permissions that are missing",
    new ApiError.ScopeNotGranted({
      ...details,
      scopes: ["test:thing"],
      permissionViolations: [{ type: "action_scope_required", subject: "test:thing:readonly" }, { type: "", subject: "test:other" }]
    }),
    ["test.thing.get: 99991672 no (HTTP 400)", "  missing: test:thing:readonly [action_scope_required]; test:other"]],
  ["the operation's scopes, where the platform names none",
    new ApiError.ScopeNotGranted({ ...details, scopes: ["a:b", "c:d"] }),
    ["test.thing.get: 99991672 no (HTTP 400)", "  needs any one of: a:b, c:d"]],
  ["the operation's scopes, where the user did not consent",
    new ApiError.UserScopeNotGranted({ ...details, scopes: ["a:b"], permissionViolations: [] }),
    ["test.thing.get: 99991679 no (HTTP 400)", "  needs any one of: a:b"]],
  ["no scopes, where none is needed", new ApiError.ScopeNotGranted(details), ["test.thing.get: 99991672 no (HTTP 400)"]],
  ["no scopes, where another permission is missing",
    new Stub.Forbidden({ ...details, scopes: ["a:b"] }),
    ["test.thing.get: 121005 no (HTTP 400)"]],
  ["where to read on",
    new ApiError.RateLimited({ ...details, troubleshooter: "https://open.feishu.cn/search?log_id=L1" }),
    ["test.thing.get: 99991400 no (HTTP 400)", "  see https://open.feishu.cn/search?log_id=L1"]]
]

describe("an API's error tells", () => {
  it.each(api)("%s", (_, error, lines) => {
    assert.deepStrictEqual(error.message.split("\n"), [...lines])
    assert.include(Cause.pretty(Cause.fail(error)), `${error._tag}: ${lines.join("\n")}`)
    assert.include(inspect(error), lines[0]!)
    const { _tag, category, code, msg } = error
    assert.deepInclude(json(error), { _tag, category, code, msg, operation })
  })

  it("the same of all that any operation may answer", () => {
    for (const Class of ApiError.common) {
      for (const code of Class.codes) {
        const error = new Class({ ...details, answered: code, logId: "L1" })
        assert.isTrue(ApiError.isApiError(error))
        assert.deepStrictEqual([error._tag, error.code, error.category], [Class.tag, code, Class.category])
        assert.strictEqual(String(error), `${Class.tag}: test.thing.get: ${code} no (HTTP 400, log_id L1)`)
      }
    }
  })
})

describe("what others wrote", () => {
  const hostile = "a\nb\r\u001b[31mred\u001b[0m\u0007\u0000\u009b2J\u2028\u2029\u007fz"
  const escaped = "a\\u000ab\\u000d\\u001b[31mred\\u001b[0m\\u0007\\u0000\\u009b2J\\u2028\\u2029\\u007fz"
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/

  const told = [{ field: hostile, message: hostile }]
  const errors = [
    new CallError.RequestInvalid({ operation, violations: told }),
    new CallError.AccessTokenUnavailable({ credential: "tenant", reason: hostile, logId: hostile, permanent: false }),
    new CallError.TransportError({ operation, phase: "headers", delivered: "no", reason: hostile, attempts: 1 }),
    new CallError.RedirectBlocked({ operation, status: 302, from: "https://x", to: hostile }),
    new CallError.UnexpectedResponse({ operation, status: 502, contentType: hostile, snippet: hostile, attempts: 1 }),
    new CallError.ResponseInvalid({ ...unreadable, violations: told, applied: false, truncated: false, logId: hostile, attempts: 1 }),
    ...[CallError.UndocumentedCode, ApiError.ScopeNotGranted].map((Class) =>
      new Class({
        ...details,
        code: 1,
        msg: hostile,
        logId: hostile,
        troubleshooter: hostile,
        fieldViolations: [{ field: hostile, description: hostile }],
        permissionViolations: [{ type: hostile, subject: hostile }]
      })
    )
  ]

  it.each(errors.map((error) => [error._tag, error] as const))("cannot break a log line in %s", (_, error) => {
    const nested = [
      new CallError.PartialSuccess({ operation, data: {}, cause: error }),
      // Sound: which of them may cause it does not matter here.
      new CallError.OutcomeUnknown({ operation, cause: error as CallError.Ambiguity })
    ]
    for (const { message } of [error, ...nested]) {
      assert.notMatch(message, control)
      assert.include(message, escaped)
      // Only the lines we break ourselves.
      for (const line of message.split("\n").slice(1)) assert.match(line, /^ {2}(refused|missing|see)/)
    }
  })
})

describe("a failed answer", () => {
  const answered = (answer: () => Response) =>
    Effect.flip(Stub.get({ id: "1" })).pipe(Effect.provide(Stub.client(answer)))

  const ids: ReadonlyArray<readonly [where: string, answer: () => Response, logId: string | undefined]> = [
    ["the x-tt-logid header", () => Stub.failed(122002, 404, { headers: { "x-tt-logid": "H1", "x-request-id": "R1" } }), "H1"],
    ["the x-request-id header", () => Stub.failed(122002, 404, { headers: { "x-request-id": "R1" } }), "R1"],
    ["the body's error, first of all", () => Stub.failed(122002, 404, { error: { log_id: "B1" }, headers: { "x-tt-logid": "H1" } }), "B1"],
    ["the body's error, in its other spelling", () => Stub.failed(122002, 404, { error: { logid: "B2" } }), "B2"],
    ["the body", () => Stub.json({ code: 122002, msg: "no", log_id: "B3" }, { status: 404 }), "B3"],
    ["nowhere", () => Stub.failed(122002, 404), undefined]
  ]

  for (const [where, answer, logId] of ids) {
    it.effect(`has its log id from ${where}`, () =>
      Effect.map(answered(answer), (error) => {
        assert(error._tag === "TestNotThere")
        assert.strictEqual(error.logId, logId)
        assert.strictEqual(error.message.includes("log_id"), logId !== undefined)
      }))
  }

  it.effect("carries all the platform says, and what the operation needs", () =>
    Effect.map(
      answered(() =>
        Stub.failed(99991672, 400, {
          msg: "Access denied",
          error: {
            log_id: "L1",
            troubleshooter: "https://x/t",
            field_violations: [{ field: "id", value: "never told", description: "odd" }, "garbage", { field: 1 }],
            permission_violations: [{ type: "action_scope_required", subject: "a:b" }, { scope: "c:d", url: "https://x" }, null]
          }
        })
      ),
      (error) => {
        assert(error._tag === "ScopeNotGranted")
        assert.deepInclude(error, {
          operation: "test.thing.get",
          status: 400,
          code: 99991672,
          msg: "Access denied",
          logId: "L1",
          troubleshooter: "https://x/t",
          scopes: ["test:thing:readonly"],
          attempts: 1
        })
        assert.deepStrictEqual(error.fieldViolations, [{ field: "id", description: "odd" }, { field: "", description: "" }])
        assert.deepStrictEqual(error.permissionViolations, [
          { type: "action_scope_required", subject: "a:b" },
          { type: "", subject: "c:d" }
        ])
        assert.notInclude(inspect(error, { depth: 20, showHidden: true }), "never told")
      }
    ))

  it.effect("means what the operation's own list says, before what the platform's says", () => {
    class Mine extends ApiError.define("TestMine", { code: 99992402, category: "Conflict" }) {}
    const { method, rateLimit, scopes } = Stub.whoami
    const rest = { method, rateLimit, scopes, accepts: "tenant", idempotent: true } as const
    const own = Operation.make("test.own", { ...rest, url: "/open-apis/own", errors: [Mine] })
    return Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(own()))._tag, "TestMine")
    }).pipe(Effect.provide(Stub.client(() => Stub.failed(99992402))))
  })
})

describe("the platform's common codes", () => {
  const codes = ApiError.common.flatMap(({ codes }) => codes as ReadonlyArray<number>)

  it("belong to one class each", () => {
    assert.deepStrictEqual([...new Set(codes)], codes)
  })

  it("are all in the list that calls look into", () => {
    const declared = Object.values(ApiError).filter((u) => typeof u === "function" && "codes" in u)
    assert.sameMembers([...ApiError.common], declared)
  })
})

describe("hasCategory", () => {
  const isMine = ApiError.hasCategory("Permission", "NotFound")

  it("is by category, and by nothing that only looks like one", () => {
    assert.isTrue(isMine(new Stub.Forbidden(details)))
    assert.isTrue(isMine(new Stub.NotThere(details)))
    assert.isFalse(isMine(new Stub.Broken(details)))
    assert.isFalse(isMine(brokenOff))
    assert.isFalse(isMine({ category: "Permission" }))
    assert.isFalse(isMine(undefined))
    assert.isFalse(ApiError.hasCategory()(new Stub.Forbidden(details)))
  })

  it.effect("catches, and lets the rest through", () => {
    const call = (error: Stub.Forbidden | Stub.Broken) =>
      Effect.exit(Effect.fail(error).pipe(Effect.catchIf(isMine, ({ code }) => Effect.succeed(code))))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* call(new Stub.Forbidden(details)), Exit.succeed(121005))
      assert.isTrue(Exit.isFailure(yield* call(new Stub.Broken(details))))
    })
  })
})

describe("retryAfter", () => {
  it("is what the platform asked, of whatever failure", () => {
    const wait = Duration.seconds(3)
    assert.deepStrictEqual(ApiError.retryAfter(new ApiError.RateLimited({ ...details, retryAfter: wait })), Option.some(wait))
    for (const other of [new ApiError.RateLimited(details), brokenOff, new Error("no"), undefined]) {
      assert.deepStrictEqual(ApiError.retryAfter(other), Option.none())
    }
  })
})
