/**
 * One rotation of a user's pair of tokens, under the user's lock.
 *
 * A refresh token works once, so every step is written down before it is made:
 * a copy of the record goes into the journal before the token is sent, and the
 * new pair is stored before it is used. Whoever finds a journal that is newer
 * than nothing knows that the token in it may be spent.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import { hasCategory } from "../ApiError.ts"
import { AccessTokenUnavailable, LoginRequired, RefreshTokenLost } from "../CallError.ts"
import type { TokenError } from "../CallError.ts"
import type * as OAuth from "../OAuth.ts"
import type * as TokenStore from "./tokenStore.ts"
import * as GrantRecord from "./grantRecord.ts"

export interface Keys {
  readonly record: string
  readonly journal: string
}

/** Longer than two exchanges, waits included; shorter than a token serves once it is to be refreshed. */
export const lease = Duration.minutes(2)

/** These codes tell that the token is not there any more: spent by us, by another process, or taken back. */
const gone: ReadonlySet<number> = new Set([20038, 20064, 20073])

const endings: Readonly<Record<number, "expired" | "refused">> = {
  20007: "refused",
  20026: "refused",
  20037: "expired",
  20074: "refused"
}

const configuration = hasCategory("Credential", "Invalid", "Permission", "NotFound")

/** Time for another process to store what it received. */
const grace = Duration.seconds(1)

/** The token was sent, and what the platform made of it is not known. */
const isUnheard = ({ _tag }: OAuth.RefreshError): boolean => _tag === "OutcomeUnknown" || _tag === "ResponseInvalid"

const persistently = Schedule.intersect(Schedule.exponential("100 millis"), Schedule.recurs(3))

const codeOf = (error: OAuth.RefreshError): number | undefined => "code" in error ? error.code : undefined

const unavailable = (error: OAuth.RefreshError) =>
  new AccessTokenUnavailable({
    credential: "user",
    reason: error.message,
    permanent: configuration(error),
    code: codeOf(error),
    logId: "logId" in error ? error.logId : undefined
  })

export const storeFailed = (error: TokenStore.TokenStoreError) =>
  new AccessTokenUnavailable({ credential: "user", reason: error.message, permanent: false })

export const make = (oauth: OAuth.Service, store: TokenStore.Service) => {
  const read = (key: string) =>
    Effect.map(store.get(key), Option.flatMap(({ value }) => GrantRecord.read(value)))

  const write = (key: string, record: GrantRecord.Record) =>
    Effect.flatMap(Clock.currentTimeMillis, (now) =>
      store.set(key, GrantRecord.write(record), Duration.millis(Math.max(0, record.until - now))))

  /** The newest record there is, and whether its refresh token may have been sent before. */
  const look = ({ journal, record }: Keys) =>
    Effect.map(Effect.zip(read(record), read(journal)), ([stored, sent]) =>
      Option.match(stored, {
        // Broken off while it was written: the journal holds what it was made from.
        onNone: () => Option.map(sent, (sent) => ({ current: sent, doubtful: true })),
        onSome: (stored) =>
          Option.some({
            current: Option.isSome(sent) && sent.value.generation > stored.generation ? sent.value : stored,
            doubtful: Option.isSome(sent) && sent.value.generation >= stored.generation
          })
      }))

  /** Stores a pair that was just received. A store that fails must not cost the user their sign-in: the pair is used all the same. */
  const keep = (keys: Keys, fresh: GrantRecord.Record) =>
    write(keys.record, fresh).pipe(
      Effect.zipRight(Effect.ignore(store.remove(keys.journal))),
      Effect.as(true),
      Effect.retry(persistently),
      Effect.catchAll((error) => Effect.as(Effect.logWarning(`${error.message}; a pair of tokens is not stored yet`), false))
    )

  const end = (
    keys: Keys,
    userKey: string,
    record: GrantRecord.Record,
    as: NonNullable<GrantRecord.Record["ended"]>["as"],
    error: OAuth.RefreshError
  ): Effect.Effect<never, TokenError> => {
    const code = codeOf(error)
    const logId = "logId" in error ? error.logId : undefined
    const failure: TokenError = as === "lost"
      ? new RefreshTokenLost({ userKey, code, logId })
      : new LoginRequired({ userKey, reason: as, code, logId })
    return write(keys.record, { ...record, ended: { as, code: code ?? 0 } }).pipe(
      Effect.zipRight(store.remove(keys.journal)),
      // Where it cannot be written, the next one to ask is told the same by the platform.
      Effect.ignore,
      Effect.zipRight(Effect.fail(failure))
    )
  }

  const send = (token: Redacted.Redacted) =>
    Effect.catchAll(
      Effect.map(oauth.refresh(token), (grant) => Either.right(grant)),
      (error) =>
        isUnheard(error)
          // Asked once more, the platform may repeat its answer, or say that the token is spent.
          ? Effect.map(Effect.either(oauth.refresh(token)), Either.mapLeft((error) => ({ error, doubtful: true })))
          // A refusal may follow a failure of the platform's within the same call.
          : Effect.succeed(Either.left({ error, doubtful: "attempts" in error && (error.attempts ?? 1) > 1 }))
    )

  /** The next pair in place of this one. What is answered has been stored, unless the store would not have it. */
  const rotate = (
    keys: Keys,
    userKey: string,
    current: GrantRecord.Record,
    refreshToken: Redacted.Redacted,
    doubtful: boolean
  ): Effect.Effect<{ readonly record: GrantRecord.Record; readonly stored: boolean }, TokenError> =>
    Effect.gen(function*() {
      // A store that takes this will take the next pair too; one that does not leaves the token unspent.
      yield* Effect.mapError(write(keys.journal, current), storeFailed)
      const sentAt = yield* Clock.currentTimeMillis
      const answer = yield* send(refreshToken)
      if (Either.isRight(answer)) {
        const record = GrantRecord.make(answer.right, current.generation + 1, sentAt)
        return { record, stored: yield* keep(keys, record) }
      }
      const { error } = answer.left
      const code = codeOf(error)
      const unsure = doubtful || answer.left.doubtful
      if (code !== undefined && gone.has(code)) {
        // Somebody else may have rotated it, lock or no lock; one that was slower than its lease may be about to say so.
        if (doubtful) yield* Effect.sleep(grace)
        const now = yield* Effect.mapError(look(keys), storeFailed)
        if (Option.isSome(now) && !GrantRecord.samePair(now.value.current, current)) {
          return { record: now.value.current, stored: true }
        }
        return yield* end(keys, userKey, current, unsure ? "lost" : "revoked", error)
      }
      const ending = code === undefined ? undefined : endings[code]
      if (ending !== undefined) return yield* end(keys, userKey, current, ending, error)
      // Told so by the platform, the token is unspent; the doubt of an earlier send remains.
      if (code !== undefined && !unsure) yield* Effect.ignore(store.remove(keys.journal))
      return yield* unavailable(error)
    })

  return { look, keep, rotate, write }
}
