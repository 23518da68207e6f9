/**
 * The application's bot in meetings: joining one that goes on, following what
 * happens in it, writing to those in it.
 *
 * With a tenant token it is the bot that must be in the meeting, with a user
 * token the user. A tenant can keep bots out of meetings altogether.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Time from "@effect-feishu/core/Time"
import * as Schema from "effect/Schema"
import { readErrors } from "./internal/meeting.ts"
import { UserIds } from "./internal/userIds.ts"
import * as VcBotError from "./VcBotError.ts"
import * as VcError from "./VcError.ts"

/**
 * The bot itself, as a participant.
 *
 * @since 0.1.0
 * @category models
 */
export class BotUser extends Shape.Struct<BotUser>()(() => ({
  id: Schema.optional(Schema.String),
  /** What it is: see `Meeting.UserType`, which need not name every kind. */
  user_type: Schema.optional(Schema.Finite)
})) {}

/**
 * Whoever does something in a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class EventUser extends Shape.Struct<EventUser>()(() => ({
  /** Who, by the id that `user_id_type` says. */
  id: Schema.optional(Schema.String),
  /** What they are: see `Meeting.UserType`, which need not name every kind. */
  user_type: Schema.optional(Schema.Finite),
  /** What they are to the meeting; the numbers are not documented. */
  user_role: Schema.optional(Schema.Finite),
  user_name: Schema.optional(Schema.String)
})) {}

/**
 * The meeting in which something happens.
 *
 * @since 0.1.0
 * @category models
 */
export class EventMeeting extends Shape.Struct<EventMeeting>()(() => ({
  id: Schema.optional(Schema.String),
  topic: Schema.optional(Schema.String),
  /** The 9 digits by which people join. */
  meeting_no: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  start_time: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  end_time: Schema.optional(Schema.String),
  host_user: Schema.optional(EventUser)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ParticipantJoined extends Shape.Struct<ParticipantJoined>()(() => ({
  participant: Schema.optional(EventUser),
  /** Unix milliseconds: `Time.fromUnixMillis`. */
  join_time: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ParticipantLeft extends Shape.Struct<ParticipantLeft>()(() => ({
  participant: Schema.optional(EventUser),
  /** Why they left; the numbers are not documented. */
  leave_reason: Schema.optional(Schema.Finite),
  /** Unix milliseconds: `Time.fromUnixMillis`. */
  leave_time: Schema.optional(Schema.String)
})) {}

/**
 * A sentence that somebody said.
 *
 * @since 0.1.0
 * @category models
 */
export class TranscriptReceived extends Shape.Struct<TranscriptReceived>()(() => ({
  speaker: Schema.optional(EventUser),
  text: Schema.optional(Schema.String),
  /** For example "zh". */
  language: Schema.optional(Schema.String),
  /** Unix milliseconds: `Time.fromUnixMillis`. */
  start_time_ms: Schema.optional(Schema.String),
  /** Unix milliseconds: `Time.fromUnixMillis`. */
  end_time_ms: Schema.optional(Schema.String),
  /** Tells sentences apart, and their order. */
  sentence_id: Schema.optional(Schema.String)
})) {}

/**
 * A message to those in the meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class ChatReceived extends Shape.Struct<ChatReceived>()(() => ({
  /** Who wrote it. */
  operator: Schema.optional(EventUser),
  message_id: Schema.optional(Schema.String),
  /** What kind of message; the numbers are not documented. */
  message_type: Schema.optional(Schema.Finite),
  content: Schema.optional(Schema.String),
  /** Unix milliseconds: `Time.fromUnixMillis`. */
  send_time: Schema.optional(Schema.String)
})) {}

/**
 * A shared document.
 *
 * @since 0.1.0
 * @category models
 */
export class SharedDocument extends Shape.Struct<SharedDocument>()(() => ({
  url: Schema.optional(Schema.String),
  title: Schema.optional(Schema.String)
})) {}

/**
 * Somebody stopped sharing a document.
 *
 * @since 0.1.0
 * @category models
 */
export class MagicShareEnded extends Shape.Struct<MagicShareEnded>()(() => ({
  operator: Schema.optional(EventUser),
  /** The sharing, from its beginning to its end. */
  share_id: Schema.optional(Schema.String),
  /** Unix milliseconds: `Time.fromUnixMillis`. */
  time: Schema.optional(Schema.String)
})) {}

/**
 * Somebody began to share a document.
 *
 * @since 0.1.0
 * @category models
 */
export class MagicShareStarted extends Shape.Struct<MagicShareStarted>()(() => ({
  ...MagicShareEnded.fields,
  share_doc: Schema.optional(SharedDocument)
})) {}

/**
 * The comment that is looked at, or is no longer.
 *
 * @since 0.1.0
 * @category models
 */
export class CommentFocus extends Shape.Struct<CommentFocus>()(() => ({
  comment_id: Schema.optional(Schema.String),
  focused: Schema.optional(Schema.Boolean)
})) {}

/**
 * The section that is looked at.
 *
 * @since 0.1.0
 * @category models
 */
export class SectionLocation extends Shape.Struct<SectionLocation>()(() => ({
  title: Schema.optional(Schema.String),
  /** How deep its heading is. */
  level: Schema.optional(Schema.Finite),
  /** The headings it is under. */
  parent_titles: Schema.optional(Schema.Array(Schema.String))
})) {}

/**
 * A part of the document that is opened by itself.
 *
 * @since 0.1.0
 * @category models
 */
export class ElementPreview extends Shape.Struct<ElementPreview>()(() => ({
  action: Schema.optional(Schema.String),
  element_type: Schema.optional(Schema.String),
  element_token: Schema.optional(Schema.String),
  block_id: Schema.optional(Schema.String)
})) {}

/**
 * Another place of a shared document is looked at.
 *
 * @since 0.1.0
 * @category models
 */
export class DocumentContextChanged extends Shape.Struct<DocumentContextChanged>()(() => ({
  ...MagicShareStarted.fields,
  comment_focus: Schema.optional(CommentFocus),
  section_location: Schema.optional(SectionLocation),
  element_preview: Schema.optional(ElementPreview)
})) {}

/**
 * A countdown is set, changed or over. The units of its times are not
 * documented.
 *
 * @since 0.1.0
 * @category models
 */
export class CountdownChanged extends Shape.Struct<CountdownChanged>()(() => ({
  action: Schema.optional(Schema.String),
  operator: Schema.optional(EventUser),
  end_time: Schema.optional(Schema.String),
  event_time: Schema.optional(Schema.String),
  need_play_audio_at_end: Schema.optional(Schema.Boolean),
  /** When those in the meeting are reminded: so many seconds before the end. */
  reminders_before_end_in_second: Schema.optional(Schema.Array(Schema.Finite)),
  seq_id: Schema.optional(Schema.String),
  countdown_set_time: Schema.optional(Schema.String),
  /** Minutes that are left. */
  remain_minutes: Schema.optional(Schema.Finite)
})) {}

/**
 * What happened. `activity_event_type` tells which of the lists is filled.
 *
 * @since 0.1.0
 * @category models
 */
export class EventPayload extends Shape.Struct<EventPayload>()(() => ({
  meeting: Schema.optional(EventMeeting),
  /** For example "participant_joined", for `participant_joined_items`. */
  activity_event_type: Schema.optional(Schema.String),
  participant_joined_items: Schema.optional(Schema.Array(ParticipantJoined)),
  participant_left_items: Schema.optional(Schema.Array(ParticipantLeft)),
  transcript_received_items: Schema.optional(Schema.Array(TranscriptReceived)),
  chat_received_items: Schema.optional(Schema.Array(ChatReceived)),
  magic_share_started_items: Schema.optional(Schema.Array(MagicShareStarted)),
  magic_share_ended_items: Schema.optional(Schema.Array(MagicShareEnded)),
  document_context_changed_items: Schema.optional(Schema.Array(DocumentContextChanged)),
  countdown_items: Schema.optional(Schema.Array(CountdownChanged))
})) {}

/**
 * Something that happened in a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingEvent extends Shape.Struct<MeetingEvent>()(() => ({
  /** Tells events apart. */
  event_id: Schema.optional(Schema.String),
  event_type: Schema.optional(Schema.String),
  /** ISO 8601 with an offset: `DateTime.make`. */
  event_time: Schema.optional(Schema.String),
  payload: Schema.optional(EventPayload)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class EventsRequest extends Shape.extend(UserIds)<EventsRequest>()(() => ({
  /** The meeting, by its id, not its number. */
  meeting_id: Schema.String,
  /** The page to read: the `page_token` of the page before, none for the first. */
  page_token: Schema.optional(Schema.String),
  /** From when on: Unix seconds as text, see `Time.toUnixSeconds`. */
  start_time: Schema.optional(Time.UnixSeconds),
  /** Until when: Unix seconds as text. */
  end_time: Schema.optional(Time.UnixSeconds),
  /** How many a page holds. */
  page_size: Schema.optional(Schema.Int.pipe(Schema.positive()))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class EventsResponse extends Shape.Struct<EventsResponse>()(() => ({
  has_more: Schema.optional(Schema.Boolean),
  /** The next page, if there is one. */
  page_token: Schema.optional(Schema.String),
  events: Schema.optional(Schema.Array(MeetingEvent))
})) {}

/**
 * What has happened in a meeting: who came and went, what was said, written and
 * shared.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/bot/events
 * @since 0.1.0
 * @category operations
 */
export const events = Operation.paged("vc.bot.events", {
  method: "GET",
  url: "/open-apis/vc/v1/bots/events",
  accepts: "either",
  scopes: ["vc:meeting.bot.join:write", "vc:meeting.meetingevent:read"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: EventsRequest,
  response: EventsResponse,
  page: { items: "events" },
  errors: [
    VcBotError.VcBotInvalidParam,
    VcBotError.VcBotAgentsDisabled,
    VcBotError.VcBotUserNotInMeeting,
    VcBotError.VcBotNotInMeeting
  ]
})

/**
 * How a meeting is named: the values of `join_type`.
 *
 * Read off other clients: no page of the platform's was at hand.
 *
 * @since 0.1.0
 * @category constants
 */
export const JoinType = {
  /** By its number. */
  meetingNo: 1
} as const

/**
 * What `join` does: the values of `action`.
 *
 * Read off other clients: no page of the platform's was at hand.
 *
 * @since 0.1.0
 * @category constants
 */
export const JoinAction = {
  /** Joins a meeting that goes on. */
  join: 1,
  /** Begins a meeting of the calendar, and joins it. */
  start: 2
} as const

/**
 * Which meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class JoinIdentify extends Shape.Struct<JoinIdentify>()(() => ({
  /** The number by which people join. */
  meeting_no: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class JoinRequest extends Shape.Struct<JoinRequest>()(() => ({
  /** 1 by number: see `JoinType`. */
  join_type: Schema.Int,
  /** Which meeting. */
  join_identify: JoinIdentify,
  /** The meeting's password, where it has one. */
  password: Schema.optional(Schema.Redacted(Schema.String)),
  /** Where the bot was invited: the `call_id` of the event that told it. */
  call_id: Schema.optional(Schema.String),
  /**
   * 1 join, 2 start and join: see `JoinAction`. What it is without one, nothing
   * says.
   */
  action: Schema.optional(Schema.Int)
})) {}

/**
 * The meeting that was joined.
 *
 * @since 0.1.0
 * @category models
 */
export class JoinedMeeting extends Shape.Struct<JoinedMeeting>()(() => ({
  /** What `leave`, `events` and `sendMessage` ask for. */
  id: Schema.optional(Schema.String),
  meeting_no: Schema.optional(Schema.String),
  /** Text for people to read, such as "2024-05-20 10:30:00". */
  start_time: Schema.optional(Schema.String),
  topic: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class JoinResponse extends Shape.Struct<JoinResponse>()(() => ({
  meeting: Schema.optional(JoinedMeeting),
  join_user: Schema.optional(BotUser)
})) {}

/**
 * Lets the bot join a meeting that goes on. Everybody in it sees the bot.
 *
 * By most of its codes other operations mean something else: catch by tag.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/bot/join
 * @since 0.1.0
 * @category operations
 */
export const join = Operation.make("vc.bot.join", {
  method: "POST",
  url: "/open-apis/vc/v1/bots/join",
  accepts: "either",
  scopes: ["vc:meeting.bot.join:write"],
  // Would join again after the bot was removed, and a wrong password counts each time. `call_id` only ties it to an invitation.
  idempotent: false,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: JoinRequest,
  response: JoinResponse,
  errors: [
    VcError.VcInternalError,
    VcBotError.VcBotJoinInvalidParam,
    VcBotError.VcBotJoinNoPermission,
    VcBotError.VcBotJoinMeetingStatusUnexpected,
    VcBotError.VcBotJoinMeetingNotFound,
    VcBotError.VcBotJoinParticipantLimit,
    VcBotError.VcBotJoinCalleeBusy,
    VcBotError.VcBotJoinMeetingLocked,
    VcBotError.VcBotJoinPasswordRequired,
    VcBotError.VcBotJoinPasswordWrong,
    VcBotError.VcBotJoinPasswordAttemptsExceeded,
    VcBotError.VcBotJoinTooManyFailedAttempts,
    VcBotError.VcBotJoinForbidden,
    VcBotError.VcBotJoinMeetingNotStarted,
    VcBotError.VcBotJoinSecurityForbidden,
    VcBotError.VcBotJoinAgentsDisabled,
    VcBotError.VcBotJoinUserNotInMeeting,
    VcBotError.VcBotJoinBotNotInMeeting
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class LeaveRequest extends Shape.Struct<LeaveRequest>()(() => ({
  /** The meeting, by its id, not its number. */
  meeting_id: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class LeaveResponse extends Shape.Struct<LeaveResponse>()(() => ({
  leave_user: Schema.optional(BotUser)
})) {}

/**
 * Lets the bot leave a meeting.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/bot/leave
 * @since 0.1.0
 * @category operations
 */
export const leave = Operation.make("vc.bot.leave", {
  method: "POST",
  url: "/open-apis/vc/v1/bots/leave",
  accepts: "either",
  scopes: ["vc:meeting.bot.join:write"],
  // Who is gone stays gone.
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: LeaveRequest,
  response: LeaveResponse,
  errors: [
    VcBotError.VcBotLeaveInternalError,
    VcBotError.VcBotLeaveInvalidParam,
    VcBotError.VcBotLeaveNoPermission,
    VcBotError.VcBotLeaveMeetingStatusUnexpected,
    VcBotError.VcBotLeaveMeetingNotFound,
    VcBotError.VcBotLeaveMeetingLocked,
    VcBotError.VcBotLeaveParticipantStatusUnexpected,
    VcBotError.VcBotLeaveAgentsDisabled,
    VcBotError.VcBotLeaveUserNotInMeeting,
    VcBotError.VcBotLeaveBotNotInMeeting
  ]
})

/**
 * What is sent: the values of `msg_type`.
 *
 * Read off other clients: no page of the platform's was at hand.
 *
 * @since 0.1.0
 * @category constants
 */
export const MessageType = {
  text: "text",
  /** An emoji; `content` is its key. */
  reaction: "reaction"
} as const

/**
 * @since 0.1.0
 * @category models
 */
export class SendMessageRequest extends Shape.Struct<SendMessageRequest>()(() => ({
  /** The meeting, by its id, not its number. */
  meeting_id: Schema.String,
  /** What `content` is, for example "text": see `MessageType`. */
  msg_type: Schema.String,
  content: Schema.String,
  /** The message's own id. Whether one that was sent before is shown again, nothing at hand says. */
  uuid: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SendMessageResponse extends Shape.Struct<SendMessageResponse>()(() => ({
  /** The message's, or one the platform made where there was none. */
  uuid: Schema.optional(Schema.String)
})) {}

/**
 * Shows a text or an emoji to those in a meeting that goes on.
 *
 * After `OutcomeUnknown` somebody has to decide whether to send it again: that
 * a `uuid` keeps it from being shown twice is documented nowhere.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/bot/message
 * @since 0.1.0
 * @category operations
 */
export const sendMessage = Operation.make("vc.bot.message", {
  method: "POST",
  url: "/open-apis/vc/v1/bots/message",
  accepts: "either",
  scopes: ["vc:meeting.message:write"],
  // May be shown twice: what the platform makes of a `uuid` it has seen is not documented.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: SendMessageRequest,
  response: SendMessageResponse,
  errors: [VcBotError.VcBotInvalidParam]
})

/**
 * @since 0.1.0
 * @category models
 */
export class UserActiveMeetingRequest extends Shape.extend(UserIds)<UserActiveMeetingRequest>()(() => ({
  /** Who. With a user token it may be left out: then it is the token's own user. */
  user_id: Schema.optional(Schema.String)
})) {}

/**
 * A meeting that somebody is in.
 *
 * @since 0.1.0
 * @category models
 */
export class ActiveMeeting extends Shape.Struct<ActiveMeeting>()(() => ({
  /** The number by which people join. */
  meeting_no: Schema.optional(Schema.String),
  meeting_id: Schema.optional(Schema.String),
  meeting_title: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class UserActiveMeetingResponse extends Shape.Struct<UserActiveMeetingResponse>()(() => ({
  meetings: Schema.optional(Schema.Array(ActiveMeeting))
})) {}

/**
 * The meetings that a user is in at the moment.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/bot/user_active_meeting
 * @since 0.1.0
 * @category operations
 */
export const userActiveMeeting = Operation.make("vc.bot.userActiveMeeting", {
  method: "GET",
  url: "/open-apis/vc/v1/bots/user_active_meeting",
  accepts: "either",
  scopes: ["vc:meeting.bot.join:write", "vc:meeting.meetingevent:read"],
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: UserActiveMeetingRequest,
  response: UserActiveMeetingResponse,
  errors: [
    readErrors,
    VcBotError.VcActiveMeetingAgentsDisabled,
    VcBotError.VcActiveMeetingUserNotInMeeting,
    VcBotError.VcActiveMeetingBotNotInMeeting
  ]
})
