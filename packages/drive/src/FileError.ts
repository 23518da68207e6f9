/**
 * The documented failures of files, folders, uploads and media, in the order of
 * their codes.
 *
 * @since 0.1.0
 */
import * as ApiError from "@effect-feishu/core/ApiError"

/** The platform failed inside. It says so with HTTP status 200 or 400, too. @since 0.1.0 @category errors */
export class DriveFileInternalError
  extends ApiError.define("DriveFileInternalError", { code: 1061001, status: 500, category: "Fault" })
{}

/** A field holds what it must not. @since 0.1.0 @category errors */
export class DriveFileInvalidParam
  extends ApiError.define("DriveFileInvalidParam", { code: 1061002, status: 400, category: "Invalid" })
{}

/** There is no such file, or it has been deleted. @since 0.1.0 @category errors */
export class DriveFileNotFound
  extends ApiError.define("DriveFileNotFound", { code: 1061003, status: 404, category: "NotFound" })
{}

/** The caller may not do this with the file or folder. @since 0.1.0 @category errors */
export class DriveFileNoPermission
  extends ApiError.define("DriveFileNoPermission", { code: 1061004, status: 403, category: "Permission" })
{}

/** The token is none that this call accepts. @since 0.1.0 @category errors */
export class DriveFileAuthFailed
  extends ApiError.define("DriveFileAuthFailed", { code: 1061005, status: 401, category: "Credential" })
{}

/** The platform took too long inside. @since 0.1.0 @category errors */
export class DriveFileInternalTimeout
  extends ApiError.define("DriveFileInternalTimeout", { code: 1061006, status: 200, category: "Fault" })
{}

/** The file has been deleted. @since 0.1.0 @category errors */
export class DriveFileDeleted
  extends ApiError.define("DriveFileDeleted", { code: 1061007, status: 404, category: "NotFound" })
{}

/** The name is empty or too long. @since 0.1.0 @category errors */
export class DriveFileNameInvalid
  extends ApiError.define("DriveFileNameInvalid", { code: 1061008, status: 400, category: "Invalid" })
{}

/**
 * The upload has expired: an `upload_id` lives for 24 hours. Start from the beginning.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveUploadExpired
  extends ApiError.define("DriveUploadExpired", { code: 1061021, status: 400, category: "Conflict" })
{}

/** The file has another version meanwhile. @since 0.1.0 @category errors */
export class DriveFileVersionConflict
  extends ApiError.define("DriveFileVersionConflict", { code: 1061022, status: 500, category: "Conflict" })
{}

/** The place to upload to has been deleted. @since 0.1.0 @category errors */
export class DriveParentDeleted
  extends ApiError.define("DriveParentDeleted", { code: 1061041, status: 400, category: "NotFound" })
{}

/** The place to upload to holds no more of them. @since 0.1.0 @category errors */
export class DriveParentFull
  extends ApiError.define("DriveParentFull", { code: 1061042, status: 400, category: "Quota" })
{}

/** The file is larger than this way of uploading, or the tenant's plan, allows. @since 0.1.0 @category errors */
export class DriveFileTooLarge
  extends ApiError.define("DriveFileTooLarge", { code: 1061043, status: 400, category: "Invalid" })
{}

/**
 * There is no such place to upload to: the token is wrong, or not of the kind
 * `parent_type` says.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveParentNotFound
  extends ApiError.define("DriveParentNotFound", { code: 1061044, status: 400, category: "NotFound" })
{}

/**
 * Others were at it at the same moment. Nothing was done; the platform asks to repeat
 * the call.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveFileContended
  extends ApiError.define("DriveFileContended", { code: 1061045, status: 400, category: "TryAgain" })
{}

/** The user has no space left. @since 0.1.0 @category errors */
export class DriveUserQuotaExceeded
  extends ApiError.define("DriveUserQuotaExceeded", { code: 1061061, status: 400, category: "Quota" })
{}

/** The application lacks the scope. @since 0.1.0 @category errors */
export class DriveFileNoScope
  extends ApiError.define("DriveFileNoScope", { code: 1061073, status: 403, category: "Permission" })
{}

/** The tenant has no space left. @since 0.1.0 @category errors */
export class DriveTenantQuotaExceeded
  extends ApiError.define("DriveTenantQuotaExceeded", { code: 1061101, status: 400, category: "Quota" })
{}

/** The content check refuses the file's name. @since 0.1.0 @category errors */
export class DriveFileNameRefused
  extends ApiError.define("DriveFileNameRefused", { code: 1061109, status: 400, category: "Invalid" })
{}

/** The content check refuses the file. @since 0.1.0 @category errors */
export class DriveFileContentRefused
  extends ApiError.define("DriveFileContentRefused", { code: 1061113, status: 400, category: "Invalid" })
{}

/** The place the file hangs in is gone. @since 0.1.0 @category errors */
export class DriveMountPointGone
  extends ApiError.define("DriveMountPointGone", { code: 1061500, status: 403, category: "NotFound" })
{}

/** The document holds no more attachments. @since 0.1.0 @category errors */
export class DriveAttachmentLimit
  extends ApiError.define("DriveAttachmentLimit", { code: 1061547, status: 400, category: "Quota" })
{}

/** The thumbnail is still being made. @since 0.1.0 @category errors */
export class DriveCoverGenerating
  extends ApiError.define("DriveCoverGenerating", { code: 1062004, status: 202, category: "Pending" })
{}

/** Files of this kind have no thumbnail. @since 0.1.0 @category errors */
export class DriveCoverUnsupported
  extends ApiError.define("DriveCoverUnsupported", { code: 1062005, status: 202, category: "Invalid" })
{}

/** The thumbnail is not there yet. @since 0.1.0 @category errors */
export class DriveCoverMissing
  extends ApiError.define("DriveCoverMissing", { code: 1062006, status: 202, category: "Pending" })
{}

/**
 * The upload was begun by somebody else: go on with the credential that began it.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveUploadUserMismatch
  extends ApiError.define("DriveUploadUserMismatch", { code: 1062007, status: 400, category: "Permission" })
{}

/** The checksum is not the content's. @since 0.1.0 @category errors */
export class DriveUploadChecksumInvalid
  extends ApiError.define("DriveUploadChecksumInvalid", { code: 1062008, status: 400, category: "Invalid" })
{}

/** The content is not as long as `size` says. @since 0.1.0 @category errors */
export class DriveUploadSizeMismatch
  extends ApiError.define("DriveUploadSizeMismatch", { code: 1062009, status: 400, category: "Invalid" })
{}

/** Parts of the file have not arrived. @since 0.1.0 @category errors */
export class DriveUploadBlockMissing
  extends ApiError.define("DriveUploadBlockMissing", { code: 1062010, status: 400, category: "Conflict" })
{}

/** The upload has no part of this number. @since 0.1.0 @category errors */
export class DriveUploadBlockOutOfBounds
  extends ApiError.define("DriveUploadBlockOutOfBounds", { code: 1062011, status: 400, category: "Invalid" })
{}

/** The file is still being copied. @since 0.1.0 @category errors */
export class DriveFileCopying
  extends ApiError.define("DriveFileCopying", { code: 1062012, status: 400, category: "Conflict" })
{}

/** The copy of the file failed, and what there is is damaged. @since 0.1.0 @category errors */
export class DriveFileDamaged
  extends ApiError.define("DriveFileDamaged", { code: 1062013, status: 400, category: "Conflict" })
{}

/** The file cannot be taken from one that is already there: send its content. @since 0.1.0 @category errors */
export class DriveDedupeUnsupported
  extends ApiError.define("DriveDedupeUnsupported", { code: 1062014, status: 403, category: "Permission" })
{}

/** The platform saw the connection close before the content was there. @since 0.1.0 @category errors */
export class DriveUploadDisconnected
  extends ApiError.define("DriveUploadDisconnected", { code: 1062051, status: 400, category: "Fault" })
{}

/** The caller may not do this with the file or folder. @since 0.1.0 @category errors */
export class DriveNodeNoPermission
  extends ApiError.define("DriveNodeNoPermission", { code: 1062501, status: 403, category: "Permission" })
{}

/** The caller may not do this with something inside the folder. @since 0.1.0 @category errors */
export class DriveSubNodeNoPermission
  extends ApiError.define("DriveSubNodeNoPermission", { code: 1062502, status: 403, category: "Permission" })
{}

/** The space holds 400 000 files and folders in all, and has them. @since 0.1.0 @category errors */
export class DriveSpaceFull
  extends ApiError.define("DriveSpaceFull", { code: 1062505, status: 400, category: "Quota" })
{}

/** Folders nest 15 deep at most. @since 0.1.0 @category errors */
export class DriveFolderTooDeep
  extends ApiError.define("DriveFolderTooDeep", { code: 1062506, status: 400, category: "Quota" })
{}

/** A folder holds 1 500 files and folders on one level, and has them. @since 0.1.0 @category errors */
export class DriveFolderFull
  extends ApiError.define("DriveFolderFull", { code: 1062507, status: 400, category: "Quota" })
{}

/** The caller may not edit the folder the file is in. @since 0.1.0 @category errors */
export class DriveSourceFolderNoPermission
  extends ApiError.define("DriveSourceFolderNoPermission", { code: 1062524, status: 403, category: "Permission" })
{}

/** The caller may not edit the folder the file is to go to. @since 0.1.0 @category errors */
export class DriveTargetFolderNoPermission
  extends ApiError.define("DriveTargetFolderNoPermission", { code: 1062535, status: 403, category: "Permission" })
{}

/** `page_size` is more than 200. @since 0.1.0 @category errors */
export class DrivePageSizeExceeded
  extends ApiError.define("DrivePageSizeExceeded", { code: 1064001, status: 400, category: "Invalid" })
{}

/**
 * The tenant's data is being moved: wait until that is over. It is said with HTTP
 * status 200, too.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveMigrating
  extends ApiError.define("DriveMigrating", { code: 1064230, status: 400, category: "Conflict" })
{}

/** This is not possible across tenants or regions. @since 0.1.0 @category errors */
export class DriveCrossTenantUnsupported
  extends ApiError.define("DriveCrossTenantUnsupported", { code: 1064510, status: 403, category: "Permission" })
{}

/** This is not possible between Feishu and Lark. @since 0.1.0 @category errors */
export class DriveCrossBrandUnsupported
  extends ApiError.define("DriveCrossBrandUnsupported", { code: 1064511, status: 403, category: "Permission" })
{}

/**
 * The file or folder is not there, or not yet: it may have been made a moment ago.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveSourceNotFound
  extends ApiError.define("DriveSourceNotFound", { code: 1065200, status: 404, category: "NotFound" })
{}
