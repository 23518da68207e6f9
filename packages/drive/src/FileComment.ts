/**
 * The comments on a document, and the reactions to them.
 *
 * A comment is on the whole document or on a passage of it, and holds a list of
 * replies, of which the first is what the comment itself says. The others are
 * in `FileCommentReply`.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as CommentContent from "./CommentContent.ts"
import * as CommentError from "./CommentError.ts"
import * as FileError from "./FileError.ts"
import { commentErrors } from "./internal/commentErrors.ts"

/**
 * The kinds of documents that hold comments.
 *
 * @since 0.1.0
 * @category schemas
 */
export const FileType = Schema.Literal("doc", "docx", "sheet", "file", "slides", "bitable", "apps")

/**
 * A comment that was made just now.
 *
 * @since 0.1.0
 * @category models
 */
export class CreatedComment extends Shape.Struct<CreatedComment>()(() => ({
  comment_id: Schema.String,
  /** Who made it. */
  user_id: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  create_time: Schema.optional(Schema.Finite),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  update_time: Schema.optional(Schema.Finite),
  is_solved: Schema.optional(Schema.Boolean),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  solved_time: Schema.optional(Schema.Finite),
  /** Who solved it. */
  solver_user_id: Schema.optional(Schema.String),
  /** Whether it has more replies than `reply_list` holds: `FileCommentReply.list` has them all. */
  has_more: Schema.optional(Schema.Boolean),
  /** Where the further replies begin, for `FileCommentReply.list`. */
  page_token: Schema.optional(Schema.String),
  /** Whether it is on the whole document; `create` and `get` do not tell. */
  is_whole: Schema.optional(Schema.Boolean),
  /** The passage it is on; `create` and `get` do not tell. */
  quote: Schema.optional(Schema.String),
  /** What it says, and the first replies to it. */
  reply_list: Schema.optional(CommentContent.CreatedReplyList)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Comment extends Shape.Struct<Comment>()(() => ({
  ...CreatedComment.fields,
  /** What it says, and the first replies to it. */
  reply_list: Schema.optional(CommentContent.ReplyList)
})) {}

/**
 * Where in a document a comment is.
 *
 * @since 0.1.0
 * @category models
 */
export class CommentRelation extends Shape.Struct<CommentRelation>()(() => ({
  /** Whether the passage is gone. */
  content_deleted: Schema.optional(Schema.Boolean),
  /** JSON as text; in it, `positionInfo.blockID` is the block of the document. */
  relation: Schema.optional(Schema.String)
})) {}

/**
 * A comment, and where it is.
 *
 * @since 0.1.0
 * @category models
 */
export class LocatedComment extends Shape.Struct<LocatedComment>()(() => ({
  ...Comment.fields,
  /** There if asked for with `need_relation`. */
  relation: Schema.optional(CommentRelation),
  /** The kind of block, `SHEET_BLOCK` for example, where it is on something inside one. */
  parent_type: Schema.optional(Schema.String),
  /** What that block shows: the token of a sheet, a Base or a whiteboard. */
  parent_token: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /**
   * Those on the whole document, or those on a passage. Say which: for a request
   * without it the page names `false` as the default, and the platform's own
   * tools count on both.
   */
  is_whole: Schema.optional(Schema.Boolean),
  /** Those that are solved, or those that are not. Say which, as with `is_whole`. */
  is_solved: Schema.optional(Schema.Boolean),
  /** Where to go on; `list.items` and `list.pages` see to it. */
  page_token: Schema.optional(Schema.String),
  /**
   * From 1 to 100.
   *
   * @default 50
   */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 100))),
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id")),
  /**
   * Whether the reactions are answered, too.
   *
   * @default false
   */
  need_reaction: Schema.optional(Schema.Boolean),
  /** Whether it is answered where in the document the comments are; for `docx` only. */
  need_relation: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  has_more: Schema.optional(Schema.Boolean),
  /** Where the next page begins, while there is more. */
  page_token: Schema.optional(Schema.String),
  items: Schema.optional(Schema.Array(LocatedComment))
})) {}

/**
 * The comments on a document, those on a passage included.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("drive.file.comment.list", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/comments",
  accepts: "either",
  scopes: [
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.comment:read",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "items" },
  errors: [
    CommentError.DriveCommentFailed,
    CommentError.DriveCommentInvalidParam,
    CommentError.DriveCommentForbidden,
    CommentError.DriveCommentFileDeleted,
    CommentError.DriveCommentNotFound,
    CommentError.DriveCommentLimit,
    CommentError.DriveCommentInternalError
  ]
})

/** How many comments one request may name. */
const mostComments = 100

/**
 * @since 0.1.0
 * @category models
 */
export class BatchQueryRequest extends Shape.Struct<BatchQueryRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id")),
  /** The comments, at most 100. */
  comment_ids: Schema.Array(Schema.String).pipe(
    Schema.maxItems(mostComments, { message: () => `must be at most ${mostComments}` })
  ),
  /**
   * Whether the reactions are answered, too.
   *
   * @default false
   */
  need_reaction: Schema.optional(Schema.Boolean),
  /** Whether it is answered where in the document the comments are; for `docx` only. */
  need_relation: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class BatchQueryResponse extends Shape.Struct<BatchQueryResponse>()(() => ({
  items: Schema.optional(Schema.Array(LocatedComment))
})) {}

/**
 * Some comments on a document, those on a passage included, by their ids.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment/batch_query
 * @since 0.1.0
 * @category operations
 */
export const batchQuery = Operation.make("drive.file.comment.batchQuery", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/comments/batch_query",
  accepts: "either",
  scopes: ["docs:document.comment:read", "drive:drive", "drive:drive:readonly"],
  // Reads, although it is a POST.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: BatchQueryRequest,
  query: ["file_type", "user_id_type"],
  response: BatchQueryResponse,
  errors: [commentErrors, FileError.DriveMigrating]
})

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.Struct<CreateRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: Schema.Literal("doc", "docx", "bitable", "apps"),
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id")),
  /** What the comment says. */
  reply_list: Schema.optional(CommentContent.NewReplyList)
})) {}

/**
 * Comments on a whole document; not on a passage of it.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.file.comment.create", {
  method: "POST",
  url: "/open-apis/drive/v1/files/:file_token/comments",
  accepts: "either",
  scopes: [
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.comment:create",
    "docs:document.comment:write_only",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  // Would comment twice.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: CreateRequest,
  query: ["file_type", "user_id_type"],
  response: CreatedComment,
  errors: commentErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The comment. */
  comment_id: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id")),
  /**
   * Whether the reactions are answered, too.
   *
   * @default false
   */
  need_reaction: Schema.optional(Schema.Boolean)
})) {}

/**
 * One comment on a whole document. Those on a passage are read with `list` and
 * `batchQuery`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("drive.file.comment.get", {
  method: "GET",
  url: "/open-apis/drive/v1/files/:file_token/comments/:comment_id",
  accepts: "either",
  scopes: [
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.comment:read",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: Comment,
  errors: commentErrors
})

/**
 * @since 0.1.0
 * @category models
 */
export class PatchRequest extends Shape.Struct<PatchRequest>()(() => ({
  /** The document. */
  file_token: Schema.String,
  /** The comment. */
  comment_id: Schema.String,
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /** Whether the comment is solved, or open again. */
  is_solved: Schema.Boolean
})) {}

/**
 * Marks a comment as solved, or opens it again.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file-comment/patch
 * @since 0.1.0
 * @category operations
 */
export const patch = Operation.make("drive.file.comment.patch", {
  method: "PATCH",
  url: "/open-apis/drive/v1/files/:file_token/comments/:comment_id",
  accepts: "either",
  scopes: [
    "docs:doc",
    "docs:doc:readonly",
    "docs:document.comment:update",
    "docs:document.comment:write_only",
    "drive:drive",
    "drive:drive:readonly",
    "sheets:spreadsheet",
    "sheets:spreadsheet:readonly"
  ],
  // Says what the comment is to be.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: PatchRequest,
  query: ["file_type"],
  errors: commentErrors
})

/**
 * The reactions there are. Upper and lower case matter.
 *
 * @since 0.1.0
 * @category schemas
 */
export const ReactionType = Schema.Literal(
  "ANGRY", "APPLAUSE", "ATTENTION", "AWESOME", "BEAR", "BEER", "BETRAYED", "BIGKISS", "BLACKFACE", "BLUBBER", "BLUSH",
  "BOMB", "CAKE", "CHUCKLE", "CLAP", "CLEAVER", "COMFORT", "CRAZY", "CRY", "CUCUMBER", "DETERGENT", "DIZZY", "DONE",
  "DONNOTGO", "DROOL", "DROWSY", "DULL", "DULLSTARE", "EATING", "EMBARRASSED", "ENOUGH", "ERROR", "EYESCLOSED",
  "FACEPALM", "FINGERHEART", "FISTBUMP", "FOLLOWME", "FROWN", "GIFT", "GLANCE", "GOODJOB", "HAMMER", "HAUGHTY",
  "HEADSET", "HEART", "HEARTBROKEN", "HIGHFIVE", "HUG", "HUSKY", "INNOCENTSMILE", "JIAYI", "JOYFUL", "KISS", "LAUGH",
  "LIPS", "LOL", "LOOKDOWN", "LOVE", "MONEY", "MUSCLE", "NOSEPICK", "OBSESSED", "OK", "PARTY", "PETRIFIED", "POOP",
  "PRAISE", "PROUD", "PUKE", "RAINBOWPUKE", "ROSE", "SALUTE", "SCOWL", "SHAKE", "SHHH", "SHOCKED", "SHOWOFF", "SHY",
  "SICK", "SILENT", "SKULL", "SLAP", "SLEEP", "SLIGHT", "SMART", "SMILE", "SMIRK", "SMOOCH", "SMUG", "SOB",
  "SPEECHLESS", "SPITBLOOD", "STRIVE", "SWEAT", "TEARS", "TEASE", "TERROR", "THANKS", "THINKING", "THUMBSUP",
  "TOASTED", "TONGUE", "TRICK", "UPPERLEFT", "WAIL", "WAVE", "WELLDONE", "WHAT", "WHIMPER", "WINK", "WITTY", "WOW",
  "WRONGED", "XBLUSH", "YAWN", "YEAH", "FIREWORKS", "BULL", "CALF", "AWESOMEN", "2021", "CANDIEDHAWS", "REDPACKET",
  "FORTUNE", "LUCK", "FIRECRACKER", "Yes", "No", "Get", "LGTM", "Lemon", "EatingFood", "Hundred", "MinusOne",
  "ThumbsDown", "Fire", "OKR", "Drumstick", "BubbleTea", "Loudspeaker", "Pin", "Coffee", "Alarm", "Trophy", "Music",
  "Typing", "Pepper", "CheckMark", "CrossMark"
)

/**
 * @since 0.1.0
 * @category models
 */
export class UpdateReactionRequest extends Shape.Struct<UpdateReactionRequest>()(() => ({
  /** The document. */
  file_token: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(100)),
  /** What kind of document `file_token` is of. */
  file_type: FileType,
  /** Whether to react, or to take the caller's own reaction back. */
  action: Schema.Literal("add", "delete"),
  /** The reply; the first reply of a comment is the comment itself. */
  reply_id: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(100)),
  /** Which reaction. */
  reaction_type: ReactionType
})) {}

/**
 * Reacts to a comment or a reply with an emoji, or takes that back.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uIzNzUjLyczM14iM3MTN/drive-v2/comment_reaction/update_reaction
 * @since 0.1.0
 * @category operations
 */
export const updateReaction = Operation.make("drive.file.comment.updateReaction", {
  method: "POST",
  url: "/open-apis/drive/v2/files/:file_token/comments/reaction",
  accepts: "either",
  scopes: ["docs:document.comment:create", "docs:document.comment:write_only"],
  // A caller's reaction is there or it is not: there is no second one of a kind.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: UpdateReactionRequest,
  query: ["file_type"],
  errors: [
    FileError.DriveFileInternalError,
    FileError.DriveFileInvalidParam,
    FileError.DriveFileNotFound,
    FileError.DriveFileNoPermission
  ],
  statuses: { 1061004: 401 }
})
