/**
 * The documented failures of document versions.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** The caller may not read or edit the document. @since 0.1.0 @category errors */
export class DriveVersionNoPermission
  extends ApiError.define("DriveVersionNoPermission", { code: 1068400, status: 403, category: "Permission" })
{}

/** The content check refuses the title. @since 0.1.0 @category errors */
export class DriveVersionTitleRefused
  extends ApiError.define("DriveVersionTitleRefused", { code: 1068401, status: 400, category: "Invalid" })
{}

/** There is no such version. @since 0.1.0 @category errors */
export class DriveVersionNotFound
  extends ApiError.define("DriveVersionNotFound", { code: 1068403, status: 404, category: "NotFound" })
{}

/** The document the version belongs to is not there. @since 0.1.0 @category errors */
export class DriveVersionParentNotFound
  extends ApiError.define("DriveVersionParentNotFound", { code: 1068404, status: 404, category: "NotFound" })
{}

/** `file_token` is none. @since 0.1.0 @category errors */
export class DriveVersionFileTokenInvalid
  extends ApiError.define("DriveVersionFileTokenInvalid", { code: 1068410, status: 400, category: "Invalid" })
{}

/** One of the parameters is wrong: the platform's sources disagree about which. @since 0.1.0 @category errors */
export class DriveVersionParamInvalid
  extends ApiError.define("DriveVersionParamInvalid", { code: 1068411, status: 400, category: "Invalid" })
{}

/** One of the parameters is wrong: the platform's sources disagree about which. @since 0.1.0 @category errors */
export class DriveVersionParamUnusable
  extends ApiError.define("DriveVersionParamUnusable", { code: 1068412, status: 400, category: "Invalid" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveVersionRequestFailed
  extends ApiError.define("DriveVersionRequestFailed", { code: 1068425, status: 400, category: "Fault" })
{}
