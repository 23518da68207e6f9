/** The failures that the platform documents for most operations on comments and replies, in one list. */
import * as CommentError from "../CommentError.ts"

export const commentErrors = [
  CommentError.DriveCommentFailed,
  CommentError.DriveCommentInvalidParam,
  CommentError.DriveCommentForbidden,
  CommentError.DriveCommentFileDeleted,
  CommentError.DriveCommentFileNotFound,
  CommentError.DriveCommentRefused,
  CommentError.DriveCommentNotFound,
  CommentError.DriveCommentLimit,
  CommentError.DriveCommentInternalError
] as const
