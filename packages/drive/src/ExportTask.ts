/**
 * Cloud documents made into local files: a task exports a document, and leaves a
 * file to download, which is kept for 10 minutes.
 *
 * `file` does all of it and answers the bytes; `create`, `wait`, `progress` and
 * `download` are its parts.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { ContentError } from "@effect-feishu/core/Download"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Waiter from "@effect-feishu/core/Waiter"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Jobs from "./internal/jobs.ts"
import * as TaskError from "./TaskError.ts"

/**
 * How far an export is, or why there is no file: the values of `job_status`.
 *
 * @since 0.1.0
 * @category constants
 */
export const JobStatus = {
  success: 0,
  initializing: 1,
  processing: 2,
  internalError: 3,
  /** The document is too large. */
  tooLarge: 107,
  timeout: 108,
  /** The caller may not read a part of the document. */
  noBlockPermission: 109,
  noPermission: 110,
  /** The document has been deleted. */
  deleted: 111,
  /** The document is being copied at the moment. */
  copying: 122,
  /** There is no such document. */
  notFound: 123,
  /** The document has too many pictures. */
  tooManyPictures: 6000
} as const

const meanings: Readonly<Record<number, string>> = {
  3: "the platform failed inside",
  107: "the document is too large",
  108: "it took too long",
  109: "the caller may not read a part of the document",
  110: "the caller may not",
  111: "the document has been deleted",
  122: "the document is being copied",
  123: "there is no such document",
  6000: "the document has too many pictures"
}

const fileExtensions = ["docx", "pdf", "xlsx", "csv", "pptx", "base"] as const

const types = ["doc", "sheet", "bitable", "docx", "slides"] as const

/** What each kind of document can become. */
const exportedAs = {
  doc: ["docx", "pdf"],
  docx: ["docx", "pdf"],
  sheet: ["xlsx", "csv"],
  bitable: ["xlsx", "csv", "base"],
  slides: ["pptx", "pdf"]
} as const

type ExportedAs = typeof exportedAs

class CreateRequestFields extends Shape.Struct<CreateRequestFields>()(
  () => ({
    /** What it becomes; which kinds it can become depends on `type`. */
    file_extension: Schema.Literal(...fileExtensions),
    /** The document. */
    token: Schema.String.pipe(Schema.maxLength(27)),
    /** What kind of document `token` is of. A page of a wiki is exported as what it shows. */
    type: Schema.Literal(...types),
    /** Which sheet of a spreadsheet, or which table of a Base; needed for `csv`. */
    sub_id: Schema.optional(Schema.String),
    /** Whether the tables of a Base are exported without their records; for `base` only. */
    only_schema: Schema.optional(Schema.Boolean)
  }),
  ({ file_extension, type }) => {
    const extensions: ReadonlyArray<string> = exportedAs[type]
    return extensions.includes(file_extension)
      ? undefined
      : { path: ["file_extension"], message: `must be ${extensions.join(" or ")} where type is ${type}` }
  },
  ({ file_extension, sub_id }) =>
    file_extension === "csv" && sub_id === undefined
      ? { path: ["sub_id"], message: "is required where file_extension is csv" }
      : undefined,
  ({ file_extension, only_schema }) =>
    only_schema !== undefined && file_extension !== "base"
      ? { path: ["only_schema"], message: "must be absent unless file_extension is base" }
      : undefined
) {}

/**
 * Which document becomes what.
 *
 * - a `doc` or a `docx` becomes `docx` or `pdf`;
 * - a `sheet` becomes `xlsx`, or `csv` one of its sheets at a time (`sub_id`);
 * - a `bitable` becomes `xlsx` or `base`, or `csv` one of its tables at a time;
 * - `slides` become `pptx` or `pdf`.
 *
 * @since 0.1.0
 * @category models
 */
export type CreateRequest =
  & CreateRequestFields
  & { [T in keyof ExportedAs]: { readonly type: T; readonly file_extension: ExportedAs[T][number] } }[keyof ExportedAs]
  & (
    | { readonly file_extension: "docx" | "pdf" | "xlsx" | "pptx"; readonly only_schema?: undefined }
    | { readonly file_extension: "csv"; readonly sub_id: string; readonly only_schema?: undefined }
    | { readonly file_extension: "base" }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const CreateRequest = Shape.narrow<CreateRequest>()(CreateRequestFields)

/**
 * @since 0.1.0
 * @category models
 */
export class CreateResponse extends Shape.Struct<CreateResponse>()(() => ({
  /** What `get` and `wait` take, besides the document's token. */
  ticket: Schema.String
})) {}

/**
 * Starts to export a document.
 *
 * The pictures and files in a document that becomes a `docx` may have 1 GB in
 * all, 128 MB where it becomes a `pdf`. Where the tenant has watermarks, the file
 * shows who exported it: the user, or the application's id.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/export_task/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.exportTask.create", {
  method: "POST",
  url: "/open-apis/drive/v1/export_tasks",
  accepts: "either",
  scopes: ["docs:document:export", "drive:export:readonly"],
  // Starts another task.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: CreateRequest,
  response: CreateResponse,
  errors: [
    TaskError.DriveTaskInternalError,
    TaskError.DriveTaskNoPermission,
    TaskError.DriveTaskInvalidParam,
    TaskError.DriveTaskFileDeleted,
    TaskError.DriveTaskFileTokenInvalid,
    TaskError.DriveExportTypeMismatch,
    TaskError.DriveTaskTooManyRequests,
    TaskError.DriveExportMigrating
  ]
})

/**
 * An export that was started.
 *
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  /** What `create` answered. */
  ticket: Schema.String,
  /** The document. */
  token: Schema.String.pipe(Schema.maxLength(27))
})) {}

/**
 * How an export stands.
 *
 * @since 0.1.0
 * @category models
 */
export class Task extends Shape.Struct<Task>()(() => ({
  /** What the document becomes. */
  file_extension: Schema.optional(Shape.Open(...fileExtensions)),
  /** What kind of document it is. */
  type: Schema.optional(Shape.Open(...types)),
  file_name: Schema.optional(Schema.String),
  /** What `download` takes. */
  file_token: Schema.optional(Schema.String),
  /** In bytes. */
  file_size: Schema.optional(Schema.Finite),
  /** Why it failed, for people to read; `success` otherwise. */
  job_error_msg: Schema.optional(Schema.String),
  /** 0 done, 1 and 2 going on, everything else failed: see `JobStatus`. */
  job_status: Schema.optional(Shape.Open(0, 1, 2, 3, 107, 108, 109, 110, 111, 122, 123, 6000)),
  /** Whether the tables of a Base are exported without their records. */
  only_schema: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  result: Schema.optional(Task)
})) {}

/**
 * How an export stands, once. Only who started it may ask. A failed one is an
 * answer here and a failure of `wait`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/export_task/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("drive.exportTask.get", {
  method: "GET",
  url: "/open-apis/drive/v1/export_tasks/:ticket",
  accepts: "either",
  scopes: ["docs:document:export", "drive:export:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: GetRequest,
  response: GetResponse,
  errors: [
    TaskError.DriveTaskInternalError,
    TaskError.DriveTaskNoPermission,
    TaskError.DriveTaskInvalidParam,
    TaskError.DriveTaskFileDeleted
  ],
  statuses: { 1069906: 410 }
})

/**
 * @since 0.1.0
 * @category models
 */
export class DownloadRequest extends Shape.Struct<DownloadRequest>()(() => ({
  /** The file of an export that is done. */
  file_token: Schema.String
})) {}

/**
 * The file of an export that is done: what it is, and its content as a Stream.
 * `download.stream` is the content alone.
 *
 * The platform keeps it for 10 minutes after the export.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/export_task/download
 * @since 0.1.0
 * @category operations
 */
export const download = Operation.download("drive.exportTask.download", {
  method: "GET",
  url: "/open-apis/drive/v1/export_tasks/file/:file_token/download",
  accepts: "either",
  scopes: ["docs:document:export", "drive:export:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: DownloadRequest,
  errors: [TaskError.DriveExportFileInvalid]
})

/**
 * An export came to its end without a file.
 *
 * @since 0.1.0
 * @category errors
 */
export class DriveExportFailed extends Data.TaggedError("DriveExportFailed")<{
  readonly ticket: string
  /** Why: see `JobStatus`. */
  readonly job_status: number
  /** The platform's words, if it has any. */
  readonly job_error_msg: string | undefined
}> {
  override get message() {
    return `export ${this.ticket} left no file: ${Jobs.why(meanings, this)}`
  }
}

/**
 * An export that is done.
 *
 * @since 0.1.0
 * @category models
 */
export interface FinishedTask extends Task {
  readonly file_token: string
}

/**
 * What asking how an export stands may fail with, again and again until it has
 * ended or the time is up.
 *
 * @since 0.1.0
 * @category errors
 */
export type WatchError = Operation.Operation.Error<typeof get> | CallError | Waiter.WaitTimeout

/**
 * What getting a document as a file may fail with.
 *
 * @since 0.1.0
 * @category errors
 */
export type FileError =
  | Operation.Operation.Error<typeof create>
  | WatchError
  | DriveExportFailed
  | Operation.Operation.Error<typeof download>
  | ContentError

const isFinished = (task: Task): task is FinishedTask =>
  Jobs.isDone(task) && task.file_token !== undefined && task.file_token !== ""

const waiter = (task: GetRequest) => ({
  operation: get.id,
  look: get({ ticket: task.ticket, token: task.token }),
  // The platform may call it done a moment before it tells the file.
  ended: ({ result = {} }: GetResponse): Option.Option<Either.Either<FinishedTask, DriveExportFailed>> =>
    isFinished(result)
      ? Option.some(Either.right(result))
      : Option.map(Jobs.failureOf(result), (failure) => Either.left(new DriveExportFailed({ ticket: task.ticket, ...failure })))
})

/**
 * Waits until an export is done. One that fails, fails with
 * `DriveExportFailed`.
 *
 * Whoever gives up, by `timeout` or by interruption, only stops asking: the
 * export goes on.
 *
 * @since 0.1.0
 * @category waiting
 */
export const wait = (
  task: GetRequest,
  options?: Waiter.Options
): Effect.Effect<FinishedTask, WatchError | DriveExportFailed, FeishuClient | AccessToken.AnyAccessToken> =>
  Waiter.until(waiter(task), options)

/**
 * How an export stands, time and again until it has ended: the last state is
 * that it is done, or that it failed.
 *
 * @since 0.1.0
 * @category streams
 */
export const progress = (
  task: GetRequest,
  options?: Waiter.Options
): Stream.Stream<GetResponse, WatchError, FeishuClient | AccessToken.AnyAccessToken> => Waiter.states(waiter(task), options)

/**
 * The content of a document as a file: starts an export, waits for it, and
 * downloads, piece by piece. Run twice it exports twice.
 *
 * @example
 * ```ts
 * import { ExportTask } from "@effect-feishu/drive"
 * import { FileSystem } from "@effect/platform"
 * import { Effect, Stream } from "effect"
 *
 * export const savePdf = (token: string, path: string) =>
 *   Effect.flatMap(FileSystem.FileSystem, (fileSystem) =>
 *     ExportTask.fetch({ token, type: "docx", file_extension: "pdf" }).pipe(Stream.run(fileSystem.sink(path))))
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const fetch = (
  request: CreateRequest,
  options?: Waiter.Options
): Stream.Stream<Uint8Array, FileError, FeishuClient | AccessToken.AnyAccessToken> =>
  create(request).pipe(
    Effect.flatMap(({ ticket }) => wait({ ticket, token: request.token }, options)),
    Effect.map(({ file_token }) => download.stream({ file_token })),
    Stream.unwrap
  )
