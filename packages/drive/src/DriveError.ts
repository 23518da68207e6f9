/**
 * The documented failures of cloud documents, one class for each code and
 * meaning, in the order of their codes.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/**
 * A field holds what it must not: most often the token and the document's type
 * do not match, the document does not exist, or the member's id and the kind of
 * id do not match. A tenant token cannot add departments.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveInvalidParam
  extends ApiError.define("DriveInvalidParam", { code: 1063001, status: 400, category: "Invalid" })
{}

/**
 * The caller is no collaborator of the document, or not one who may do this.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveNoPermission
  extends ApiError.define("DriveNoPermission", { code: 1063002, status: 403, category: "Permission" })
{}

/**
 * The request is well-formed and the caller entitled, but not as things stand:
 * the document has as many collaborators as it can hold, a policy of the
 * enterprise forbids it, or caller and member cannot see each other (the
 * application is not in the chat, for example).
 *
 * A `Conflict` and no `Permission`: no scope and no grant on the document helps,
 * and another member may well be accepted.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveOperationNotAllowed
  extends ApiError.define("DriveOperationNotAllowed", { code: 1063003, status: 400, category: "Conflict" })
{}

/** The caller may not share the document. @since 0.1.0 @category errors */
export class DriveNoSharePermission
  extends ApiError.define("DriveNoSharePermission", { code: 1063004, status: 403, category: "Permission" })
{}

/** The document has been deleted. @since 0.1.0 @category errors */
export class DriveResourceDeleted
  extends ApiError.define("DriveResourceDeleted", { code: 1063005, status: 404, category: "NotFound" })
{}

/** A limiter inside the service, apart from the documented pace. @since 0.1.0 @category errors */
export class DriveTooManyRequests
  extends ApiError.define("DriveTooManyRequests", { code: 1063006, status: 429, category: "RateLimited" })
{}

/**
 * The public settings are not changed. The platform's metadata list this code
 * and tell neither its meaning nor its HTTP status: read `msg`.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveSettingRefused
  extends ApiError.define("DriveSettingRefused", { code: 1063014, category: "Invalid" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveInternalError
  extends ApiError.define("DriveInternalError", { code: 1066001, status: 500, category: "Fault" })
{}

/** Others change the same thing at this moment. @since 0.1.0 @category errors */
export class DriveContended
  extends ApiError.define("DriveContended", { code: 1066002, status: 500, category: "TryAgain" })
{}
