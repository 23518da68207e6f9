/** The tokens of users: one refresh in flight for each, which nobody's interruption ends. */
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as FiberId from "effect/FiberId"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { AccessTokenRejected, LoginRequired, RefreshTokenLost } from "../CallError.ts"
import type { TokenError } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import type * as OAuth from "../OAuth.ts"
import type * as TokenStore from "./tokenStore.ts"
import * as GrantRecord from "./grantRecord.ts"
import * as Observe from "./observe.ts"
import * as Rotation from "./rotation.ts"

/** A token with less left is refreshed. */
const early = 5 * 60_000
/** So little may be gone by the time the request arrives: rather wait for the next one. */
const tooShort = 60_000
/** In its last minute a token is held back for the next one no longer than this, nor than half of what is left of it. */
const patience = 5_000
/** After a failed refresh a token that still serves is left in peace. */
const backOff = 30_000
/** A token refused so soon after it was issued will not be helped by another. */
const rejectedFor = 5_000
/** So many users are remembered; the others are read from the store. */
const remembered = 10_000

interface Held {
  readonly record: GrantRecord.Record
  /** When the platform issued it to this process. */
  readonly issuedAt: number
}

type Flight = Deferred.Deferred<GrantRecord.Record, TokenError>

const serves = ({ accessUntil }: GrantRecord.Record, now: number, margin = 0) => accessUntil - margin > now

const ended = (userKey: string, { as, code }: NonNullable<GrantRecord.Record["ended"]>): TokenError =>
  as === "lost" ? new RefreshTokenLost({ userKey, code }) : new LoginRequired({ userKey, reason: as, code })

export const make = (oauth: OAuth.Service, store: TokenStore.Service, { appId, baseUrl }: Settings) =>
  Effect.gen(function*() {
    const rotation = Rotation.make(oauth, store)
    const held = new Map<string, Held>()
    const flights = new Map<string, Flight>()
    const quietUntil = new Map<string, number>()
    /** Pairs the store would not take yet. */
    const unstored = new Map<string, GrantRecord.Record>()

    const keysOf = (userKey: string): Rotation.Keys => ({
      record: JSON.stringify(["user", baseUrl, appId, userKey]),
      journal: JSON.stringify(["user journal", baseUrl, appId, userKey])
    })

    const remember = (userKey: string, record: GrantRecord.Record, issuedAt = Number.NEGATIVE_INFINITY) => {
      held.delete(userKey)
      held.set(userKey, { record, issuedAt })
      for (const [oldest] of held) {
        if (held.size <= remembered) break
        held.delete(oldest)
      }
      return record
    }

    const locked = <A, E>(userKey: string, self: Effect.Effect<A, E>): Effect.Effect<A, E | TokenStore.TokenStoreError> =>
      store.withLock(keysOf(userKey).record, Rotation.lease)(self)

    /** Stores a pair that could not be stored, unless the user has another by now. */
    const storeLater = (userKey: string, record: GrantRecord.Record) =>
      locked(
        userKey,
        Effect.flatMap(rotation.look(keysOf(userKey)), (found) =>
          Option.isSome(found) && found.value.current.generation >= record.generation
            && found.value.current.ended === undefined
            ? Effect.void
            : rotation.write(keysOf(userKey).record, record))
      ).pipe(
        Effect.retry(Schedule.spaced("1 second")),
        Effect.ensuring(Effect.sync(() => {
          if (unstored.get(userKey) === record) unstored.delete(userKey)
        }))
      )

    /** Reads, and where that is not enough, refreshes. `refused` is a token nobody wants. */
    const renewed = (userKey: string, refused: Redacted.Redacted | undefined) =>
      Effect.gen(function*() {
        const keys = keysOf(userKey)
        const waiting = unstored.get(userKey)
        const found = yield* Effect.mapError(rotation.look(keys), Rotation.storeFailed)
        // A pair of ours that is not stored yet goes before an older one that is.
        const isOurs = waiting !== undefined
          && (Option.isNone(found) || found.value.current.generation < waiting.generation)
        const newest = isOurs ? Option.some({ current: waiting, doubtful: false }) : found
        const now = yield* Clock.currentTimeMillis
        if (Option.isNone(newest)) return yield* new LoginRequired({ userKey, reason: "unknown" })
        const { current, doubtful } = newest.value
        const isWanted = refused === undefined || Redacted.value(refused) !== Redacted.value(current.accessToken)
        if (isWanted && serves(current, now, early)) return remember(userKey, current)
        // What serves to its end goes before a failure that is known already.
        if (current.ended !== undefined) {
          return yield* isWanted && serves(current, now) ? Effect.succeed(remember(userKey, current)) : ended(userKey, current.ended)
        }
        if (current.refreshToken === undefined) {
          return yield* isWanted && serves(current, now)
            ? Effect.succeed(remember(userKey, current))
            : new LoginRequired({ userKey, reason: "notRefreshable" })
        }
        const rotated = yield* Effect.either(
          rotation.rotate(keys, userKey, current, current.refreshToken, doubtful)
        )
        const later = yield* Clock.currentTimeMillis
        if (Either.isLeft(rotated)) {
          if (!isWanted || !serves(current, later)) return yield* Effect.fail(rotated.left)
          yield* Observe.tokenFetched("user", Exit.fail(rotated.left))
          return remember(userKey, current)
        }
        const { record, stored } = rotated.right
        if (!stored) {
          unstored.set(userKey, record)
          yield* Effect.forkDaemon(storeLater(userKey, record))
        }
        return remember(userKey, record, later)
      })

    const fetch = (userKey: string, refused: Redacted.Redacted | undefined): Effect.Effect<GrantRecord.Record, TokenError> =>
      Effect.gen(function*() {
        // Most often another process has refreshed it, and no lock is needed to see that.
        const found = yield* Effect.option(rotation.look(keysOf(userKey)))
        const now = yield* Clock.currentTimeMillis
        if (
          Option.isSome(found) && Option.isSome(found.value) && !found.value.value.doubtful
          && serves(found.value.value.current, now, early)
          && (refused === undefined || Redacted.value(refused) !== Redacted.value(found.value.value.current.accessToken))
        ) return remember(userKey, found.value.value.current)
        return yield* Effect.catchTag(locked(userKey, renewed(userKey, refused)), "TokenStoreError", (error) =>
          Effect.fail(Rotation.storeFailed(error)))
      })

    /** Joins the flight of this user, or starts one. Nobody who waits can end it. */
    const join = (userKey: string, refused?: Redacted.Redacted): Effect.Effect<Flight> =>
      Effect.suspend(() => {
        const known = flights.get(userKey)
        if (known !== undefined) return Effect.succeed(known)
        const landing: Flight = Deferred.unsafeMake(FiberId.none)
        flights.set(userKey, landing)
        return Effect.as(
          Effect.forkDaemon(Effect.onExit(Effect.interruptible(fetch(userKey, refused)), (exit) =>
            Effect.flatMap(Clock.currentTimeMillis, (now) => {
              flights.delete(userKey)
              if (Exit.isSuccess(exit) && serves(exit.value, now, early)) quietUntil.delete(userKey)
              else quietUntil.set(userKey, now + backOff)
              return Effect.zipRight(Observe.tokenFetched("user", exit), Deferred.done(landing, exit))
            }))),
          landing
        )
      }).pipe(Effect.uninterruptible)

    const wait = (userKey: string, refused?: Redacted.Redacted) =>
      Effect.map(Effect.flatMap(join(userKey, refused), Deferred.await), ({ accessToken }) => accessToken)

    const get = (userKey: string): Effect.Effect<Redacted.Redacted, TokenError> =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const record = held.get(userKey)?.record
        if (record === undefined || !serves(record, now)) return wait(userKey)
        const token = record.accessToken
        if (serves(record, now, early) || (quietUntil.get(userKey) ?? now) > now) return Effect.succeed(token)
        if (serves(record, now, tooShort)) return Effect.as(join(userKey), token)
        // What serves until its last second goes before a failure, and before a long wait.
        const soon = Effect.timeoutTo(wait(userKey), {
          duration: Duration.millis(Math.min(patience, (record.accessUntil - now) / 2)),
          onSuccess: (fresh) => fresh,
          onTimeout: () => token
        })
        return Effect.catchAll(soon, (failure) =>
          Effect.flatMap(Clock.currentTimeMillis, (later) => serves(record, later) ? Effect.succeed(token) : Effect.fail(failure)))
      })

    const renew = (userKey: string, refused: Redacted.Redacted): Effect.Effect<Option.Option<Redacted.Redacted>, TokenError> =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const current = held.get(userKey)
        const isCurrent = current !== undefined && Redacted.value(current.record.accessToken) === Redacted.value(refused)
        // Somebody who was refused later than the others finds the next token in place.
        if (!isCurrent) return Effect.asSome(get(userKey))
        if (current.issuedAt + rejectedFor > now) return new AccessTokenRejected({ credential: "user" })
        held.delete(userKey)
        return Effect.asSome(wait(userKey, refused))
      })

    const save = (userKey: string, grant: OAuth.Grant) =>
      locked(
        userKey,
        Effect.gen(function*() {
          const keys = keysOf(userKey)
          const found = yield* rotation.look(keys)
          const generation = Option.match(found, { onNone: () => 0, onSome: ({ current }) => current.generation }) + 1
          const record = GrantRecord.make(grant, generation, yield* Clock.currentTimeMillis)
          yield* rotation.write(keys.record, record)
          yield* store.remove(keys.journal)
          unstored.delete(userKey)
          quietUntil.delete(userKey)
          remember(userKey, record)
        })
      )

    const forget = (userKey: string) =>
      locked(
        userKey,
        Effect.suspend(() => {
          held.delete(userKey)
          unstored.delete(userKey)
          const { journal, record } = keysOf(userKey)
          return Effect.zipRight(store.remove(record), store.remove(journal))
        })
      )

    // A token that was sent is not abandoned: what is under way lands before the layer goes.
    yield* Effect.addFinalizer(() =>
      Effect.suspend(() =>
        Effect.forEach([...flights.values()], (flight) => Effect.exit(Deferred.await(flight)), { discard: true })
      )
    )

    return { get, renew, save, forget }
  })
