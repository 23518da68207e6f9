/**
 * The documented failures of video conferencing, one class for each code and
 * meaning, in the order of their codes.
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

/** There is no such meeting. @since 0.1.0 @category errors */
export class VcMeetingNotFound
  extends ApiError.define("VcMeetingNotFound", { code: 122002, status: 404, category: "NotFound" })
{}

/** There is no such room or room level, or `scope_type` names the other of the two. @since 0.1.0 @category errors */
export class VcRoomOrLevelNotFound
  extends ApiError.define("VcRoomOrLevelNotFound", { code: 126001, status: 400, category: "NotFound" })
{}

/** No reservation form has been set up in the admin console yet. @since 0.1.0 @category errors */
export class VcReserveFormNotConfigured
  extends ApiError.define("VcReserveFormNotConfigured", { code: 126002, status: 400, category: "Conflict" })
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
