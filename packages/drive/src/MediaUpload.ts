/**
 * Uploads of media, which are the files and pictures inside documents: `upload`
 * takes one of any size, and the four operations it is made of are here too.
 *
 * Up to 20 MiB go in one request (`all`), more in parts: `prepare` says how large
 * they are, `part` sends one, `finish` makes one of them all. They take turns
 * with the uploads of files. What was uploaded is not seen in any folder; the
 * document shows it once it is put into it.
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
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import * as FileError from "./FileError.ts"
import * as FileUpload from "./FileUpload.ts"
import * as FileParts from "./internal/fileParts.ts"
import * as Upload from "./internal/upload.ts"
import type * as Transfer from "./Transfer.ts"

const ParentType = Schema.Literal(
  "doc_image",
  "docx_image",
  "sheet_image",
  "doc_file",
  "docx_file",
  "sheet_file",
  "vc_virtual_background",
  "bitable_image",
  "bitable_file",
  "moments",
  "ccm_import_open",
  "bitable_tmp_point",
  "whiteboard",
  "comment_image",
  "mindnote_image",
  "slide_img",
  "slide_file",
  "office_sheet_file",
  "office_slide_file",
  "office_docx_file",
  "base_global",
  "calendar",
  "email",
  "lark_ai_media_analysis",
  "docx_ai_edit_temp",
  "mm_meeting_audio",
  "vc_recording"
)

/** The platform documents the same for all four. */
const errors = [
  FileError.DriveFileInternalError,
  FileError.DriveFileInvalidParam,
  FileError.DriveFileNotFound,
  FileError.DriveFileNoPermission,
  FileError.DriveFileAuthFailed,
  FileError.DriveFileInternalTimeout,
  FileError.DriveFileDeleted,
  FileError.DriveFileNameInvalid,
  FileError.DriveUploadExpired,
  FileError.DriveParentDeleted,
  FileError.DriveParentFull,
  FileError.DriveFileTooLarge,
  FileError.DriveParentNotFound,
  FileError.DriveFileContended,
  FileError.DriveUserQuotaExceeded,
  FileError.DriveFileNoScope,
  FileError.DriveTenantQuotaExceeded,
  FileError.DriveFileNameRefused,
  FileError.DriveFileContentRefused,
  FileError.DriveAttachmentLimit,
  FileError.DriveCoverGenerating,
  FileError.DriveCoverUnsupported,
  FileError.DriveCoverMissing,
  FileError.DriveUploadUserMismatch,
  FileError.DriveUploadChecksumInvalid,
  FileError.DriveUploadSizeMismatch,
  FileError.DriveUploadBlockMissing,
  FileError.DriveUploadBlockOutOfBounds,
  FileError.DriveFileCopying,
  FileError.DriveFileDamaged,
  FileError.DriveDedupeUnsupported,
  FileError.DriveUploadDisconnected,
  FileError.DriveSpaceFull,
  FileError.DriveFolderTooDeep,
  FileError.DriveFolderFull
] as const

/**
 * What is uploaded, and where to.
 *
 * @since 0.1.0
 * @category models
 */
export class Target extends Shape.Struct<Target>()(() => ({
  /** What it is called: at most 250 characters. */
  file_name: FileParts.Name,
  /**
   * The kind of document, and of what goes into it: `docx_image` for a picture in
   * a document, for example, or `ccm_import_open` for what is to be imported
   * (`ImportTask`). `vc_virtual_background` and `moments` are not open to all;
   * those after `ccm_import_open` are in the platform's metadata only.
   */
  parent_type: ParentType,
  /** The document's token, or what else `parent_type` asks for. */
  parent_node: Schema.String,
  /**
   * JSON: `{"drive_route_token": "<token of the document>"}`, where `parent_node`
   * is no document but something in one.
   */
  extra: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class AllRequest extends Shape.extend(Target)<AllRequest>()(() => ({
  /** How long it is, in bytes: at most 20 971 520. */
  size: Schema.Int.pipe(
    Schema.between(0, FileParts.mostAtOnce, {
      message: () => `must be at most ${FileParts.mostAtOnce}: larger ones are sent in parts`
    })
  ),
  /** The Adler-32 of the file, in decimal: one that is not is refused with `DriveUploadChecksumInvalid`. */
  checksum: Schema.optional(Schema.String),
  file: Schema.Uint8ArrayFromSelf
}), FileParts.sizeIsLength) {}

/**
 * Media that were uploaded.
 *
 * @since 0.1.0
 * @category models
 */
export class Uploaded extends Shape.Struct<Uploaded>()(() => ({
  file_token: Schema.String
})) {}

const declaration = {
  method: "POST",
  accepts: "either",
  scopes: ["bitable:app", "docs:doc", "docs:document.media:upload", "drive:drive", "sheets:spreadsheet"],
  serial: FileParts.lane,
  quota: RateLimit.of([10_000, "1 day"]),
  errors,
  statuses: FileParts.statuses
} as const

/**
 * Uploads media of up to 20 971 520 bytes in one request.
 *
 * The caller must be able to edit the document. A lost answer leaves it open
 * whether it was taken, and no listing tells. `upload` takes media of any size.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/media/upload_all
 * @since 0.1.0
 * @category operations
 */
export const all = Operation.upload("drive.media.uploadAll", {
  ...declaration,
  url: "/open-apis/drive/v1/medias/upload_all",
  // Would put it there twice.
  idempotent: false,
  rateLimit: RateLimit.of([20, "1 second"]),
  request: FileParts.sized(AllRequest),
  response: Uploaded
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
 * Begins an upload in parts. It lives for 24 hours.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/media/upload_prepare
 * @since 0.1.0
 * @category operations
 */
export const prepare = Operation.make("drive.media.uploadPrepare", {
  ...declaration,
  url: "/open-apis/drive/v1/medias/upload_prepare",
  // An upload that nobody goes on with leaves nothing and is gone in a day.
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: PrepareRequest,
  response: FileUpload.Prepared
})

/**
 * Sends one part of an upload.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/media/upload_part
 * @since 0.1.0
 * @category operations
 */
export const part = Operation.upload("drive.media.uploadPart", {
  ...declaration,
  url: "/open-apis/drive/v1/medias/upload_part",
  // The same part of the same upload: it takes its own place again.
  idempotent: true,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: FileParts.sized(FileUpload.PartRequest)
})

/**
 * Makes media of the parts of an upload, all of which must have arrived
 * (`DriveUploadBlockMissing`).
 *
 * The caller must be able to edit the document.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/media/upload_finish
 * @since 0.1.0
 * @category operations
 */
export const finish = Operation.make("drive.media.uploadFinish", {
  ...declaration,
  url: "/open-apis/drive/v1/medias/upload_finish",
  // Whether a second one leaves two of them is documented nowhere.
  idempotent: false,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: FileUpload.FinishRequest,
  response: Uploaded
})

// --- media of any size ---------------------------------------------------------

/**
 * Media to upload: what they are called, where they go, where the bytes come
 * from.
 *
 * @since 0.1.0
 * @category models
 */
export interface UploadRequest<out E = never, out R = never, out E2 = never, out R2 = never>
  extends Target, Transfer.Sending<E, R, E2, R2>
{}

type StepError = Operation.Operation.Error<typeof all | typeof prepare | typeof part | typeof finish> | CallError

/**
 * What an upload may fail with, besides its source and its store.
 *
 * @since 0.1.0
 * @category errors
 */
export type UploadError = Upload.Failed<StepError>

const platform: Upload.Platform<Target, Uploaded, StepError, FeishuClient | AccessToken.AnyAccessToken> = {
  kind: "media",
  all,
  prepare,
  part,
  finish
}

const target = ({ extra, file_name, parent_node, parent_type }: Target): Target => ({
  file_name,
  parent_type,
  parent_node,
  ...extra === undefined ? {} : { extra }
})

/**
 * Uploads media of any size, and survives what can be survived: see
 * `FileUpload.upload`, of which it differs in one thing. Nothing lists what is
 * inside a document and not shown, so after an `UploadOutcomeUnknown` somebody
 * has to decide whether to upload again.
 *
 * @example
 * ```ts
 * import { MediaUpload, UploadSource } from "@effect-feishu/drive"
 *
 * export const picture = (document: string, png: Uint8Array) =>
 *   MediaUpload.upload({
 *     file_name: "chart.png",
 *     parent_type: "docx_image",
 *     parent_node: document,
 *     source: UploadSource.fromBytes(png)
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
 * that is confirmed. The last one holds the token. Whoever stops reading stops
 * the upload.
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
