/**
 * What happens to documents somebody subscribed to: edits, reads, new titles,
 * the trash, permissions, comments.
 *
 * Each document must be subscribed to with an operation of its own; what is in
 * a Base changes with the events of `BitableEvent`.
 *
 * @since 0.1.0
 */
import * as Event from "@effect-feishu/core/Event"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"

/**
 * @since 0.1.0
 * @category models
 */
export class Subscriber extends Shape.Struct<Subscriber>()(() => ({ union_id: Schema.optional(Schema.String) })) {}

/**
 * What the header of the older events has besides the usual.
 *
 * @since 0.1.0
 * @category models
 */
export class SubscriptionHeader extends Shape.Struct<SubscriptionHeader>()(() => ({
  /** The token of the document. */
  resource_id: Schema.optional(Schema.String),
  /** Who subscribed to it: a list, although the documentation calls it text in places. */
  user_list: Schema.optional(Schema.Array(Subscriber))
})) {}

const users = () => Schema.optional(Schema.Array(Event.UserId))

const file = () => ({
  file_type: Schema.optional(Shape.Open("doc", "docx", "sheet", "bitable", "slides", "file")),
  file_token: Schema.optional(Schema.String)
})

const document = () => ({
  file_type: Schema.optional(Shape.Open("doc", "docx", "sheet", "bitable", "slides")),
  file_token: Schema.optional(Schema.String)
})

const changed = () => ({
  ...file(),
  /** Who did it. */
  operator_id: Schema.optional(Event.UserId),
  subscriber_id_list: users()
})

/**
 * @since 0.1.0
 * @category models
 */
export class FileChanged extends Shape.Struct<FileChanged>()(changed) {}

/**
 * @since 0.1.0
 * @category models
 */
export class FileRead extends Shape.Struct<FileRead>()(() => ({
  ...document(),
  /** Documented, while what is sent is `operator_id_list`. */
  operator_id: Schema.optional(Event.UserId),
  /** Who opened it. */
  operator_id_list: users(),
  subscriber_id_list: users()
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class FileEdited extends Shape.Struct<FileEdited>()(() => ({
  ...document(),
  /** Who edited it: several, where they did so at once. */
  operator_id_list: users(),
  subscriber_id_list: users(),
  /** The sheet, in a spreadsheet. */
  sheet_id: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreatedInFolder extends Shape.Struct<CreatedInFolder>()(() => ({
  ...file(),
  folder_token: Schema.optional(Schema.String),
  /** Who created it. */
  operator_id: Schema.optional(Event.UserId),
  subscriber_ids: users()
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class MembersChanged extends Shape.Struct<MembersChanged>()(() => ({
  ...changed(),
  /** The chats that were added or removed. */
  chat_list: Schema.optional(Schema.Array(Schema.String)),
  /** The users that were added or removed: not those of the header's list of this name. */
  user_list: users(),
  /** The departments that were added or removed. */
  open_department_id_list: Schema.optional(Schema.Array(Schema.String))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class MemberApplied extends Shape.Struct<MemberApplied>()(() => ({
  ...file(),
  /** Who asks. */
  operator_id: Schema.optional(Event.UserId),
  /** Who is asked. */
  approver_id: Schema.optional(Event.UserId),
  /** For whom: users, chats, and departments by `open_department_id`. */
  application_user_list: users(),
  application_chat_list: Schema.optional(Schema.Array(Schema.String)),
  application_department_list: Schema.optional(Schema.Array(Schema.String)),
  application_remark: Schema.optional(Schema.String),
  permission: Schema.optional(Shape.Open("view", "edit", "full_access")),
  subscriber_ids: users()
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Notice extends Shape.Struct<Notice>()(() => ({
  ...file(),
  from_user_id: Schema.optional(Event.UserId),
  to_user_id: Schema.optional(Event.UserId),
  notice_type: Schema.optional(Shape.Open("add_comment", "add_reply"))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CommentAdded extends Shape.Struct<CommentAdded>()(() => ({
  notice_meta: Schema.optional(Notice),
  comment_id: Schema.optional(Schema.String),
  /** Where it is a reply. */
  reply_id: Schema.optional(Schema.String),
  is_mentioned: Schema.optional(Schema.Boolean)
})) {}

const scopes = ["drive:drive", "docs:doc", "sheets:spreadsheet"]
const header = SubscriptionHeader

/**
 * Users, chats or departments may now see or edit a document.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-collaborator-add
 * @since 0.1.0
 * @category events
 */
export const permissionMemberAdded = Event.make("drive.file.permission_member_added_v1", {
  header,
  payload: MembersChanged,
  scopes: [...scopes, "docs:permission.member:retrieve"]
})

/**
 * Users, chats or departments no longer may.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-collaborator-remove
 * @since 0.1.0
 * @category events
 */
export const permissionMemberRemoved = Event.make("drive.file.permission_member_removed_v1", {
  header,
  payload: MembersChanged,
  scopes: [...scopes, "docs:permission.member:retrieve"]
})

/**
 * Somebody asks for permission.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/permission_member_applied
 * @since 0.1.0
 * @category events
 */
export const permissionMemberApplied = Event.make("drive.file.permission_member_applied_v1", {
  payload: MemberApplied,
  scopes: ["docs:permission.member:create", "docs:permission.member:retrieve"]
})

/**
 * A document is edited.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-edited
 * @since 0.1.0
 * @category events
 */
export const edited = Event.make("drive.file.edit_v1", {
  payload: FileEdited,
  scopes: [...scopes, "docs:event.document_edited:read"]
})

/**
 * A document is opened.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-read
 * @since 0.1.0
 * @category events
 */
export const read = Event.make("drive.file.read_v1", {
  header,
  payload: FileRead,
  scopes: [...scopes, "docs:event.document_opened:read"]
})

/**
 * A document has another title.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-title-update
 * @since 0.1.0
 * @category events
 */
export const titleUpdated = Event.make("drive.file.title_updated_v1", {
  header,
  payload: FileChanged,
  scopes: [...scopes, "docs:event.document_edited:read"]
})

/**
 * A document is put into the trash.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUDN04SN0QjL1QDN/event/delete-file-to-trash-can
 * @since 0.1.0
 * @category events
 */
export const trashed = Event.make("drive.file.trashed_v1", {
  header,
  payload: FileChanged,
  scopes: [...scopes, "docs:event.document_deleted:read"]
})

/**
 * A document is gone for good.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uUDN04SN0QjL1QDN/event/file-deleted-completely
 * @since 0.1.0
 * @category events
 */
export const deleted = Event.make("drive.file.deleted_v1", {
  header,
  payload: FileChanged,
  scopes: [...scopes, "docs:event.document_deleted:read"]
})

/**
 * There is something new in a folder.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/created_in_folder
 * @since 0.1.0
 * @category events
 */
export const createdInFolder = Event.make("drive.file.created_in_folder_v1", {
  payload: CreatedInFolder,
  scopes: ["space:document.event:read"]
})

/**
 * Somebody is told of a comment or a reply.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/notice/events/comment_add
 * @since 0.1.0
 * @category events
 */
export const commentAdded = Event.make("drive.notice.comment_add_v1", {
  payload: CommentAdded,
  scopes: ["docs:document.comment:read"]
})
