/**
 * Downloads of media, which are the files and pictures inside documents:
 * `stream` and `toFile` go on by themselves where a download breaks off.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import type { PlatformError } from "@effect/platform/Error"
import type { FileSystem } from "@effect/platform/FileSystem"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"
import * as Download from "./internal/download.ts"
import * as FileParts from "./internal/fileParts.ts"
import type * as Transfer from "./Transfer.ts"

/**
 * @since 0.1.0
 * @category models
 */
export class DownloadRequest extends Shape.Struct<DownloadRequest>()(() => ({
  /** The media, as the document tells: a block of a document, an attachment of a sheet or a base. */
  file_token: Schema.String,
  /**
   * What else proves that the caller may, as JSON: needed for a base with
   * advanced permissions, which answers HTTP status 403 or 400 without it.
   */
  extra: Schema.optional(Schema.String),
  /** Which bytes of it, as `bytes=0-1023` for the first 1024. One range only. */
  range: Schema.optional(FileParts.Range)
})) {}

/**
 * Downloads what is inside a document: no file of a folder (`FileDownload`).
 *
 * The caller must be allowed to download it, else HTTP status 403. The
 * documentation gives no codes. A content that breaks off fails; `stream` and
 * `toFile` of this module go on.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/media/download
 * @since 0.1.0
 * @category operations
 */
export const download = Operation.download("drive.media.download", {
  method: "GET",
  url: "/open-apis/drive/v1/medias/:file_token/download",
  accepts: "either",
  scopes: [
    "bitable:app",
    "bitable:app:readonly",
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.media:download",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  idempotent: true,
  rateLimit: RateLimit.of([20, "1 second"]),
  quota: RateLimit.of([10_000, "1 day"]),
  request: DownloadRequest,
  headers: [["range", "Range"]],
  errors: []
})

/**
 * What a download may fail with. Before the first byte it fails as `download`
 * does.
 *
 * @since 0.1.0
 * @category errors
 */
export type DownloadError = Download.Failed<Effect.Effect.Error<ReturnType<typeof download>>>

const asking = ({ range, ...request }: DownloadRequest) => ({
  operation: download.id,
  range,
  ask: (range: string | undefined) => download({ ...request, ...range === undefined ? {} : { range } })
})

/**
 * The content of media, read as fast as it is consumed.
 *
 * Where it breaks off the rest is asked for, as long as something comes, and
 * appended only if it is the rest of the same file: it begins where the last byte
 * was, and length and version are as before. Else it fails with `RemoteChanged`
 * or `IntegrityMismatch`. A file of which the platform does not tell the length
 * is not gone on with.
 *
 * @since 0.1.0
 * @category downloading
 */
export const stream = (
  request: DownloadRequest,
  options?: Transfer.Receiving
): Stream.Stream<Uint8Array, DownloadError, FeishuClient | AccessToken.AnyAccessToken> =>
  Download.stream(asking(request), options)

/**
 * Media, downloaded to a path of your choice, which has them when they are whole:
 * until then they are written beside it, and on any failure removed. What was at the
 * path before is replaced.
 *
 * @since 0.1.0
 * @category downloading
 */
export const toFile = (
  request: DownloadRequest,
  path: string,
  options?: Transfer.Receiving
): Effect.Effect<Transfer.Saved, DownloadError | PlatformError, FeishuClient | AccessToken.AnyAccessToken | FileSystem> =>
  Download.toFile(asking(request), path, options)
