/**
 * Who can see what in a folder, and in the folders in it.
 *
 * @since 0.1.0
 */
import type { AnyAccessToken } from "@effect-feishu/core/AccessToken"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Stream from "effect/Stream"
import type * as FolderTree from "./FolderTree.ts"
import { apart } from "./internal/apart.ts"
import { subjects } from "./internal/subjects.ts"
import type { Subject } from "./internal/subjects.ts"
import * as PermissionMember from "./PermissionMember.ts"
import * as PermissionPublic from "./PermissionPublic.ts"

type Failure<A extends Effect.Effect<unknown, unknown, unknown>> = Exclude<Effect.Effect.Error<A>, FolderTree.WalkError>

/**
 * Something that could not be found out, and why.
 *
 * @since 0.1.0
 * @category models
 */
export type Gap =
  | { readonly of: "members"; readonly error: Failure<ReturnType<typeof PermissionMember.list>> }
  | { readonly of: "settings"; readonly error: Failure<ReturnType<typeof PermissionPublic.get>> }
  | { readonly of: "contents"; readonly error: FolderTree.ReadError }

/**
 * Of one document, file or folder, who can see it. What could not be found out is
 * `undefined`, and in `gaps`.
 *
 * A shortcut, and what is of a type that is not known yet, has no permissions
 * that could be asked for: it is a finding without any, and without gaps. A
 * folder that cannot be listed is a finding of its own, besides the one about
 * its permissions.
 *
 * @since 0.1.0
 * @category models
 */
export interface Finding {
  /** As `FolderTree` has it; `/` is the folder itself. */
  readonly path: string
  readonly token: string
  readonly type: string | undefined
  readonly members: ReadonlyArray<PermissionMember.Member> | undefined
  /** Who may see it without being a member: `link_share_entity`, `external_access_entity` and others. */
  readonly settings: PermissionPublic.PublicSettings | undefined
  readonly gaps: ReadonlyArray<Gap>
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends FolderTree.Options {
  /**
   * Which fields of the members are asked for besides id and permission, for
   * example `"name,type"`; fewer are faster.
   */
  readonly fields?: PermissionMember.MemberFields | undefined
}

const examine = ({ path, token, type }: Subject, fields: PermissionMember.MemberFields | undefined) =>
  Effect.gen(function*() {
    const members = yield* apart(PermissionMember.list({ token, type, fields }))
    const settings = yield* apart(PermissionPublic.get({ token, type }))
    const gaps: Array<Gap> = []
    if (Either.isLeft(members)) gaps.push({ of: "members", error: members.left })
    if (Either.isLeft(settings)) gaps.push({ of: "settings", error: settings.left })
    return {
      path,
      token,
      type,
      members: Either.isRight(members) ? members.right.items ?? [] : undefined,
      settings: Either.isRight(settings) ? settings.right.permission_public : undefined,
      gaps
    }
  })

const findingOf = (entry: FolderTree.Entry): Finding => ({
  path: entry.path,
  token: entry._tag === "Found" ? entry.file.token : entry.token,
  type: entry._tag === "Found" ? entry.file.type : "folder",
  members: undefined,
  settings: undefined,
  gaps: entry._tag === "Found" ? [] : [{ of: "contents", error: entry.error }]
})

/**
 * Who can see what in a folder: one finding for the folder and for everything in
 * it, in the order of `FolderTree.walk`.
 *
 * The members are those that the platform lists for the thing itself. As a rule
 * who may see a folder may see what is in it: read the findings of the folders
 * above as well.
 *
 * What cannot be found out is in the finding and does not end the audit; only
 * what would be met everywhere does. `concurrency` is how many folders, and how
 * many documents, are asked about at a time; the client keeps the documented
 * pace. A tree may be of any size: a finding is forgotten once it is handed on.
 *
 * @example
 * ```ts
 * import { PermissionAudit } from "@effect-feishu/drive"
 * import { Stream } from "effect"
 *
 * export const open = (folder: string) =>
 *   PermissionAudit.audit({ folder, concurrency: 4 }).pipe(
 *     Stream.filter(({ settings }) => settings?.link_share_entity?.startsWith("anyone_") ?? false),
 *     PermissionAudit.toNdjson
 *   )
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const audit = (
  { fields, ...options }: Options
): Stream.Stream<Finding, FolderTree.WalkError, FeishuClient | AnyAccessToken> =>
  Stream.mapEffect(
    subjects(options),
    (entry) => entry._tag === "Subject" ? examine(entry, fields) : Effect.succeed(findingOf(entry)),
    { concurrency: options.concurrency ?? 1 }
  )

/** An error as data; it holds no secret. */
const errorOf = (error: Gap["error"]) => ({
  tag: error._tag,
  message: error.message,
  ..."code" in error && error.code !== undefined ? { code: error.code } : {},
  ..."logId" in error && error.logId !== undefined ? { logId: error.logId } : {}
})

/**
 * One line of JSON for each finding, with its line break.
 *
 * @since 0.1.0
 * @category rendering
 */
export const toNdjson = <E, R>(findings: Stream.Stream<Finding, E, R>): Stream.Stream<string, E, R> =>
  Stream.map(findings, ({ gaps, ...finding }) =>
    `${JSON.stringify({ ...finding, gaps: gaps.map(({ error, of }) => ({ of, error: errorOf(error) })) })}\n`)

/** Names are others' text: no line break or terminal sequence of theirs gets into a table. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD")

const row = (type: string, link: string, outside: string, path: string) =>
  `${type.padEnd(8)}  ${link.padEnd(23)}  ${outside.padEnd(26)}  ${path}`

const linesOf = ({ gaps, members = [], path, settings, type = "?" }: Finding): ReadonlyArray<string> => [
  printable(row(type, settings?.link_share_entity ?? "-", settings?.external_access_entity ?? "-", path)),
  ...members.map(({ member_id, member_type, name, perm }) =>
    printable(`  ${perm.padEnd(11)}  ${member_type} ${member_id}${name === undefined ? "" : ` (${name})`}`)),
  ...gaps.map(({ error, of }) => printable(`  ! ${of}: ${error._tag}, ${error.message.split("\n", 1)[0] ?? ""}`))
]

/**
 * A table for people, line by line: a document with its link sharing and its
 * access from outside, and below it who is a member and what could not be
 * found out.
 *
 * @since 0.1.0
 * @category rendering
 */
export const toTable = <E, R>(findings: Stream.Stream<Finding, E, R>): Stream.Stream<string, E, R> =>
  Stream.concat(
    Stream.make(row("TYPE", "LINK SHARING", "OUTSIDE", "PATH")),
    Stream.mapConcat(findings, linesOf)
  )
