/**
 * What lies in a drive: files of any kind, online documents and folders, and
 * how they are listed, copied, moved and deleted.
 *
 * Calls that change where something lies must not overlap; the client sends
 * those of one operation one after another. A `DriveFileContended` says that
 * others were at it.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import { fileErrors } from "./internal/fileErrors.ts"

const documentTypes = ["file", "docx", "bitable", "doc", "sheet", "mindnote", "slides"] as const

/** What the listing tells apart; slides are none of it. */
const listedTypes = ["doc", "sheet", "mindnote", "bitable", "file", "docx"] as const

/**
 * How far a task is: the values of `status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const TaskStatus = {
  done: "success",
  failed: "fail",
  going: "process"
} as const

/**
 * What the ids of users are.
 *
 * @since 0.1.0
 * @category schemas
 */
export const UserIdType = Schema.Literal("open_id", "union_id", "user_id")

/** How many bytes a name may have. */
const longestName = 256

/**
 * The name of a file or a folder: at most 256 bytes of UTF-8, which are 85
 * Chinese characters.
 *
 * @since 0.1.0
 * @category schemas
 */
export const Name = Schema.String.pipe(
  Schema.filter((text) => new TextEncoder().encode(text).length <= longestName, {
    message: () => `must be at most ${longestName} bytes`
  })
)

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /**
   * The folder. Left out or empty, it is the root of the caller's own space,
   * which comes as one page and without the shortcuts in it.
   */
  folder_token: Schema.optional(Schema.String),
  /**
   * How many at most, up to 200; of no effect on the root.
   *
   * @default 100
   */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 200))),
  /** Where to go on: the `next_page_token` of the page before. */
  page_token: Schema.optional(Schema.String),
  /**
   * By what they are sorted.
   *
   * @default "EditedTime"
   */
  order_by: Schema.optional(Schema.Literal("EditedTime", "CreatedTime")),
  /**
   * Whether the oldest come first or the newest.
   *
   * @default "DESC"
   */
  direction: Schema.optional(Schema.Literal("ASC", "DESC")),
  /**
   * What the ids of owners are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(UserIdType),
  /** Everything in the folder, in no order. The platform names the value and says no more of it. */
  option: Schema.optional(Schema.Literal("get_all_children_unsort"))
})) {}

/**
 * A file as an answer about it tells, where the documentation does not say which
 * kinds there are.
 *
 * @since 0.1.0
 * @category models
 */
export class CopiedFile extends Shape.Struct<CopiedFile>()(() => ({
  token: Schema.String,
  name: Schema.optional(Schema.String),
  type: Schema.optional(Schema.String),
  /** The folder it is in. */
  parent_token: Schema.optional(Schema.String),
  /** Where a browser opens it. */
  url: Schema.optional(Schema.String),
  /** Not answered about a copy. */
  shortcut_info: Schema.optional(Schema.Struct({
    target_type: Schema.optional(Schema.String),
    target_token: Schema.optional(Schema.String)
  })),
  /** Not answered about a copy. */
  created_time: Schema.optional(Schema.String),
  /** Not answered about a copy. */
  modified_time: Schema.optional(Schema.String),
  /** Not answered about a copy. */
  owner_id: Schema.optional(Schema.String)
})) {}

const timesAndOwner = () => ({
  /** Unix seconds: `Time.fromUnixSeconds`. */
  created_time: Schema.optional(Schema.String),
  /** When it was last changed, in Unix seconds: `Time.fromUnixSeconds`. */
  modified_time: Schema.optional(Schema.String),
  /** The owner, by the id that `user_id_type` says. */
  owner_id: Schema.optional(Schema.String)
})

/**
 * A file, an online document, a folder or a shortcut.
 *
 * @since 0.1.0
 * @category models
 */
export class File extends Shape.Struct<File>()(() => ({
  ...CopiedFile.fields,
  ...timesAndOwner(),
  /** What it is: a folder and a shortcut have a type too. */
  type: Schema.optional(Shape.Open(...listedTypes, "folder", "shortcut")),
  /** What a shortcut leads to. */
  shortcut_info: Schema.optional(Schema.Struct({
    target_type: Schema.optional(Shape.Open(...listedTypes)),
    target_token: Schema.optional(Schema.String)
  }))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  files: Schema.optional(Schema.Array(File)),
  /** Where the next page begins; there if `has_more`. */
  next_page_token: Schema.optional(Schema.String),
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * What is in a folder, but not what is in the folders in it.
 *
 * Without a `folder_token` it is the root of the caller's own space, all of it
 * in one page and without shortcuts. With a tenant token that is the
 * application's space, not the users'.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("drive.file.list", {
  method: "GET",
  url: "/open-apis/drive/v1/files",
  accepts: "either",
  scopes: ["drive:drive", "drive:drive:readonly", "space:document:retrieve"],
  idempotent: true,
  rateLimit: RateLimit.of([20, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "files", next: "next_page_token" },
  errors: fileErrors
})

/**
 * What a shortcut is to lead to.
 *
 * @since 0.1.0
 * @category models
 */
export class ShortcutTarget extends Shape.Struct<ShortcutTarget>()(() => ({
  refer_token: Schema.String,
  /** What `refer_token` is the token of. */
  refer_type: Schema.Literal(...documentTypes)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateShortcutRequest extends Shape.Struct<CreateShortcutRequest>()(() => ({
  /** The folder the shortcut is put in. */
  parent_token: Schema.String,
  /** What it leads to. */
  refer_entity: ShortcutTarget,
  /**
   * What the id of the owner is.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(UserIdType)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Shortcut extends Shape.Struct<Shortcut>()(() => ({
  ...CopiedFile.fields,
  ...timesAndOwner(),
  /** What it leads to is of this type. */
  type: Schema.optional(Shape.Open(...documentTypes)),
  /** What it leads to. */
  shortcut_info: Schema.optional(Schema.Struct({
    target_type: Schema.optional(Shape.Open(...documentTypes)),
    target_token: Schema.optional(Schema.String)
  }))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateShortcutResponse extends Shape.Struct<CreateShortcutResponse>()(() => ({
  /** The shortcut. */
  succ_shortcut_node: Shortcut
})) {}

/**
 * Puts a shortcut to a file into a folder.
 *
 * The caller must be able to read the file and edit the folder, and both must
 * be of one tenant, region and brand. A folder that holds 1500 things takes no
 * more: `DriveFolderFull`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/create_shortcut
 * @since 0.1.0
 * @category operations
 */
export const createShortcut = Operation.make("drive.file.createShortcut", {
  method: "POST",
  url: "/open-apis/drive/v1/files/create_shortcut",
  accepts: "either",
  scopes: ["drive:drive", "space:document:shortcut"],
  // Would make a second shortcut.
  idempotent: false,
  serial: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  quota: RateLimit.of([10_000, "1 day"]),
  request: CreateShortcutRequest,
  query: ["user_id_type"],
  response: CreateShortcutResponse,
  errors: fileErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class CopyRequest extends Shape.Struct<CopyRequest>()(() => ({
  /** What is copied. A folder cannot be. */
  file_token: Schema.String,
  /** What the copy is called: at most 256 bytes of UTF-8. */
  name: Name,
  /** What `file_token` is the token of. */
  type: Schema.Literal(...documentTypes),
  /** The folder the copy is put in. The root folder has a token too: `Explorer.getRootFolderMeta`. */
  folder_token: Schema.String,
  /** Copies in a special way, of which the documentation names none. */
  extra: Schema.optional(Schema.Array(Schema.Struct({ key: Schema.String, value: Schema.String }))),
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(UserIdType)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CopyResponse extends Shape.Struct<CopyResponse>()(() => ({
  /** The copy. */
  file: CopiedFile
})) {}

/**
 * Copies a file into a folder.
 *
 * The platform copies in its own time; there is no task to ask how far it is.
 * The caller must be able to read the file and edit the folder. A folder holds
 * 1500 things (`DriveFolderFull`), a space 400 000 in all.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/copy
 * @since 0.1.0
 * @category operations
 */
export const copy = Operation.make("drive.file.copy", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/copy",
  accepts: "either",
  scopes: ["docs:document:copy", "drive:drive"],
  // Would make a second copy.
  idempotent: false,
  serial: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  quota: RateLimit.of([10_000, "1 day"]),
  request: CopyRequest,
  query: ["user_id_type"],
  response: CopyResponse,
  errors: fileErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class MoveRequest extends Shape.Struct<MoveRequest>()(() => ({
  /** The file or folder. */
  file_token: Schema.String,
  /** What `file_token` is the token of. */
  type: Schema.Literal(...documentTypes, "folder"),
  /** The folder it is moved to. What becomes of it without one is not documented. */
  folder_token: Schema.optional(Schema.String)
})) {}

/**
 * What became of a request to move or delete.
 *
 * @since 0.1.0
 * @category models
 */
export class TaskResponse extends Shape.Struct<TaskResponse>()(() => ({
  /** The task that goes on, where it is a folder: `Folder.wait`. */
  task_id: Schema.optional(Schema.String)
})) {}

/**
 * Moves a file or a folder to another folder.
 *
 * A file is moved when the call returns. A folder is moved by a task, whose
 * `task_id` is answered: `Folder.wait` waits for it. The caller must manage what
 * is moved, and be able to edit the folder it is in (else
 * `DriveSourceFolderNoPermission`) and the one it goes to (else
 * `DriveTargetFolderNoPermission`).
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/move
 * @since 0.1.0
 * @category operations
 */
export const move = Operation.make("drive.file.move", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/move",
  accepts: "either",
  scopes: ["drive:drive", "space:document:move"],
  // Says where it is to be.
  idempotent: true,
  serial: true,
  // The page's table says the one, its text the other: both are kept.
  rateLimit: RateLimit.of([20, "1 minute"], [5, "1 second"]),
  quota: RateLimit.of([10_000, "1 day"]),
  request: MoveRequest,
  response: TaskResponse,
  errors: fileErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class DeleteRequest extends Shape.Struct<DeleteRequest>()(() => ({
  /** The file or folder. */
  file_token: Schema.String,
  /** What `file_token` is the token of. */
  type: Schema.Literal(...documentTypes, "folder", "shortcut"),
  /** Whether it is always done by a task, not only for a folder. */
  async: Schema.optional(Schema.Boolean)
})) {}

const del = Operation.make("drive.file.delete", {
  method: "DELETE",
  url: "/open-apis/drive/v1/files/:file_token",
  accepts: "either",
  scopes: ["drive:drive", "space:document:delete"],
  // What is gone stays gone; the second request is answered by `DriveFileDeleted`.
  idempotent: true,
  serial: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  quota: RateLimit.of([10_000, "1 day"]),
  request: DeleteRequest,
  query: ["type", "async"],
  response: TaskResponse,
  errors: fileErrors,
  // 1061007 has been seen with HTTP status 200 as well as the documented 404.
  statuses: { 1061001: 400 }
})

export {
  /**
   * Puts a file or a folder into the recycle bin.
   *
   * A file is there when the call returns. A folder goes there by a task, whose
   * `task_id` is answered: `Folder.wait` waits for it. `DriveFileDeleted` means
   * that it had gone already, perhaps by this very call, whose answer was lost.
   *
   * The caller must own the file and be able to edit the folder it is in, or own
   * or manage that folder.
   *
   * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/delete
   * @since 0.1.0
   * @category operations
   */
  del as delete
}

/**
 * @since 0.1.0
 * @category models
 */
export class TaskCheckRequest extends Shape.Struct<TaskCheckRequest>()(() => ({
  /** The task, as `move` or `delete` answered it. */
  task_id: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class TaskCheckResponse extends Shape.Struct<TaskCheckResponse>()(() => ({
  /** How far it is: see `TaskStatus`. */
  status: Schema.optional(Shape.Open(TaskStatus.done, TaskStatus.failed, TaskStatus.going))
})) {}

/**
 * How the moving or deleting of a folder stands. `Folder.wait` asks until it has
 * ended.
 *
 * The documentation calls the rate limit special and gives no figure.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/task_check
 * @since 0.1.0
 * @category operations
 */
export const taskCheck = Operation.make("drive.file.taskCheck", {
  method: "GET",
  url: "/open-apis/drive/v1/files/task_check",
  accepts: "either",
  scopes: ["drive:drive", "drive:drive.metadata:readonly", "drive:drive:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: TaskCheckRequest,
  response: TaskCheckResponse,
  errors: fileErrors
})
