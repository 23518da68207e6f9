/**
 * Cloud documents for `FakeFeishu`: owners, collaborators, public settings and
 * passwords, and who may do what with them.
 *
 * @since 0.1.0
 */
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Struct from "effect/Struct"
import * as DriveError from "../DriveError.ts"
import type * as PermissionMember from "../PermissionMember.ts"
import type * as PermissionPublic from "../PermissionPublic.ts"
import { plugin } from "../plugin.ts"
import * as Documents from "./internal/documents.ts"
import * as Members from "./internal/members.ts"
import * as People from "./internal/people.ts"
import * as Settings from "./internal/settings.ts"

export type {
  /** A collaborator as the fake keeps it: users by their open id. @since 0.1.0 @category models */
  Collaborator
} from "./internal/documents.ts"

export type {
  /** Whoever can own, read or manage a document. @since 0.1.0 @category models */
  Principal
} from "./internal/people.ts"

/**
 * A document.
 *
 * @since 0.1.0
 * @category models
 */
export interface Document {
  readonly token: string
  /** @default "docx" */
  readonly type?: PermissionMember.ListRequest["type"] | undefined
  /** The owner's open id. Without one the fake's default application owns it. */
  readonly owner?: string | undefined
  /** Whether it lies in the owner's personal space. @default false */
  readonly personal?: boolean | undefined
  readonly members?: ReadonlyArray<PermissionMember.NewMember> | undefined
  /** What differs from the strictest settings, which are the default. */
  readonly settings?: Omit<PermissionPublic.PublicSettings, "perm_type"> | undefined
  /** How many collaborators it can hold. @default 200 */
  readonly memberLimit?: number | undefined
}

/**
 * A document as it stands.
 *
 * @since 0.1.0
 * @category models
 */
export interface Snapshot {
  readonly owner: People.Principal
  /** Whose personal space it lies in, if it does. */
  readonly space: string | undefined
  readonly members: ReadonlyArray<Documents.Collaborator>
  readonly settings: PermissionPublic.PublicSettings
  readonly password: Option.Option<Redacted.Redacted>
  readonly deleted: boolean
}

/**
 * A message to a member that something was shared with them.
 *
 * @since 0.1.0
 * @category models
 */
export interface Notification {
  readonly token: string
  readonly to: People.Principal
}

/**
 * What a test sees and sets.
 *
 * @since 0.1.0
 * @category models
 */
export interface Service {
  readonly add: (...documents: Array<Document>) => Effect.Effect<void>
  /** Deletes a document. */
  readonly remove: (token: string) => Effect.Effect<void>
  readonly document: (token: string) => Effect.Effect<Option.Option<Snapshot>>
  /** Who was told of what, in order. */
  readonly notifications: Effect.Effect<ReadonlyArray<Notification>>
  /** @internal */
  readonly documents: Documents.Documents
  /** @internal */
  readonly notify: (token: string, to: People.Principal) => void
  /** @internal */
  readonly partnersOnly: boolean
}

/**
 * @since 0.1.0
 * @category services
 */
export class DriveFake extends Context.Tag("@effect-feishu/drive/testing/DriveFake")<DriveFake, Service>() {}

/**
 * @since 0.1.0
 * @category models
 */
export interface Contents {
  readonly documents?: ReadonlyArray<Document> | undefined
  /** Whether the admin console restricts sharing to partner tenants. @default false */
  readonly partnersOnly?: boolean | undefined
}

const make = (
  { documents: contents = [], partnersOnly = false }: Contents
): Effect.Effect<Service, never, Directory.Directory> =>
  Effect.gen(function*() {
    const directory = yield* Directory.Directory
    const documents = Documents.make()
    const notifications: Array<Notification> = []

    const add = ({ memberLimit = 200, members = [], owner, settings = {}, token, type = "docx", ...rest }: Document) =>
      Effect.map(
        Effect.forEach(members, (member) =>
          Effect.map(People.resolve(member), (principal): Documents.Collaborator => ({
            principal,
            perm: member.perm,
            perm_type: member.perm_type ?? "container"
          }))),
        (collaborators) => {
          documents.all.set(token, {
            token,
            type,
            memberLimit,
            owner: owner === undefined ? { kind: "app", id: FakeFeishu.defaultApp.appId } : { kind: "user", id: owner },
            space: rest.personal === true ? owner : undefined,
            members: collaborators,
            settings: { ...Documents.strict, ...Documents.given(settings) },
            inviteExternal: false,
            password: undefined,
            deleted: false
          })
        }
        // A test that names a member its directory does not have is wrong.
      ).pipe(Effect.provideService(Directory.Directory, directory), Effect.orDie)

    yield* Effect.forEach(contents, add, { discard: true })
    return {
      add: (...more) => Effect.forEach(more, add, { discard: true }),
      remove: (token) =>
        Effect.sync(() => {
          const document = documents.all.get(token)
          if (document !== undefined) document.deleted = true
        }),
      document: (token) =>
        Effect.sync(() =>
          Option.map(Option.fromNullable(documents.all.get(token)), ({ password, ...document }) => ({
            ...Struct.pick(document, "deleted", "members", "owner", "settings", "space"),
            password: Option.fromNullable(password)
          }))
        ),
      notifications: Effect.sync(() => [...notifications]),
      documents,
      notify: (token, to) => void notifications.push({ token, to }),
      partnersOnly
    }
  })

/**
 * Cloud documents, with some there already.
 *
 * @since 0.1.0
 * @category domains
 */
export const domainOf = (contents: Contents): FakeFeishu.Domain<DriveFake> =>
  FakeFeishu.domain({
    plugin,
    state: Layer.effect(DriveFake, make(contents)),
    handlers: [...Members.handlers(DriveFake), ...Settings.handlers(DriveFake)],
    invalid: () => DriveError.DriveInvalidParam
  })

/**
 * Cloud documents. None at first; `DriveFake` adds them.
 *
 * @since 0.1.0
 * @category domains
 */
export const domain: FakeFeishu.Domain<DriveFake> = domainOf({})
