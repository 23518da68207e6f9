/**
 * What can go wrong, as values: for `FakeFeishu`'s script.
 *
 * Every fault is data. In memory it becomes the failure a transport would
 * report, over a real socket it is done to the bytes.
 *
 * @since 0.1.0
 */
import * as Duration from "effect/Duration"

/**
 * An answer in place of the platform's own.
 *
 * @since 0.1.0
 * @category models
 */
export interface AnswerOptions {
  /** @default 200 */
  readonly status?: number | undefined
  /** @default 0 */
  readonly code?: number | undefined
  readonly msg?: string | undefined
  readonly data?: unknown
  /** The envelope's `error`, besides its log id. */
  readonly error?: Readonly<Record<string, unknown>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** @default "application/json; charset=utf-8" */
  readonly contentType?: string | undefined
  /** The whole body, in place of an envelope. */
  readonly body?: string | Uint8Array | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export type Fault =
  | { readonly _tag: "Answer"; readonly answer: AnswerOptions }
  | { readonly _tag: "Delay"; readonly duration: Duration.Duration; readonly next: Fault | undefined }
  | { readonly _tag: "TokenRevoked"; readonly reissue: boolean }
  | Broken

/**
 * How an answer may fail to arrive, or arrive damaged.
 *
 * @since 0.1.0
 * @category models
 */
export type Broken =
  | { readonly _tag: "Unreachable"; readonly phase: "connect" | "dns" | "tls" }
  | { readonly _tag: "Hang" }
  | { readonly _tag: "Reset" }
  | { readonly _tag: "ResetMidHeaders" }
  | { readonly _tag: "ResetMidBody" }
  | { readonly _tag: "Truncate"; readonly framing: "length" | "chunked" }
  | { readonly _tag: "TruncatedJson" }
  | { readonly _tag: "Garbage" }
  | { readonly _tag: "EmptyReply" }
  | { readonly _tag: "Slow"; readonly bytesPerSecond: number }
  | { readonly _tag: "Bomb"; readonly encoding: "gzip" | "br"; readonly size: number }

// --- answers ----------------------------------------------------------------

/**
 * Something else than the platform would have said.
 *
 * @since 0.1.0
 * @category answers
 */
export const answer = (options: AnswerOptions): Fault => ({ _tag: "Answer", answer: options })

/**
 * A page, as proxies send it.
 *
 * @since 0.1.0
 * @category answers
 */
export const html = (
  status: number,
  page = `<html><head><title>${status}</title></head><body></body></html>`
): Fault => answer({ status, contentType: "text/html", body: page })

/**
 * The gateway is down for a while: 503, and not JSON.
 *
 * @since 0.1.0
 * @category answers
 */
export const maintenance: Fault = html(503, "<html><body><h1>503</h1>The service is being maintained.</body></html>")

/**
 * A redirect.
 *
 * @since 0.1.0
 * @category answers
 */
export const redirect = (status: 301 | 302 | 303 | 307 | 308, location: string): Fault =>
  answer({ status, headers: { location }, contentType: "text/html", body: "" })

/**
 * Too many calls: not executed, whatever the windows say. `reset` is sent as it
 * stands, and not at all when absent.
 *
 * @since 0.1.0
 * @category answers
 */
export const throttled = (
  options?: { readonly reset?: string | undefined; readonly status?: 429 | 400 | undefined }
): Fault =>
  answer({
    status: options?.status ?? 429,
    code: 99991400,
    msg: "request trigger frequency limit",
    headers: options?.reset === undefined ? {} : { "x-ogw-ratelimit-limit": "100", "x-ogw-ratelimit-reset": options.reset }
  })

/**
 * The token the request came with is revoked the moment it arrives. With
 * `reissue` the token endpoint goes on handing it out.
 *
 * @since 0.1.0
 * @category answers
 */
export const tokenRevoked = (options?: { readonly reissue?: boolean | undefined }): Fault => ({
  _tag: "TokenRevoked",
  reissue: options?.reissue ?? false
})

// --- time -------------------------------------------------------------------

/**
 * Nothing for a while; then what would have happened, or another fault.
 *
 * @since 0.1.0
 * @category time
 */
export const delay = (duration: Duration.DurationInput, next?: Fault): Fault => ({
  _tag: "Delay",
  duration: Duration.decode(duration),
  next
})

/**
 * The request is taken and never answered.
 *
 * @since 0.1.0
 * @category time
 */
export const hang: Fault = { _tag: "Hang" }

/**
 * The headers at once, the body at this speed.
 *
 * @since 0.1.0
 * @category time
 */
export const slow = (bytesPerSecond: number): Fault => ({ _tag: "Slow", bytesPerSecond })

// --- connection -------------------------------------------------------------

/**
 * No connection comes about, so the request is never seen. In memory only: a
 * server that was reached resets the connection instead.
 *
 * @since 0.1.0
 * @category connection
 */
export const unreachable = (phase: "connect" | "dns" | "tls" = "connect"): Fault => ({ _tag: "Unreachable", phase })

/**
 * The connection is reset after the request and before any header.
 *
 * @since 0.1.0
 * @category connection
 */
export const reset: Fault = { _tag: "Reset" }

/**
 * The connection is reset in the middle of the headers.
 *
 * @since 0.1.0
 * @category connection
 */
export const resetMidHeaders: Fault = { _tag: "ResetMidHeaders" }

/**
 * The connection is reset in the middle of the body.
 *
 * @since 0.1.0
 * @category connection
 */
export const resetMidBody: Fault = { _tag: "ResetMidBody" }

/**
 * The connection is closed in good order before the body is whole: short of
 * `Content-Length`, or without the last chunk.
 *
 * @since 0.1.0
 * @category connection
 */
export const truncate = (framing: "length" | "chunked" = "length"): Fault => ({ _tag: "Truncate", framing })

/**
 * The connection is closed in good order without a single byte.
 *
 * @since 0.1.0
 * @category connection
 */
export const emptyReply: Fault = { _tag: "EmptyReply" }

// --- payload ----------------------------------------------------------------

/**
 * JSON that breaks off, in a body of the announced length.
 *
 * @since 0.1.0
 * @category payload
 */
export const truncatedJson: Fault = { _tag: "TruncatedJson" }

/**
 * Bytes that are not HTTP where the status line should be.
 *
 * @since 0.1.0
 * @category payload
 */
export const garbage: Fault = { _tag: "Garbage" }

/**
 * A small body that becomes a large one: `size` bytes of JSON, once decoded.
 *
 * @since 0.1.0
 * @category payload
 */
export const bomb = (options: { readonly size: number; readonly encoding?: "gzip" | "br" | undefined }): Fault => ({
  _tag: "Bomb",
  encoding: options.encoding ?? "gzip",
  size: options.size
})

/** What carries the platform's own answer, if not unharmed, and so comes after it acted. */
const afterwards: ReadonlySet<Fault["_tag"]> = new Set([
  "ResetMidHeaders",
  "ResetMidBody",
  "Slow",
  "TokenRevoked",
  "Truncate",
  "TruncatedJson"
])

/**
 * Whether the platform acts before this fault unless told otherwise: when the
 * fault damages the platform's answer, rather than coming in its place.
 *
 * @since 0.1.0
 * @category guards
 */
export const actsFirst = (fault: Fault): boolean => afterwards.has(fault._tag)
