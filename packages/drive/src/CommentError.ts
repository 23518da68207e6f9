/**
 * The documented failures of comments.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveCommentFailed
  extends ApiError.define("DriveCommentFailed", { code: 1069301, status: 400, category: "Fault" })
{}

/** A field holds what it must not. @since 0.1.0 @category errors */
export class DriveCommentInvalidParam
  extends ApiError.define("DriveCommentInvalidParam", { code: 1069302, status: 400, category: "Invalid" })
{}

/** The caller may not comment on the document. @since 0.1.0 @category errors */
export class DriveCommentForbidden
  extends ApiError.define("DriveCommentForbidden", { code: 1069303, status: 403, category: "Permission" })
{}

/** The document has been deleted. @since 0.1.0 @category errors */
export class DriveCommentFileDeleted
  extends ApiError.define("DriveCommentFileDeleted", { code: 1069304, status: 400, category: "NotFound" })
{}

/** There is no such document. @since 0.1.0 @category errors */
export class DriveCommentFileNotFound
  extends ApiError.define("DriveCommentFileNotFound", { code: 1069305, status: 400, category: "NotFound" })
{}

/** The content check refuses the comment. @since 0.1.0 @category errors */
export class DriveCommentRefused
  extends ApiError.define("DriveCommentRefused", { code: 1069306, status: 400, category: "Invalid" })
{}

/**
 * The document, the comment, or somebody or something mentioned in it is not there.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveCommentNotFound
  extends ApiError.define("DriveCommentNotFound", { code: 1069307, status: 404, category: "NotFound" })
{}

/** The document holds no more comments. @since 0.1.0 @category errors */
export class DriveCommentLimit
  extends ApiError.define("DriveCommentLimit", { code: 1069308, status: 400, category: "Quota" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveCommentInternalError
  extends ApiError.define("DriveCommentInternalError", { code: 1069399, status: 400, category: "Fault" })
{}
