/**
 * Times and durations as the platform writes them: whole numbers, most often as
 * text, in a unit that differs from field to field.
 *
 * Requests and answers keep the wire's own values; the schemas here say which
 * unit a field is in, and the functions turn a value into a `DateTime` or a
 * `Duration` and back.
 *
 * @since 0.1.0
 */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"

/** 31 December 9999, the last second of which any format can tell. */
const lastSecond = 253_402_300_799

const digits = (title: string, perSecond: number): Schema.Schema<string> => {
  const most = lastSecond * perSecond
  return Schema.String.pipe(
    Schema.filter((text) => /^\d{1,15}$/.test(text) && Number(text) <= most, {
      message: () => `must be ${title}, as text`,
      arbitrary: () => (fc) => fc.integer({ min: 0, max: most }).map(String)
    })
  )
}

/**
 * Seconds since 1970, as text: what a request takes.
 *
 * @since 0.1.0
 * @category schemas
 */
export const UnixSeconds: Schema.Schema<string> = digits("whole seconds since 1970", 1)

/**
 * Milliseconds since 1970, as text: what a request takes.
 *
 * @since 0.1.0
 * @category schemas
 */
export const UnixMillis: Schema.Schema<string> = digits("whole milliseconds since 1970", 1_000)

/** What an answer may hold where it tells a time or a duration. */
type Told = string | number | undefined

/** An answer may hold anything: what is no whole number, 0 or more, tells nothing. */
const whole = (told: Told): Option.Option<number> => {
  const value = typeof told === "string" && /^\d{1,15}$/.test(told) ? Number(told) : told
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? Option.some(value) : Option.none()
}

/**
 * The time that a field in seconds since 1970 tells; none where it is absent or
 * no number.
 *
 * @example
 * ```ts
 * import { Time } from "@effect-feishu/core"
 *
 * export const began = Time.fromUnixSeconds("1608885566")
 * ```
 *
 * @since 0.1.0
 * @category conversions
 */
export const fromUnixSeconds = (told: Told): Option.Option<DateTime.Utc> =>
  Option.flatMap(whole(told), (seconds) => DateTime.make(seconds * 1_000))

/**
 * The time that a field in milliseconds since 1970 tells; none where it is
 * absent or no number.
 *
 * @since 0.1.0
 * @category conversions
 */
export const fromUnixMillis = (told: Told): Option.Option<DateTime.Utc> => Option.flatMap(whole(told), DateTime.make)

/**
 * A time as a request in seconds since 1970 takes it. What is left of a second
 * is dropped.
 *
 * @since 0.1.0
 * @category conversions
 */
export const toUnixSeconds = (time: DateTime.DateTime): string => String(Math.floor(DateTime.toEpochMillis(time) / 1_000))

/**
 * A time as a request in milliseconds since 1970 takes it.
 *
 * @since 0.1.0
 * @category conversions
 */
export const toUnixMillis = (time: DateTime.DateTime): string => String(DateTime.toEpochMillis(time))

/**
 * How long a field in milliseconds lasts; none where it is absent or no number.
 *
 * @since 0.1.0
 * @category conversions
 */
export const millis = (told: Told): Option.Option<Duration.Duration> => Option.map(whole(told), Duration.millis)

/**
 * How long a field in seconds lasts; none where it is absent or no number.
 *
 * @since 0.1.0
 * @category conversions
 */
export const seconds = (told: Told): Option.Option<Duration.Duration> => Option.map(whole(told), Duration.seconds)

/**
 * How long a field in minutes lasts; none where it is absent or no number.
 *
 * @since 0.1.0
 * @category conversions
 */
export const minutes = (told: Told): Option.Option<Duration.Duration> => Option.map(whole(told), Duration.minutes)
