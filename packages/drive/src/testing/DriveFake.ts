/**
 * A cloud space for `FakeFeishu`: folders, files and documents, their owners,
 * collaborators, public settings and passwords, and who may do what with them.
 *
 * Everybody has a root folder, the application too, and who may see or edit a
 * folder may see or edit what is in it. What the application makes is the
 * application's: nobody else sees it until they are let in.
 *
 * @since 0.1.0
 */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as ActivityError from "../ActivityError.ts"
import * as CommentError from "../CommentError.ts"
import * as DriveError from "../DriveError.ts"
import * as FileError from "../FileError.ts"
import type * as PermissionMember from "../PermissionMember.ts"
import type * as PermissionPublic from "../PermissionPublic.ts"
import { plugin } from "../plugin.ts"
import * as TaskError from "../TaskError.ts"
import * as VersionError from "../VersionError.ts"
import type * as Activity from "./internal/activity.ts"
import * as ActivityHandlers from "./internal/activityHandlers.ts"
import * as CommentHandlers from "./internal/commentHandlers.ts"
import type * as Comments from "./internal/comments.ts"
import type * as Stored from "./internal/contents.ts"
import type * as Documents from "./internal/documents.ts"
import { examples } from "./internal/examples.ts"
import * as FileHandlers from "./internal/fileHandlers.ts"
import * as Members from "./internal/members.ts"
import * as MetaHandlers from "./internal/metaHandlers.ts"
import type * as People from "./internal/people.ts"
import * as SearchHandlers from "./internal/searchHandlers.ts"
import * as Settings from "./internal/settings.ts"
import * as Space from "./internal/space.ts"
import * as TaskHandlers from "./internal/taskHandlers.ts"
import type * as Tasks from "./internal/tasks.ts"
import * as TransferHandlers from "./internal/transferHandlers.ts"
import type * as Uploads from "./internal/uploads.ts"

export type {
  /** A collaborator as the fake keeps it: users by their open id. @since 0.1.0 @category models */
  Collaborator
} from "./internal/documents.ts"

export type {
  /** Whoever can own, read or manage a document. @since 0.1.0 @category models */
  Principal
} from "./internal/people.ts"

/**
 * A document, a file, a folder, or a shortcut to one of them.
 *
 * @since 0.1.0
 * @category models
 */
export interface Document {
  readonly token: string
  /** @default "docx" */
  readonly type?: PermissionMember.ListRequest["type"] | "shortcut" | undefined
  /** What it is called; its token, unless told otherwise. */
  readonly name?: string | undefined
  /** The owner's open id. Without one the fake's default application owns it. */
  readonly owner?: string | undefined
  /** The token of the folder it is in, whatever the order they are listed in. Without one it lies in its owner's root folder. */
  readonly folder?: string | undefined
  /** Without a `folder`: whether it lies in its owner's space at all. Wiki pages, minutes and apps do not. @default true */
  readonly personal?: boolean | undefined
  /** Of a shortcut: the token of what it leads to. */
  readonly target?: string | undefined
  /** When it was made, in milliseconds since 1970; now, unless told otherwise. */
  readonly createdAt?: number | undefined
  /** When it was last changed, in milliseconds since 1970; when it was made, unless told otherwise. */
  readonly modifiedAt?: number | undefined
  readonly members?: ReadonlyArray<PermissionMember.NewMember> | undefined
  /** What differs from the strictest settings, which are the default. */
  readonly settings?: Omit<PermissionPublic.PublicSettings, "perm_type"> | undefined
  /** Who read it, by their open ids, and when, in milliseconds since 1970. */
  readonly visits?: ReadonlyArray<{ readonly by: string; readonly at: number }> | undefined
  /** Who likes it, by their open ids, and since when, in milliseconds since 1970. */
  readonly likes?: ReadonlyArray<{ readonly by: string; readonly at: number }> | undefined
  /** The bytes of a file, of which it has none unless told otherwise; of a document what an export leaves, its name as text unless told otherwise. */
  readonly content?: Uint8Array | undefined
  /** How many collaborators it can hold. @default 200 */
  readonly memberLimit?: number | undefined
}

/**
 * Who may do what with a document, as it stands.
 *
 * @since 0.1.0
 * @category models
 */
export interface Snapshot {
  readonly owner: People.Principal
  /** The user in whose space it lies, if it is in one's. */
  readonly space: string | undefined
  readonly members: ReadonlyArray<Documents.Collaborator>
  readonly settings: PermissionPublic.PublicSettings
  readonly password: Option.Option<Redacted.Redacted>
  readonly deleted: boolean
}

/**
 * Something in the cloud space, as it stands.
 *
 * @since 0.1.0
 * @category models
 */
export interface Node {
  readonly token: string
  readonly type: string
  readonly name: string
  readonly owner: People.Principal
  /** The folder it is in. */
  readonly folder: string | undefined
  /** What a shortcut leads to. */
  readonly target: string | undefined
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Milliseconds since 1970. */
  readonly modifiedAt: number
  readonly deleted: boolean
}

/**
 * A folder or a file, and what is in it, in the order it came there.
 *
 * @since 0.1.0
 * @category models
 */
export interface Tree {
  readonly token: string
  readonly type: string
  /** A root folder has none: it is empty. */
  readonly name: string
  readonly inside: ReadonlyArray<Tree>
}

/**
 * A comment to put on a document.
 *
 * @since 0.1.0
 * @category models
 */
export interface Comment {
  /** The document. */
  readonly token: string
  /** Its id; made up unless told. */
  readonly comment_id?: string | undefined
  /** Who says it, by their open id. Without one it is the fake's default application. */
  readonly by?: string | undefined
  /** What it says. */
  readonly text: string
  /** What others answer. */
  readonly replies?:
    | ReadonlyArray<{ readonly reply_id?: string | undefined; readonly by?: string | undefined; readonly text: string }>
    | undefined
  /** The passage it is on. Without one it is on the whole document. */
  readonly quote?: string | undefined
  /** @default false */
  readonly solved?: boolean | undefined
}

/**
 * What is said in a comment, as it stands.
 *
 * @since 0.1.0
 * @category models
 */
export interface Reply {
  readonly reply_id: string
  readonly by: People.Principal
  /** All of it as one text: `@` and the open id for a user who is mentioned, the address for a document. */
  readonly text: string
  /** How many reacted in which way. */
  readonly reactions: Readonly<Record<string, number>>
}

/**
 * A comment, as it stands.
 *
 * @since 0.1.0
 * @category models
 */
export interface Discussion {
  readonly comment_id: string
  readonly quote: string | undefined
  /** Who solved it, if anybody did. */
  readonly solvedBy: People.Principal | undefined
  /** What was said, the comment itself first. */
  readonly replies: ReadonlyArray<Reply>
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
  /** Puts documents, files, folders and shortcuts into the cloud space. */
  readonly add: (...documents: Array<Document>) => Effect.Effect<void>
  /** Deletes a document, or a folder and what is in it. */
  readonly remove: (token: string) => Effect.Effect<void>
  /** Who may do what with a document. */
  readonly document: (token: string) => Effect.Effect<Option.Option<Snapshot>>
  /** What something is called, whose it is and where it lies; deleted things too. */
  readonly file: (token: string) => Effect.Effect<Option.Option<Node>>
  /** All there is in somebody's space, from its root folder down: a user's by their open id; without one, the default application's. */
  readonly tree: (owner?: string) => Effect.Effect<Tree>
  /** The newest bytes of a file, or of media that were uploaded. */
  readonly content: (token: string) => Effect.Effect<Option.Option<Uint8Array>>
  /** Puts comments on documents. */
  readonly comment: (...comments: Array<Comment>) => Effect.Effect<void>
  /** The comments on a document, in the order they were made. */
  readonly comments: (token: string) => Effect.Effect<ReadonlyArray<Discussion>>
  /**
   * Lets the next task of a kind fail that is begun: the moving or deleting of a
   * folder, or an import or an export with this `job_status`, 3 unless told
   * otherwise.
   */
  readonly failNext: (kind: "export" | "folder" | "import", job_status?: number) => Effect.Effect<void>
  /** Who was told of what, in order. */
  readonly notifications: Effect.Effect<ReadonlyArray<Notification>>
  /** @internal */
  readonly documents: Documents.Documents
  /** @internal */
  readonly commentState: Comments.Comments
  /** @internal */
  readonly activity: Activity.Activities
  /** @internal */
  readonly tasks: Tasks.Tasks
  /** @internal */
  readonly stored: Stored.Contents
  /** @internal */
  readonly uploads: Uploads.Uploads
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
  /** Documents, files, folders and shortcuts. */
  readonly documents?: ReadonlyArray<Document> | undefined
  readonly comments?: ReadonlyArray<Comment> | undefined
  /** Whether the admin console restricts sharing to partner tenants. @default false */
  readonly partnersOnly?: boolean | undefined
  /** How long tasks take, by the Clock: moving or deleting a folder, imports, exports. @default "1 second" */
  readonly tasks?: {
    readonly export?: Duration.DurationInput | undefined
    readonly folder?: Duration.DurationInput | undefined
    readonly import?: Duration.DurationInput | undefined
  } | undefined
  /** How many bytes a part of an upload has. @default 4194304 */
  readonly blockSize?: number | undefined
  /** How much there may be: for tests of what happens at the limit. */
  readonly limits?: {
    /** How many things a folder holds. @default 1500 */
    readonly folder?: number | undefined
    /** How deep folders nest. @default 15 */
    readonly depth?: number | undefined
    /** How many replies are told along with a comment, which is not documented. @default 10 */
    readonly replies?: number | undefined
  } | undefined
}

/**
 * A cloud space, with some things there already.
 *
 * @since 0.1.0
 * @category domains
 */
export const domainOf = (contents: Contents): FakeFeishu.Domain<DriveFake> =>
  FakeFeishu.domain({
    plugin,
    state: Layer.effect(DriveFake, Space.make(contents)),
    handlers: [
      ...ActivityHandlers.handlers(DriveFake),
      ...CommentHandlers.handlers(DriveFake),
      ...FileHandlers.handlers(DriveFake),
      ...Members.handlers(DriveFake),
      ...MetaHandlers.handlers(DriveFake),
      ...SearchHandlers.handlers(DriveFake),
      ...Settings.handlers(DriveFake),
      ...TaskHandlers.handlers(DriveFake),
      ...TransferHandlers.handlers(DriveFake)
    ],
    examples,
    invalid: () => [
      DriveError.DriveInvalidParam,
      FileError.DriveFileInvalidParam,
      CommentError.DriveCommentInvalidParam,
      TaskError.DriveTaskInvalidParam,
      ActivityError.DriveActivityInvalidParam,
      ActivityError.DriveAssistantInvalidParam,
      VersionError.DriveVersionParamInvalid
    ],
    overlapping: FileError.DriveFileContended
  })

/**
 * A cloud space. Empty at first; `DriveFake` puts things in.
 *
 * @since 0.1.0
 * @category domains
 */
export const domain: FakeFeishu.Domain<DriveFake> = domainOf({})
