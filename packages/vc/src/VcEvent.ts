/**
 * What happens in meetings: beginning and end, people coming and going, shared
 * screens, recordings.
 *
 * Except for `allMeetingStarted` and `allMeetingEnded`, which tell of every
 * meeting of the tenant, only meetings that were reserved through the platform
 * have events.
 *
 * @since 0.1.0
 */
import * as Event from "@effect-feishu/core/Event"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"

/**
 * Somebody in a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class MeetingUser extends Shape.Struct<MeetingUser>()(() => ({
  id: Schema.optional(Event.UserId),
  /** 1 participant, 2 host, 3 co-host. */
  user_role: Schema.optional(Shape.Open(1, 2, 3)),
  /**
   * 1 user, 2 room, 3 document, 4 user of the stand-alone meeting app, 5 guest
   * of that app, 6 telephone, 7 SIP, 8 screen-sharing box, 9 application.
   */
  user_type: Schema.optional(Shape.Open(1, 2, 3, 4, 5, 6, 7, 8, 9))
})) {}

/**
 * Who may enter a meeting.
 *
 * @since 0.1.0
 * @category models
 */
export class SecuritySetting extends Shape.Struct<SecuritySetting>()(() => ({
  /** 1 everybody, 2 the tenant, 3 those listed here, 4 the host only: the meeting is locked. */
  security_level: Schema.optional(Shape.Open(1, 2, 3, 4)),
  group_ids: Schema.optional(Schema.Array(Schema.String)),
  user_ids: Schema.optional(Schema.Array(Event.UserId)),
  room_ids: Schema.optional(Schema.Array(Schema.String)),
  /** Whether anybody is listed. */
  has_set_security_contacts_and_group: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class WebinarSetting extends Shape.Struct<WebinarSetting>()(() => ({
  /** 1 webinar, 2 webinar that is streamed live. */
  webinar_type: Schema.optional(Shape.Open(1, 2))
})) {}

const described = () => ({
  id: Schema.optional(Schema.String),
  topic: Schema.optional(Schema.String),
  /** The nine digits by which people join. */
  meeting_no: Schema.optional(Schema.String),
  /** 1 calendar, 2 instant, 3 interview, 4 this platform, 100 other. */
  meeting_source: Schema.optional(Shape.Open(1, 2, 3, 4, 100)),
  /**
   * 1 screen cast before a meeting, 2 wired sharing, 3 shared document before a
   * meeting, 4 office telephone, 5 IP phone, 6 webinar.
   */
  meeting_sub_type: Schema.optional(Shape.Open(1, 2, 3, 4, 5, 6)),
  security_setting: Schema.optional(SecuritySetting),
  webinar_setting: Schema.optional(WebinarSetting)
})

const timed = () => ({
  ...described(),
  /** Seconds since 1970, as text. */
  start_time: Schema.optional(Schema.String),
  /** Seconds since 1970, as text. */
  end_time: Schema.optional(Schema.String),
  host_user: Schema.optional(MeetingUser),
  owner: Schema.optional(MeetingUser)
})

/**
 * A meeting that goes on.
 *
 * @since 0.1.0
 * @category models
 */
export class Meeting extends Shape.Struct<Meeting>()(timed) {}

/**
 * A meeting that begins or ends.
 *
 * @since 0.1.0
 * @category models
 */
export class ScheduledMeeting extends Shape.Struct<ScheduledMeeting>()(() => ({
  ...timed(),
  /** The calendar's event, where the meeting belongs to one. */
  calendar_event_id: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RecordingOwner extends Shape.Struct<RecordingOwner>()(() => ({ id: Schema.optional(Event.UserId) })) {}

/**
 * A meeting that was recorded.
 *
 * @since 0.1.0
 * @category models
 */
export class RecordedMeeting extends Shape.Struct<RecordedMeeting>()(() => ({
  ...described(),
  /** The only one who may grant access to the recording. */
  owner: Schema.optional(RecordingOwner)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class MeetingChanged extends Shape.Struct<MeetingChanged>()(() => ({
  meeting: Schema.optional(ScheduledMeeting),
  /** Who did it. */
  operator: Schema.optional(MeetingUser)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class InMeeting extends Shape.Struct<InMeeting>()(() => ({
  meeting: Schema.optional(Meeting),
  /** Who did it. */
  operator: Schema.optional(MeetingUser)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class LeftMeeting extends Shape.Struct<LeftMeeting>()(() => ({
  meeting: Schema.optional(Meeting),
  /** Who did it: not always who left. */
  operator: Schema.optional(MeetingUser),
  /** 1 left, 2 the meeting ended, 3 was removed. */
  leave_reason: Schema.optional(Shape.Open(1, 2, 3)),
  leave_user: Schema.optional(MeetingUser)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RecordingReady extends Shape.Struct<RecordingReady>()(() => ({
  meeting: Schema.optional(RecordedMeeting),
  /** Where the recording is watched. */
  url: Schema.optional(Schema.String),
  /** Milliseconds, as text. */
  duration: Schema.optional(Schema.String)
})) {}

const scopes = ["vc:meeting:readonly", "vc:meeting.meetingevent:read"]

/**
 * A meeting begins.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/meeting_started
 * @since 0.1.0
 * @category events
 */
export const meetingStarted = Event.make("vc.meeting.meeting_started_v1", { payload: MeetingChanged, scopes })

/**
 * A meeting ends.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/meeting_ended
 * @since 0.1.0
 * @category events
 */
export const meetingEnded = Event.make("vc.meeting.meeting_ended_v1", { payload: MeetingChanged, scopes })

/**
 * Any meeting of the tenant begins.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/all_meeting_started
 * @since 0.1.0
 * @category events
 */
export const allMeetingStarted = Event.make("vc.meeting.all_meeting_started_v1", {
  payload: MeetingChanged,
  scopes: ["vc:meeting.all_meeting:readonly"]
})

/**
 * Any meeting of the tenant ends.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/all_meeting_ended
 * @since 0.1.0
 * @category events
 */
export const allMeetingEnded = Event.make("vc.meeting.all_meeting_ended_v1", {
  payload: MeetingChanged,
  scopes: ["vc:meeting.all_meeting:readonly"]
})

/**
 * Somebody joins a meeting.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/join_meeting
 * @since 0.1.0
 * @category events
 */
export const joinMeeting = Event.make("vc.meeting.join_meeting_v1", { payload: InMeeting, scopes })

/**
 * Somebody leaves a meeting, or has to.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/leave_meeting
 * @since 0.1.0
 * @category events
 */
export const leaveMeeting = Event.make("vc.meeting.leave_meeting_v1", { payload: LeftMeeting, scopes })

/**
 * A recording begins.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_started
 * @since 0.1.0
 * @category events
 */
export const recordingStarted = Event.make("vc.meeting.recording_started_v1", { payload: InMeeting, scopes })

/**
 * A recording ends. It can be watched and shared only later: see
 * `recordingReady`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_ended
 * @since 0.1.0
 * @category events
 */
export const recordingEnded = Event.make("vc.meeting.recording_ended_v1", { payload: InMeeting, scopes })

/**
 * A recording was uploaded: from now on it can be fetched, and access to it
 * granted.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/recording_ready
 * @since 0.1.0
 * @category events
 */
export const recordingReady = Event.make("vc.meeting.recording_ready_v1", { payload: RecordingReady, scopes })

/**
 * Somebody begins to share a screen.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/share_started
 * @since 0.1.0
 * @category events
 */
export const shareStarted = Event.make("vc.meeting.share_started_v1", { payload: InMeeting, scopes })

/**
 * Somebody no longer shares a screen.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/meeting/events/share_ended
 * @since 0.1.0
 * @category events
 */
export const shareEnded = Event.make("vc.meeting.share_ended_v1", { payload: InMeeting, scopes })
