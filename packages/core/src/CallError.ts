/**
 * What any call may fail with, besides the codes its own documentation lists.
 *
 * None of these errors holds a request, a header or a body: they can be logged,
 * printed and serialised as they are.
 *
 * @since 0.1.0
 */
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as ApiError from "./ApiError.ts"
import * as Render from "./internal/render.ts"

/**
 * A field and what is wrong with it, for example `permission_objects[0].id`.
 *
 * @since 0.1.0
 * @category models
 */
export interface Violation {
  readonly field: string
  readonly message: string
}

const violations = (all: ReadonlyArray<Violation>) =>
  all.map(({ field, message }) => Render.printable(field === "" ? message : `${field}: ${message}`)).join("; ")

/**
 * The request breaks a documented rule. Nothing was sent.
 *
 * @since 0.1.0
 * @category errors
 */
export class RequestInvalid extends Data.TaggedError("RequestInvalid")<{
  readonly operation: string
  readonly violations: ReadonlyArray<Violation>
}> {
  override get message() {
    return `${this.operation}: not sent, ${violations(this.violations)}`
  }
}

/**
 * More calls wait for this operation's turn than the client is allowed to hold.
 * Nothing was sent.
 *
 * @since 0.1.0
 * @category errors
 */
export class QueueFull extends Data.TaggedError("QueueFull")<{
  readonly operation: string
  readonly capacity: number
}> {
  override get message() {
    return `${this.operation}: not sent, ${this.capacity} calls wait already`
  }
}

/**
 * The platform has not answered several times in a row, and is not asked for a
 * while. Nothing was sent. Only with a `circuitBreaker` in the configuration.
 *
 * @since 0.1.0
 * @category errors
 */
export class CircuitOpen extends Data.TaggedError("CircuitOpen")<{
  readonly operation: string
  /** When it is asked again. */
  readonly retryAfter: Duration.Duration
}> {
  override get message() {
    return `${this.operation}: not sent, the platform does not answer; asked again in ${Duration.format(this.retryAfter)}`
  }
}

/**
 * Whose token it is: the application's own, the application's in a tenant, a
 * user's.
 *
 * @since 0.1.0
 * @category models
 */
export type Credential = "app" | "tenant" | "user"

/**
 * No token could be had, so nothing was sent. The next call asks again.
 *
 * @since 0.1.0
 * @category errors
 */
export class AccessTokenUnavailable extends Data.TaggedError("AccessTokenUnavailable")<{
  readonly credential: Credential
  /** What went wrong, in words. */
  readonly reason: string
  /** The code of the token endpoint, if it answered one. */
  readonly code?: number | undefined
  readonly logId?: string | undefined
  /** Whether asking again cannot help until somebody changes the configuration. */
  readonly permanent: boolean
}> {
  override get message() {
    const facts = this.logId === undefined ? [] : [`log_id ${Render.printable(this.logId)}`]
    return `no ${this.credential} access token: ${Render.printable(this.reason)}${Render.aside(...facts)}`
  }
}

/**
 * The platform refuses the token, and hands out the very same one when asked
 * for another. For a few seconds further calls fail at once.
 *
 * @since 0.1.0
 * @category errors
 */
export class AccessTokenRejected extends Data.TaggedError("AccessTokenRejected")<{
  readonly credential: Credential
}> {
  override get message() {
    return `the platform refuses the ${this.credential} access token and issues the same one again: `
      + "check that the application is enabled and installed, and that the operation accepts this kind of token"
  }
}

/**
 * A store application has no ticket, or the platform takes the one it has no
 * more. Another was asked for, at most once a minute; it arrives as an event.
 * Nothing was sent.
 *
 * @since 0.1.0
 * @category errors
 */
export class AppTicketMissing extends Data.TaggedError("AppTicketMissing")<{
  readonly appId: string
}> {
  override get message() {
    return `no app ticket for ${Render.printable(this.appId)}: it comes with the app_ticket event, see that its webhook is reachable`
  }
}

/**
 * There is no way to a token of this user but their signing in again. Nothing
 * was sent.
 *
 * - `unknown`: no sign-in is stored
 * - `notRefreshable`: it came without a refresh token (the scope `offline_access` gives one) and has expired
 * - `expired`: it was not used for too long, or a year has passed since the user agreed
 * - `revoked`: the platform takes the refresh token no more
 * - `refused`: the application may not refresh, or not this token
 *
 * @since 0.1.0
 * @category errors
 */
export class LoginRequired extends Data.TaggedError("LoginRequired")<{
  readonly userKey: string
  readonly reason: "unknown" | "notRefreshable" | "expired" | "revoked" | "refused"
  /** What the platform answered, where it was asked. */
  readonly code?: number | undefined
  readonly logId?: string | undefined
}> {
  override get message() {
    const facts = [this.reason, ...this.code === undefined ? [] : [`code ${this.code}`]]
    return `the user ${Render.printable(this.userKey)} must sign in again${Render.aside(...facts)}`
  }
}

/**
 * The refresh token of this user was spent, and the answer that held the next
 * one never arrived or was never stored. Only signing in again helps. Nothing
 * was sent.
 *
 * @since 0.1.0
 * @category errors
 */
export class RefreshTokenLost extends Data.TaggedError("RefreshTokenLost")<{
  readonly userKey: string
  /** What the platform answered to the token that was spent. */
  readonly code?: number | undefined
  readonly logId?: string | undefined
}> {
  override get message() {
    return `the refresh token of the user ${Render.printable(this.userKey)} was spent and its successor lost: they must sign in again`
  }
}

/**
 * Why there is no token to make a call with.
 *
 * @since 0.1.0
 * @category models
 */
export type TokenError =
  | AccessTokenUnavailable
  | AccessTokenRejected
  | AppTicketMissing
  | LoginRequired
  | RefreshTokenLost

/**
 * How far a request came before its connection failed.
 *
 * @since 0.1.0
 * @category models
 */
export type Phase = "dns" | "connect" | "tls" | "send" | "headers" | "body"

/**
 * No answer came back: the connection could not be made, or broke.
 *
 * @since 0.1.0
 * @category errors
 */
export class TransportError extends Data.TaggedError("TransportError")<{
  readonly operation: string
  readonly phase: Phase
  /** `"no"` where the request provably never reached the platform. */
  readonly delivered: "no" | "unknown"
  /** The transport's own name for it, for example `ECONNREFUSED`. */
  readonly reason: string
  readonly attempts: number
}> {
  override get message() {
    const facts = [`during ${this.phase}`, ...Render.attempts(this.attempts)]
    return `${this.operation}: no answer, ${Render.printable(this.reason)}${Render.aside(...facts)}`
  }
}

/**
 * The platform took longer than the configured timeout.
 *
 * @since 0.1.0
 * @category errors
 */
export class CallTimeout extends Data.TaggedError("CallTimeout")<{
  readonly operation: string
  readonly phase: "headers" | "body" | "total"
  readonly after: Duration.Duration
  readonly attempts: number
}> {
  override get message() {
    const facts = [`${this.phase} timeout`, ...Render.attempts(this.attempts)]
    return `${this.operation}: no answer within ${Duration.format(this.after)}${Render.aside(...facts)}`
  }
}

/**
 * The answer was a redirect. It is never followed, so that neither token nor
 * body reaches another host.
 *
 * @since 0.1.0
 * @category errors
 */
export class RedirectBlocked extends Data.TaggedError("RedirectBlocked")<{
  readonly operation: string
  readonly status: number
  readonly from: string
  /** The origin it pointed to, or what the header held instead of one. */
  readonly to: string
}> {
  override get message() {
    return `${this.operation}: redirect from ${this.from} to ${Render.printable(this.to)} not followed (HTTP ${this.status})`
  }
}

/**
 * Something other than the platform answered, most often a proxy.
 *
 * @since 0.1.0
 * @category errors
 */
export class UnexpectedResponse extends Data.TaggedError("UnexpectedResponse")<{
  readonly operation: string
  readonly status: number
  readonly contentType: string
  /** The first 512 characters of the body, secrets removed; nothing of one that looks like JSON. */
  readonly snippet: string
  readonly attempts: number
}> {
  override get message() {
    const facts = [`HTTP ${this.status}`, this.contentType, ...Render.attempts(this.attempts)]
    return `${this.operation}: not an answer of the platform${Render.aside(...facts.map(Render.printable))}: ${
      Render.printable(this.snippet)
    }`
  }
}

/**
 * The answer is larger than the client is willing to hold.
 *
 * @since 0.1.0
 * @category errors
 */
export class ResponseTooLarge extends Data.TaggedError("ResponseTooLarge")<{
  readonly operation: string
  /** Bytes, after decompression. */
  readonly limit: number
}> {
  override get message() {
    return `${this.operation}: the answer exceeds ${this.limit} bytes`
  }
}

/**
 * The answer is not what the documentation describes.
 *
 * @since 0.1.0
 * @category errors
 */
export class ResponseInvalid extends Data.TaggedError("ResponseInvalid")<{
  readonly operation: string
  readonly status: number
  readonly violations: ReadonlyArray<Violation>
  /** Whether the platform said that it did what was asked. Do not send a write again when it did. */
  readonly applied: boolean
  /** Whether the text broke off, so that a repetition may read whole. */
  readonly truncated: boolean
  readonly logId?: string | undefined
  readonly attempts: number
}> {
  override get message() {
    const facts = [`HTTP ${this.status}`, ...Render.attempts(this.attempts)]
    if (this.logId !== undefined) facts.push(`log_id ${Render.printable(this.logId)}`)
    return `${this.operation}: ${this.applied ? "done, but the answer" : "the answer"} cannot be read, ${
      violations(this.violations)
    }${Render.aside(...facts)}`
  }
}

/**
 * A code the documentation lists neither for the operation nor for the platform.
 *
 * @since 0.1.0
 * @category errors
 */
export class UndocumentedCode extends Data.TaggedError("UndocumentedCode")<ApiError.Details & { readonly code: number }> {
  override get message() {
    return Render.apiError(this)
  }
}

/**
 * Some of what was asked was done, and some was refused: `data` tells what was
 * done, `cause` why not all of it.
 *
 * @since 0.1.0
 * @category errors
 */
export class PartialSuccess<out Success, out Error> extends Data.TaggedError("PartialSuccess")<{
  readonly operation: string
  readonly data: unknown
  readonly cause: unknown
}> {
  declare readonly data: Success
  declare readonly cause: Error
  override get message() {
    return `${this.operation}: done in part only, ${(this.cause as { readonly message: string }).message}`
  }
}

/**
 * Why the outcome of a write may be unknown.
 *
 * @since 0.1.0
 * @category models
 */
export type Ambiguity =
  | TransportError
  | CallTimeout
  | UnexpectedResponse
  | ResponseTooLarge
  | ResponseInvalid
  | UndocumentedCode
  | ApiError.ApiError<string, number, "Fault">

/**
 * A write that must not be repeated was sent, and whether it took effect is not
 * known. Look before sending it again.
 *
 * @since 0.1.0
 * @category errors
 */
export class OutcomeUnknown extends Data.TaggedError("OutcomeUnknown")<{
  readonly operation: string
  readonly cause: Ambiguity
}> {
  override get message() {
    return `${this.operation}: may or may not have taken effect. ${this.cause.message}`
  }
}

/**
 * What any call may fail with.
 *
 * @since 0.1.0
 * @category models
 */
export type CallError =
  | ApiError.Common
  | RequestInvalid
  | QueueFull
  | CircuitOpen
  | TokenError
  | TransportError
  | CallTimeout
  | RedirectBlocked
  | UnexpectedResponse
  | ResponseTooLarge
  | ResponseInvalid
  | UndocumentedCode
  | OutcomeUnknown

/**
 * Failures that have nothing to do with what was asked for: any other call would
 * meet them as well, until somebody does something about it. A platform that
 * does not answer is one of them where there is a circuit breaker.
 *
 * @since 0.1.0
 * @category models
 */
export type Systemic =
  | TokenError
  | CircuitOpen
  | Extract<ApiError.Common, { readonly category: "Credential" }>
  | ApiError.MonthlyQuotaExceeded
  | ApiError.ScopeNotGranted
  | ApiError.UserScopeNotGranted
  | ApiError.TokenNotPermitted
  | ApiError.IpNotAllowed

const isCredential = ApiError.hasCategory("Credential")

/**
 * Whether any other call would meet a failure as well: for work of many calls,
 * which had better stop then.
 *
 * @since 0.1.0
 * @category guards
 */
export const isSystemic = <E>(error: E): error is Extract<E, Systemic | { readonly category: "Credential" }> =>
  isCredential(error)
  || error instanceof AccessTokenUnavailable
  || error instanceof AccessTokenRejected
  || error instanceof AppTicketMissing
  || error instanceof LoginRequired
  || error instanceof RefreshTokenLost
  || error instanceof CircuitOpen
  || error instanceof ApiError.MonthlyQuotaExceeded
  || error instanceof ApiError.ScopeNotGranted
  || error instanceof ApiError.UserScopeNotGranted
  || error instanceof ApiError.TokenNotPermitted
  || error instanceof ApiError.IpNotAllowed
