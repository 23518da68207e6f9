/**
 * Bringing the permissions of a folder tree to what they should be: first what
 * differs, which writes nothing, then the changes.
 *
 * @since 0.1.0
 */
import type { AnyAccessToken } from "@effect-feishu/core/AccessToken"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type * as FolderTree from "./FolderTree.ts"
import { apart, endsAll } from "./internal/apart.ts"
import { once } from "./internal/once.ts"
import { subjects } from "./internal/subjects.ts"
import type { Subject, SubjectType } from "./internal/subjects.ts"
import type { Gap } from "./PermissionAudit.ts"
import * as PermissionMember from "./PermissionMember.ts"
import * as PermissionPublic from "./PermissionPublic.ts"

// --- what should be ----------------------------------------------------------

/**
 * Somebody, by the id that they are listed by: others, an email for example,
 * could not be compared.
 *
 * @since 0.1.0
 * @category models
 */
export interface Who {
  readonly member_type: "openid" | "openchat" | "opendepartmentid" | "groupid" | "appid"
  readonly member_id: string
}

/**
 * Somebody, and what they may do: read, edit, or manage.
 *
 * @since 0.1.0
 * @category models
 */
export interface Wanted extends Who {
  readonly perm: "view" | "edit" | "full_access"
}

/**
 * Public settings. Those that are not given may be any.
 *
 * @since 0.1.0
 * @category models
 */
export type Settings = Omit<PermissionPublic.PatchRequest, "perm_type" | "token" | "type">

/**
 * What the permissions should be. Whoever is neither `present` nor `absent` may
 * be a member or not.
 *
 * @since 0.1.0
 * @category models
 */
export interface Baseline {
  /** Of documents and files; those of a folder cannot be changed, and are not looked at. */
  readonly settings?: Settings | undefined
  /** Who is a member, with exactly this permission. The owner of a document may do everything in any case. */
  readonly present?: ReadonlyArray<Wanted> | undefined
  /** Who is none. */
  readonly absent?: ReadonlyArray<Who> | undefined
}

// --- what differs ------------------------------------------------------------

interface At {
  /** As `FolderTree` has it; `/` is the folder itself. */
  readonly path: string
  readonly token: string
  readonly type: SubjectType
}

/**
 * One thing that is not as it should be, and all that is needed to change it.
 *
 * - `MemberMissing`: is to be added
 * - `PermDiffers`: may do something else than they should
 * - `SettingsDiffer`: `is` and `wanted` hold the settings that differ, and no other
 * - `MemberUnwanted`: is to be removed, which nobody can where it is the `owner`
 * - `Unseen`: what is there could not be found out
 *
 * @since 0.1.0
 * @category models
 */
export type Difference =
  | At & { readonly _tag: "MemberMissing"; readonly member: Wanted }
  | At & { readonly _tag: "PermDiffers"; readonly member: Wanted; readonly is: string }
  | At & {
    readonly _tag: "SettingsDiffer"
    readonly type: Exclude<SubjectType, "folder">
    readonly is: PermissionPublic.PublicSettings
    readonly wanted: Settings
  }
  | At & { readonly _tag: "MemberUnwanted"; readonly member: Who; readonly is: string; readonly owner: boolean }
  | At & { readonly _tag: "Unseen"; readonly gap: Gap }

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends FolderTree.Options {
  readonly baseline: Baseline
}

const isThem = (a: Who) => (b: { readonly member_type: string; readonly member_id: string }) =>
  a.member_type === b.member_type && a.member_id === b.member_id

const ofMembers = (
  { file, path, token, type }: Subject,
  { absent = [], present = [] }: Baseline,
  members: ReadonlyArray<PermissionMember.Member>
) => {
  const at: At = { path, token, type }
  const isOwner = isThem({ member_type: "openid", member_id: file?.owner_id ?? "" })
  const toAdd = present.flatMap((member): ReadonlyArray<Difference> => {
    const now = members.find(isThem(member))
    return isOwner(member) || now?.perm === member.perm
      ? []
      : now === undefined
      ? [{ _tag: "MemberMissing", ...at, member }]
      : [{ _tag: "PermDiffers", ...at, member, is: now.perm }]
  })
  const toRemove = absent.flatMap((member): ReadonlyArray<Difference> => {
    const now = members.find(isThem(member))
    return now === undefined ? [] : [{ _tag: "MemberUnwanted", ...at, member, is: now.perm, owner: isOwner(member) }]
  })
  return [toAdd, toRemove] as const
}

const ofSettings = (
  { path, token, type }: Subject,
  wanted: Settings,
  is: PermissionPublic.PublicSettings
): ReadonlyArray<Difference> => {
  // Sound: `is` has the fields of `wanted`, and others.
  const now = is as Readonly<Record<string, unknown>>
  const differing = Object.entries(wanted).filter(([name, value]) => value !== undefined && now[name] !== value)
  return type === "folder" || differing.length === 0 ? [] : [{
    _tag: "SettingsDiffer",
    path,
    token,
    type,
    is: Object.fromEntries(differing.map(([name]) => [name, now[name]])),
    wanted: Object.fromEntries(differing)
  }]
}

const compare = (subject: Subject, baseline: Baseline) =>
  Effect.gen(function*() {
    const { path, token, type } = subject
    const unseen = (gap: Gap): ReadonlyArray<Difference> => [{ _tag: "Unseen", path, token, type, gap }]
    const named = (baseline.present?.length ?? 0) + (baseline.absent?.length ?? 0) > 0
    const settings = type === "folder" || Object.values(baseline.settings ?? {}).every((value) => value === undefined)
      ? undefined
      : baseline.settings

    const members = named ? yield* apart(PermissionMember.list({ token, type })) : undefined
    const [toAdd, toRemove] = members === undefined
      ? [[], []]
      : Either.isLeft(members)
      ? [unseen({ of: "members", error: members.left }), []]
      : ofMembers(subject, baseline, members.right.items ?? [])

    const now = settings === undefined ? undefined : yield* apart(PermissionPublic.get({ token, type }))
    const toSet = settings === undefined || now === undefined
      ? []
      : Either.isLeft(now)
      ? unseen({ of: "settings", error: now.left })
      : ofSettings(subject, settings, now.right.permission_public)

    // Nobody loses access before those who should have it do.
    return [...toAdd, ...toSet, ...toRemove]
  })

/**
 * Everything in a folder tree, the folder itself included, that is not as a
 * baseline says. Writes nothing.
 *
 * The differences of one document come together, those that give before those
 * that take away. What cannot be found out is `Unseen`, and does not end the
 * plan.
 *
 * @example
 * ```ts
 * import { PermissionBaseline } from "@effect-feishu/drive"
 * import { Console, Stream } from "effect"
 *
 * const baseline: PermissionBaseline.Baseline = {
 *   settings: { external_access_entity: "closed", link_share_entity: "closed" },
 *   present: [{ member_type: "openchat", member_id: "oc_auditors", perm: "view" }],
 *   absent: [{ member_type: "openid", member_id: "ou_left" }]
 * }
 *
 * export const dryRun = (folder: string) =>
 *   PermissionBaseline.plan({ folder, baseline }).pipe(
 *     Stream.runForEach((difference) => Console.log(PermissionBaseline.describe(difference)))
 *   )
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const plan = (
  { baseline, ...options }: Options
): Stream.Stream<Difference, FolderTree.WalkError, FeishuClient | AnyAccessToken> =>
  Stream.mapEffect(
    subjects(options),
    (entry): Effect.Effect<ReadonlyArray<Difference>, FolderTree.WalkError, FeishuClient | AnyAccessToken> =>
      entry._tag === "Subject"
        ? compare(entry, baseline)
        : Effect.succeed(
          entry._tag === "Unreadable"
            ? [{ _tag: "Unseen", path: entry.path, token: entry.token, type: "folder", gap: { of: "contents", error: entry.error } }]
            : []
        ),
    { concurrency: options.concurrency ?? 1 }
  ).pipe(Stream.mapConcat((differences) => differences))

// --- the changes -------------------------------------------------------------

type Operations =
  | typeof PermissionMember.create
  | typeof PermissionMember.update
  | typeof PermissionMember.delete
  | typeof PermissionPublic.patch

/**
 * Why something was not changed.
 *
 * @since 0.1.0
 * @category models
 */
export type ChangeError = Effect.Effect.Error<ReturnType<Operations>> | Gap["error"]

/**
 * What became of a difference: it ends in exactly one of `done`, `failed` and
 * `skipped`. It is skipped where an owner would have to be removed, and once an
 * `error` was met that every other change would meet as well.
 *
 * @since 0.1.0
 * @category models
 */
export type Result =
  | { readonly outcome: "done"; readonly difference: Difference }
  | { readonly outcome: "failed"; readonly difference: Difference; readonly error: ChangeError }
  | { readonly outcome: "skipped"; readonly difference: Difference; readonly because: "owner" }
  | {
    readonly outcome: "skipped"
    readonly difference: Difference
    readonly because: "ended"
    readonly error: FolderTree.WalkError
  }

const give = ({ token, type }: At, member: Wanted) =>
  once(
    Effect.asVoid(PermissionMember.create({ token, file_type: type, ...member })),
    Effect.map(PermissionMember.list({ token, type }), ({ items = [] }) =>
      items.find(isThem(member))?.perm === member.perm ? Option.some<void>(undefined) : Option.none())
  )

const change = (
  difference: Exclude<Difference, { readonly _tag: "Unseen" }>
): Effect.Effect<unknown, ChangeError, FeishuClient | AnyAccessToken> => {
  switch (difference._tag) {
    case "MemberMissing":
      return give(difference, difference.member)
    case "PermDiffers":
      // Of a folder's members there is no update.
      return difference.type === "folder"
        ? give(difference, difference.member)
        : PermissionMember.update({ token: difference.token, file_type: difference.type, ...difference.member })
    case "SettingsDiffer":
      return PermissionPublic.patch({ ...difference.wanted, token: difference.token, type: difference.type })
    case "MemberUnwanted":
      return PermissionMember.delete({ token: difference.token, file_type: difference.type, ...difference.member })
  }
}

const resultOf = (difference: Difference): Effect.Effect<Result, never, FeishuClient | AnyAccessToken> =>
  difference._tag === "Unseen"
    ? Effect.succeed({ outcome: "failed", difference, error: difference.gap.error })
    : difference._tag === "MemberUnwanted" && difference.owner
    ? Effect.succeed({ outcome: "skipped", difference, because: "owner" })
    : Effect.match(change(difference), {
      onFailure: (error): Result => ({ outcome: "failed", difference, error }),
      onSuccess: (): Result => ({ outcome: "done", difference })
    })

/**
 * Makes the changes of a plan, one after another, and tells what became of each.
 *
 * The plan is either the stream that `plan` answers or what was read of it and
 * perhaps approved; what has been changed by others since is overwritten. An
 * interrupted `apply` is resumed by planning again: what was done is no
 * difference any more. Where it is not known whether somebody was added, they
 * are looked for first.
 *
 * @example
 * ```ts
 * import { PermissionBaseline } from "@effect-feishu/drive"
 * import { Stream } from "effect"
 *
 * export const enforce = (options: PermissionBaseline.Options) =>
 *   PermissionBaseline.plan(options).pipe(
 *     PermissionBaseline.apply,
 *     Stream.filter(({ outcome }) => outcome !== "done"),
 *     Stream.runCollect
 *   )
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const apply = <E, R>(
  differences: Stream.Stream<Difference, E, R>
): Stream.Stream<Result, E, R | FeishuClient | AnyAccessToken> =>
  differences.pipe(
    // One at a time, so that a result is told before the next change is made.
    Stream.rechunk(1),
    Stream.mapAccumEffect(undefined as FolderTree.WalkError | undefined, (ended, difference) =>
      ended === undefined
        ? Effect.map(resultOf(difference), (result) =>
          [result.outcome === "failed" && endsAll(result.error) ? result.error : undefined, result] as const)
        : Effect.succeed(
          // Sound: nothing else is made of it.
          [ended, { outcome: "skipped", difference, because: "ended", error: ended } as Result] as const
        ))
  )

const settingsIn = (settings: Settings | PermissionPublic.PublicSettings) =>
  Object.entries(settings).map(([name, value]) => `${name} ${String(value)}`).join(", ")

/**
 * A difference in words, for people.
 *
 * @since 0.1.0
 * @category rendering
 */
export const describe = (difference: Difference): string => {
  switch (difference._tag) {
    case "MemberMissing":
      return `${difference.path}: add ${difference.member.member_id} (${difference.member.perm})`
    case "PermDiffers":
      return `${difference.path}: change ${difference.member.member_id} from ${difference.is} to ${difference.member.perm}`
    case "SettingsDiffer":
      return `${difference.path}: set ${settingsIn(difference.wanted)} (was ${settingsIn(difference.is)})`
    case "MemberUnwanted":
      return `${difference.path}: remove ${difference.member.member_id} (${difference.owner ? "the owner, who cannot be" : difference.is})`
    case "Unseen":
      return `${difference.path}: not known, ${difference.gap.of} cannot be read. ${difference.gap.error.message}`
  }
}
