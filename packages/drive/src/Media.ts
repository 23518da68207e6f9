/**
 * Media: the files and pictures inside documents, sheets and bases.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as FileError from "./FileError.ts"

/** How many links one request may ask for. */
const mostLinks = 5

/**
 * @since 0.1.0
 * @category models
 */
export class BatchGetTmpDownloadUrlRequest extends Shape.Struct<BatchGetTmpDownloadUrlRequest>()(() => ({
  /** The media: from 1 to 5, or any number with `batchGetTmpDownloadUrl.all`. */
  file_tokens: Schema.Array(Schema.String).pipe(
    Schema.minItems(1, { message: () => "must name a file" }),
    Schema.maxItems(mostLinks, { message: () => `must be at most ${mostLinks}` })
  ),
  /**
   * What else proves that the caller may, as JSON: needed for a base with
   * advanced permissions, which answers HTTP status 403 without it.
   */
  extra: Schema.optional(Schema.String)
})) {}

/**
 * A link to one file.
 *
 * @since 0.1.0
 * @category models
 */
export class TmpDownloadUrl extends Shape.Struct<TmpDownloadUrl>()(() => ({
  file_token: Schema.String,
  /**
   * Whoever has the link has the file, for 24 hours: a secret. It leads to
   * another host, which must not be sent a token.
   */
  tmp_download_url: Schema.Redacted(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class BatchGetTmpDownloadUrlResponse extends Shape.Struct<BatchGetTmpDownloadUrlResponse>()(() => ({
  tmp_download_urls: Schema.optional(Schema.Array(TmpDownloadUrl))
})) {}

/**
 * Links that download media without a credential, for up to 5 files at once;
 * `batchGetTmpDownloadUrl.all` takes any number.
 *
 * A link is valid for 24 hours. Fetch it without an `Authorization` header.
 * Only what is inside documents has such links; a file in a folder is
 * downloaded itself. The documentation calls the rate limit special and gives
 * no figure.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/media/batch_get_tmp_download_url
 * @since 0.1.0
 * @category operations
 */
export const batchGetTmpDownloadUrl = Operation.batched("drive.media.batchGetTmpDownloadUrl", {
  method: "GET",
  url: "/open-apis/drive/v1/medias/batch_get_tmp_download_url",
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
  rateLimit: RateLimit.unstated,
  request: BatchGetTmpDownloadUrlRequest,
  response: BatchGetTmpDownloadUrlResponse,
  batch: {
    items: "file_tokens",
    size: mostLinks,
    done: ({ tmp_download_urls = [] }) => tmp_download_urls,
    key: (file: string | TmpDownloadUrl) => typeof file === "string" ? file : file.file_token
  },
  errors: [FileError.DriveFileInvalidParam]
})
