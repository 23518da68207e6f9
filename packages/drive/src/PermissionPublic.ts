/**
 * The public settings of a document: who may see it without being one of its
 * collaborators, what collaborators may do, and the password for those outside
 * the tenant.
 *
 * `token` is the document's own, and `type` must be the one it belongs to.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as DriveError from "./DriveError.ts"

const externalAccess = ["open", "closed", "allow_share_partner_tenant"] as const

const whoMayCopy = ["anyone_can_view", "anyone_can_edit", "only_full_access"] as const

const whoMayComment = ["anyone_can_view", "anyone_can_edit"] as const

const whoMayShare = ["anyone", "same_tenant"] as const

const whoManagesCollaborators = ["collaborator_can_view", "collaborator_can_edit", "collaborator_full_access"] as const

const linkShare = [
  "tenant_readable",
  "tenant_editable",
  "partner_tenant_readable",
  "partner_tenant_editable",
  "anyone_readable",
  "anyone_editable",
  "closed"
] as const

const isForAnyone = (linkShareEntity: string | undefined) =>
  linkShareEntity === "anyone_readable" || linkShareEntity === "anyone_editable"

/**
 * The public settings of a document.
 *
 * @since 0.1.0
 * @category models
 */
export class PublicSettings extends Shape.Struct<PublicSettings>()(() => ({
  /** Whether it may be shared outside the tenant, or with partner tenants only. */
  external_access_entity: Schema.optional(Shape.Open(...externalAccess)),
  /** Who may duplicate, print and download it. */
  security_entity: Schema.optional(Shape.Open(...whoMayCopy)),
  /** Who may comment on it. */
  comment_entity: Schema.optional(Shape.Open(...whoMayComment)),
  /** Who may see, add and remove collaborators: whether from outside the tenant too. */
  share_entity: Schema.optional(Shape.Open(...whoMayShare)),
  /** Who may see, add and remove collaborators: what they must be allowed to do themselves. */
  manage_collaborator_entity: Schema.optional(Shape.Open(...whoManagesCollaborators)),
  /** What whoever has the link may do. */
  link_share_entity: Schema.optional(Shape.Open(...linkShare)),
  /** Who may copy what is in it. */
  copy_entity: Schema.optional(Shape.Open(...whoMayCopy)),
  /** Whether a page of a wiki is restricted and no longer has the settings of the page above it. */
  lock_switch: Schema.optional(Schema.Boolean),
  /** For which pages of a wiki two of the settings hold. */
  perm_type: Schema.optional(Schema.Struct({
    external_access_entity: Schema.optional(Schema.String),
    link_share_entity: Schema.optional(Schema.String)
  }))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  /** The document. */
  token: Schema.String,
  /** What kind of document `token` is of. */
  type: Schema.Literal(
    "doc",
    "sheet",
    "file",
    "wiki",
    "bitable",
    "docx",
    "mindnote",
    "minutes",
    "slides",
    "apps",
    "folder"
  )
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  permission_public: PublicSettings
})) {}

/**
 * The public settings of a document.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uIzNzUjLyczM14iM3MTN/drive-v2/permission-public/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("drive.permission.public.get", {
  method: "GET",
  url: "/open-apis/drive/v2/permissions/:token/public",
  accepts: "either",
  scopes: [
    "wiki:wiki",
    "docs:doc",
    "docs:permission.setting:read",
    "docx:document",
    "drive:drive",
    "drive:drive:readonly",
    "drive:file",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveInternalError
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class PatchRequest extends Shape.Struct<PatchRequest>()(
  () => ({
    /** The document. */
    token: Schema.String,
    /** What kind of document `token` is of. */
    type: Schema.Literal("doc", "sheet", "file", "wiki", "bitable", "docx", "mindnote", "minutes", "slides", "apps"),
    /**
     * Whether it may be shared outside the tenant. Partner tenants only is
     * possible where the admin console restricts sharing to them.
     */
    external_access_entity: Schema.optional(Schema.Literal(...externalAccess)),
    /** Who may duplicate, print and download it. */
    security_entity: Schema.optional(Schema.Literal(...whoMayCopy)),
    /** Who may comment on it. */
    comment_entity: Schema.optional(Schema.Literal(...whoMayComment)),
    /** Who may see, add and remove collaborators: whether from outside the tenant too. */
    share_entity: Schema.optional(Schema.Literal(...whoMayShare)),
    /** Who may see, add and remove collaborators: what they must be allowed to do themselves. */
    manage_collaborator_entity: Schema.optional(Schema.Literal(...whoManagesCollaborators)),
    /**
     * What whoever has the link may do. `anyone_…` needs an
     * `external_access_entity` of `open`; `partner_tenant_…` is possible where
     * the admin console restricts sharing to partner tenants.
     */
    link_share_entity: Schema.optional(Schema.Literal(...linkShare)),
    /** Who may copy what is in it. */
    copy_entity: Schema.optional(Schema.Literal(...whoMayCopy)),
    /** For which pages of a wiki two of the settings are to hold. The values are not documented. */
    perm_type: Schema.optional(Schema.Struct({
      external_access_entity: Schema.optional(Schema.String),
      link_share_entity: Schema.optional(Schema.String)
    }))
  }),
  ({ external_access_entity, link_share_entity }) =>
    isForAnyone(link_share_entity) && external_access_entity !== undefined && external_access_entity !== "open"
      ? {
        path: ["link_share_entity"],
        message: `must not be ${link_share_entity} where external_access_entity is ${external_access_entity}`
      }
      : undefined
) {}

/**
 * @since 0.1.0
 * @category models
 */
export class PatchResponse extends Shape.Struct<PatchResponse>()(() => ({
  /** The settings that were changed. */
  permission_public: Schema.optional(PublicSettings)
})) {}

/**
 * Changes the public settings of a document: those that are given, and no
 * other.
 *
 * The tenant's security settings, and in a wiki those of the space, may forbid
 * a change: `DriveOperationNotAllowed`.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uIzNzUjLyczM14iM3MTN/drive-v2/permission-public/patch
 * @since 0.1.0
 * @category operations
 */
export const patch = Operation.make("drive.permission.public.patch", {
  method: "PATCH",
  url: "/open-apis/drive/v2/permissions/:token/public",
  accepts: "either",
  scopes: [
    "wiki:wiki",
    "docs:doc",
    "docs:permission.setting:write_only",
    "docx:document",
    "drive:drive",
    "drive:file",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PatchRequest,
  query: ["type"],
  response: PatchResponse,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveSettingRefused,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ]
})

/**
 * @since 0.1.0
 * @category models
 */
export class PasswordRequest extends Shape.Struct<PasswordRequest>()(() => ({
  /** The document. */
  token: Schema.String,
  /** What kind of document `token` is of. Minutes have no password yet. */
  type: Schema.Literal("doc", "sheet", "file", "wiki", "bitable", "docx", "mindnote", "slides")
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class PasswordResponse extends Shape.Struct<PasswordResponse>()(() => ({
  /** What those outside the tenant must enter. */
  password: Schema.Redacted(Schema.String)
})) {}

const passwordScopes = [
  "wiki:wiki",
  "docs:doc",
  "docs:permission.setting:write_only",
  "drive:drive",
  "sheets:spreadsheet",
  "bitable:bitable"
] as const

const passwordErrors = [
  DriveError.DriveInvalidParam,
  DriveError.DriveNoPermission,
  DriveError.DriveOperationNotAllowed,
  DriveError.DriveResourceDeleted,
  DriveError.DriveInternalError
] as const

/**
 * Asks those outside the tenant for a password from now on, and answers it.
 *
 * Only for a document whose `link_share_entity` is `anyone_readable` or
 * `anyone_editable`.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-public-password/create
 * @since 0.1.0
 * @category operations
 */
export const createPassword = Operation.make("drive.permission.public.password.create", {
  method: "POST",
  url: "/open-apis/drive/v1/permissions/:token/public/password",
  accepts: "either",
  scopes: passwordScopes,
  // Each time another password.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PasswordRequest,
  query: ["type"],
  response: PasswordResponse,
  errors: passwordErrors
})

/**
 * Replaces the password of a document that has one, and answers the new one.
 * The old one is void at once.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-public-password/update
 * @since 0.1.0
 * @category operations
 */
export const updatePassword = Operation.make("drive.permission.public.password.update", {
  method: "PUT",
  url: "/open-apis/drive/v1/permissions/:token/public/password",
  accepts: "either",
  scopes: passwordScopes,
  // Each time another password.
  idempotent: false,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PasswordRequest,
  query: ["type"],
  response: PasswordResponse,
  errors: passwordErrors
})

/**
 * Asks for no password any more: whoever has the link gets in.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-public-password/delete
 * @since 0.1.0
 * @category operations
 */
export const deletePassword = Operation.make("drive.permission.public.password.delete", {
  method: "DELETE",
  url: "/open-apis/drive/v1/permissions/:token/public/password",
  accepts: "either",
  scopes: passwordScopes,
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PasswordRequest,
  query: ["type"],
  errors: passwordErrors
})

// --- the first version of the settings ---------------------------------------

const FileTypeV1 = Schema.Literal("doc", "sheet", "file", "wiki", "bitable", "docx", "mindnote", "minutes", "slides")

const whoMayShareV1 = ["anyone", "same_tenant", "only_full_access"] as const

const linkShareV1 = ["tenant_readable", "tenant_editable", "anyone_readable", "anyone_editable", "closed"] as const

/**
 * The public settings of a document, as their first version had them.
 *
 * @deprecated
 * @since 0.1.0
 * @category models
 */
export class PublicSettingsV1 extends Shape.Struct<PublicSettingsV1>()(() => ({
  /** Whether it may be shared outside the tenant. */
  external_access: Schema.optional(Schema.Boolean),
  /** Who may copy what is in it, duplicate, print and download it. */
  security_entity: Schema.optional(Shape.Open(...whoMayCopy)),
  /** Who may comment on it. */
  comment_entity: Schema.optional(Shape.Open(...whoMayComment)),
  /** Who may see, add and remove collaborators. */
  share_entity: Schema.optional(Shape.Open(...whoMayShareV1)),
  /** What whoever has the link may do. */
  link_share_entity: Schema.optional(Shape.Open(...linkShareV1)),
  /** Whether those who cannot manage it may share it outside the tenant. */
  invite_external: Schema.optional(Schema.Boolean),
  /** Whether a page of a wiki is restricted and no longer has the settings of the page above it. */
  lock_switch: Schema.optional(Schema.Boolean)
})) {}

/**
 * @deprecated
 * @since 0.1.0
 * @category models
 */
export class GetV1Request extends Shape.Struct<GetV1Request>()(() => ({
  /** The document. */
  token: Schema.String,
  /** What kind of document `token` is of. */
  type: FileTypeV1
})) {}

/**
 * @deprecated
 * @since 0.1.0
 * @category models
 */
export class GetV1Response extends Shape.Struct<GetV1Response>()(() => ({
  permission_public: PublicSettingsV1
})) {}

/**
 * The public settings of a document, as their first version had them.
 *
 * @deprecated Use `get`.
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-public/get
 * @since 0.1.0
 * @category operations
 */
export const getV1 = Operation.make("drive.v1.permission.public.get", {
  method: "GET",
  url: "/open-apis/drive/v1/permissions/:token/public",
  accepts: "either",
  scopes: [
    "wiki:wiki",
    "docs:doc",
    "docs:permission.setting:read",
    "drive:drive",
    "drive:drive:readonly",
    "drive:file",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetV1Request,
  response: GetV1Response,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveInternalError
  ],
  deprecated: true
})

const notInWiki = (field: string) => (
  request: { readonly type: string } & { readonly [_ in string]?: unknown }
): Shape.Violation | undefined =>
  request.type === "wiki" && request[field] !== undefined
    ? { path: [field], message: "must be absent where type is wiki" }
    : undefined

/**
 * @deprecated
 * @since 0.1.0
 * @category models
 */
export class PatchV1Request extends Shape.Struct<PatchV1Request>()(
  () => ({
    /** The document. */
    token: Schema.String,
    /** What kind of document `token` is of. */
    type: FileTypeV1,
    /** Whether it may be shared outside the tenant; not for a wiki. */
    external_access: Schema.optional(Schema.Boolean),
    /** Who may copy what is in it, duplicate, print and download it. */
    security_entity: Schema.optional(Schema.Literal(...whoMayCopy)),
    /** Who may comment on it. */
    comment_entity: Schema.optional(Schema.Literal(...whoMayComment)),
    /** Who may see, add and remove collaborators; not for a wiki. */
    share_entity: Schema.optional(Schema.Literal(...whoMayShareV1)),
    /** What whoever has the link may do; in a wiki, not `anyone_…`. */
    link_share_entity: Schema.optional(Schema.Literal(...linkShareV1)),
    /** Whether those who cannot manage it may share it outside the tenant; not for a wiki. */
    invite_external: Schema.optional(Schema.Boolean)
  }),
  notInWiki("external_access"),
  notInWiki("share_entity"),
  notInWiki("invite_external"),
  ({ link_share_entity, type }) =>
    type === "wiki" && isForAnyone(link_share_entity)
      ? { path: ["link_share_entity"], message: `must not be ${link_share_entity} where type is wiki` }
      : undefined
) {}

/**
 * @deprecated
 * @since 0.1.0
 * @category models
 */
export class PatchV1Response extends Shape.Struct<PatchV1Response>()(() => ({
  /** The settings that were changed. */
  permission_public: Schema.optional(PublicSettingsV1)
})) {}

/**
 * Changes the public settings of a document, as their first version had them.
 *
 * @deprecated Use `patch`.
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/permission-public/patch
 * @since 0.1.0
 * @category operations
 */
export const patchV1 = Operation.make("drive.v1.permission.public.patch", {
  method: "PATCH",
  url: "/open-apis/drive/v1/permissions/:token/public",
  accepts: "either",
  scopes: [
    "wiki:wiki",
    "docs:doc",
    "docs:permission.setting:write_only",
    "drive:drive",
    "drive:file",
    "sheets:spreadsheet",
    "bitable:bitable"
  ],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([100, "1 minute"]),
  request: PatchV1Request,
  query: ["type"],
  response: PatchV1Response,
  errors: [
    DriveError.DriveInvalidParam,
    DriveError.DriveNoPermission,
    DriveError.DriveOperationNotAllowed,
    DriveError.DriveNoSharePermission,
    DriveError.DriveResourceDeleted,
    DriveError.DriveInternalError,
    DriveError.DriveContended
  ],
  deprecated: true
})
