/** What the platform says: every answer with its documented code and status. */
import * as Chunk from "effect/Chunk"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import * as ApiError from "../../ApiError.ts"
import type { Violation } from "../../CallError.ts"
import { PartialSuccess } from "../../CallError.ts"
import type { Download } from "../../Download.ts"
import * as Bytes from "../../internal/bytes.ts"
import type { Spec } from "../../internal/spec.ts"
import type { Invalid } from "../FakeFeishu.ts"
import type { Refused } from "./decode.ts"
import type * as Limits from "./limits.ts"
import * as Wire from "./wire.ts"

export const notFound: Wire.Answer = Wire.text(404, "404 page not found")

/** Success, of something that did not happen. */
export const blank = (logId: string): Wire.Answer =>
  Wire.envelope(logId, { status: 200, code: 0, msg: "success", data: {} })

export const throttled = (status: number, { limit, reset }: Limits.Refusal, logId: string): Wire.Answer =>
  Wire.envelope(logId, {
    status,
    code: ApiError.RateLimited.code,
    msg: "request trigger frequency limit",
    headers: { "x-ogw-ratelimit-limit": String(limit), "x-ogw-ratelimit-reset": String(reset) }
  })

/** The status a code is documented with, on this operation's page before the class. */
export const statusOf = (spec: Spec, code: number): number | undefined =>
  spec.statuses[code] ?? [...spec.errors, ...ApiError.common].find(({ codes }) => codes.includes(code))?.status

const documented = (spec: Spec, preferred: ApiError.AnyClass | undefined): ApiError.AnyClass | undefined =>
  preferred !== undefined && spec.errors.includes(preferred) ? preferred : undefined

export const overlapping = (spec: Spec, preferred: ApiError.AnyClass | undefined, logId: string): Wire.Answer => {
  const { code } = documented(spec, preferred) ?? ApiError.RateLimited
  return Wire.envelope(logId, { status: statusOf(spec, code) ?? 400, code, msg: "another call is under way" })
}

/** Only what is wrong, never the value. */
const violations = (all: ReadonlyArray<Violation>) =>
  all.map(({ field, message }) => ({ field, description: message.split("\n").at(-1)!.trim() }))

export const refused = (
  spec: Spec,
  preferred: Invalid | undefined,
  why: Refused,
  logId: string
): Wire.Answer => {
  if (why._tag === "Unreadable") {
    return Wire.envelope(logId, { status: 400, code: ApiError.BadRequest.code, msg: why.message })
  }
  const { code } = [preferred?.(why.violations[0]!) ?? []].flat().find((one) => documented(spec, one)) ?? ApiError.FieldsInvalid
  return Wire.envelope(logId, {
    status: statusOf(spec, code) ?? 400,
    code,
    msg: "field validation failed",
    error: { field_violations: violations(why.violations) }
  })
}

/** Nothing of the platform's: a domain that knows an operation and cannot answer it says so. */
export const unhandled = ({ id }: Spec, logId: string): Wire.Answer =>
  Wire.envelope(logId, {
    status: 400,
    code: 501,
    msg: `FakeFeishu has no handler for ${id}: add FakeFeishu.handler(...) for it to a domain, or script an answer`
  })

const encoded = (spec: Spec, value: unknown): Effect.Effect<unknown> =>
  spec.response === undefined
    ? Effect.succeed({})
    : Either.match(ParseResult.encodeUnknownEither(spec.response, { errors: "all" })(value), {
      onLeft: (issue) =>
        Effect.dieMessage(
          `the handler of ${spec.id} answers what its response schema cannot encode: ${
            ParseResult.TreeFormatter.formatIssueSync(issue)
          }`
        ),
      onRight: Effect.succeed
    })

const enveloped = (spec: Spec, data: unknown): Readonly<Record<string, unknown>> =>
  spec.envelope === "data" ? { data } : Predicate.isRecord(data) ? data : {}

const ascii = (name: string) => name.replace(/[^\x20-\x7e]|["\\]/g, "_")

const file = ({ content, name, range, type, version }: Download): Effect.Effect<Wire.Answer> =>
  Effect.map(Stream.runCollect(Stream.orDie(content)), (chunks) => ({
    status: range === undefined ? 200 : 206,
    code: 0,
    headers: {
      "content-type": type ?? "application/octet-stream",
      ...name === undefined
        ? {}
        : { "content-disposition": `attachment; filename="${ascii(name)}"; filename*=UTF-8''${encodeURIComponent(name)}` },
      ...range === undefined ? {} : { "content-range": `bytes ${range.from}-${range.to}/${range.total ?? "*"}` },
      ...version === undefined ? {} : { etag: version }
    },
    body: Bytes.concat(Chunk.toReadonlyArray(chunks))
  }))

export const succeeded = (spec: Spec, value: unknown, logId: string): Effect.Effect<Wire.Answer> =>
  spec.file === undefined
    ? Effect.map(encoded(spec, value), (data) =>
      Wire.envelope(logId, { ...enveloped(spec, data), status: 200, code: 0, msg: "success" }))
    // Sound: the handler of an operation that answers a file answers one.
    : file(value as Download)

const failure = (spec: Spec, error: ApiError.Any, logId: string, data: unknown): Wire.Answer =>
  Wire.envelope(logId, {
    status: statusOf(spec, error.code) ?? error.status,
    code: error.code,
    msg: error.msg,
    ...data === undefined ? {} : enveloped(spec, data),
    headers: error.retryAfter === undefined
      ? {}
      : { "x-ogw-ratelimit-reset": String(Math.ceil(Duration.toSeconds(error.retryAfter))) },
    error: {
      ...error.fieldViolations === undefined ? {} : { field_violations: error.fieldViolations },
      ...error.permissionViolations === undefined ? {} : { permission_violations: error.permissionViolations },
      ...error.troubleshooter === undefined ? {} : { troubleshooter: error.troubleshooter }
    }
  })

/** A handler's failure; one in part did something all the same. */
export const failed = (
  spec: Spec,
  error: unknown,
  logId: string
): Effect.Effect<{ readonly answer: Wire.Answer; readonly acted: boolean }> => {
  if (ApiError.isApiError(error)) {
    return Effect.succeed({ answer: failure(spec, error, logId, undefined), acted: false })
  }
  if (error instanceof PartialSuccess && ApiError.isApiError(error.cause)) {
    const { cause } = error
    return Effect.map(encoded(spec, error.data), (data) => ({
      answer: failure(spec, cause, logId, data),
      acted: true
    }))
  }
  return Effect.dieMessage(`the handler of ${spec.id} failed with what the platform cannot answer`)
}
