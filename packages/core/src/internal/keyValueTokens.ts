/**
 * The token store over a `KeyValueStore`.
 *
 * Such a store can read and write, and nothing more: it neither expires what it
 * keeps nor compares before it writes. Entries carry their expiry. Locks follow
 * Fischer's protocol: whoever finds the lock free writes its name, waits longer
 * than any write takes, and holds the lock if its name still stands there.
 */
import type * as PlatformError from "@effect/platform/Error"
import type * as KeyValueStore from "@effect/platform/KeyValueStore"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Service, TokenStoreError } from "./tokenStore.ts"
import * as Digest from "./digest.ts"
import type { Seal } from "./seal.ts"
import * as Turns from "./turns.ts"

/** `key` repeats what the entry is kept under: one that was copied from elsewhere is not taken for ours. */
const Entry = Schema.parseJson(Schema.Struct({
  key: Schema.String,
  expiresAt: Schema.Number,
  value: Schema.optional(Schema.String),
  sealed: Schema.optional(Schema.String)
}))

const Lock = Schema.parseJson(Schema.Struct({ owner: Schema.String, until: Schema.Number }))

const readEntry = Schema.decodeUnknownEither(Entry)
const writeEntry = Schema.encodeSync(Entry)
const readLock = Schema.decodeUnknownEither(Lock)
const writeLock = Schema.encodeSync(Lock)

type Action = TokenStoreError["action"]

/** The names of the faults a `KeyValueStore` knows; its messages hold paths, and perhaps more. */
const reasonOf = (error: PlatformError.PlatformError) => error._tag === "SystemError" ? error.reason : error._tag

/** How often somebody who waits for a lock looks whether it is free. */
const poll = Duration.millis(100)

/** No lock is believed to be held longer, whatever its entry says. */
const longestLease = 10 * 60_000

export const make = (
  store: KeyValueStore.KeyValueStore,
  seal: Seal | undefined,
  lockDelay: Duration.DurationInput,
  failed: (action: Action) => (reason: string) => TokenStoreError
): Service => {
  const turn = Turns.make()

  const attempt = <A>(action: Action, effect: Effect.Effect<A, PlatformError.PlatformError>) =>
    Effect.mapError(effect, (error) => failed(action)(reasonOf(error)))

  const hashed = (key: string) => Effect.map(Digest.sha256(Digest.bytesOf(key)), Encoding.encodeHex)

  const remove = (action: Action, name: string) =>
    attempt(action, store.remove(name).pipe(
      Effect.catchIf((error) => error._tag === "SystemError" && error.reason === "NotFound", () => Effect.void)
    ))

  /** What an entry is sealed together with: moved to another key, or made to last longer, it does not open. */
  const context = (name: string, expiresAt: number) => `${name}|${expiresAt}`

  const open = (name: string, text: string, now: number): Effect.Effect<Option.Option<{ value: string; expiresAt: number }>> => {
    const entry = readEntry(text)
    if (Either.isLeft(entry)) return Effect.succeedNone
    const { expiresAt, key, sealed, value } = entry.right
    if (key !== name || expiresAt <= now) return Effect.succeedNone
    const opened = seal === undefined
      ? Effect.succeed(Option.fromNullable(value))
      : sealed === undefined
      ? Effect.succeedNone
      : seal.open(sealed, context(name, expiresAt))
    return Effect.map(opened, Option.map((value) => ({ value, expiresAt })))
  }

  const holder = (name: string, now: number) =>
    Effect.map(attempt("lock", store.get(name)), (text) =>
      Option.flatMap(text, (text) => Option.getRight(readLock(text))).pipe(
        // One that cannot be read is being written, and then it is not held yet.
        Option.filter(({ until }) => until > now && until <= now + longestLease)
      ))

  const acquire = (name: string, owner: string, lease: number) =>
    Effect.gen(function*() {
      while (true) {
        const now = yield* Clock.currentTimeMillis
        if (Option.isNone(yield* holder(name, now))) {
          yield* attempt("lock", store.set(name, writeLock({ owner, until: now + lease })))
          yield* Effect.sleep(lockDelay)
          const held = yield* holder(name, yield* Clock.currentTimeMillis)
          if (Option.isSome(held) && held.value.owner === owner) return
        }
        yield* Effect.sleep(poll)
      }
    })

  const release = (name: string, owner: string) =>
    Effect.gen(function*() {
      const held = yield* holder(name, yield* Clock.currentTimeMillis)
      if (Option.isSome(held) && held.value.owner === owner) yield* remove("lock", name)
      // What was not given back ends with its lease.
    }).pipe(Effect.ignore)

  return {
    get: (key) =>
      Effect.gen(function*() {
        const name = yield* hashed(key)
        const text = yield* attempt("get", store.get(name))
        if (Option.isNone(text)) return Option.none()
        const now = yield* Clock.currentTimeMillis
        return Option.map(yield* open(name, text.value, now), ({ expiresAt, value }) => ({
          value: Redacted.make(value),
          remaining: Duration.millis(expiresAt - now)
        }))
      }),
    set: (key, value, lifetime) =>
      Effect.gen(function*() {
        const name = yield* hashed(key)
        const millis = Duration.toMillis(lifetime)
        if (!(millis > 0)) return yield* remove("set", name)
        const expiresAt = (yield* Clock.currentTimeMillis) + millis
        const content = seal === undefined
          ? { value: Redacted.value(value) }
          : { sealed: yield* seal.seal(Redacted.value(value), context(name, expiresAt)) }
        yield* attempt("set", store.set(name, writeEntry({ key: name, expiresAt, ...content })))
      }),
    remove: (key) => Effect.flatMap(hashed(key), (name) => remove("remove", name)),
    withLock: (key, lease) => (self) =>
      turn(key)(Effect.gen(function*() {
        const name = yield* hashed(`lock|${key}`)
        const owner = yield* Effect.sync(() => crypto.randomUUID())
        const millis = Math.min(longestLease, Duration.toMillis(lease))
        return yield* Effect.uninterruptibleMask((restore) =>
          restore(acquire(name, owner, millis)).pipe(
            Effect.onInterrupt(() => release(name, owner)),
            Effect.zipRight(Effect.ensuring(restore(self), release(name, owner)))
          )
        )
      }))
  }
}
