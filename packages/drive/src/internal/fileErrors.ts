/** The failures that the platform documents for files and folders alike, in one list. */
import * as FileError from "../FileError.ts"

export const fileErrors = [
  FileError.DriveFileInternalError,
  FileError.DriveFileInvalidParam,
  FileError.DriveFileNotFound,
  FileError.DriveFileNoPermission,
  FileError.DriveFileAuthFailed,
  FileError.DriveFileDeleted,
  FileError.DriveFileContended,
  FileError.DriveNodeNoPermission,
  FileError.DriveSubNodeNoPermission,
  FileError.DriveFolderFull,
  FileError.DriveSourceFolderNoPermission,
  FileError.DriveTargetFolderNoPermission,
  FileError.DrivePageSizeExceeded,
  FileError.DriveCrossTenantUnsupported,
  FileError.DriveCrossBrandUnsupported,
  FileError.DriveSourceNotFound
] as const
