/**
 * What the operations of bots in meetings answer: each of them numbers its
 * failures anew, so that a code means another thing on the next one.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** A field holds what it must not. @since 0.1.0 @category errors */
export class VcBotInvalidParam
  extends ApiError.define("VcBotInvalidParam", { code: 120001, status: 400, category: "Invalid" })
{}

/** The tenant does not let agents into meetings. @since 0.1.0 @category errors */
export class VcBotAgentsDisabled
  extends ApiError.define("VcBotAgentsDisabled", { code: 120002, status: 403, category: "Permission" })
{}

/** The user whom the token speaks for is not in the meeting. @since 0.1.0 @category errors */
export class VcBotUserNotInMeeting
  extends ApiError.define("VcBotUserNotInMeeting", { code: 120003, status: 403, category: "Permission" })
{}

/** The bot is not in the meeting. @since 0.1.0 @category errors */
export class VcBotNotInMeeting
  extends ApiError.define("VcBotNotInMeeting", { code: 120004, status: 403, category: "Permission" })
{}

/** The tenant does not let agents into meetings. @since 0.1.0 @category errors */
export class VcActiveMeetingAgentsDisabled
  extends ApiError.define("VcActiveMeetingAgentsDisabled", { code: 121009, status: 403, category: "Permission" })
{}

/** The user is in no meeting. @since 0.1.0 @category errors */
export class VcActiveMeetingUserNotInMeeting
  extends ApiError.define("VcActiveMeetingUserNotInMeeting", { code: 121010, status: 403, category: "Permission" })
{}

/** The bot is in no meeting. @since 0.1.0 @category errors */
export class VcActiveMeetingBotNotInMeeting
  extends ApiError.define("VcActiveMeetingBotNotInMeeting", { code: 121011, status: 403, category: "Permission" })
{}

/** A field holds what it must not. @since 0.1.0 @category errors */
export class VcBotJoinInvalidParam
  extends ApiError.define("VcBotJoinInvalidParam", { code: 121002, status: 400, category: "Invalid" })
{}

/** The application or user may not let a bot join. @since 0.1.0 @category errors */
export class VcBotJoinNoPermission
  extends ApiError.define("VcBotJoinNoPermission", { code: 121003, status: 403, category: "Permission" })
{}

/** The meeting is not in a state in which anybody can join. @since 0.1.0 @category errors */
export class VcBotJoinMeetingStatusUnexpected
  extends ApiError.define("VcBotJoinMeetingStatusUnexpected", { code: 121004, status: 400, category: "Conflict" })
{}

/** There is no meeting with this number. @since 0.1.0 @category errors */
export class VcBotJoinMeetingNotFound
  extends ApiError.define("VcBotJoinMeetingNotFound", { code: 121005, status: 400, category: "NotFound" })
{}

/** The meeting holds no more participants. @since 0.1.0 @category errors */
export class VcBotJoinParticipantLimit
  extends ApiError.define("VcBotJoinParticipantLimit", { code: 121006, status: 400, category: "Quota" })
{}

/** The bot is in another call. @since 0.1.0 @category errors */
export class VcBotJoinCalleeBusy
  extends ApiError.define("VcBotJoinCalleeBusy", { code: 121007, status: 400, category: "Conflict" })
{}

/** The meeting is locked: nobody gets in. @since 0.1.0 @category errors */
export class VcBotJoinMeetingLocked
  extends ApiError.define("VcBotJoinMeetingLocked", { code: 121008, status: 400, category: "Conflict" })
{}

/** The meeting has a password, and none was given. @since 0.1.0 @category errors */
export class VcBotJoinPasswordRequired
  extends ApiError.define("VcBotJoinPasswordRequired", { code: 121009, status: 400, category: "Invalid" })
{}

/** The password is not the meeting's. @since 0.1.0 @category errors */
export class VcBotJoinPasswordWrong
  extends ApiError.define("VcBotJoinPasswordWrong", { code: 121010, status: 400, category: "Invalid" })
{}

/** Too many wrong passwords were tried for this meeting. @since 0.1.0 @category errors */
export class VcBotJoinPasswordAttemptsExceeded
  extends ApiError.define("VcBotJoinPasswordAttemptsExceeded", { code: 121011, status: 400, category: "Quota" })
{}

/**
 * Too many attempts to join failed. Repeating one does not help, so the client does
 * not.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcBotJoinTooManyFailedAttempts
  extends ApiError.define("VcBotJoinTooManyFailedAttempts", { code: 121012, status: 429, category: "Quota" })
{}

/** The meeting's settings keep this bot out. @since 0.1.0 @category errors */
export class VcBotJoinForbidden
  extends ApiError.define("VcBotJoinForbidden", { code: 121013, status: 403, category: "Permission" })
{}

/** The meeting has not begun. @since 0.1.0 @category errors */
export class VcBotJoinMeetingNotStarted
  extends ApiError.define("VcBotJoinMeetingNotStarted", { code: 121014, status: 400, category: "Conflict" })
{}

/** The platform's security keeps the bot out. @since 0.1.0 @category errors */
export class VcBotJoinSecurityForbidden
  extends ApiError.define("VcBotJoinSecurityForbidden", { code: 121015, status: 403, category: "Permission" })
{}

/** The tenant does not let agents into meetings. @since 0.1.0 @category errors */
export class VcBotJoinAgentsDisabled
  extends ApiError.define("VcBotJoinAgentsDisabled", { code: 121016, status: 403, category: "Permission" })
{}

/** The user whom the token speaks for is not in the meeting. @since 0.1.0 @category errors */
export class VcBotJoinUserNotInMeeting
  extends ApiError.define("VcBotJoinUserNotInMeeting", { code: 121017, status: 403, category: "Permission" })
{}

/** The bot is not in the meeting. @since 0.1.0 @category errors */
export class VcBotJoinBotNotInMeeting
  extends ApiError.define("VcBotJoinBotNotInMeeting", { code: 121018, status: 403, category: "Permission" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class VcBotLeaveInternalError
  extends ApiError.define("VcBotLeaveInternalError", { code: 121101, status: 500, category: "Fault" })
{}

/** A field holds what it must not. @since 0.1.0 @category errors */
export class VcBotLeaveInvalidParam
  extends ApiError.define("VcBotLeaveInvalidParam", { code: 121102, status: 400, category: "Invalid" })
{}

/** The application or user may not let the bot leave. @since 0.1.0 @category errors */
export class VcBotLeaveNoPermission
  extends ApiError.define("VcBotLeaveNoPermission", { code: 121103, status: 403, category: "Permission" })
{}

/** The meeting is not in a state in which anybody can leave. @since 0.1.0 @category errors */
export class VcBotLeaveMeetingStatusUnexpected
  extends ApiError.define("VcBotLeaveMeetingStatusUnexpected", { code: 121104, status: 400, category: "Conflict" })
{}

/** There is no such meeting. @since 0.1.0 @category errors */
export class VcBotLeaveMeetingNotFound
  extends ApiError.define("VcBotLeaveMeetingNotFound", { code: 121105, status: 400, category: "NotFound" })
{}

/** The meeting is locked. @since 0.1.0 @category errors */
export class VcBotLeaveMeetingLocked
  extends ApiError.define("VcBotLeaveMeetingLocked", { code: 121106, status: 400, category: "Conflict" })
{}

/** The bot is not in the state the call needs, for example gone already. @since 0.1.0 @category errors */
export class VcBotLeaveParticipantStatusUnexpected
  extends ApiError.define("VcBotLeaveParticipantStatusUnexpected", { code: 121107, status: 400, category: "Conflict" })
{}

/** The tenant does not let agents into meetings. @since 0.1.0 @category errors */
export class VcBotLeaveAgentsDisabled
  extends ApiError.define("VcBotLeaveAgentsDisabled", { code: 121108, status: 403, category: "Permission" })
{}

/** The user whom the token speaks for is not in the meeting. @since 0.1.0 @category errors */
export class VcBotLeaveUserNotInMeeting
  extends ApiError.define("VcBotLeaveUserNotInMeeting", { code: 121109, status: 403, category: "Permission" })
{}

/** The bot is not in the meeting. @since 0.1.0 @category errors */
export class VcBotLeaveBotNotInMeeting
  extends ApiError.define("VcBotLeaveBotNotInMeeting", { code: 121110, status: 403, category: "Permission" })
{}
