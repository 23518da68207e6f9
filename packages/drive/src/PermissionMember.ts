/**
 * The collaborators of a document: who may read, edit or manage it.
 *
 * `token` is the document's own, and the document's type must be the one the
 * token belongs to. Where the request has a field `type` for the collaborator
 * already, the document's type is called `file_type`; on the wire both are
 * called `type`, one in the query and one in the body.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as DriveError from "./DriveError.ts"

const FileType = Schema.Literal("doc", "sheet", "file", "wiki", "bitable", "docx", "mindnote", "minutes", "slides", "apps")

const FileOrFolderType = Schema.Literal(...FileType.literals, "folder")

const memberTypes = [
  "email",
  "openid",
  "unionid",
  "openchat",
  "opendepartmentid",
  "userid",
  "groupid",
  "wikispaceid",
  "appid"
] as const

const MemberType = Schema.Literal(...memberTypes)

const wikiSpaceRoles = ["wiki_space_member", "wiki_space_viewer", "wiki_space_editor"] as const

const collaboratorTypes = ["user", "chat", "department", "group", ...wikiSpaceRoles] as const

const CollaboratorType = Schema.Literal(...collaboratorTypes)

const perms = ["view", "edit", "full_access"] as const

const Perm = Schema.Literal(...perms)

const permTypes = ["container", "single_page"] as const

const PermType = Schema.Literal(...permTypes)

type WikiSpaceRole = (typeof wikiSpaceRoles)[number]

/** The members of a wiki space are named by the space and by which of them are meant. */
type NamesWikiSpaceRole =
  | { readonly member_type: Exclude<typeof MemberType.Type, "wikispaceid"> }
  | { readonly member_type: "wikispaceid"; readonly type: WikiSpaceRole }

const isWikiSpaceRole = (type: string | undefined) => (wikiSpaceRoles as ReadonlyArray<string | undefined>).includes(type)

const namesWikiSpaceRole = (
  { member_type, type }: { readonly member_type: string; readonly type?: string | undefined }
): Shape.Violation | undefined =>
  member_type === "wikispaceid" && !isWikiSpaceRole(type)
    ? { path: ["type"], message: `must be one of ${wikiSpaceRoles.join(", ")} where member_type is wikispaceid` }
    : undefined

const noFullAccess: Shape.Violation = { path: ["perm"], message: "must not be full_access: minutes do not have it yet" }

const noFullAccessToMinutes = ({ file_type, perm }: { readonly file_type: string; readonly perm: string }) =>
  file_type === "minutes" && perm === "full_access" ? noFullAccess : undefined

class NewMemberFields extends Shape.Struct<NewMemberFields>()(
  () => ({
    /**
     * What `member_id` is. A department is accepted with a user token only; a
     * wiki space on wiki documents only, and then with `type`.
     */
    member_type: MemberType,
    /** The collaborator, by an id of the kind that `member_type` says. */
    member_id: Schema.String,
    /** What they may do: read, edit, or manage. Minutes have no `full_access`. */
    perm: Perm,
    /**
     * Whether the pages below are meant too; matters in a wiki only.
     *
     * @default "container"
     */
    perm_type: Schema.optional(PermType),
    /**
     * What the collaborator is; needed where `member_type` is `wikispaceid`. A
     * space that tells those who edit from those who read has viewers and
     * editors, any other space has members.
     */
    type: Schema.optional(CollaboratorType)
  }),
  namesWikiSpaceRole
) {}

/**
 * A collaborator to add.
 *
 * @since 0.1.0
 * @category models
 */
export type NewMember = NewMemberFields & NamesWikiSpaceRole

/**
 * @since 0.1.0
 * @category schemas
 */
export const NewMember = Shape.narrow<NewMember>()(NewMemberFields)

/**
 * What a collaborator was given.
 *
 * @since 0.1.0
 * @category models
 */
export class GrantedMember extends Shape.Struct<GrantedMember>()(() => ({
  /** What `member_id` is. */
  member_type: Schema.optional(Shape.Open(...memberTypes)),
  member_id: Schema.optional(Schema.String),
  /** What they may do: read, edit, or manage. */
  perm: Schema.optional(Shape.Open(...perms)),
  /** Whether the pages below are meant too; in a wiki only. */
  perm_type: Schema.optional(Shape.Open(...permTypes)),
  /** What the collaborator is. */
  type: Schema.optional(Shape.Open(...collaboratorTypes))
})) {}

/**
 * A collaborator who was added with others.
 *
 * @since 0.1.0
 * @category models
 */
export class AddedMember extends Shape.Struct<AddedMember>()(() => ({
  ...GrantedMember.fields,
  name: Schema.optional(Schema.String),
  /** Where their picture is. */
  avatar: Schema.optional(Schema.String),
  /** Whether they are marked as from outside the tenant. */
  external_label: Schema.optional(Schema.Boolean)
})) {}

/**
 * A collaborator of a document.
 *
 * @since 0.1.0
 * @category models
 */
export class Member extends Shape.Struct<Member>()(() => ({
  ...AddedMember.fields,
  /** What `member_id` is. */
  member_type: Shape.Open(...memberTypes),
  member_id: Schema.String,
  /** What they may do: read, edit, or manage. */
  perm: Shape.Open(...perms)
})) {}

class CreateRequestFields extends Shape.Struct<CreateRequestFields>()(
  () => ({
    /** The document. */
    token: Schema.String,
    /** What kind of document `token` is of; on the wire, the query's `type`. */
    file_type: FileOrFolderType,
    /**
     * Whether the collaborator is told; has no effect with a tenant token.
     *
     * @default false
     */
    need_notification: Schema.optional(Schema.Boolean),
    ...NewMemberFields.fields
  }),
  namesWikiSpaceRole,
  noFullAccessToMinutes
) {}

/**
 * @since 0.1.0
 * @category models
 */
export type CreateRequest = CreateRequestFields & NamesWikiSpaceRole

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
  /** Who was added, and what they were given. */
  member: Schema.optional(GrantedMember)
})) {}

/**
 * Adds a collaborator: a user, a chat, a department, a group of users, or the
 * members of a wiki space.
 *
 * Caller and collaborator must see each other, otherwise it fails with
 * `DriveOperationNotAllowed`: users must be contacts or of one tenant, and a
 * chat must have the caller in it. An application that is added to a folder is
 * listed there and still has no access; add it to a chat, and the chat to the
 * folder.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-member/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("drive.permission.member.create", {
  method: "POST",
  url: "/open-apis/drive/v1/permissions/:token/members",
  accepts: "either",
  scopes: [
    "bitable:app",
    "wiki:wiki",
    "docs:doc",
    "docs:permission.member:create",
    "drive:drive",
    "drive:file",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  // Would tell the collaborator twice, and undo what others changed in between.
  idempotent: false,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: CreateRequest,
  query: [["file_type", "type"], "need_notification"],
  response: CreateResponse,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ]
})

/** How many collaborators one request may add. */
const largestBatch = 10

/**
 * @since 0.1.0
 * @category models
 */
export class BatchCreateRequest extends Shape.Struct<BatchCreateRequest>()(
  () => ({
    /** The document. */
    token: Schema.String,
    /** What kind of document `token` is of. */
    type: FileOrFolderType,
    /**
     * Whether the collaborators are told; has no effect with a tenant token.
     *
     * @default false
     */
    need_notification: Schema.optional(Schema.Boolean),
    /** Who is added: at most 10, or any number with `batchCreate.all`. */
    members: Schema.Array(NewMember).pipe(
      Schema.maxItems(largestBatch, { message: () => `must be at most ${largestBatch}` })
    )
  }),
  ({ members, type }) => {
    const at = type === "minutes" ? members.findIndex(({ perm }) => perm === "full_access") : -1
    return at === -1 ? undefined : { ...noFullAccess, path: ["members", at, ...noFullAccess.path] }
  }
) {}

/**
 * @since 0.1.0
 * @category models
 */
export class BatchCreateResponse extends Shape.Struct<BatchCreateResponse>()(() => ({
  /** Those who were added. */
  members: Schema.optional(Schema.Array(AddedMember))
})) {}

/**
 * Adds up to 10 collaborators at once; `batchCreate.all` adds any number.
 *
 * The platform may add some and refuse the rest. That is a failure,
 * `PartialSuccess`, whose `data.members` are those it added, whatever the code.
 * What `create` says of its collaborator is true of each.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-member/batch_create
 * @since 0.1.0
 * @category operations
 */
export const batchCreate = Operation.batched("drive.permission.member.batchCreate", {
  method: "POST",
  url: "/open-apis/drive/v1/permissions/:token/members/batch_create",
  accepts: "either",
  scopes: ["docs:permission.member", "docs:permission.member:create"],
  // Would tell the collaborators twice, and undo what others changed in between.
  idempotent: false,
  rateLimit: RateLimit.of([5, "1 second"]),
  request: BatchCreateRequest,
  query: ["type", "need_notification"],
  response: BatchCreateResponse,
  batch: {
    items: "members",
    size: largestBatch,
    done: ({ members = [] }) => members,
    // One wiki space can be named three times, once for each of its roles.
    key: ({ member_id, member_type, type }: NewMember | AddedMember) =>
      [member_type, member_id, isWikiSpaceRole(type) ? type : ""].join(" ")
  },
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveTooManyRequests,
    DriveError.DriveInternalError
  ]
})

class UpdateRequestFields extends Shape.Struct<UpdateRequestFields>()(
  () => ({
    /** The document. */
    token: Schema.String,
    /** What kind of document `token` is of; on the wire, the query's `type`. */
    file_type: FileType,
    /**
     * Whether the collaborator is told; has no effect with a tenant token.
     *
     * @default false
     */
    need_notification: Schema.optional(Schema.Boolean),
    ...NewMemberFields.fields
  }),
  namesWikiSpaceRole,
  noFullAccessToMinutes
) {}

/**
 * @since 0.1.0
 * @category models
 */
export type UpdateRequest = UpdateRequestFields & NamesWikiSpaceRole

/**
 * @since 0.1.0
 * @category schemas
 */
export const UpdateRequest = Shape.narrow<UpdateRequest>()(UpdateRequestFields)

/**
 * @since 0.1.0
 * @category models
 */
export class UpdateResponse extends Shape.Struct<UpdateResponse>()(() => ({
  /** Whose permission was changed, and what it is now. */
  member: Schema.optional(GrantedMember)
})) {}

/**
 * Changes what a collaborator may do. Whoever is none yet is added with
 * `create`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-member/update
 * @since 0.1.0
 * @category operations
 */
export const update = Operation.make("drive.permission.member.update", {
  method: "PUT",
  url: "/open-apis/drive/v1/permissions/:token/members/:member_id",
  accepts: "either",
  scopes: [
    "bitable:app",
    "wiki:wiki",
    "docs:doc",
    "docs:permission.member:update",
    "drive:drive",
    "drive:file",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  // Says what the permission is to be.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: UpdateRequest,
  query: [["file_type", "type"], "need_notification"],
  response: UpdateResponse,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ]
})

const memberFields = ["name", "type", "avatar", "external_label"] as const

type MemberField = (typeof memberFields)[number]

type ListOf<Name extends string> = { [N in Name]: N | `${N},${ListOf<Exclude<Name, N>>}` }[Name]

/**
 * Which fields of the collaborators are answered besides their id and what they
 * may do: all, or some, separated by commas.
 *
 * @since 0.1.0
 * @category models
 */
export type MemberFields = "*" | ListOf<MemberField>

const namesMemberFields = (text: string): text is MemberFields => {
  const names = text.split(",")
  return text === "*"
    || new Set(names).size === names.length && names.every((name) => (memberFields as ReadonlyArray<string>).includes(name))
}

/**
 * @since 0.1.0
 * @category schemas
 */
export const MemberFields: Schema.Schema<MemberFields, string> = Schema.String.pipe(
  Schema.filter(namesMemberFields, {
    message: () => `must be * or some of ${memberFields.join(", ")}, separated by commas`,
    arbitrary: () => (fc) =>
      fc.oneof(
        fc.constant("*" as const),
        // Sound: names of fields, each at most once.
        fc.shuffledSubarray([...memberFields], { minLength: 1 }).map((names) => names.join(",") as MemberFields)
      )
  })
)

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /** The document. */
  token: Schema.String,
  /** What kind of document `token` is of. */
  type: FileOrFolderType,
  /**
   * Which fields are answered besides the id and what it may do, for example
   * `"*"` or `"name,avatar"`; none where it is left out. Fewer are faster.
   */
  fields: Schema.optional(MemberFields),
  /**
   * Whether the pages below are meant too; matters in a wiki only.
   *
   * @default "container"
   */
  perm_type: Schema.optional(PermType)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  items: Schema.optional(Schema.Array(Member))
})) {}

/**
 * All collaborators of a document.
 *
 * Names and pictures are there only if asked for with `fields`, and if the
 * application may read the directory.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-member/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.make("drive.permission.member.list", {
  method: "GET",
  url: "/open-apis/drive/v1/permissions/:token/members",
  accepts: "either",
  scopes: [
    "bitable:app",
    "wiki:wiki",
    "docs:doc",
    "docs:permission.member:retrieve",
    "drive:drive",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveTooManyRequests,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ]
})

class DeleteRequestFields extends Shape.Struct<DeleteRequestFields>()(
  () => ({
    /** The document. */
    token: Schema.String,
    /** The collaborator, by an id of the kind that `member_type` says. */
    member_id: Schema.String,
    /** What kind of document `token` is of; on the wire, the query's `type`. */
    file_type: FileOrFolderType,
    /**
     * What `member_id` is. A department is accepted with a user token only; a
     * wiki space on wiki documents only, and then with `type`.
     */
    member_type: MemberType,
    /** What the collaborator is; needed where `member_type` is `wikispaceid`. */
    type: Schema.optional(CollaboratorType),
    /**
     * Whether the pages below are meant too; matters in a wiki only.
     *
     * @default "container"
     */
    perm_type: Schema.optional(PermType)
  }),
  namesWikiSpaceRole
) {}

/**
 * @since 0.1.0
 * @category models
 */
export type DeleteRequest = DeleteRequestFields & NamesWikiSpaceRole

/**
 * @since 0.1.0
 * @category schemas
 */
export const DeleteRequest = Shape.narrow<DeleteRequest>()(DeleteRequestFields)

const del = Operation.make("drive.permission.member.delete", {
  method: "DELETE",
  url: "/open-apis/drive/v1/permissions/:token/members/:member_id",
  accepts: "either",
  scopes: [
    "bitable:app",
    "wiki:wiki",
    "docs:doc",
    "docs:permission.member:delete",
    "drive:drive",
    "drive:file",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  // Who is gone stays gone.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: DeleteRequest,
  query: [["file_type", "type"], "member_type"],
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ]
})

export {
  /**
   * Removes a collaborator.
   *
   * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-member/delete
   * @since 0.1.0
   * @category operations
   */
  del as delete
}

/**
 * @since 0.1.0
 * @category models
 */
export class TransferOwnerRequest extends Shape.Struct<TransferOwnerRequest>()(() => ({
  /** The document. */
  token: Schema.String,
  /** What kind of document `token` is of. */
  type: FileOrFolderType,
  /**
   * Whether the new owner is told; has no effect with a tenant token.
   *
   * @default true
   */
  need_notification: Schema.optional(Schema.Boolean),
  /**
   * Whether the old owner loses access.
   *
   * @default false
   */
  remove_old_owner: Schema.optional(Schema.Boolean),
  /**
   * Whether a document in the old owner's personal folder stays there instead of
   * moving to the new owner's space; has no effect elsewhere.
   *
   * @default false
   */
  stay_put: Schema.optional(Schema.Boolean),
  /**
   * What the old owner may still do; has no effect if `remove_old_owner`.
   *
   * @default "full_access"
   */
  old_owner_perm: Schema.optional(Perm),
  /** What `member_id` is. */
  member_type: Schema.Literal("email", "openid", "userid", "appid"),
  /** The new owner, by an id of the kind that `member_type` says. */
  member_id: Schema.String
})) {}

/**
 * Makes somebody else the owner of a document. Only its owner can.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-member/transfer_owner
 * @since 0.1.0
 * @category operations
 */
export const transferOwner = Operation.make("drive.permission.member.transferOwner", {
  method: "POST",
  url: "/open-apis/drive/v1/permissions/:token/members/transfer_owner",
  accepts: "either",
  scopes: [
    "bitable:app",
    "wiki:wiki",
    "docs:doc",
    "docs:permission.member:transfer",
    "drive:drive",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  // Once it is done the caller is the owner no more, and is refused.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: TransferOwnerRequest,
  query: ["type", "need_notification", "remove_old_owner", "stay_put", "old_owner_perm"],
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveTooManyRequests,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class AuthRequest extends Shape.Struct<AuthRequest>()(() => ({
  /** The document. */
  token: Schema.String,
  /** What kind of document `token` is of. */
  type: FileType,
  /** What is to be done with it; `manage_public` is changing its public settings. */
  action: Schema.Literal("view", "edit", "share", "comment", "export", "copy", "print", "manage_public")
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class AuthResponse extends Shape.Struct<AuthResponse>()(() => ({
  /** Whether the caller may. */
  auth_result: Schema.Boolean
})) {}

/**
 * Whether the caller, user or application, may do something with a document.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-member/auth
 * @since 0.1.0
 * @category operations
 */
export const auth = Operation.make("drive.permission.member.auth", {
  method: "GET",
  url: "/open-apis/drive/v1/permissions/:token/members/auth",
  accepts: "either",
  scopes: [
    "bitable:app",
    "wiki:wiki",
    "docs:doc",
    "docs:permission.member:auth",
    "drive:drive",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  idempotent: true,
  rateLimit: RateLimit.of([20, "1 second"]),
  request: AuthRequest,
  response: AuthResponse,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveResourceDeleted,
    DriveError.DriveTooManyRequests,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ]
})
