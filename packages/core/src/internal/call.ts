/** The way of a call, step by step, given the parts it is made of. */
import type * as HttpClient from "@effect/platform/HttpClient"
import type * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import type * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type * as AccessToken from "../AccessToken.ts"
import type * as Admission from "../Admission.ts"
import { CallTimeout } from "../CallError.ts"
import type { OutcomeUnknown, PartialSuccess, RequestInvalid } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Retry from "../Retry.ts"
import * as Attempt from "./attempt.ts"
import * as Breaker from "./breaker.ts"
import { encode } from "./encode.ts"
import * as Exchange from "./exchange.ts"
import * as Express from "./express.ts"
import * as Gates from "./gates.ts"
import * as Monotonic from "./monotonic.ts"
import * as Observe from "./observe.ts"
import * as Recover from "./recover.ts"
import * as Send from "./send.ts"
import type { Spec } from "./spec.ts"

export interface Parts<R> {
  readonly http: HttpClient.HttpClient
  readonly settings: Settings
  readonly admission: Admission.Service
  /** The credential of an operation; none for those that fetch one. */
  readonly authorize: (spec: Spec, context: Context.Context<R>) => AccessToken.AccessToken | undefined
}

export type Failure = Recover.AttemptError | RequestInvalid | OutcomeUnknown | PartialSuccess<unknown, OutcomeUnknown>

interface Call extends Express.Call {
  /** Application and tenant. */
  readonly whose: string
}

/** The call's first attempt, where it was made at once. */
interface First {
  readonly error: Recover.AttemptError
  readonly progress: Attempt.Progress
  /** Milliseconds. */
  readonly took: number
}

/** The tenant a custom application lives in: the one there is. */
export const ownTenant = "own"

const isSecret = (u: unknown): u is Redacted.Redacted => Redacted.isRedacted(u) && typeof Redacted.value(u) === "string"

/** What the request itself keeps secret: a refresh token, a password. No answer that repeats it gets into an error. */
const secretsOf = (request: unknown): ReadonlyArray<Redacted.Redacted> =>
  Predicate.isRecord(request) ? Object.values(request).filter(isSecret) : []

/** The lane first: whoever waited for it after its windows would leave with all that waited along. */
const inLane =
  ({ admit }: Admission.Service, lane: Admission.Request, ticket: Gates.Ticket) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) => admit(lane)(admit(ticket)(effect))

export const make = <R>({ admission, authorize, http, settings }: Parts<R>) => {
  const { timeouts } = settings
  const exchange = Exchange.make(Send.dispatchOf(http, settings.maxResponseSize), settings)
  const admitted = Attempt.make({ exchange, http, settings })
  const guard = Breaker.make(settings.circuitBreaker)
  const total = Duration.toMillis(timeouts.total)
  const budget = new Recover.Budget(settings.retryBudget)

  /** All attempts, the first one perhaps behind us. */
  const attempts = (call: Call, first: First | undefined) =>
    Effect.gen(function*() {
      const { credential, spec, ticket, trace, whose } = call
      const admit = spec.lane === undefined
        ? admission.admit(ticket)
        : inLane(admission, { key: `${spec.lane}|${whose}`, operation: spec.id, windows: [], serial: true }, ticket)
      let next: ReturnType<typeof Recover.driver> | undefined
      let renewed = false
      let repeated = false
      /** Milliseconds left of the total, which does not run while the call waits for admission. */
      let left = total

      const once = Effect.gen(function*() {
        // A token that is long in coming must not let admitted calls pile up and leave all at once.
        if (credential !== undefined) yield* Attempt.tokenOf(credential)
        const number = trace.attempts + 1
        const progress: Attempt.Progress = { token: undefined, phase: "before", since: 0 }
        const queuedAt = yield* Monotonic.millis
        let startedAt = queuedAt
        const attempt = Effect.withFiberRuntime((fiber: Fiber.RuntimeFiber<unknown, Recover.AttemptError>) => {
          startedAt = Monotonic.now(Monotonic.clockOf(fiber))
          trace.attempts = number
          trace.waited += startedAt - queuedAt
          return Observe.attempt(spec, number, { fiber, parent: undefined }, (span) =>
            Observe.under(span)(guard(spec.id)(admitted(call, span, progress, left))))
        })
        const result = yield* Effect.either(admit(attempt))
        return { result, progress, took: (yield* Monotonic.millis) - startedAt }
      })

      let attempt: { readonly result: Either.Either<unknown, Recover.AttemptError>; readonly progress: Attempt.Progress; readonly took: number }
      attempt = first === undefined ? yield* once : { ...first, result: Either.left(first.error) }
      while (true) {
        left -= attempt.took
        const { progress, result } = attempt
        if (Either.isRight(result)) {
          budget.earn(repeated)
          return result.right
        }
        const error = result.left
        const number = trace.attempts

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
        } else {
          // Before anything was sent, no failure of the platform can have caused it.
          const verdict = progress.phase === "before" ? { _tag: "final" as const } : Recover.judge(spec, error)
          if (verdict._tag === "final") return yield* Effect.fail(Recover.told(spec, error))
          if (verdict._tag === "ambiguous") return yield* Recover.outcomeUnknown(spec, verdict.error)

          next ??= Recover.driver(yield* Retry.CurrentPolicy)
          const wait = yield* next(verdict.error)
          if (Option.isNone(wait) || Duration.toMillis(wait.value) >= left) return yield* Effect.fail(error)
          if (verdict._tag === "throttled") {
            yield* admission.pause(ticket, wait.value)
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
        attempt = yield* once
      }
    })

  const depart = Express.make({ admission, exchange, settings })

  const execute = (spec: Spec, request: unknown) =>
    Observe.call(spec, (trace, span, fiber): Effect.Effect<unknown, Failure, Scope.Scope> => {
      const encoded = encode(spec, request)
      if (Either.isLeft(encoded)) return Observe.within(spec, span)(Effect.fail(encoded.left))
      // Sound: the effect requires what is looked up in its context.
      const credential = authorize(spec, fiber.currentContext as Context.Context<R>)
      trace.credential = credential?.credential
      const secrets = secretsOf(request)
      const whose = `${settings.appId}|${credential?.tenant ?? ownTenant}`
      const call: Call = {
        spec,
        wire: encoded.right,
        credential,
        whose,
        ticket: new Gates.Ticket({
          key: `${spec.id}|${whose}`,
          operation: spec.id,
          windows: spec.rateLimit.windows,
          serial: spec.serial && spec.lane === undefined
        }),
        trace,
        secretsWith: (token) =>
          [settings.appSecret, ...token === undefined ? [] : [token], ...secrets].map(Redacted.value)
      }
      const departure = depart(call, fiber, span)
      if (departure === undefined) return Observe.within(spec, span)(attempts(call, undefined))
      const { answer, startedAt, token } = departure
      return Effect.matchEffect(answer, {
        onFailure: (error) => {
          const took = Monotonic.now(Monotonic.clockOf(fiber)) - startedAt
          const first: First = { error, progress: { token, phase: "headers", since: startedAt }, took }
          return Observe.within(spec, span)(attempts(call, first))
        },
        onSuccess: (success) => {
          budget.earn(false)
          return Effect.succeed(success)
        }
      })
    })

  // Sound: only what answers a file needs a scope, and its operation's type says so.
  return execute as (spec: Spec, request: unknown) => Effect.Effect<unknown, Failure, R>
}
