/** What lists of meetings and their exports are asked with alike: fields, and the rules over them. */
import * as Shape from "@effect-feishu/core/Shape"
import * as Time from "@effect-feishu/core/Time"
import * as Schema from "effect/Schema"
import { UserIds } from "./userIds.ts"

/** How far two times of a request may be apart, in days, and in words. */
interface Longest {
  readonly days: number
  readonly said: string
}

const secondsPerDay = 86_400

export const oneDay: Longest = { days: 1, said: "one day" }

/** No year has more. Which days a shorter one has depends on the platform's clock: that it judges itself. */
export const oneYear: Longest = { days: 366, said: "one year (366 days)" }

/** The second time is not before the first, and not too far behind it. */
export const spans =
  <Start extends string, End extends string>(start: Start, end: End, longest?: Longest): Shape.Rule<{ readonly [Name in Start | End]: string }> =>
  (request) => {
    const seconds = Number(request[end]) - Number(request[start])
    if (seconds < 0) return { path: [end], message: `must not be before ${start}` }
    return longest !== undefined && seconds > longest.days * secondsPerDay
      ? { path: [end], message: `must be at most ${longest.said} after ${start}` }
      : undefined
  }

export const MeetingNo = Schema.String.pipe(
  Schema.filter((text) => /^\d{9}$/.test(text), {
    message: () => "must be 9 digits",
    arbitrary: () => (fc) => fc.stringMatching(/^[0-9]{9}$/)
  })
)

/** One page of a list. */
export class Page extends Shape.Struct<Page>()(() => ({
  /**
   * How many a page holds, from 20 to 100.
   *
   * @default 20
   */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(20, 100))),
  /** The page to read: the `page_token` of the page before, none for the first. */
  page_token: Schema.optional(Schema.String)
})) {}

/** Which meetings. */
export class Meetings extends Shape.extend(UserIds)<Meetings>()(() => ({
  /** From when on: Unix seconds as text, see `Time.toUnixSeconds`. */
  start_time: Time.UnixSeconds,
  /** Until when: Unix seconds as text, not before `start_time`. */
  end_time: Time.UnixSeconds,
  /** Those under this number of 9 digits; not beside `user_id` or `room_id`. */
  meeting_no: Schema.optional(MeetingNo),
  /** Those this user took part in; not beside `meeting_no` or `room_id`. */
  user_id: Schema.optional(Schema.String),
  /** Those this room (`omm_…`) took part in; not beside `meeting_no` or `user_id`. */
  room_id: Schema.optional(Schema.String),
  /**
   * 1 all, 2 video, 3 local screen sharing: see `MeetingList.MeetingType`. Its
   * page counts it among the filters of which there is one at most, its error
   * code does not: beside another one the platform decides.
   *
   * @default 1
   */
  meeting_type: Schema.optional(Schema.Literal(1, 2, 3))
})) {}

/** Meetings are filtered by their number, by one user or by one room. */
export type OneFilter =
  | { readonly user_id?: undefined; readonly room_id?: undefined }
  | { readonly meeting_no?: undefined; readonly room_id?: undefined }
  | { readonly meeting_no?: undefined; readonly user_id?: undefined }

const filters = ["meeting_no", "user_id", "room_id"] as const

export const oneFilter: Shape.Rule<{ readonly [Name in (typeof filters)[number]]?: string | undefined }> = (request) => {
  const [first, second] = filters.filter((name) => request[name] !== undefined)
  return second === undefined ? undefined : { path: [second], message: `must be absent where ${first} is given` }
}

class OneNumber extends Shape.extend(UserIds)<OneNumber>()(() => ({
  /** The meeting's number, of 9 digits. */
  meeting_no: MeetingNo
})) {}

/** Who took part in one meeting. */
export class Participants extends Shape.extend(OneNumber)<Participants>()(() => ({
  /** When the meeting began: Unix seconds as text, see `Time.toUnixSeconds`. */
  meeting_start_time: Time.UnixSeconds,
  /** When the meeting ended, or now while it goes on: Unix seconds as text. */
  meeting_end_time: Time.UnixSeconds,
  /**
   * 1 going on, 2 over, 3 still to come: see `MeetingList.MeetingStatus`.
   *
   * @default 2
   */
  meeting_status: Schema.optional(Schema.Literal(1, 2, 3)),
  /** This user only; not beside `room_id`. */
  user_id: Schema.optional(Schema.String),
  /** This room (`omm_…`) only; not beside `user_id`. */
  room_id: Schema.optional(Schema.String)
})) {}

/** Participants are filtered by one user or by one room. */
export type UserOrRoom =
  | { readonly user_id?: undefined }
  | { readonly room_id?: undefined }

interface MayNameOne {
  readonly user_id?: string | undefined
  readonly room_id?: string | undefined
}

export const userOrRoom: Shape.Rule<MayNameOne> = ({ room_id, user_id }) =>
  user_id !== undefined && room_id !== undefined
    ? { path: ["room_id"], message: "must be absent where user_id is given" }
    : undefined

/** How one participant of one meeting that is over was connected. */
export class Quality extends Shape.extend(OneNumber)<Quality>()(() => ({
  /** When the meeting began, right to the minute: Unix seconds as text, see `Time.toUnixSeconds`. */
  meeting_start_time: Time.UnixSeconds,
  /** When the meeting ended: Unix seconds as text. */
  meeting_end_time: Time.UnixSeconds,
  /**
   * When the participant joined: Unix seconds as text. `ParticipantList.get`
   * tells it, but as text such as "2022.12.23 11:16:59 (GMT+08:00)".
   */
  join_time: Time.UnixSeconds,
  /** The participant, where it is a user. */
  user_id: Schema.optional(Schema.String),
  /** The participant, where it is a room (`omm_…`). */
  room_id: Schema.optional(Schema.String)
})) {}

/** The participant is a user or a room. */
export type UserXorRoom =
  | { readonly user_id: string; readonly room_id?: undefined }
  | { readonly user_id?: undefined; readonly room_id: string }

export const names: Shape.Rule<MayNameOne> = ({ room_id, user_id }) =>
  user_id === undefined && room_id === undefined
    ? { path: ["user_id"], message: "is required without room_id" }
    : undefined

/** When which rooms are reserved. */
export class Reservations extends Shape.Struct<Reservations>()(() => ({
  /**
   * The rooms of this level. What is no id of a level (`omb_…`) counts as the
   * tenant itself: no failure tells of a mistaken one.
   */
  room_level_id: Schema.String,
  /** Whether the titles of the meetings are told. */
  need_topic: Schema.optional(Schema.Boolean),
  /** From when on: Unix seconds as text, see `Time.toUnixSeconds`. */
  start_time: Time.UnixSeconds,
  /** Until when: Unix seconds as text, not before `start_time`. */
  end_time: Time.UnixSeconds,
  /**
   * Whether `room_ids` are left out: then it is about the other rooms of the
   * level.
   *
   * @default false
   */
  is_exclude: Schema.optional(Schema.Boolean)
})) {}
