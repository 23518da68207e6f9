/** One read, one write that may be repeated, one that must not: what every fault is done to. */
import type { AccessToken, FeishuClient } from "@effect-feishu/core"
import { Operation, Plugin, RateLimit, Shape } from "@effect-feishu/core"
import { FakeFeishu } from "@effect-feishu/core/testing"
import { PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { MeetingRecording, ReserveConfig } from "@effect-feishu/vc"
import { Chunk, Effect, Layer, Redacted, Schema, Stream } from "effect"

export type Class = "read" | "idempotent write" | "other write"

/** A call, and what the documentation lists for it. */
export interface Call {
  readonly kind: Class
  readonly operation: Operation.Description
  readonly run: Effect.Effect<unknown, unknown, FeishuClient.FeishuClient | AccessToken.TenantAccessToken>
  /** What the platform answers: `data`, and what becomes of it. */
  readonly data: Readonly<Record<string, unknown>>
  readonly result: unknown
  /** A failure that no repetition helps, and one of the platform itself. */
  readonly permanent: readonly [tag: string, code: number]
  readonly transient: readonly [tag: string, code: number]
}

const token = "doxcnFault"

const settings = { link_share_entity: "closed" } as const

const member = { member_type: "openid", member_id: "ou_1", perm: "view" } as const

export const read: Call = {
  kind: "read",
  operation: PermissionPublic.get,
  run: PermissionPublic.get({ token, type: "docx" }),
  data: { permission_public: settings },
  result: { permission_public: settings },
  permanent: ["DriveInvalidParam", 1063001],
  transient: ["DriveInternalError", 1066001]
}

export const idempotent: Call = {
  kind: "idempotent write",
  operation: ReserveConfig.patch,
  run: ReserveConfig.patch({ reserve_config_id: "omm_fault", scope_type: "2", time_config: { time_switch: 1 } }),
  data: {},
  result: undefined,
  permanent: ["VcInvalidParam", 121003],
  transient: ["VcInternalError", 121001]
}

export const other: Call = {
  kind: "other write",
  operation: PermissionMember.create,
  run: PermissionMember.create({ token, file_type: "docx", ...member }),
  data: { member },
  result: { member },
  permanent: ["DriveOperationNotAllowed", 1063003],
  transient: ["DriveInternalError", 1066001]
}

/** The three of which a fault is usually told. */
export const usual: ReadonlyArray<Call> = [read, idempotent, other]

/** Three whose documentation lists a code that says to try again. */
export const contended: ReadonlyArray<Call> = [
  {
    ...read,
    operation: PermissionMember.list,
    run: PermissionMember.list({ token, type: "docx" }),
    data: { items: [member] },
    result: { items: [member] }
  },
  {
    ...idempotent,
    operation: PermissionMember.update,
    run: PermissionMember.update({ token, file_type: "docx", ...member }),
    data: { member },
    result: { member },
    permanent: other.permanent,
    transient: other.transient
  },
  other
]

const password = Redacted.make("canary-password-secret")

/** A write whose answer is useless without its data. */
export const passwordCall: Call = {
  ...other,
  operation: PermissionPublic.createPassword,
  run: PermissionPublic.createPassword({ token, type: "docx" }),
  data: { password: Redacted.value(password) },
  result: { password }
}

/** Collaborators by the tens. */
export const batch = (members: PermissionMember.BatchCreateRequest["members"]): Call => ({
  ...other,
  operation: PermissionMember.batchCreate,
  run: PermissionMember.batchCreate.all({ token, type: "docx", members })
})

class Names extends Shape.Struct<Names>()(() => ({
  items: Schema.optional(Schema.Array(Schema.String)),
  has_more: Schema.optional(Schema.Boolean),
  page_token: Schema.optional(Schema.String)
})) {}

/** The two packages have nothing that comes in pages yet. */
const names = Operation.paged("faults.name.list", {
  method: "GET",
  url: "/open-apis/faults/v1/names",
  accepts: "tenant",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: Schema.Struct({ page_token: Schema.optional(Schema.String) }),
  response: Names,
  errors: [],
  page: { items: "items" }
})

export const pages: Call = {
  ...read,
  operation: names,
  run: Effect.map(Stream.runCollect(names.items({})), Chunk.toReadonlyArray)
}

/** The platform as far as these calls need it. */
export const domain = FakeFeishu.domain({
  plugin: Plugin.make("faults", {
    operations: [
      {
        get: PermissionPublic.get,
        patch: ReserveConfig.patch,
        create: PermissionMember.create,
        list: PermissionMember.list,
        update: PermissionMember.update,
        createPassword: PermissionPublic.createPassword,
        batchCreate: PermissionMember.batchCreate,
        names,
        setPermission: MeetingRecording.setPermission
      }
    ],
    errors: []
  }),
  state: Layer.empty,
  handlers: [
    FakeFeishu.handler(PermissionPublic.get, () => Effect.succeed({ permission_public: settings })),
    FakeFeishu.handler(ReserveConfig.patch, () => Effect.void),
    FakeFeishu.handler(MeetingRecording.setPermission, () => Effect.void),
    FakeFeishu.handler(PermissionMember.create, () => Effect.succeed({ member })),
    FakeFeishu.handler(PermissionMember.list, () => Effect.succeed({ items: [member] })),
    FakeFeishu.handler(PermissionMember.update, () => Effect.succeed({ member })),
    FakeFeishu.handler(PermissionPublic.createPassword, () => Effect.succeed({ password })),
    FakeFeishu.handler(PermissionMember.batchCreate, ({ members }) => Effect.succeed({ members }))
  ]
})
