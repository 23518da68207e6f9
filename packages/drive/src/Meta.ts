/**
 * What documents are called, whose they are, when they were made and changed.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as File from "./File.ts"
import * as MetaError from "./MetaError.ts"

/**
 * Why nothing is told of a document: the values of `code` in `failed_list`.
 *
 * @since 0.1.0
 * @category constants
 */
export const FailedCode = {
  /** Documents of this type have none. */
  typeNotSupported: 970_002,
  /** The caller may not see it. */
  noPermission: 970_003,
  /** There is no such document, or it is of another type than `doc_type` says. */
  notFound: 970_005
} as const

const docTypes = ["doc", "sheet", "bitable", "mindnote", "file", "wiki", "docx", "folder", "synced_block", "slides"] as const

/** How many documents one request may name. */
const mostDocs = 200

/**
 * A document to be told of.
 *
 * @since 0.1.0
 * @category models
 */
export class RequestDoc extends Shape.Struct<RequestDoc>()(() => ({
  doc_token: Schema.String,
  /** What `doc_token` is the token of. */
  doc_type: Schema.Literal(...docTypes)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class BatchQueryRequest extends Shape.Struct<BatchQueryRequest>()(() => ({
  /** The documents, from 1 to 200. */
  request_docs: Schema.Array(RequestDoc).pipe(
    Schema.minItems(1, { message: () => "must name a document" }),
    Schema.maxItems(mostDocs, { message: () => `must be at most ${mostDocs}` })
  ),
  /**
   * Whether `url` is answered.
   *
   * @default false
   */
  with_url: Schema.optional(Schema.Boolean),
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(File.UserIdType)
})) {}

/**
 * What is known of a document.
 *
 * @since 0.1.0
 * @category models
 */
export class Meta extends Shape.Struct<Meta>()(() => ({
  /** The document's own token, which need not be the one that was asked for: see `request_doc_info`. */
  doc_token: Schema.optional(Schema.String),
  doc_type: Schema.optional(Schema.String),
  title: Schema.optional(Schema.String),
  /** The owner, by the id that `user_id_type` says. */
  owner_id: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  create_time: Schema.optional(Schema.String),
  /** Who last changed it, by the id that `user_id_type` says. */
  latest_modify_user: Schema.optional(Schema.String),
  /** When it was last changed, in Unix seconds: `Time.fromUnixSeconds`. */
  latest_modify_time: Schema.optional(Schema.String),
  /** Where a browser opens it; only `with_url`. */
  url: Schema.optional(Schema.String),
  /** The name of its security label; needs the scope `drive:file.meta.sec_label.read_only`. */
  sec_label_name: Schema.optional(Schema.String),
  /** What was asked for. Not to be relied on where a token was named twice. */
  request_doc_info: Schema.optional(Schema.Struct({
    doc_token: Schema.optional(Schema.String),
    doc_type: Schema.optional(Shape.Open(...docTypes))
  }))
})) {}

/**
 * A document of which nothing is told.
 *
 * @since 0.1.0
 * @category models
 */
export class FailedMeta extends Shape.Struct<FailedMeta>()(() => ({
  token: Schema.optional(Schema.String),
  /** Why: see `FailedCode`. */
  code: Schema.optional(Shape.Open(FailedCode.typeNotSupported, FailedCode.noPermission, FailedCode.notFound))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class BatchQueryResponse extends Shape.Struct<BatchQueryResponse>()(() => ({
  metas: Schema.optional(Schema.Array(Meta)),
  /** Those of which nothing is told, and why. */
  failed_list: Schema.optional(Schema.Array(FailedMeta))
})) {}

/** What was asked for: a wiki's node is answered with the token of what it shows. */
const tokenOf = (one: RequestDoc | Meta | FailedMeta): string =>
  "token" in one
    ? one.token ?? ""
    : "request_doc_info" in one
    ? one.request_doc_info?.doc_token ?? one.doc_token ?? ""
    : "doc_token" in one ? one.doc_token ?? "" : ""

/**
 * What documents are called, whose they are, when they were made and changed.
 *
 * A document that cannot be told of does not fail the call: it is in
 * `failed_list`. `batchQuery.all` takes any number of documents, and every one
 * of them ends in exactly one of `succeeded`, `failed` and `missing`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/meta/batch_query
 * @since 0.1.0
 * @category operations
 */
export const batchQuery = Operation.batched("drive.meta.batchQuery", {
  method: "POST",
  url: "/open-apis/drive/v1/metas/batch_query",
  accepts: "either",
  scopes: ["drive:drive", "drive:drive.metadata:readonly"],
  // Reads, whatever the method.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: BatchQueryRequest,
  query: ["user_id_type"],
  response: BatchQueryResponse,
  errors: [MetaError.DriveMetaUserUnknown, MetaError.DriveMetaUnavailable],
  batch: {
    items: "request_docs",
    size: mostDocs,
    done: ({ metas = [] }) => metas,
    refused: ({ failed_list = [] }) => failed_list,
    key: tokenOf
  }
})
