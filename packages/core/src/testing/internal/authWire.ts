/** Requests and answers of the endpoints that hand out tokens. */
import * as Either from "effect/Either"
import * as Predicate from "effect/Predicate"
import * as Wire from "./wire.ts"

export type Json = Readonly<Record<string, unknown>>

/** An answer, and whether something was handed out. */
export interface Outcome {
  readonly issued: boolean
  readonly answer: Wire.Answer
}

/** JSON, or a form: the platform reads both. */
export const read = ({ body, headers }: Wire.Request): Json => {
  const text = new TextDecoder().decode(body)
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  const json = Either.getOrUndefined(Either.try((): unknown => JSON.parse(text)))
  return Predicate.isRecord(json) ? json : {}
}

export const answered = (logId: string, fields: Json): Outcome => ({
  issued: true,
  answer: Wire.envelope(logId, { ...fields, status: 200, code: 0, msg: "ok" })
})

/** What is wrong is said with HTTP 200. */
export const refused = (logId: string, code: number, msg: string): Outcome => ({
  issued: false,
  answer: Wire.envelope(logId, { status: 200, code, msg, data: {} })
})

/** OAuth has a form of its own. */
export const granted = (fields: Json): Outcome => ({
  issued: true,
  answer: {
    status: 200,
    code: 0,
    headers: { "content-type": Wire.contentType },
    body: Wire.bytes(JSON.stringify({ code: 0, ...fields }))
  }
})

export const denied = (code: number, error: string, description: string, status = 400): Outcome => ({
  issued: false,
  answer: {
    status,
    code,
    headers: { "content-type": Wire.contentType },
    body: Wire.bytes(JSON.stringify({ code, error, error_description: description }))
  }
})
