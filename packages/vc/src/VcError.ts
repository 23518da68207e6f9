/**
 * The documented failures of video conferencing, one class for each code and
 * meaning, in the order of their codes. What the search for meetings and bots
 * answer under codes of their own is in `VcSearchError` and `VcBotError`.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** The platform failed inside. @since 0.1.0 @category errors */
export class VcInternalError
  extends ApiError.define("VcInternalError", { code: 121001, status: 500, category: "Fault" })
{}

/** The call is not supported here, for example for this kind of meeting. @since 0.1.0 @category errors */
export class VcNotSupported
  extends ApiError.define("VcNotSupported", { code: 121002, status: 400, category: "Invalid" })
{}

/** A field holds what it must not. @since 0.1.0 @category errors */
export class VcInvalidParam
  extends ApiError.define("VcInvalidParam", { code: 121003, status: 400, category: "Invalid" })
{}

/** What the request points at does not exist. @since 0.1.0 @category errors */
export class VcDataNotFound
  extends ApiError.define("VcDataNotFound", { code: 121004, status: 404, category: "NotFound" })
{}

/** The caller may not do this: wrong kind of token, not the owner, or not theirs. @since 0.1.0 @category errors */
export class VcNoPermission
  extends ApiError.define("VcNoPermission", { code: 121005, status: 403, category: "Permission" })
{}

/**
 * What was to be changed has changed meanwhile: read it again, then repeat the call.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcDataConflict
  extends ApiError.define("VcDataConflict", { code: 121006, status: 404, category: "Conflict" })
{}

/**
 * The meeting is not in the state the call needs: most often it does not go on, or has
 * ended.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcMeetingStatusUnexpected
  extends ApiError.define("VcMeetingStatusUnexpected", { code: 122001, status: 400, category: "Conflict" })
{}

/** There is no such meeting. @since 0.1.0 @category errors */
export class VcMeetingNotFound
  extends ApiError.define("VcMeetingNotFound", { code: 122002, status: 404, category: "NotFound" })
{}

/** Whoever acts in a meeting must be in it. @since 0.1.0 @category errors */
export class VcOperatorNotInMeeting
  extends ApiError.define("VcOperatorNotInMeeting", { code: 122003, status: 400, category: "Conflict" })
{}

/** The person this is about must be in the meeting. @since 0.1.0 @category errors */
export class VcTargetNotInMeeting
  extends ApiError.define("VcTargetNotInMeeting", { code: 122004, status: 400, category: "Conflict" })
{}

/** Nobody can do this to themselves. @since 0.1.0 @category errors */
export class VcCannotOperateSelf
  extends ApiError.define("VcCannotOperateSelf", { code: 122005, status: 400, category: "Invalid" })
{}

/** The meeting holds no more participants. @since 0.1.0 @category errors */
export class VcParticipantLimit
  extends ApiError.define("VcParticipantLimit", { code: 122006, status: 400, category: "Quota" })
{}

/** Whoever was called is in another call. @since 0.1.0 @category errors */
export class VcCalleeBusy
  extends ApiError.define("VcCalleeBusy", { code: 122007, status: 400, category: "Conflict" })
{}

/** The meeting is locked: nobody gets in. @since 0.1.0 @category errors */
export class VcMeetingLocked
  extends ApiError.define("VcMeetingLocked", { code: 122008, status: 400, category: "Conflict" })
{}

/**
 * The participant is not in the state the call needs, for example not in the meeting.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcParticipantStatusUnexpected
  extends ApiError.define("VcParticipantStatusUnexpected", { code: 122009, status: 400, category: "Conflict" })
{}

/**
 * Some of the top users have no id of this kind: a room has no `user_id`. Ask with
 * another `user_id_type`.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcTopUserIdUnavailable
  extends ApiError.define("VcTopUserIdUnavailable", { code: 122359, status: 400, category: "Invalid" })
{}

/**
 * The recording settings do not go with the meeting: a call between two cannot be
 * recorded automatically.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcRecordParamInvalid
  extends ApiError.define("VcRecordParamInvalid", { code: 123002, status: 400, category: "Invalid" })
{}

/** More than 10 hosts are assigned. @since 0.1.0 @category errors */
export class VcTooManyHosts
  extends ApiError.define("VcTooManyHosts", { code: 123003, status: 400, category: "Invalid" })
{}

/** An assigned host is not a user who can be one. @since 0.1.0 @category errors */
export class VcAssignedHostInvalid
  extends ApiError.define("VcAssignedHostInvalid", { code: 123004, status: 400, category: "Invalid" })
{}

/** The password of a meeting is 4 to 9 digits. @since 0.1.0 @category errors */
export class VcPasswordInvalid
  extends ApiError.define("VcPasswordInvalid", { code: 123006, status: 400, category: "Invalid" })
{}

/** The recording is still being made. @since 0.1.0 @category errors */
export class VcRecordingProcessing
  extends ApiError.define("VcRecordingProcessing", { code: 124002, status: 400, category: "Pending" })
{}

/**
 * Rooms cannot be made, changed or kept at this level: the tenant's levels are not
 * flexible, or the level is none that shows rooms.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcRoomLevelNotAllowed
  extends ApiError.define("VcRoomLevelNotAllowed", { code: 125001, status: 404, category: "Conflict" })
{}

/** The tenant's plan does not include this. @since 0.1.0 @category errors */
export class VcPackageUpgradeRequired
  extends ApiError.define("VcPackageUpgradeRequired", { code: 125002, status: 400, category: "Permission" })
{}

/**
 * There is no such room or room level, or `scope_type` names the other of the two.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcRoomOrLevelNotFound
  extends ApiError.define("VcRoomOrLevelNotFound", { code: 126001, status: 400, category: "NotFound" })
{}

/** No reservation form has been set up in the admin console yet. @since 0.1.0 @category errors */
export class VcReserveFormNotConfigured
  extends ApiError.define("VcReserveFormNotConfigured", { code: 126002, status: 400, category: "Conflict" })
{}

/** The meeting number is negative. @since 0.1.0 @category errors */
export class VcMeetingNumberInvalid
  extends ApiError.define("VcMeetingNumberInvalid", { code: 126003, status: 400, category: "Invalid" })
{}

/** A meeting number has 9 digits. @since 0.1.0 @category errors */
export class VcMeetingNumberLength
  extends ApiError.define("VcMeetingNumberLength", { code: 126004, status: 400, category: "Invalid" })
{}

/** The start is negative or in the future. @since 0.1.0 @category errors */
export class VcStartTimeInvalid
  extends ApiError.define("VcStartTimeInvalid", { code: 126005, status: 400, category: "Invalid" })
{}

/** The end is before the start, or further from it than this list allows. @since 0.1.0 @category errors */
export class VcTimeSpanInvalid
  extends ApiError.define("VcTimeSpanInvalid", { code: 126006, status: 400, category: "Invalid" })
{}

/** A user and a room were given where only one of them can filter. @since 0.1.0 @category errors */
export class VcUserAndRoomExclusive
  extends ApiError.define("VcUserAndRoomExclusive", { code: 126007, status: 400, category: "Invalid" })
{}

/** Several filters were given where one is allowed: meeting number, user or room. @since 0.1.0 @category errors */
export class VcFilterExclusive
  extends ApiError.define("VcFilterExclusive", { code: 126008, status: 400, category: "Invalid" })
{}

/** No meeting fits the number and the times. @since 0.1.0 @category errors */
export class VcNoMeetingMatches
  extends ApiError.define("VcNoMeetingMatches", { code: 126009, status: 400, category: "NotFound" })
{}

/** No device of a participant fits what was asked for. @since 0.1.0 @category errors */
export class VcNoDeviceMatches
  extends ApiError.define("VcNoDeviceMatches", { code: 126010, status: 400, category: "NotFound" })
{}

/** `notified_time` is more than its unit allows. @since 0.1.0 @category errors */
export class VcNotifiedTimeOutOfRange
  extends ApiError.define("VcNotifiedTimeOutOfRange", { code: 126011, status: 400, category: "Invalid" })
{}

/** More than 500 users and departments in all. @since 0.1.0 @category errors */
export class VcTooManyMembers
  extends ApiError.define("VcTooManyMembers", { code: 126012, status: 400, category: "Invalid" })
{}

/** Some of the user ids name nobody. @since 0.1.0 @category errors */
export class VcInvalidUserId
  extends ApiError.define("VcInvalidUserId", { code: 126013, status: 400, category: "Invalid" })
{}

/** Some of the department ids name nothing. @since 0.1.0 @category errors */
export class VcInvalidDepartmentId
  extends ApiError.define("VcInvalidDepartmentId", { code: 126014, status: 400, category: "Invalid" })
{}

/** This list cannot be filtered by room here. @since 0.1.0 @category errors */
export class VcRoomFilterUnsupported
  extends ApiError.define("VcRoomFilterUnsupported", { code: 126015, status: 400, category: "Invalid" })
{}

/**
 * For meetings still to come the end is before the start, or more than a month from it.
 *
 * @since 0.1.0
 * @category errors
 */
export class VcFutureTimeSpanInvalid
  extends ApiError.define("VcFutureTimeSpanInvalid", { code: 126016, status: 400, category: "Invalid" })
{}
