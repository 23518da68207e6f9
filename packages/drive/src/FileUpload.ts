/**
 * Uploads of files to folders: `upload` takes a file of any size, and the four
 * operations it is made of are here too.
 *
 * A file of up to 20 MiB goes in one request (`all`). A larger one goes in
 * parts: `prepare` says how large they are, `part` sends one, `finish` makes the
 * file. The platform takes one upload call at a time for an application and a
 * tenant; the client sees to it, whatever the step.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as File from "./File.ts"
import * as FileDownload from "./FileDownload.ts"
import * as FileError from "./FileError.ts"
import * as FileParts from "./internal/fileParts.ts"
import * as Upload from "./internal/upload.ts"
import type * as Transfer from "./Transfer.ts"

/** The documentation of `wiki` is the platform's metadata alone. */
const ParentType = Schema.Literal("explorer", "wiki")

/**
 * What is uploaded, and where to.
 *
 * @since 0.1.0
 * @category models
 */
export class Target extends Shape.Struct<Target>()(() => ({
  /** What the file is to be called: at most 250 characters. */
  file_name: FileParts.Name,
  /** `explorer` for a folder. Pages of a wiki take files too, says the platform's metadata, and its text that they do not. */
  parent_type: ParentType,
  /** The folder's token. */
  parent_node: Schema.String,
  /** A file that is to get a new version, in place of a new file. */
  file_token: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class AllRequest extends Shape.extend(Target)<AllRequest>()(() => ({
  /** How long the file is, in bytes: from 1 to 20 971 520. */
  size: Schema.Int.pipe(
    Schema.between(1, FileParts.mostAtOnce, {
      message: () => `must be from 1 to ${FileParts.mostAtOnce}: larger files are sent in parts`
    })
  ),
  /** The Adler-32 of the file, in decimal: one that is not is refused with `DriveUploadChecksumInvalid`. */
  checksum: Schema.optional(Schema.String),
  file: Schema.Uint8ArrayFromSelf
}), FileParts.sizeIsLength) {}

/**
 * A file that was uploaded.
 *
 * @since 0.1.0
 * @category models
 */
export class Uploaded extends Shape.Struct<Uploaded>()(() => ({
  file_token: Schema.String,
  /** Where a browser opens it. */
  url: Schema.optional(Schema.String),
  /** Which version of the file this is. */
  version: Schema.optional(Schema.String)
})) {}

const declaration = {
  method: "POST",
  accepts: "either",
  scopes: ["drive:drive", "drive:file", "drive:file:upload"],
  serial: FileParts.lane,
  quota: RateLimit.of([10_000, "1 day"]),
  statuses: FileParts.statuses
} as const

/**
 * Uploads a file of 1 to 20 971 520 bytes in one request.
 *
 * The caller must be able to edit the folder, which holds 1500 things
 * (`DriveFolderFull`), a space 400 000 in all. A lost answer leaves it open
 * whether the file is there: `reconcile` looks. `upload` does all this for a
 * file of any size.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/upload_all
 * @since 0.1.0
 * @category operations
 */
export const all = Operation.upload("drive.file.uploadAll", {
  ...declaration,
  url: "/open-apis/drive/v1/files/upload_all",
  // Would make a second file of the same name.
  idempotent: false,
  rateLimit: RateLimit.of([20, "1 second"]),
  request: FileParts.sized(AllRequest),
  response: Uploaded,
  errors: [
    FileError.DriveFileInternalError,
    FileError.DriveFileInvalidParam,
    FileError.DriveFileNotFound,
    FileError.DriveFileNoPermission,
    FileError.DriveUploadExpired,
    FileError.DriveFileVersionConflict,
    FileError.DriveParentDeleted,
    FileError.DriveParentFull,
    FileError.DriveFileTooLarge,
    FileError.DriveParentNotFound,
    FileError.DriveFileContended,
    FileError.DriveUserQuotaExceeded,
    FileError.DriveFileNoScope,
    FileError.DriveTenantQuotaExceeded,
    FileError.DriveFileNameRefused,
    FileError.DriveMountPointGone,
    FileError.DriveUploadUserMismatch,
    FileError.DriveUploadChecksumInvalid,
    FileError.DriveUploadSizeMismatch,
    FileError.DriveUploadBlockMissing,
    FileError.DriveUploadBlockOutOfBounds,
    FileError.DriveSpaceFull,
    FileError.DriveFolderTooDeep,
    FileError.DriveFolderFull,
    FileError.DriveMigrating
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class PrepareRequest extends Shape.extend(Target)<PrepareRequest>()(() => ({
  /** How long the file is, in bytes. How long it may be depends on the tenant's plan. */
  size: Schema.Int.pipe(Schema.nonNegative())
})) {}

/**
 * An upload that was begun.
 *
 * @since 0.1.0
 * @category models
 */
export class Prepared extends Shape.Struct<Prepared>()(() => ({
  /** Names the upload, for 24 hours. */
  upload_id: Schema.String,
  /** How many bytes a part has, the last one excepted; always 4 194 304 so far. */
  block_size: Schema.Int.pipe(Schema.positive()),
  /** How many parts there are. */
  block_num: Schema.Int
})) {}

/**
 * Begins an upload in parts. It lives for 24 hours.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/upload_prepare
 * @since 0.1.0
 * @category operations
 */
export const prepare = Operation.make("drive.file.uploadPrepare", {
  ...declaration,
  url: "/open-apis/drive/v1/files/upload_prepare",
  // An upload that nobody goes on with makes no file and is gone in a day.
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: PrepareRequest,
  response: Prepared,
  errors: [
    FileError.DriveFileInternalError,
    FileError.DriveFileInvalidParam,
    FileError.DriveFileNoPermission,
    FileError.DriveFileVersionConflict,
    FileError.DriveFileTooLarge,
    FileError.DriveParentNotFound,
    FileError.DriveUserQuotaExceeded,
    FileError.DriveFileNoScope,
    FileError.DriveTenantQuotaExceeded,
    FileError.DriveFileNameRefused,
    FileError.DriveFolderFull,
    FileError.DriveMigrating
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class PartRequest extends Shape.Struct<PartRequest>()(() => ({
  /** The upload, as `prepare` named it. */
  upload_id: Schema.String,
  /** Which part it is, from 0. */
  seq: Schema.Int.pipe(Schema.nonNegative()),
  /** How long the part is, in bytes: as `prepare` said, or what is left for the last one. */
  size: Schema.Int.pipe(Schema.nonNegative()),
  /** The Adler-32 of the part, in decimal: one that is not is refused with `DriveUploadChecksumInvalid`. */
  checksum: Schema.optional(Schema.String),
  file: Schema.Uint8ArrayFromSelf
}), FileParts.sizeIsLength) {}

/**
 * Sends one part of an upload.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/upload_part
 * @since 0.1.0
 * @category operations
 */
export const part = Operation.upload("drive.file.uploadPart", {
  ...declaration,
  url: "/open-apis/drive/v1/files/upload_part",
  // The same part of the same upload: it takes its own place again.
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: FileParts.sized(PartRequest),
  errors: [
    FileError.DriveFileInternalError,
    FileError.DriveFileInvalidParam,
    FileError.DriveUploadExpired,
    FileError.DriveFileNoScope,
    FileError.DriveUploadUserMismatch,
    FileError.DriveUploadChecksumInvalid,
    FileError.DriveUploadSizeMismatch,
    FileError.DriveUploadBlockMissing,
    FileError.DriveUploadBlockOutOfBounds
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class FinishRequest extends Shape.Struct<FinishRequest>()(() => ({
  /** The upload, as `prepare` named it. */
  upload_id: Schema.String,
  /** How many parts there are, as `prepare` said. */
  block_num: Schema.Int
})) {}

/**
 * Makes a file of the parts of an upload, all of which must have arrived
 * (`DriveUploadBlockMissing`).
 *
 * The caller must be able to edit the folder, which holds 1500 things
 * (`DriveFolderFull`), a space 400 000 in all.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/upload_finish
 * @since 0.1.0
 * @category operations
 */
export const finish = Operation.make("drive.file.uploadFinish", {
  ...declaration,
  url: "/open-apis/drive/v1/files/upload_finish",
  // Whether a second one makes a second file is documented nowhere.
  idempotent: false,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: FinishRequest,
  response: Uploaded,
  errors: [
    FileError.DriveFileInternalError,
    FileError.DriveFileInvalidParam,
    FileError.DriveFileNotFound,
    FileError.DriveFileNoPermission,
    FileError.DriveUploadExpired,
    FileError.DriveFileVersionConflict,
    FileError.DriveParentDeleted,
    FileError.DriveParentFull,
    FileError.DriveFileTooLarge,
    FileError.DriveParentNotFound,
    FileError.DriveFileContended,
    FileError.DriveUserQuotaExceeded,
    FileError.DriveFileNoScope,
    FileError.DriveTenantQuotaExceeded,
    FileError.DriveMountPointGone,
    FileError.DriveUploadUserMismatch,
    FileError.DriveUploadBlockMissing,
    FileError.DriveSpaceFull,
    FileError.DriveFolderTooDeep,
    FileError.DriveFolderFull
  ]
})

// --- a file of any size --------------------------------------------------------

/**
 * A file to upload: what it is called, where it goes, where its bytes come from.
 *
 * @since 0.1.0
 * @category models
 */
export interface UploadRequest<out E = never, out R = never, out E2 = never, out R2 = never>
  extends Omit<Target, "parent_type">, Transfer.Sending<E, R, E2, R2>
{
  /** @default "explorer" */
  readonly parent_type?: Target["parent_type"] | undefined
}

type StepError = Operation.Operation.Error<typeof all | typeof prepare | typeof part | typeof finish> | CallError

/**
 * What an upload may fail with, besides its source and its store.
 *
 * @since 0.1.0
 * @category errors
 */
export type UploadError = Upload.Failed<StepError>

const platform: Upload.Platform<Target, Uploaded, StepError, FeishuClient | AccessToken.AnyAccessToken> = {
  kind: "file",
  all,
  prepare,
  part,
  finish
}

const target = (
  { file_name, file_token, parent_node, parent_type = "explorer" }: Pick<UploadRequest, keyof Target>
): Target => ({
  file_name,
  parent_type,
  parent_node,
  ...file_token === undefined ? {} : { file_token }
})

/**
 * Uploads a file of any size, and survives what can be survived.
 *
 * Up to 20 MiB go in one request, more in parts, one after another, of which no
 * more than one is held in memory. The client repeats a part that fails; a part
 * whose checksum is refused is read and sent once more; an upload the platform
 * has forgotten is begun again once. With `checkpoints` an upload that ended all
 * the same, or whose process did, goes on with the first part that was not
 * confirmed. A source that changes meanwhile makes no file: `SourceChanged`.
 *
 * Where nobody can say whether the file was made, it fails with
 * `UploadOutcomeUnknown`; `reconcile` looks for the file, and `UploadCheckpoint.reopen`
 * lets the upload go on where there is none.
 *
 * @example
 * ```ts
 * import { FileUpload, UploadCheckpoint, UploadSource } from "@effect-feishu/drive"
 * import { Effect } from "effect"
 *
 * export const backup = (path: string, folder: string) =>
 *   Effect.gen(function*() {
 *     const { file_token } = yield* FileUpload.upload({
 *       file_name: "backup.tar",
 *       parent_node: folder,
 *       source: yield* UploadSource.fromFile(path),
 *       checkpoints: UploadCheckpoint.inKeyValueStore(path)
 *     })
 *     return file_token
 *   })
 * ```
 *
 * @since 0.1.0
 * @category uploading
 */
export const upload = <E = never, R = never, E2 = never, R2 = never>(
  request: UploadRequest<E, R, E2, R2>
): Effect.Effect<Uploaded, UploadError | Upload.Given<E | E2>, FeishuClient | AccessToken.AnyAccessToken | Upload.Given<R | R2>> =>
  Upload.run(platform, target(request), request, () => Effect.void)

/**
 * The same, and how far it is: once at the beginning and once for every part
 * that is confirmed. The last one holds the file's token. Whoever stops reading
 * stops the upload.
 *
 * @since 0.1.0
 * @category uploading
 */
export const progress = <E = never, R = never, E2 = never, R2 = never>(
  request: UploadRequest<E, R, E2, R2>
): Stream.Stream<
  Transfer.Progress<Uploaded>,
  UploadError | Upload.Given<E | E2>,
  FeishuClient | AccessToken.AnyAccessToken | Upload.Given<R | R2>
> => Upload.progress(platform, target(request), request)

// --- after a lost answer -------------------------------------------------------

/**
 * A file to look for: most of it is in the checkpoint of an
 * `UploadOutcomeUnknown`.
 *
 * @since 0.1.0
 * @category models
 */
export interface ReconcileRequest extends Pick<Target, "file_name" | "parent_node"> {
  /** How long it is, in bytes. */
  readonly size: number
  /** Not made before this, in Unix milliseconds: the checkpoint's `started_at`. The platform's clock counts. */
  readonly since: number
}

/** Seconds are all that the platform tells. */
const notBefore = (since: number) => ({ created_time }: File.File) =>
  created_time !== undefined && Number(created_time) >= Math.floor(since / 1_000)

const sizeOf = (file_token: string) =>
  Effect.scoped(Effect.map(FileDownload.download({ file_token, range: "bytes=0-0" }), ({ range, size }) => range?.total ?? size))

/**
 * Looks whether an upload whose answer was lost made its file: one of that name
 * and length in that folder, made since. Of several it answers the newest.
 *
 * A new version of a file that was there before is not looked for.
 *
 * @example
 * ```ts
 * import { FileUpload, UploadCheckpoint } from "@effect-feishu/drive"
 * import type { UploadSource } from "@effect-feishu/drive"
 * import { Effect, Option } from "effect"
 *
 * export const once = (source: UploadSource.UploadSource, store: UploadCheckpoint.Store, folder: string) => {
 *   const upload = FileUpload.upload({ file_name: "a.zip", parent_node: folder, source, checkpoints: store })
 *   return upload.pipe(
 *     Effect.catchTag("UploadOutcomeUnknown", ({ checkpoint }) =>
 *       Effect.gen(function*() {
 *         const found = yield* FileUpload.reconcile({ ...checkpoint, since: checkpoint.started_at })
 *         yield* Option.isSome(found) ? store.clear : UploadCheckpoint.reopen(store)
 *         return Option.isSome(found) ? { file_token: found.value } : yield* upload
 *       }))
 *   )
 * }
 * ```
 *
 * @since 0.1.0
 * @category uploading
 */
export const reconcile = (
  { file_name, parent_node, since, size }: ReconcileRequest
): Effect.Effect<
  Option.Option<string>,
  | Operation.Operation.Error<typeof File.list | typeof FileDownload.download>
  | CallError
  | Operation.PaginationLoop,
  FeishuClient | AccessToken.AnyAccessToken
> =>
  File.list.items({ folder_token: parent_node, order_by: "CreatedTime", direction: "DESC" }).pipe(
    Stream.filter(({ name, type }) => type === "file" && name === file_name),
    Stream.filter(notBefore(since)),
    Stream.filterEffect(({ token }) => Effect.map(sizeOf(token), (found) => found === size)),
    Stream.map(({ token }) => token),
    Stream.runHead
  )
