/** The way of a call, step by step, given the parts it is made of. */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type * as AccessToken from "../AccessToken.ts"
import type * as Admission from "../Admission.ts"
import { AccessTokenUnavailable, CallTimeout } from "../CallError.ts"
import type { OutcomeUnknown, PartialSuccess, RequestInvalid } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Retry from "../Retry.ts"
import * as Answers from "./answers.ts"
import * as Breaker from "./breaker.ts"
import { encode } from "./encode.ts"
import type { WireRequest } from "./encode.ts"
import * as Monotonic from "./monotonic.ts"
import * as Observe from "./observe.ts"
import * as Read from "./read.ts"
import * as Recover from "./recover.ts"
import * as Secrets from "./secrets.ts"
import * as Send from "./send.ts"
import type { Spec } from "./spec.ts"
import * as Watchdog from "./watchdog.ts"

export interface Parts<R> {
  readonly http: HttpClient.HttpClient
  readonly settings: Settings
  readonly admission: Admission.Service
  /** The credential of an operation; none for those that fetch one. */
  readonly authorize: (spec: Spec) => Effect.Effect<AccessToken.AccessToken | undefined, never, R>
}

export type Failure = Recover.AttemptError | RequestInvalid | OutcomeUnknown | PartialSuccess<unknown, OutcomeUnknown>

/** What is known of one attempt while it runs. */
interface Progress extends Watchdog.Progress {
  token: Redacted.Redacted | undefined
}

/** The tenant a custom application lives in: the one there is. */
export const ownTenant = "own"

const headerValue = /^[\x21-\x7e]+$/

const isSecret = (u: unknown): u is Redacted.Redacted => Redacted.isRedacted(u) && typeof Redacted.value(u) === "string"

/** What the request itself keeps secret: a refresh token, a password. No answer that repeats it gets into an error. */
const secretsOf = (request: unknown): ReadonlyArray<Redacted.Redacted> =>
  Predicate.isRecord(request) ? Object.values(request).filter(isSecret) : []

const unusable = (credential: "tenant" | "user") =>
  new AccessTokenUnavailable({
    credential,
    reason: "it is empty, or holds characters that no header can carry",
    permanent: true
  })

/** The lane first: whoever waited for it after its windows would leave with all that waited along. */
const inLane =
  ({ admit }: Admission.Service, lane: Admission.Request, turn: Admission.Request) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) => admit(lane)(admit(turn)(effect))

const held = ({ file }: Spec) => <A, E, R>(attempt: Effect.Effect<A, E, R>): Effect.Effect<A, E, R | Scope.Scope> =>
  file === undefined ? attempt : file.hold(attempt)

export const make = <R>({ admission, authorize, http, settings }: Parts<R>) => {
  const { timeouts } = settings
  const send = Send.make(http, settings.baseUrl)
  /** What is answered stays open as long as the caller's scope. */
  const open = Send.make(HttpClient.withScope(http), settings.baseUrl)
  const read = Read.make(settings)
  const guard = Breaker.make(settings.circuitBreaker)
  const budget = new Recover.Budget(settings.retryBudget)

  const tokenOf = (credential: AccessToken.AccessToken) =>
    Effect.flatMap(credential.get, (token) =>
      headerValue.test(Redacted.value(token)) ? Effect.succeed(token) : unusable(credential.credential))

  const exchange = (
    spec: Spec,
    wire: WireRequest,
    credential: AccessToken.AccessToken | undefined,
    secrets: ReadonlyArray<Redacted.Redacted>,
    trace: Observe.Trace,
    progress: Progress
  ) =>
    Effect.gen(function*() {
      const token = credential === undefined ? undefined : yield* tokenOf(credential)
      const attempt: Send.Attempt = {
        operation: spec.id,
        number: trace.attempts,
        secrets: [settings.appSecret, ...token === undefined ? [] : [token], ...secrets].map(Redacted.value)
      }
      progress.token = token
      progress.since = yield* Monotonic.millis
      progress.phase = "headers"
      const response = yield* (spec.file === undefined ? send : open)(wire, token, attempt)
      progress.since = yield* Monotonic.millis
      progress.phase = "body"
      const logId = Answers.headerLogId(response.headers)
      yield* Observe.answered(trace, response.status, logId === undefined ? undefined : Secrets.scrub(logId, attempt.secrets))
      return yield* spec.file === undefined ? read(spec, response, attempt) : spec.file.read(spec, response, attempt, settings)
    })

  const execute = (spec: Spec, request: unknown) =>
    Observe.call(spec)((trace) =>
      Effect.gen(function*() {
        const encoded = encode(spec, request)
        if (Either.isLeft(encoded)) return yield* encoded.left
        const wire = encoded.right
        const secrets = secretsOf(request)
        const credential = yield* authorize(spec)
        trace.credential = credential?.credential
        const whose = `${settings.appId}|${credential?.tenant ?? ownTenant}`
        const turn: Admission.Request = {
          key: `${spec.id}|${whose}`,
          operation: spec.id,
          windows: spec.rateLimit.windows,
          serial: spec.serial && spec.lane === undefined
        }
        const admit = spec.lane === undefined
          ? admission.admit(turn)
          : inLane(admission, { key: `${spec.lane}|${whose}`, operation: spec.id, windows: [], serial: true }, turn)
        let next: ReturnType<typeof Recover.driver> | undefined
        let renewed = false
        let repeated = false
        /** Milliseconds left of the total, which does not run while the call waits for admission. */
        let left = Duration.toMillis(timeouts.total)

        while (true) {
          // A token that is long in coming must not let admitted calls pile up and leave all at once.
          if (credential !== undefined) yield* tokenOf(credential)
          const number = trace.attempts + 1
          const progress: Progress = { token: undefined, phase: "before", since: 0 }
          const queuedAt = yield* Monotonic.millis
          let startedAt = queuedAt
          const attempt = Effect.flatMap(Monotonic.millis, (now) => {
            startedAt = now
            trace.attempts = number
            trace.waited += now - queuedAt
            return Observe.attempt(spec, number)(
              guard(spec.id)(
                Watchdog.within(timeouts, Duration.millis(left), { operation: spec.id, number }, progress)(
                  held(spec)(exchange(spec, wire, credential, secrets, trace, progress))
                )
              )
            )
          })
          const result = yield* Effect.either(admit(attempt))
          left -= (yield* Monotonic.millis) - startedAt

          if (Either.isRight(result)) {
            budget.earn(repeated)
            return result.right
          }
          const error = result.left

          if (credential !== undefined && progress.token !== undefined && !renewed
            && Recover.isTokenRefused(credential.credential, error)) {
            const askedAt = yield* Monotonic.millis
            const another = yield* Effect.timeoutFail(credential.renew(progress.token), {
              duration: Duration.millis(left),
              onTimeout: () =>
                new CallTimeout({ operation: spec.id, phase: "total", after: timeouts.total, attempts: number })
            })
            left -= (yield* Monotonic.millis) - askedAt
            if (Option.isNone(another)) return yield* Effect.fail(error)
            renewed = true
            yield* Observe.retrying(spec, error, Duration.zero)
            continue
          }

          // Before anything was sent, no failure of the platform can have caused it.
          const verdict = progress.phase === "before" ? { _tag: "final" as const } : Recover.judge(spec, error)
          if (verdict._tag === "final") return yield* Effect.fail(Recover.told(spec, error))
          if (verdict._tag === "ambiguous") return yield* Recover.outcomeUnknown(spec, verdict.error)

          next ??= Recover.driver(yield* Retry.CurrentPolicy)
          const wait = yield* next(verdict.error)
          if (Option.isNone(wait) || Duration.toMillis(wait.value) >= left) return yield* Effect.fail(error)
          if (verdict._tag === "throttled") {
            yield* admission.pause(turn, wait.value)
            yield* Observe.throttled(spec, error, wait.value)
          } else {
            if (!budget.spend()) return yield* Effect.fail(error)
            repeated = true
            yield* Observe.retrying(spec, error, wait.value)
          }
          yield* Effect.sleep(wait.value)
          left -= Duration.toMillis(wait.value)
          trace.waited += Duration.toMillis(wait.value)
        }
      })
    )

  // Sound: only what answers a file needs a scope, and its operation's type says so.
  return execute as (spec: Spec, request: unknown) => Effect.Effect<unknown, Failure, R>
}
