/**
 * Everything this package offers, as data.
 *
 * @since 0.1.0
 */
import * as Plugin from "@effect-feishu/core/Plugin"
import * as ActivityError from "./ActivityError.ts"
import * as BitableEvent from "./BitableEvent.ts"
import * as CommentError from "./CommentError.ts"
import * as DocsAssistant from "./DocsAssistant.ts"
import * as DriveError from "./DriveError.ts"
import * as DriveEvent from "./DriveEvent.ts"
import * as Explorer from "./Explorer.ts"
import * as ExplorerError from "./ExplorerError.ts"
import * as ExportTask from "./ExportTask.ts"
import * as File from "./File.ts"
import * as FileComment from "./FileComment.ts"
import * as FileCommentReply from "./FileCommentReply.ts"
import * as FileDownload from "./FileDownload.ts"
import * as FileError from "./FileError.ts"
import * as FileLike from "./FileLike.ts"
import * as FileStatistics from "./FileStatistics.ts"
import * as FileSubscription from "./FileSubscription.ts"
import * as FileUpload from "./FileUpload.ts"
import * as FileVersion from "./FileVersion.ts"
import * as FileViewRecord from "./FileViewRecord.ts"
import * as Folder from "./Folder.ts"
import * as ImportTask from "./ImportTask.ts"
import * as Media from "./Media.ts"
import * as MediaDownload from "./MediaDownload.ts"
import * as MediaUpload from "./MediaUpload.ts"
import * as Meta from "./Meta.ts"
import * as MetaError from "./MetaError.ts"
import * as PermissionMember from "./PermissionMember.ts"
import * as PermissionPublic from "./PermissionPublic.ts"
import * as Search from "./Search.ts"
import * as TaskError from "./TaskError.ts"
import * as UserSubscription from "./UserSubscription.ts"
import * as VersionError from "./VersionError.ts"

/**
 * The operations, errors and events of cloud documents: for fakes, for
 * `Plugin.scopes`, and for whatever else takes plugins.
 *
 * @since 0.1.0
 * @category plugins
 */
export const plugin: Plugin.Plugin<"drive"> = Plugin.make("drive", {
  operations: [
    DocsAssistant,
    Explorer,
    ExportTask,
    File,
    FileComment,
    FileCommentReply,
    FileDownload,
    FileLike,
    FileStatistics,
    FileSubscription,
    FileUpload,
    FileVersion,
    FileViewRecord,
    Folder,
    ImportTask,
    Media,
    MediaDownload,
    MediaUpload,
    Meta,
    PermissionMember,
    PermissionPublic,
    Search,
    UserSubscription
  ],
  errors: [ActivityError, CommentError, DriveError, ExplorerError, FileError, MetaError, TaskError, VersionError],
  events: [DriveEvent, BitableEvent]
})
