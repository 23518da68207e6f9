/**
 * One token, shared by everyone who needs it.
 *
 * The fetch runs in a fiber of its own, so that whoever happened to cause it
 * can be interrupted without failing the others. While a token still serves,
 * nobody waits for the next one.
 */
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { AccessToken, Issued } from "../AccessToken.ts"
import { AccessTokenRejected } from "../CallError.ts"
import type { Credential, TokenError } from "../CallError.ts"
import * as Monotonic from "./monotonic.ts"
import * as Observe from "./observe.ts"

export type { Issued } from "../AccessToken.ts"

/** Fetches a token, and not the one the platform just refused if it can help it. */
export type Issue<E extends TokenError = TokenError> = (refused: Redacted.Redacted | undefined) => Effect.Effect<Issued, E>

interface Held {
  readonly token: Redacted.Redacted
  readonly expiresAt: number
}

/** The platform issues a new token only when less than half an hour is left of the old one. */
const renewWithin = 20 * 60_000
/** So little may be gone by the time the request arrives: rather wait for the next one. */
const tooShort = 60_000
/** After a failed renewal in the background the token that still serves is left in peace. */
const backOff = 30_000
/** Two fetches are never closer together than this, whatever lifetimes are issued. */
const apart = 1_000
/** How long a token that was refused and issued again is refused here, without asking. */
const rejectedFor = 5_000
/** In its last minute a token is held back for the next one no longer than this; in its last seconds as long as it takes. */
const patience = 5_000

/** What a credential can tell at once, by its `get`: the token that everybody who asks now is given. */
const known = new WeakMap<object, (now: number) => Redacted.Redacted | undefined>()

/** The token that `get` answers now, unless it has to be waited for or nobody can tell. */
export const atHand = (get: AccessToken["get"], now: number): Redacted.Redacted | undefined => {
  // Sound: an effect that is an exit already is the exit of what it would do.
  if (Exit.isExit(get)) return Exit.getOrElse(get as Exit.Exit<Redacted.Redacted, TokenError>, () => undefined)
  return known.get(get)?.(now)
}

const same = (a: Redacted.Redacted, b: Redacted.Redacted) => Redacted.value(a) === Redacted.value(b)

export const make = <E extends TokenError>(credential: Credential, issue: Issue<E>) =>
  Effect.gen(function*() {
    type Failure = E | AccessTokenRejected
    const scope = yield* Effect.scope
    let held: Option.Option<Held> = Option.none()
    /** The last token the platform refused; `until` once it was issued again. */
    let refused: Option.Option<{ readonly token: Redacted.Redacted; readonly until: number | undefined }> = Option.none()
    let flight: Option.Option<Deferred.Deferred<Held, Failure>> = Option.none()
    let fetchedAt = Number.NEGATIVE_INFINITY
    let quietUntil = Number.NEGATIVE_INFINITY

    const accept = ({ lifetime, token }: Issued, sentAt: number) =>
      Effect.flatMap(Monotonic.millis, (now) => {
        fetchedAt = sentAt
        // Issued again right after it was refused. Once that has been told, it is given another chance.
        if (Option.isSome(refused) && refused.value.until === undefined && same(refused.value.token, token)) {
          refused = Option.some({ token, until: now + rejectedFor })
          held = Option.none()
          return new AccessTokenRejected({ credential })
        }
        refused = Option.none()
        const fresh = { token, expiresAt: sentAt + Duration.toMillis(lifetime) }
        held = Option.some(fresh)
        return Effect.succeed(fresh)
      })

    const fetch = Effect.gen(function*() {
      const now = yield* Monotonic.millis
      if (fetchedAt + apart > now) yield* Effect.sleep(Duration.millis(fetchedAt + apart - now))
      const sentAt = yield* Monotonic.millis
      const unwanted = Option.getOrUndefined(Option.filter(refused, ({ until }) => until === undefined))?.token
      return yield* Effect.flatMap(issue(unwanted), (issued) => accept(issued, sentAt))
    })

    const land = (landing: Deferred.Deferred<Held, Failure>) => (exit: Exit.Exit<Held, Failure>) =>
      Effect.flatMap(Monotonic.millis, (now) => {
        flight = Option.none()
        if (Exit.isFailure(exit)) quietUntil = now + backOff
        return Effect.zipRight(Observe.tokenFetched(credential, exit), Deferred.done(landing, exit))
      })

    /** Joins the fetch under way, or starts one. */
    const join: Effect.Effect<Deferred.Deferred<Held, Failure>> = Effect.suspend(() => {
      if (Option.isSome(flight)) return Effect.succeed(flight.value)
      const landing = Deferred.unsafeMake<Held, Failure>(FiberId.none)
      flight = Option.some(landing)
      return Effect.as(
        Effect.forkIn(Effect.onExit(Effect.interruptible(fetch), land(landing)), scope),
        landing
      )
    }).pipe(Effect.uninterruptible)

    const wait = Effect.flatMap(join, Deferred.await)

    /** What was fetched just now is as good as it gets. */
    const isFresh = ({ expiresAt }: Held, now: number) =>
      expiresAt - now > renewWithin || quietUntil > now || fetchedAt + apart > now

    const serving = (now: number) => Option.filter(held, ({ expiresAt }) => expiresAt > now)

    const get: Effect.Effect<Redacted.Redacted, Failure> = Effect.flatMap(Monotonic.millis, (now) => {
      const current = serving(now)
      if (Option.isSome(current)) {
        const { expiresAt, token } = current.value
        if (isFresh(current.value, now)) return Effect.succeed(token)
        if (expiresAt - now > tooShort) return Effect.as(join, token)
        // What serves until its last second goes before a failure, and before a long wait.
        return wait.pipe(
          Effect.timeoutTo({
            duration: expiresAt - now > patience ? patience : Duration.infinity,
            onSuccess: (fresh) => fresh.token,
            onTimeout: () => token
          }),
          Effect.catchAll((failure) =>
            Effect.flatMap(Monotonic.millis, (later) =>
              Option.match(serving(later), {
                onNone: () => Effect.fail(failure),
                onSome: (current) => Effect.succeed(current.token)
              }))
          )
        )
      }
      return Option.isSome(refused) && refused.value.until !== undefined && refused.value.until > now
        ? new AccessTokenRejected({ credential })
        : Effect.map(wait, (fresh) => fresh.token)
    })

    known.set(get, (now) => {
      const current = serving(now)
      return Option.isSome(current) && isFresh(current.value, now) ? current.value.token : undefined
    })

    const renew = (token: Redacted.Redacted): Effect.Effect<Option.Option<Redacted.Redacted>, Failure> =>
      Effect.suspend(() => {
        // Somebody who was refused later than the others finds the next token in place.
        if (Option.isSome(held) && same(held.value.token, token)) {
          held = Option.none()
          refused = Option.some({ token, until: undefined })
        }
        return Effect.flatMap(get, (another) =>
          same(another, token) ? new AccessTokenRejected({ credential }) : Effect.succeedSome(another))
      })

    return { get, renew }
  })
