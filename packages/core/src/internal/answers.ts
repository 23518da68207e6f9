/** The platform's three envelopes, and what a failed one becomes. */
import * as Duration from "effect/Duration"
import * as Either from "effect/Either"
import * as Predicate from "effect/Predicate"
import * as ApiError from "../ApiError.ts"
import { UndocumentedCode } from "../CallError.ts"
import type { Violation } from "../CallError.ts"
import * as Secrets from "./secrets.ts"
import type { Spec } from "./spec.ts"

type Headers = Readonly<Record<string, string | undefined>>
type Json = Readonly<Record<string, unknown>>

/** An envelope, opened. */
export interface Answer {
  readonly code: number
  readonly msg: string
  readonly data: unknown
  readonly logId: string | undefined
  readonly error: Json
}

const isJsonObject = (u: unknown): u is Json => Predicate.isRecord(u)

const string = (json: Json, ...keys: ReadonlyArray<string>): string | undefined => {
  for (const key of keys) {
    const value = json[key]
    if (typeof value === "string" && value !== "") return value
  }
  return undefined
}

/** A field that holds `null` is a field that is absent: the platform sends both. */
const withoutNulls = (json: unknown): unknown => {
  const left: Array<unknown> = [json]
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === "object" && item !== null) left.push(item)
    } else if (Predicate.isRecord(value)) {
      for (const key of Object.keys(value)) {
        const field = value[key]
        if (field === null) delete value[key]
        else if (typeof field === "object") left.push(field)
      }
    }
  }
  return json
}

export const parse = (text: string): Either.Either<unknown, string> =>
  // Sound: `JSON.parse` answers `any`, which `unknown` only takes back.
  Either.try({
    try: () => {
      const json = JSON.parse(text) as unknown
      return text.includes("null") ? withoutNulls(json) : json
    },
    catch: () => "is not JSON"
  })

/** Public OAuth samples show the code as text; everywhere else that is a mistake. */
const codeOf = (spec: Spec, json: Json, status: number): number | undefined => {
  const { code } = json
  if (Number.isSafeInteger(code)) return code as number
  if (spec.envelope !== "oauth") return undefined
  if (typeof code === "string" && /^\d{1,9}$/.test(code)) return Number(code)
  return code === undefined && json["error"] === undefined && status < 300 ? 0 : undefined
}

export const open = (spec: Spec, json: unknown, status: number): Either.Either<Answer, Violation> => {
  if (!isJsonObject(json)) return Either.left({ field: "", message: "is not an object" })
  const code = codeOf(spec, json, status)
  if (code === undefined) return Either.left({ field: "code", message: "must be an integer" })
  const error = isJsonObject(json["error"]) ? json["error"] : {}
  return Either.right({
    code,
    msg: string(json, "msg", "error_description", "message", "error") ?? string(error, "message") ?? "",
    data: spec.envelope === "data" ? json["data"] : json,
    logId: string(error, "log_id", "logid") ?? string(json, "log_id"),
    error
  })
}

export const headerLogId = (headers: Headers): string | undefined => headers["x-tt-logid"] ?? headers["x-request-id"]

const httpDate = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

const seconds = (told = ""): Duration.Duration | undefined =>
  /^-?\d{1,15}(?:\.\d{1,9})?$/.test(told.trim()) ? Duration.seconds(Math.max(0, Number(told))) : undefined

const until = (told = "", now = ""): Duration.Duration | undefined => {
  if (!httpDate.test(told) || !httpDate.test(now)) return undefined
  const wait = Date.parse(told) - Date.parse(now)
  return Number.isNaN(wait) ? undefined : Duration.millis(Math.max(0, wait))
}

/** Seconds; in `Retry-After` a date may stand too, which is read by the server's own clock. Garbage tells nothing. */
export const retryAfter = (headers: Headers): Duration.Duration | undefined =>
  seconds(headers["x-ogw-ratelimit-reset"]) ?? seconds(headers["retry-after"]) ?? until(headers["retry-after"], headers["date"])

const list = (error: Json, key: string): ReadonlyArray<Json> => {
  const value = error[key]
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

/** Takes the secrets out of whatever the platform says. */
type Clean = (text: string) => string

/** Two shapes are seen: `{ type, subject }` and, in a sample of the documentation, `{ scope, url }`. */
const permissionViolations = (error: Json, clean: Clean): ReadonlyArray<ApiError.PermissionViolation> =>
  list(error, "permission_violations").map((violation) => ({
    type: clean(string(violation, "type") ?? ""),
    subject: clean(string(violation, "subject", "scope") ?? "")
  }))

/** Only what is wrong, never the value: it may be a secret. */
const fieldViolations = (error: Json, clean: Clean): ReadonlyArray<ApiError.FieldViolation> =>
  list(error, "field_violations").map((violation) => ({
    field: clean(string(violation, "field") ?? ""),
    description: clean(string(violation, "description") ?? "")
  }))

const classes = new WeakMap<Spec, ReadonlyMap<number, ApiError.AnyClass>>()

const byCode = (errors: ReadonlyArray<ApiError.AnyClass>): ReadonlyArray<readonly [number, ApiError.AnyClass]> =>
  errors.flatMap((error) => error.codes.map((code) => [code, error] as const))

/** An operation's own meaning of a code goes before the platform's. */
const classesOf = (spec: Spec): ReadonlyMap<number, ApiError.AnyClass> => {
  const known = classes.get(spec)
  if (known !== undefined) return known
  const made = new Map([...byCode(ApiError.common), ...byCode(spec.errors)])
  classes.set(spec, made)
  return made
}

const nonEmpty = <A>(all: ReadonlyArray<A>): ReadonlyArray<A> | undefined => all.length === 0 ? undefined : all

export const failure = (
  spec: Spec,
  { code, error, msg }: Answer,
  { logId, secrets, ...rest }: {
    readonly status: number
    readonly attempts: number
    readonly logId: string | undefined
    readonly retryAfter: Duration.Duration | undefined
    readonly secrets: ReadonlyArray<string>
  }
): ApiError.Any | UndocumentedCode => {
  const clean: Clean = (text) => Secrets.scrub(text, secrets)
  const troubleshooter = string(error, "troubleshooter")
  const details: ApiError.Details = {
    operation: spec.id,
    msg: clean(msg),
    answered: code,
    logId: logId === undefined ? undefined : clean(logId),
    troubleshooter: troubleshooter === undefined ? undefined : clean(troubleshooter),
    fieldViolations: nonEmpty(fieldViolations(error, clean)),
    permissionViolations: nonEmpty(permissionViolations(error, clean)),
    scopes: nonEmpty(spec.scopes),
    ...rest
  }
  const Documented = classesOf(spec).get(code)
  return Documented === undefined ? new UndocumentedCode({ ...details, code }) : new Documented(details)
}
