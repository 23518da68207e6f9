/** What travels between a client and the fake, before it is anybody's socket. */
import type { AnswerOptions, Broken } from "../Fault.ts"

/** A request as it arrives. */
export interface Request {
  readonly method: string
  /** Percent-encoded, as sent. */
  readonly path: string
  readonly query: URLSearchParams
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export interface Answer {
  readonly status: number
  /** For the record; none when it is not the platform's. */
  readonly code?: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** An answer, and how it arrives. */
export interface Reply {
  readonly answer: Answer
  readonly delivery: { readonly _tag: "Whole" } | Exclude<Broken, { readonly _tag: "Hang" }>
}

export const whole = (answer: Answer): Reply => ({ answer, delivery: { _tag: "Whole" } })

export const contentType = "application/json; charset=utf-8"

const utf8 = new TextEncoder()

export const bytes = (text: string): Uint8Array => utf8.encode(text)

export const text = (status: number, body: string): Answer => ({
  status,
  headers: { "content-type": "text/plain" },
  body: bytes(body)
})

/** The platform's envelope, with whatever else stands in it. */
export const envelope = (
  logId: string,
  { code, headers, msg, status, ...rest }: {
    readonly status: number
    readonly code: number
    readonly msg: string
    readonly headers?: Readonly<Record<string, string>>
    readonly [field: string]: unknown
  }
): Answer => ({
  status,
  code,
  headers: { "content-type": contentType, ...headers },
  body: bytes(JSON.stringify(
    code === 0
      ? { code, msg, ...rest }
      : { code, msg, ...rest, error: { log_id: logId, ...(typeof rest["error"] === "object" ? rest["error"] : {}) } }
  ))
})

/** What a script says in the platform's place. */
export const scripted = (
  logId: string,
  { body, code = 0, contentType: type = contentType, data, error, headers = {}, msg, status = 200 }: AnswerOptions
): Answer =>
  body === undefined
    ? envelope(logId, {
      status,
      code,
      msg: msg ?? (code === 0 ? "success" : "scripted"),
      ...data === undefined ? {} : { data },
      ...error === undefined ? {} : { error },
      headers: { "content-type": type, ...headers }
    })
    : {
      status,
      headers: { ...type === "" ? {} : { "content-type": type }, ...headers },
      body: typeof body === "string" ? bytes(body) : body
    }
