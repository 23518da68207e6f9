/**
 * Local files made into cloud documents: a file is uploaded, a task imports it,
 * and leaves a document.
 *
 * Upload the file with `Media` (`parent_type` `ccm_import_open`), and it is gone
 * after the import, or with `File`, and it stays. It must be imported within 5
 * minutes. `create` starts the task and `wait` sees it through.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Waiter from "@effect-feishu/core/Waiter"
import * as Data from "effect/Data"
import type * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import * as Jobs from "./internal/jobs.ts"
import * as TaskError from "./TaskError.ts"

/**
 * Where a document is put: the values of `mount_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MountType = {
  /** Into a folder. */
  folder: 1
} as const

/**
 * How far an import is, or why there is no document: the values of `job_status`.
 * The platform has several numbers for a failure inside.
 *
 * @since 0.1.0
 * @category constants
 */
export const JobStatus = {
  /** Done. `extra` may tell of what was left out. */
  success: 0,
  initializing: 1,
  processing: 2,
  internalError: 3,
  /** The file is encrypted. */
  encrypted: 100,
  internalError101: 101,
  internalError102: 102,
  internalError103: 103,
  /** The tenant has no space left. */
  tenantFull: 104,
  /** The folder holds no more. */
  folderFull: 105,
  internalError106: 106,
  timeout: 108,
  internalError109: 109,
  noPermission: 110,
  unsupportedFormat: 112,
  unsupportedOfficeFormat: 113,
  internalError114: 114,
  /** The file is too large. */
  tooLarge: 115,
  /** The caller may not import into the folder. */
  noFolderPermission: 116,
  folderDeleted: 117,
  /** The file's name ends in another way than `file_extension` says. */
  extensionMismatch: 118,
  folderNotFound: 119,
  /** The file is of another kind than the task says. */
  typeMismatch: 120,
  /** The 5 minutes that an uploaded file is kept for are over. */
  expired: 121,
  /** It is being copied at the moment. */
  copying: 122,
  /** The file is damaged: save it as a new one. */
  damaged: 129,
  internalError5000: 5000,
  /** The document would have too many blocks. */
  tooManyBlocks: 7000,
  /** The document's blocks would nest too deep. */
  tooDeep: 7001,
  /** A block would be too large. */
  blockTooLarge: 7002
} as const

const failedInside = "the platform failed inside"

const meanings: Readonly<Record<number, string>> = {
  3: failedInside,
  100: "the file is encrypted",
  101: failedInside,
  102: failedInside,
  103: failedInside,
  104: "the tenant has no space left",
  105: "the folder holds no more",
  106: failedInside,
  108: "it took too long",
  109: failedInside,
  110: "the caller may not",
  112: "files of this kind cannot be imported",
  113: "office files of this kind cannot be imported",
  114: failedInside,
  115: "the file is too large",
  116: "the caller may not import into the folder",
  117: "the folder has been deleted",
  118: "the file's extension is not the one the task says",
  119: "there is no such folder",
  120: "the file is of another kind than the task says",
  121: "the uploaded file was kept for 5 minutes, which are over",
  122: "the document is being copied",
  129: "the file is damaged: save it as a new one",
  5000: failedInside,
  7000: "the document would have too many blocks",
  7001: "the blocks of the document would nest too deep",
  7002: "a block of the document would be too large"
}

/**
 * What an import that is done left out, and why: the values of `extra`.
 *
 * @since 0.1.0
 * @category constants
 */
export const Notice = {
  /** A document holds 20 000 blocks; the rest was cut off. */
  blocks: "1000",
  /** A table in a document holds 2000 cells; the rest was cut off. */
  tableCells: "1001",
  /** A table in a document holds 100 columns; the rest was cut off. */
  tableColumns: "1002",
  /** A paragraph holds 100 000 UTF-16 units; the rest was cut off. */
  paragraph: "1003",
  /** Some pictures of a document were not uploaded. */
  pictures: "1005",
  /** A sheet has too many columns; the rest was cut off. */
  sheetColumns: "2000",
  /** A sheet has too many cells; the rest was cut off. */
  sheetCells: "2001",
  /** A sheet holds 4000 pictures; the rest was left out. */
  sheetPicturesLimit: "2002",
  /** There is no space left. */
  spaceFull: "2003",
  /** Some pictures of a sheet were not uploaded. */
  sheetPictures: "2004",
  /** A cell has too many characters; the rest was cut off. */
  sheetCellText: "2005",
  /** Pictures of a Base beyond the rows with data were left out. */
  basePicturesBeyondRows: "3000",
  /** Pictures of a Base beyond the columns with data were left out. */
  basePicturesBeyondColumns: "3001",
  /** A Base has too many columns; the rest was cut off. */
  baseColumns: "3003",
  /** A Base has too many cells; the rest was cut off. */
  baseCells: "3004",
  /** A Base holds 4000 pictures; the rest was left out. */
  basePicturesLimit: "3005",
  /** Some pictures of a Base were not uploaded. */
  basePictures: "3006"
} as const

/** What each kind of file can become. */
const importedAs = {
  docx: ["docx"],
  doc: ["docx"],
  txt: ["docx"],
  md: ["docx"],
  mark: ["docx"],
  markdown: ["docx"],
  html: ["docx"],
  xlsx: ["sheet", "bitable"],
  xls: ["sheet"],
  csv: ["sheet", "bitable"],
  base: ["bitable"],
  pptx: ["slides"]
} as const

type ImportedAs = typeof importedAs

const errors = [
  TaskError.DriveTaskInternalError,
  TaskError.DriveTaskNoPermission,
  TaskError.DriveImportInternalError,
  TaskError.DriveTaskInvalidParam,
  TaskError.DriveImportServiceError,
  TaskError.DriveTaskFileDeleted,
  TaskError.DriveImportFileNotFound,
  TaskError.DriveImportMountPointNotFound,
  TaskError.DriveImportFileTooLarge,
  TaskError.DriveImportExtensionMismatch,
  TaskError.DriveImportTypeMismatch,
  TaskError.DriveImportFolderNotFound,
  TaskError.DriveImportFileExpired,
  TaskError.DriveTaskFileTokenInvalid
] as const

const statuses = { 1069906: 403, 1069914: 400 } as const

/**
 * @since 0.1.0
 * @category models
 */
export class MountPoint extends Shape.Struct<MountPoint>()(() => ({
  /** 1 into a folder: see `MountType`. */
  mount_type: Schema.Literal(1),
  /** The folder; the root folder where it is empty. */
  mount_key: Schema.String
})) {}

class CreateRequestFields extends Shape.Struct<CreateRequestFields>()(
  () => ({
    /** How the file's name ends, exactly: `md` is not `markdown`. */
    file_extension: Schema.Literal("docx", "doc", "txt", "md", "mark", "markdown", "html", "xlsx", "xls", "csv", "base", "pptx"),
    /** The uploaded file, not 5 minutes old. */
    file_token: Schema.String.pipe(Schema.maxLength(27)),
    /** What it becomes; which kinds it can become depends on `file_extension`. */
    type: Schema.Literal("docx", "sheet", "bitable", "slides"),
    /** What the document is called; like the file, where it is left out or empty. */
    file_name: Schema.optional(Schema.String),
    /** Where the document is put. */
    point: MountPoint,
    /** A Base that is there, to import into it; for `bitable` only. */
    token: Schema.optional(Schema.String)
  }),
  ({ file_extension, type }) => {
    const types: ReadonlyArray<string> = importedAs[file_extension]
    return types.includes(type)
      ? undefined
      : { path: ["type"], message: `must be ${types.join(" or ")} where file_extension is ${file_extension}` }
  },
  ({ token, type }) =>
    token !== undefined && type !== "bitable" ? { path: ["token"], message: "must be absent unless type is bitable" } : undefined
) {}

/**
 * Which file becomes what, and where it is put.
 *
 * - `docx`, `doc`, `txt`, `md`, `mark`, `markdown` and `html` become a `docx`;
 * - `xlsx` and `csv` a `sheet` or a `bitable`, `xls` a `sheet`;
 * - `base` a `bitable`, `pptx` `slides`.
 *
 * @since 0.1.0
 * @category models
 */
export type CreateRequest =
  & CreateRequestFields
  & { [E in keyof ImportedAs]: { readonly file_extension: E; readonly type: ImportedAs[E][number] } }[keyof ImportedAs]
  & (
    | { readonly type: "bitable" }
    | { readonly type: "docx" | "sheet" | "slides"; readonly token?: undefined }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const CreateRequest = Shape.narrow<CreateRequest>()(CreateRequestFields)

/**
 * An import that was started.
 *
 * @since 0.1.0
 * @category models
 */
export class Ticket extends Shape.Struct<Ticket>()(() => ({
  ticket: Schema.String
})) {}

/**
 * Starts to make an uploaded file a cloud document.
 *
 * A file may have 20 MB, a `docx` or `doc` 600 MB, an `xlsx` 800 MB, and a `csv`
 * that becomes a `bitable` 100 MB; a larger one fails with
 * `DriveImportFileTooLarge`, or later.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/import_task/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.importTask.create", {
  method: "POST",
  url: "/open-apis/drive/v1/import_tasks",
  accepts: "either",
  scopes: ["docs:document:import", "drive:drive"],
  // Would leave a second document.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: CreateRequest,
  response: Ticket,
  errors: [errors, TaskError.DriveTaskTooManyRequests],
  statuses
})

/**
 * How an import stands.
 *
 * @since 0.1.0
 * @category models
 */
export class Task extends Shape.Struct<Task>()(() => ({
  ticket: Schema.optional(Schema.String),
  /** What the file becomes. */
  type: Schema.optional(Schema.String),
  /** 0 done, 1 and 2 going on, everything else failed: see `JobStatus`. */
  job_status: Schema.optional(
    Shape.Open(
      0, 1, 2, 3, 100, 101, 102, 103, 104, 105, 106, 108, 109, 110, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 129,
      5000, 7000, 7001, 7002
    )
  ),
  /** Why it failed, for people to read; `success` otherwise. */
  job_error_msg: Schema.optional(Schema.String),
  /** The document. */
  token: Schema.optional(Schema.String),
  /** Where a browser opens it. */
  url: Schema.optional(Schema.String),
  /** What was left out, where the file has more than a document holds: see `Notice`. */
  extra: Schema.optional(
    Schema.Array(
      Shape.Open(
        "1000", "1001", "1002", "1003", "1005", "2000", "2001", "2002", "2003", "2004", "2005", "3000", "3001", "3003", "3004",
        "3005", "3006"
      )
    )
  )
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  result: Schema.optional(Task)
})) {}

/**
 * How an import stands, once. A failed one is an answer here and a failure of
 * `wait`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/import_task/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("drive.importTask.get", {
  method: "GET",
  url: "/open-apis/drive/v1/import_tasks/:ticket",
  accepts: "either",
  scopes: ["docs:document:import", "drive:drive", "drive:drive:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: Ticket,
  response: GetResponse,
  errors,
  statuses
})

/**
 * An import came to its end without a document.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveImportFailed extends Data.TaggedError("DriveImportFailed")<{
  readonly ticket: string
  /** Why: see `JobStatus`. */
  readonly job_status: number
  /** The platform's words, if it has any. */
  readonly job_error_msg: string | undefined
}> {
  override get message() {
    return `import ${this.ticket} left no document: ${Jobs.why(meanings, this)}`
  }
}

/**
 * An import that is done.
 *
 * @since 0.1.0
 * @category models
 */
export interface FinishedTask extends Task {
  readonly token: string
}

/**
 * What asking how an import stands may fail with, again and again until it has
 * ended or the time is up.
 *
 * @since 0.1.0
 * @category errors
 */
export type WatchError = Operation.Operation.Error<typeof get> | CallError | Waiter.WaitTimeout

const isFinished = (task: Task): task is FinishedTask => Jobs.isDone(task) && task.token !== undefined && task.token !== ""

const waiter = ({ ticket }: Ticket) => ({
  operation: get.id,
  look: get({ ticket }),
  // The platform may call it done a moment before it tells the document.
  ended: ({ result = {} }: GetResponse): Option.Option<Either.Either<FinishedTask, DriveImportFailed>> =>
    isFinished(result)
      ? Option.some(Either.right(result))
      : Option.map(Jobs.failureOf(result), (failure) => Either.left(new DriveImportFailed({ ticket, ...failure })))
})

/**
 * Waits until an import is done. One that fails, fails with
 * `DriveImportFailed`.
 *
 * Whoever gives up, by `timeout` or by interruption, only stops asking: the
 * import goes on.
 *
 * @example
 * ```ts
 * import { ImportTask } from "@effect-feishu/drive"
 * import { Effect } from "effect"
 *
 * export const importNotes = (file_token: string, folder: string) =>
 *   Effect.gen(function*() {
 *     const task = yield* ImportTask.create({
 *       file_extension: "md",
 *       file_token,
 *       type: "docx",
 *       point: { mount_type: ImportTask.MountType.folder, mount_key: folder }
 *     })
 *     const { token, url } = yield* ImportTask.wait(task, { timeout: "2 minutes" })
 *     return { token, url }
 *   })
 * ```
 *
 * @since 0.1.0
 * @category waiting
 */
export const wait = (
  task: Ticket,
  options?: Waiter.Options
): Effect.Effect<FinishedTask, WatchError | DriveImportFailed, FeishuClient | AccessToken.AnyAccessToken> =>
  Waiter.until(waiter(task), options)

/**
 * How an import stands, time and again until it has ended: the last state is
 * that it is done, or that it failed.
 *
 * @since 0.1.0
 * @category streams
 */
export const progress = (
  task: Ticket,
  options?: Waiter.Options
): Stream.Stream<GetResponse, WatchError, FeishuClient | AccessToken.AnyAccessToken> => Waiter.states(waiter(task), options)
