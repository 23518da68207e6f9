/**
 * The documented failures of statistics, view records and subscriptions.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** A field holds what it must not. @since 0.1.0 @category errors */
export class DriveAssistantInvalidParam
  extends ApiError.define("DriveAssistantInvalidParam", { code: 1064000, status: 400, category: "Invalid" })
{}

/** The caller may not read the document, which a subscription needs. @since 0.1.0 @category errors */
export class DriveAssistantNoPermission
  extends ApiError.define("DriveAssistantNoPermission", { code: 1064030, status: 403, category: "Permission" })
{}

/** There is no such document. @since 0.1.0 @category errors */
export class DriveAssistantFileNotFound
  extends ApiError.define("DriveAssistantFileNotFound", { code: 1064040, status: 404, category: "NotFound" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveAssistantInternalError
  extends ApiError.define("DriveAssistantInternalError", { code: 1065000, status: 500, category: "Fault" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveActivityInternalError
  extends ApiError.define("DriveActivityInternalError", { code: 1069601, status: 500, category: "Fault" })
{}

/** A field holds what it must not. @since 0.1.0 @category errors */
export class DriveActivityInvalidParam
  extends ApiError.define("DriveActivityInvalidParam", { code: 1069602, status: 400, category: "Invalid" })
{}

/**
 * The caller does not manage the document, or the tenant keeps no record of visits.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveActivityNoPermission
  extends ApiError.define("DriveActivityNoPermission", { code: 1069603, status: 403, category: "Permission" })
{}

/** There is no such document. @since 0.1.0 @category errors */
export class DriveActivityFileNotFound
  extends ApiError.define("DriveActivityFileNotFound", { code: 1069604, status: 400, category: "NotFound" })
{}

/** The document is not subscribed to. @since 0.1.0 @category errors */
export class DriveNotSubscribed
  extends ApiError.define("DriveNotSubscribed", { code: 1069605, status: 400, category: "NotFound" })
{}
