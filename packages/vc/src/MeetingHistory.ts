/**
 * What was held under a meeting number: every meeting of a span of time, who
 * took part in it, and what became of its recording.
 *
 * A recipe over `Meeting.listByNo`, `Meeting.get` and `MeetingRecording.get`: it
 * goes through the client, and so at the documented pace. Whatever one meeting
 * fails with is told in its place, and loses none of the others.
 *
 * With a user token only those meetings can be read that the user owns, and only
 * their recordings; with a tenant token the recordings of the whole tenant. No
 * meeting is told of that was more than 90 days ago.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import type { Operation } from "@effect-feishu/core/Operation"
import * as Time from "@effect-feishu/core/Time"
import * as Waiter from "@effect-feishu/core/Waiter"
import * as Data from "effect/Data"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Meeting from "./Meeting.ts"
import * as MeetingRecording from "./MeetingRecording.ts"

/**
 * A meeting was listed without an id, and nothing more can be read of it.
 *
 * @since 0.1.0
 * @category errors
 */
export class MeetingUnnamed extends Data.TaggedError("MeetingUnnamed")<{
  readonly meeting_no: string
}> {
  override get message() {
    return `a meeting under ${this.meeting_no} was listed without its id`
  }
}

/**
 * What listing the meetings of a number may fail with.
 *
 * @since 0.1.0
 * @category errors
 */
export type ListError = Stream.Stream.Error<ReturnType<typeof Meeting.listByNo.items>>

/**
 * What reading one of them may fail with.
 *
 * @since 0.1.0
 * @category errors
 */
export type ReadError = Operation.Error<typeof Meeting.get> | CallError | MeetingUnnamed

/**
 * What reading its recording may fail with, besides what says how it stands.
 *
 * @since 0.1.0
 * @category errors
 */
export type RecordingError = Operation.Error<typeof MeetingRecording.get> | CallError

/**
 * A recording that can be watched.
 *
 * @since 0.1.0
 * @category models
 */
export interface Ready {
  readonly _tag: "Ready"
  readonly url: string
  /** How long it is, if that is told. */
  readonly duration: Option.Option<Duration.Duration>
  /** The minutes of the meeting, where the recording is shown by them: see `minuteToken`. */
  readonly minute_token: Option.Option<string>
}

/**
 * What became of the recording of a meeting.
 *
 * - `Ready` it can be watched,
 * - `Processing` it is still being made, or was when waiting for it ended,
 * - `None` the meeting goes on, was not recorded, or too shortly (under 5 seconds),
 * - `Forbidden` the caller may not have it,
 * - `Failed` it could not be found out.
 *
 * @since 0.1.0
 * @category models
 */
export type Recording =
  | Ready
  | { readonly _tag: "Processing" }
  | { readonly _tag: "None" }
  | { readonly _tag: "Forbidden" }
  | { readonly _tag: "Failed"; readonly error: RecordingError }

/**
 * A meeting, whole.
 *
 * @since 0.1.0
 * @category models
 */
export interface Held {
  readonly _tag: "Held"
  readonly meeting: Meeting.Meeting
  readonly participants: ReadonlyArray<Meeting.Participant>
  readonly recording: Recording
}

/**
 * A meeting that could not be read, as far as the list tells of it, and why.
 *
 * @since 0.1.0
 * @category models
 */
export interface Unread {
  readonly _tag: "Unread"
  readonly meeting: Meeting.MeetingBrief
  readonly error: ReadError
}

/**
 * The part of the span that was not asked for: it is longer ago than the
 * platform tells of.
 *
 * @since 0.1.0
 * @category models
 */
export interface OutOfReach {
  readonly _tag: "OutOfReach"
  readonly from: DateTime.Utc
  readonly to: DateTime.Utc
}

/**
 * One piece of a history.
 *
 * @since 0.1.0
 * @category models
 */
export type Entry = Held | Unread | OutOfReach

/**
 * Which history.
 *
 * @since 0.1.0
 * @category models
 */
export interface Request {
  /** The 9 digits by which people join: the end of the meeting's link. */
  readonly meeting_no: string
  /** From when on. Times are whole seconds: what is left of one is dropped. */
  readonly from: DateTime.DateTime
  /** Until when, after `from`. */
  readonly to: DateTime.DateTime
}

/**
 * How it is read.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * What the ids of users are. With "user_id" there are no participants but
   * Feishu users.
   *
   * @default "open_id"
   */
  readonly user_id_type?: "open_id" | "union_id" | "user_id" | undefined
  /**
   * Whether, and how, recordings are waited for that are still being made. One
   * that is not complete in time is told as `Processing`.
   *
   * @default false
   */
  readonly wait?: boolean | Waiter.Options | undefined
  /**
   * How many meetings are read, or waited for, at a time. The order stays that
   * of the list.
   *
   * @default 4
   */
  readonly concurrency?: number | undefined
  /**
   * For how much of the span one listing asks. No limit is documented: shorter
   * ones are for when the platform has one.
   *
   * @default "90 days"
   */
  readonly window?: Duration.DurationInput | undefined
}

/** Meetings that ended longer ago are not told of. */
const reach = Duration.days(90)

/**
 * The minutes that a link leads to: what the platform's Minutes API takes as
 * `minute_token`. None of a link that leads elsewhere.
 *
 * No field of video conferencing holds this token. That it is the end of the
 * link is read off the documented example of a recording, and no page says so:
 * be prepared for a token that Minutes does not know.
 *
 * @example
 * ```ts
 * import { MeetingHistory } from "@effect-feishu/vc"
 *
 * export const token = MeetingHistory.minuteToken("https://meetings.feishu.cn/minutes/obcn37dxcftoc3656rgyejm7")
 * ```
 *
 * @since 0.1.0
 * @category conversions
 */
export const minuteToken = (url: string): Option.Option<string> =>
  Option.fromNullable(/^https?:\/\/[^/?#]+\/minutes\/([A-Za-z0-9_-]+)\/?(?:[?#]|$)/.exec(url)?.[1])

const none: Recording = { _tag: "None" }

const processing: Recording = { _tag: "Processing" }

const stated = ({ recording = {} }: MeetingRecording.GetResponse): Recording =>
  recording.url === undefined || recording.url === ""
    ? none
    : {
      _tag: "Ready",
      url: recording.url,
      duration: Time.millis(recording.duration),
      minute_token: minuteToken(recording.url)
    }

const refused = (error: RecordingError): Recording => {
  switch (error._tag) {
    case "VcRecordingProcessing":
      return processing
    case "VcDataNotFound":
    // Whatever goes on has no recording yet.
    case "VcMeetingStatusUnexpected":
      return none
    case "VcNoPermission":
      return { _tag: "Forbidden" }
    default:
      return { _tag: "Failed", error }
  }
}

const recordingOf = (meeting_id: string, wait: Options["wait"] = false) => {
  const look = Effect.match(MeetingRecording.get({ meeting_id }), { onFailure: refused, onSuccess: stated })
  if (wait === false) return look
  const ended = (recording: Recording) =>
    recording._tag === "Processing" ? Option.none() : Option.some(Either.right(recording))
  return Waiter.until({ operation: MeetingRecording.get.id, look, ended }, wait === true ? {} : wait).pipe(
    Effect.catchTag("WaitTimeout", () => Effect.succeed(processing))
  )
}

const whole = (
  brief: Meeting.MeetingBrief,
  { meeting_no }: Request,
  { user_id_type, wait }: Options
): Effect.Effect<Held | Unread, never, FeishuClient | AccessToken.AnyAccessToken> =>
  Effect.gen(function*() {
    const { id } = brief
    if (id === undefined) return yield* new MeetingUnnamed({ meeting_no })
    const { meeting = brief } = yield* Meeting.get({ meeting_id: id, with_participants: true, user_id_type })
    const { participants = [], status }: Meeting.Meeting = meeting
    const over = status === undefined || status === Meeting.MeetingStatus.ended
    return { _tag: "Held" as const, meeting, participants, recording: over ? yield* recordingOf(id, wait) : none }
  }).pipe(
    Effect.catchAll((error) => Effect.succeed({ _tag: "Unread" as const, meeting: brief, error }))
  )

const second = (time: DateTime.DateTime) => Number(Time.toUnixSeconds(time))

/** A span, in seconds since 1970, in pieces. Each begins where the one before ends, so that nothing falls between them. */
const pieces = (from: number, to: number, window: number) =>
  Stream.unfold(from, (start) => {
    if (start >= to) return Option.none()
    const end = Math.min(start + window, to)
    return Option.some([{ start_time: String(start), end_time: String(end) }, end])
  })

/**
 * The meetings that were held under a number, with participants and recordings,
 * in the order they are listed in, each once.
 *
 * A meeting that cannot be read is `Unread`, and the rest goes on; the Stream
 * fails only where the list itself cannot be had. What is longer ago than 90
 * days is not asked for: the first entry is then `OutOfReach`, and says so.
 *
 * @example
 * ```ts
 * import { MeetingHistory } from "@effect-feishu/vc"
 * import { DateTime, Effect, Option, Stream } from "effect"
 *
 * export const minutes = (meeting_no: string) =>
 *   Effect.gen(function*() {
 *     const to = yield* DateTime.now
 *     return yield* MeetingHistory.read({ meeting_no, from: DateTime.subtract(to, { days: 30 }), to }, { wait: true }).pipe(
 *       Stream.filterMap((entry) =>
 *         entry._tag === "Held" && entry.recording._tag === "Ready" ? entry.recording.minute_token : Option.none()),
 *       Stream.runCollect
 *     )
 *   })
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const read = (
  request: Request,
  options: Options = {}
): Stream.Stream<Entry, ListError, FeishuClient | AccessToken.AnyAccessToken> =>
  Stream.unwrap(Effect.map(DateTime.now, (now) => {
    const { from, meeting_no, to } = request
    const earliest = second(DateTime.subtractDuration(now, reach)) + 1
    const missed: ReadonlyArray<Entry> = second(from) < earliest
      ? [{ _tag: "OutOfReach", from: DateTime.toUtc(from), to: DateTime.min(DateTime.toUtc(to), DateTime.unsafeMake(earliest * 1_000)) }]
      : []
    const window = Math.max(1, Math.floor(Duration.toSeconds(options.window ?? reach)))
    const start = missed.length === 0 ? second(from) : earliest
    // A span without a beginning or an end is left for the operation to refuse.
    const spans = missed.length === 0 && second(to) <= start
      ? Stream.make({ start_time: String(start), end_time: Time.toUnixSeconds(to) })
      : pieces(start, second(to), window)
    const seen = new Set<string>()
    const isNew = ({ id }: Meeting.MeetingBrief) => {
      const known = id !== undefined && seen.has(id)
      if (id !== undefined) seen.add(id)
      return !known
    }
    const held = spans.pipe(
      Stream.flatMap((span) => Meeting.listByNo.items({ meeting_no, ...span, page_size: 50 })),
      Stream.filter(isNew),
      Stream.mapEffect((brief) => whole(brief, request, options), { concurrency: options.concurrency ?? 4 })
    )
    return Stream.concat(Stream.fromIterable(missed), held)
  }))
