/**
 * Meetings: finding them, reading them, and acting in one that goes on.
 *
 * A meeting has a number of 9 digits, by which people join, and an id, which it
 * has once it has begun: one number can have many meetings. `listByNo` and
 * `search` tell ids.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Time from "@effect-feishu/core/Time"
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { MeetingNo } from "./internal/filter.ts"
import { actionErrors, OneMeeting, readErrors } from "./internal/meeting.ts"
import { UserIds } from "./internal/userIds.ts"
import * as VcError from "./VcError.ts"
import * as VcSearchError from "./VcSearchError.ts"

/**
 * What somebody in a meeting is: the values of `user_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const UserType = {
  feishu: 1,
  room: 2,
  document: 3,
  /** A user of Neo, the stand-alone meeting app. */
  neo: 4,
  /** A guest in Neo. */
  neoGuest: 5,
  /** Somebody who calls by telephone. */
  pstn: 6,
  sip: 7
} as const

/**
 * How far a meeting is: the values of its `status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MeetingStatus = { calling: 1, ongoing: 2, ended: 3 } as const

/**
 * How far a participant is: the values of their `status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ParticipantStatus = {
  calling: 1,
  inMeeting: 2,
  ringing: 3,
  /** Not in the meeting, or no longer. */
  away: 4
} as const

/**
 * What `get` reads: the values of `query_mode`.
 *
 * @since 0.1.0
 * @category constants
 */
export const QueryMode = {
  /** The meeting. */
  meeting: 0,
  /** The documents that were made of it. */
  artifacts: 1
} as const

/**
 * Whether somebody was invited: the values of `status` in what `invite` answers.
 *
 * @since 0.1.0
 * @category constants
 */
export const InviteStatus = { succeeded: 1, failed: 2 } as const

/**
 * Whether somebody was removed: the values of `result` in what `kickout`
 * answers.
 *
 * @since 0.1.0
 * @category constants
 */
export const KickoutResult = { succeeded: 1, failed: 2 } as const

const userTypes = [1, 2, 3, 4, 5, 6, 7] as const

/**
 * Somebody in a meeting, or called to it.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingUser extends Shape.Struct<MeetingUser>()(() => ({
  /** Who, by the id that `user_id_type` says. */
  id: Schema.optional(Schema.String),
  /**
   * 1 Feishu user, 2 room, 3 document, 4 Neo user, 5 Neo guest, 6 telephone, 7
   * SIP: see `UserType`.
   */
  user_type: Schema.optional(Shape.Open(...userTypes))
})) {}

/**
 * Somebody who took part in a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class Participant extends Shape.Struct<Participant>()(() => ({
  ...MeetingUser.fields,
  /** When they joined first. Unix seconds: `Time.fromUnixSeconds`. */
  first_join_time: Schema.optional(Schema.String),
  /** When they left last. Unix seconds: `Time.fromUnixSeconds`. */
  final_leave_time: Schema.optional(Schema.String),
  /** How long they were in it, all their visits together. Seconds: `Time.seconds`. */
  in_meeting_duration: Schema.optional(Schema.String),
  is_host: Schema.optional(Schema.Boolean),
  is_cohost: Schema.optional(Schema.Boolean),
  /** Whether they are from outside the tenant. */
  is_external: Schema.optional(Schema.Boolean),
  /** 1 being called, 2 in the meeting, 3 ringing, 4 not in it or gone: see `ParticipantStatus`. */
  status: Schema.optional(Shape.Open(1, 2, 3, 4))
})) {}

/**
 * What was used in a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingAbility extends Shape.Struct<MeetingAbility>()(() => ({
  use_video: Schema.optional(Schema.Boolean),
  use_audio: Schema.optional(Schema.Boolean),
  use_share_screen: Schema.optional(Schema.Boolean),
  /** Magic Share: a shared document that all can act in. */
  use_follow_screen: Schema.optional(Schema.Boolean),
  use_recording: Schema.optional(Schema.Boolean),
  /** The telephone. */
  use_pstn: Schema.optional(Schema.Boolean)
})) {}

/**
 * A meeting, in short.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingBrief extends Shape.Struct<MeetingBrief>()(() => ({
  id: Schema.optional(Schema.String),
  topic: Schema.optional(Schema.String),
  /** By which a Feishu user joins. */
  url: Schema.optional(Schema.String),
  /** The 9 digits by which people join. */
  meeting_no: Schema.optional(Schema.String),
  /** What those who join must enter. */
  password: Schema.optional(Schema.Redacted(Schema.String)),
  /** Whether other meeting systems can connect to it. */
  meeting_connect: Schema.optional(Schema.Boolean),
  /** The notes on it: see `Note.get`. */
  note_id: Schema.optional(Schema.String)
})) {}

/**
 * A meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class Meeting extends Shape.Struct<Meeting>()(() => ({
  ...MeetingBrief.fields,
  /** Unix seconds: `Time.fromUnixSeconds`. */
  create_time: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  start_time: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  end_time: Schema.optional(Schema.String),
  host_user: Schema.optional(MeetingUser),
  /** 1 being called, 2 going on, 3 over: see `MeetingStatus`. */
  status: Schema.optional(Shape.Open(1, 2, 3)),
  /** How many were in it at most at one time: a number, as text. */
  participant_count: Schema.optional(Schema.String),
  /** How many were in it at any time: a number, as text. */
  participant_count_accumulated: Schema.optional(Schema.String),
  /** Those who took part, if asked for. */
  participants: Schema.optional(Schema.Array(Participant)),
  /** What was used, if asked for, and with a tenant token only. */
  ability: Schema.optional(MeetingAbility)
})) {}

/**
 * The documents that were made of a meeting. One that the application may not
 * see is left out; one that does not exist yet is empty text.
 *
 * @since 0.1.0
 * @category models
 */
export class RelatedArtifacts extends Shape.Struct<RelatedArtifacts>()(() => ({
  /** The smart notes. Needs `vc:meeting.artifact.note:read`. */
  note_doc_token: Schema.optional(Schema.String),
  /** What was said, word by word. Needs `vc:meeting.artifact.verbatim:read`. */
  verbatim_doc_token: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(OneMeeting, UserIds)<GetRequest>()(() => ({
  /**
   * Whether the participants are answered too. With `user_id_type` "user_id"
   * only those of them who are Feishu users are.
   *
   * @default false
   */
  with_participants: Schema.optional(Schema.Boolean),
  /**
   * Whether it is answered what was used in the meeting; with a tenant token
   * only.
   *
   * @default false
   */
  with_meeting_ability: Schema.optional(Schema.Boolean),
  /**
   * 0 the meeting, 1 the documents that were made of it: see `QueryMode`.
   *
   * @default 0
   */
  query_mode: Schema.optional(Schema.Literal(0, 1))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  meeting: Schema.optional(Meeting),
  /** With `query_mode` 1. */
  related_artifacts: Schema.optional(RelatedArtifacts)
})) {}

/**
 * Reads a meeting of the caller's own, of the last 90 days.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.meeting.get", {
  method: "GET",
  url: "/open-apis/vc/v1/meetings/:meeting_id",
  accepts: "either",
  scopes: ["vc:meeting.meetingevent:read", "vc:meeting:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors: readErrors
})

const pageToken = () => ({
  /** The page to read: the `page_token` of the page before, none for the first. */
  page_token: Schema.optional(Schema.String)
})

/**
 * @since 0.1.0
 * @category models
 */
export class ListByNoRequest extends Shape.Struct<ListByNoRequest>()(
  () => ({
    /** The 9 digits by which people join: the end of the meeting's link. */
    meeting_no: MeetingNo,
    /** From when on, before `end_time`: Unix seconds as text, see `Time.toUnixSeconds`. */
    start_time: Time.UnixSeconds,
    /** Until when: Unix seconds as text. */
    end_time: Time.UnixSeconds,
    ...pageToken(),
    /**
     * How many a page holds, at most 50.
     *
     * @default 20
     */
    page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 50)))
  }),
  ({ end_time, start_time }) =>
    Number(end_time) > Number(start_time) ? undefined : { path: ["end_time"], message: "must be after start_time" }
) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListByNoResponse extends Shape.Struct<ListByNoResponse>()(() => ({
  has_more: Schema.optional(Schema.Boolean),
  /** The next page, if there is one. */
  page_token: Schema.optional(Schema.String),
  meeting_briefs: Schema.optional(Schema.Array(MeetingBrief))
})) {}

/**
 * The meetings that were held under a number, of the last 90 days.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/list_by_no
 * @since 0.1.0
 * @category operations
 */
export const listByNo = Operation.paged("vc.meeting.listByNo", {
  method: "GET",
  url: "/open-apis/vc/v1/meetings/list_by_no",
  accepts: "either",
  scopes: ["vc:meeting.meetingid:read", "vc:meeting:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: ListByNoRequest,
  response: ListByNoResponse,
  page: { items: "meeting_briefs" },
  errors: [VcError.VcInternalError, VcError.VcInvalidParam]
})

const lastMillisecond = 253_402_300_799_999

const ZonedTime = Schema.String.pipe(
  Schema.filter(
    (text) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) && Option.isSome(DateTime.make(text)),
    {
      message: () => "must be a time with its offset, as ISO 8601 has it, for example 2026-03-21T16:15:30+08:00",
      arbitrary: () => (fc) =>
        fc.integer({ min: 0, max: lastMillisecond }).map((millis) => DateTime.formatIso(DateTime.unsafeMake(millis)))
    }
  )
)

/**
 * A span of time, open where it has no beginning or no end.
 *
 * @since 0.1.0
 * @category models
 */
export class TimeRange extends Shape.Struct<TimeRange>()(
  () => ({
    /**
     * ISO 8601 with an offset, for example "2026-03-21T16:15:30+08:00":
     * `DateTime.formatIso` writes it.
     */
    start_time: Schema.optional(ZonedTime),
    /** ISO 8601 with an offset; not before `start_time`. */
    end_time: Schema.optional(ZonedTime)
  }),
  ({ end_time, start_time }) =>
    start_time !== undefined && end_time !== undefined
      && DateTime.lessThan(DateTime.unsafeMake(end_time), DateTime.unsafeMake(start_time))
      ? { path: ["end_time"], message: "must not be before start_time" }
      : undefined
) {}

/** How many one list of a filter may name. */
const mostNames = 128

const Names = Schema.Array(Schema.String).pipe(Schema.maxItems(mostNames, { message: () => `must be at most ${mostNames}` }))

/**
 * Which meetings are looked for. Left out, or empty, a list filters nothing.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingFilter extends Shape.Struct<MeetingFilter>()(() => ({
  /** Who organized it: at most 128 open ids. */
  organizer_ids: Schema.optional(Names),
  /** Who took part in it: at most 128 open ids. */
  participant_ids: Schema.optional(Names),
  /** The rooms (`omm_…`) that it was in: at most 128. */
  open_room_ids: Schema.optional(Names),
  /** When it began. */
  start_time: Schema.optional(TimeRange)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SearchRequest extends Shape.Struct<SearchRequest>()(() => ({
  ...pageToken(),
  /**
   * How many a page holds, at most 30.
   *
   * @default 15
   */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 30))),
  /** The words to look for: 1 to 50 characters. */
  query: Schema.optional(Schema.String.pipe(Schema.minLength(1), Schema.maxLength(50))),
  meeting_filter: Schema.optional(MeetingFilter)
})) {}

/**
 * How a meeting that was found is shown.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingMeta extends Shape.Struct<MeetingMeta>()(() => ({
  /** Opens it in the app. */
  app_link: Schema.optional(Schema.String),
  /** Where its icon is. */
  avatar: Schema.optional(Schema.String),
  /** When it was, who organized it, and its number, in one text for people to read. */
  description: Schema.optional(Schema.String)
})) {}

/**
 * A meeting that was found.
 *
 * @since 0.1.0
 * @category models
 */
export class FoundMeeting extends Shape.Struct<FoundMeeting>()(() => ({
  id: Schema.optional(Schema.String),
  /** Its topic, time, organizer and number, with what was looked for in tags. */
  display_info: Schema.optional(Schema.String),
  meta_data: Schema.optional(MeetingMeta)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SearchResponse extends Shape.Struct<SearchResponse>()(() => ({
  /** How many there are, those that no page reaches included. */
  total: Schema.optional(Schema.Finite),
  has_more: Schema.optional(Schema.Boolean),
  items: Schema.optional(Schema.Array(FoundMeeting)),
  /** The next page, if there is one. */
  page_token: Schema.optional(Schema.String),
  /** What the platform has to say about the search. */
  notice: Schema.optional(Schema.String)
})) {}

/**
 * Looks for meetings, by words, people, rooms and time.
 *
 * No search reaches further than 150 meetings, at most 30 to a page; the text
 * of an error, 121001, speaks of 200 to a page. Beyond the last that is reached
 * there is `VcSearchDepthExceeded`: search a shorter span of time. The streams
 * end with `PagesIncomplete` where `total` says that there is more than came.
 *
 * Everything it fails with has HTTP status 500, faults of the caller included,
 * and 121001 and 121002 mean something else here than everywhere else: catch by
 * tag or category.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/search
 * @since 0.1.0
 * @category operations
 */
export const search = Operation.paged("vc.meeting.search", {
  method: "POST",
  url: "/open-apis/vc/v1/meetings/search",
  accepts: "either",
  scopes: ["vc:meeting.search:read"],
  // A POST that only reads.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: SearchRequest,
  query: ["page_token", "page_size"],
  response: SearchResponse,
  page: { items: "items", total: "total" },
  errors: [
    VcSearchError.VcSearchInvalidParam,
    VcSearchError.VcSearchNetworkError,
    VcSearchError.VcSearchQueryTooLong,
    VcSearchError.VcSearchInvalidFilter,
    VcSearchError.VcSearchPageTokenInvalid,
    VcSearchError.VcSearchPageSizeExceeded,
    VcSearchError.VcSearchDepthExceeded,
    VcSearchError.VcSearchUserUnknown,
    VcSearchError.VcSearchContextInvalid,
    VcSearchError.VcSearchServiceError,
    VcSearchError.VcSearchResultError,
    VcSearchError.VcSearchTimeInvalid,
    VcSearchError.VcSearchFilterUnusable,
    VcSearchError.VcSearchConversionError,
    VcSearchError.VcSearchRoomIdInvalid
  ]
})

/**
 * Somebody whom a call is about.
 *
 * @since 0.1.0
 * @category models
 */
export class TargetUser extends Shape.Struct<TargetUser>()(() => ({
  /** Who, by the id that `user_id_type` says. */
  id: Schema.optional(Schema.String),
  /**
   * 1 Feishu user, 2 room, 3 document, 4 Neo user, 5 Neo guest, 6 telephone, 7
   * SIP: see `UserType`.
   */
  user_type: Schema.optional(Schema.Literal(...userTypes))
})) {}

/** How many one request may invite. */
const mostInvitees = 10

/**
 * @since 0.1.0
 * @category models
 */
export class InviteRequest extends Shape.extend(OneMeeting, UserIds)<InviteRequest>()(() => ({
  /** Who is invited: at most 10. */
  invitees: Schema.Array(TargetUser).pipe(
    Schema.maxItems(mostInvitees, { message: () => `must be at most ${mostInvitees}` })
  )
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class InviteResult extends Shape.Struct<InviteResult>()(() => ({
  ...MeetingUser.fields,
  /** 1 invited, 2 not: see `InviteStatus`. */
  status: Schema.optional(Shape.Open(1, 2))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class InviteResponse extends Shape.Struct<InviteResponse>()(() => ({
  /** What became of each. */
  invite_results: Schema.optional(Schema.Array(InviteResult))
})) {}

/**
 * Calls people into a meeting that goes on, up to 10 at once.
 *
 * Whoever invites must be in the meeting. An answer may still say of some that
 * they were not invited: read `status` of each.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/invite
 * @since 0.1.0
 * @category operations
 */
export const invite = Operation.make("vc.meeting.invite", {
  method: "PATCH",
  url: "/open-apis/vc/v1/meetings/:meeting_id/invite",
  accepts: "user",
  scopes: ["vc:meeting"],
  // Would call people again who have declined.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: InviteRequest,
  query: ["user_id_type"],
  response: InviteResponse,
  errors: [
    actionErrors,
    VcError.VcCannotOperateSelf,
    VcError.VcParticipantLimit,
    VcError.VcCalleeBusy,
    VcError.VcMeetingLocked
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class KickoutRequest extends Shape.extend(OneMeeting, UserIds)<KickoutRequest>()(() => ({
  /** Who is removed. */
  kickout_users: Schema.Array(TargetUser)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class KickoutUserResult extends Shape.Struct<KickoutUserResult>()(() => ({
  ...MeetingUser.fields,
  /** 1 removed, 2 not: see `KickoutResult`. */
  result: Schema.optional(Shape.Open(1, 2))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class KickoutResponse extends Shape.Struct<KickoutResponse>()(() => ({
  /** What became of each. */
  kickout_results: Schema.optional(Schema.Array(KickoutUserResult))
})) {}

/**
 * Removes participants from a meeting.
 *
 * An answer may still say of some that they were not removed: read `result` of
 * each.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/kickout
 * @since 0.1.0
 * @category operations
 */
export const kickout = Operation.make("vc.meeting.kickout", {
  method: "POST",
  url: "/open-apis/vc/v1/meetings/:meeting_id/kickout",
  accepts: "tenant",
  scopes: ["vc:meeting"],
  // Would remove those again who have come back, and tell of those who are gone that removing them failed.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: KickoutRequest,
  query: ["user_id_type"],
  response: KickoutResponse,
  errors: [actionErrors, VcError.VcCannotOperateSelf]
})

/**
 * @since 0.1.0
 * @category models
 */
export class SetHostRequest extends Shape.extend(OneMeeting, UserIds)<SetHostRequest>()(() => ({
  /** Who is to be the host: somebody in the meeting. */
  host_user: TargetUser,
  /** Who the host is, as far as the caller knows. If it is somebody else by now, nothing is changed. */
  old_host_user: Schema.optional(TargetUser)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SetHostResponse extends Shape.Struct<SetHostResponse>()(() => ({
  /** Who the host is now. */
  host_user: Schema.optional(MeetingUser)
})) {}

/**
 * Makes somebody in a meeting its host.
 *
 * With a user token only the host can. Where `old_host_user` is the host no
 * more, it fails with `VcDataConflict`: read who is (`get`, `host_user`), and
 * call again with them.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/set_host
 * @since 0.1.0
 * @category operations
 */
export const setHost = Operation.make("vc.meeting.setHost", {
  method: "PATCH",
  url: "/open-apis/vc/v1/meetings/:meeting_id/set_host",
  accepts: "either",
  scopes: ["vc:meeting"],
  // Once it is done the host is another one: the caller is refused, or told of a conflict that is none.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SetHostRequest,
  query: ["user_id_type"],
  response: SetHostResponse,
  errors: [
    actionErrors,
    VcError.VcDataConflict,
    VcError.VcTargetNotInMeeting,
    VcError.VcCannotOperateSelf,
    VcError.VcParticipantStatusUnexpected
  ],
  statuses: { 121006: 409 }
})

/**
 * @since 0.1.0
 * @category models
 */
export class EndRequest extends Shape.extend(OneMeeting)<EndRequest>()(() => ({})) {}

/**
 * Ends a meeting that goes on. Only its host can.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/end
 * @since 0.1.0
 * @category operations
 */
export const end = Operation.make("vc.meeting.end", {
  method: "PATCH",
  url: "/open-apis/vc/v1/meetings/:meeting_id/end",
  accepts: "user",
  scopes: ["vc:meeting"],
  // What is over stays over: a meeting that begins anew has another id.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: EndRequest,
  errors: actionErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class SubscriptionRequest extends Shape.Struct<SubscriptionRequest>()(() => ({
  /** Which events, for example "vc.meeting.participant_meeting_ended_v1". */
  event_type: Schema.optional(Schema.String)
})) {}

/**
 * Lets the application have the events about the user's meetings.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/subscription
 * @since 0.1.0
 * @category operations
 */
export const subscribe = Operation.make("vc.meeting.subscription", {
  method: "POST",
  url: "/open-apis/vc/v1/meetings/subscription",
  accepts: "user",
  scopes: ["vc:meeting.meetingevent:read"],
  // Who has subscribed stays subscribed.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SubscriptionRequest,
  errors: readErrors
})

/**
 * Ends what `subscribe` began.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/unsubscription
 * @since 0.1.0
 * @category operations
 */
export const unsubscribe = Operation.make("vc.meeting.unsubscription", {
  method: "POST",
  url: "/open-apis/vc/v1/meetings/unsubscription",
  accepts: "user",
  scopes: ["vc:meeting.meetingevent:read"],
  // Who has no subscription gets none.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SubscriptionRequest,
  errors: readErrors
})
