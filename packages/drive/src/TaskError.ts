/**
 * The documented failures of imports and exports.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/**
 * The tenant's data has moved to a machine room of its own; the platform asks to repeat
 * the call later.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveExportMigrating
  extends ApiError.define("DriveExportMigrating", { code: 600, status: 200, category: "TryAgain" })
{}

/** There is no such exported file, or the 10 minutes it is kept for are over. @since 0.1.0 @category errors */
export class DriveExportFileInvalid
  extends ApiError.define("DriveExportFileInvalid", { code: 1060001, status: 400, category: "Invalid" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveTaskInternalError
  extends ApiError.define("DriveTaskInternalError", { code: 1069901, status: 500, category: "Fault" })
{}

/** The caller may not read, or may not edit, the document. @since 0.1.0 @category errors */
export class DriveTaskNoPermission
  extends ApiError.define("DriveTaskNoPermission", { code: 1069902, status: 403, category: "Permission" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveImportInternalError
  extends ApiError.define("DriveImportInternalError", { code: 1069903, status: 500, category: "Fault" })
{}

/**
 * A field holds what it must not. A sheet exported to CSV needs the id of its
 * worksheet.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveTaskInvalidParam
  extends ApiError.define("DriveTaskInvalidParam", { code: 1069904, status: 400, category: "Invalid" })
{}

/** The platform failed inside. @since 0.1.0 @category errors */
export class DriveImportServiceError
  extends ApiError.define("DriveImportServiceError", { code: 1069905, status: 500, category: "Fault" })
{}

/** The document has been deleted. @since 0.1.0 @category errors */
export class DriveTaskFileDeleted
  extends ApiError.define("DriveTaskFileDeleted", { code: 1069906, status: 404, category: "NotFound" })
{}

/** There is no such file to import. @since 0.1.0 @category errors */
export class DriveImportFileNotFound
  extends ApiError.define("DriveImportFileNotFound", { code: 1069907, status: 404, category: "NotFound" })
{}

/** The folder to import into is not there, or not the caller's to write to. @since 0.1.0 @category errors */
export class DriveImportMountPointNotFound
  extends ApiError.define("DriveImportMountPointNotFound", { code: 1069908, status: 403, category: "NotFound" })
{}

/** The file is larger than can be imported. @since 0.1.0 @category errors */
export class DriveImportFileTooLarge
  extends ApiError.define("DriveImportFileTooLarge", { code: 1069909, status: 400, category: "Invalid" })
{}

/** The extension is not the uploaded file's. @since 0.1.0 @category errors */
export class DriveImportExtensionMismatch
  extends ApiError.define("DriveImportExtensionMismatch", { code: 1069910, status: 400, category: "Invalid" })
{}

/** The uploaded file is of another type than the task says. @since 0.1.0 @category errors */
export class DriveImportTypeMismatch
  extends ApiError.define("DriveImportTypeMismatch", { code: 1069911, status: 400, category: "Invalid" })
{}

/** There is no such folder. @since 0.1.0 @category errors */
export class DriveImportFolderNotFound
  extends ApiError.define("DriveImportFolderNotFound", { code: 1069912, status: 400, category: "NotFound" })
{}

/** The uploaded file is kept for 5 minutes, which are over: upload it again. @since 0.1.0 @category errors */
export class DriveImportFileExpired
  extends ApiError.define("DriveImportFileExpired", { code: 1069913, status: 400, category: "Conflict" })
{}

/** The token names no document. @since 0.1.0 @category errors */
export class DriveTaskFileTokenInvalid
  extends ApiError.define("DriveTaskFileTokenInvalid", { code: 1069914, status: 404, category: "Invalid" })
{}

/** The document cannot be exported to this kind of file. @since 0.1.0 @category errors */
export class DriveExportTypeMismatch
  extends ApiError.define("DriveExportTypeMismatch", { code: 1069918, status: 400, category: "Invalid" })
{}

/** A limiter inside the service, apart from the documented pace. @since 0.1.0 @category errors */
export class DriveTaskTooManyRequests
  extends ApiError.define("DriveTaskTooManyRequests", { code: 1069923, status: 429, category: "RateLimited" })
{}
