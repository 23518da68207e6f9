/** What is stored of a user's sign-in. */
import * as Duration from "effect/Duration"
import type * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Grant } from "../OAuth.ts"

/** Times are the clock's, in milliseconds. */
const Record = Schema.Struct({
  /** Grows with every pair of this user, so that the newer of two records is known. */
  generation: Schema.Int,
  accessToken: Schema.Redacted(Schema.NonEmptyString),
  accessUntil: Schema.Number,
  refreshToken: Schema.optional(Schema.Redacted(Schema.NonEmptyString)),
  until: Schema.Number,
  /** Set when the platform took the refresh token no more, and nobody has another. */
  ended: Schema.optional(Schema.Struct({
    as: Schema.Literal("lost", "expired", "revoked", "refused"),
    code: Schema.Int
  }))
})

export type Record = typeof Record.Type

const json = Schema.parseJson(Record)
const decode = Schema.decodeUnknownOption(json)
const encode = Schema.encodeSync(json)

export const read = (text: Redacted.Redacted): Option.Option<Record> => decode(Redacted.value(text))

export const write = (record: Record): Redacted.Redacted => Redacted.make(encode(record))

/** A refresh token whose lifetime is not told is kept as long as those whose lifetime is, as a rule. */
const untold = Duration.days(7)

export const make = (grant: Grant, generation: number, now: number): Record => {
  const accessUntil = now + Duration.toMillis(grant.accessLifetime)
  return {
    generation,
    accessToken: grant.accessToken,
    accessUntil,
    ...grant.refreshToken === undefined ? {} : { refreshToken: grant.refreshToken },
    until: grant.refreshToken === undefined
      ? accessUntil
      : Math.max(accessUntil, now + Duration.toMillis(grant.refreshLifetime ?? untold))
  }
}

/** Whether both hold the same pair. */
export const samePair = (a: Record, b: Record): boolean =>
  Redacted.value(a.accessToken) === Redacted.value(b.accessToken)
