/**
 * Handing over what an application created: as long as nobody is given access,
 * only the application can open it.
 *
 * @since 0.1.0
 */
import type { AnyAccessToken } from "@effect-feishu/core/AccessToken"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { once } from "./internal/once.ts"
import * as Meta from "./Meta.ts"
import * as PermissionMember from "./PermissionMember.ts"

/**
 * A document, a file or a folder, for example what `Folder.create` made.
 *
 * @since 0.1.0
 * @category models
 */
export interface Document {
  readonly token: string
  readonly type: "doc" | "sheet" | "file" | "wiki" | "bitable" | "docx" | "mindnote" | "slides" | "folder"
}

/**
 * What they may do: read, edit, or manage.
 *
 * @since 0.1.0
 * @category models
 */
export type Perm = "view" | "edit" | "full_access"

/**
 * What the application may still do once the document is another's.
 *
 * @since 0.1.0
 * @category models
 */
export interface Transfer {
  /**
   * An application is a member of a folder in name only, and keeps nothing of
   * it, unless it is in a chat that is a member.
   *
   * @default "full_access"
   */
  readonly keep?: Perm | "nothing" | undefined
  /**
   * Whether a document in the old owner's personal folder stays there.
   *
   * @default false
   */
  readonly stay_put?: boolean | undefined
}

/**
 * Who it is handed to. Only a person whose owned documents can be told from
 * others' can be made the owner, which is why that takes an `openid` or a
 * `userid`.
 *
 * @since 0.1.0
 * @category models
 */
export type Recipient =
  & {
    /** By an id of the kind that `member_type` says. */
    readonly member_id: string
    /**
     * What they may do, at least: who may do more already keeps it.
     *
     * @default "full_access"
     */
    readonly perm?: Perm | undefined
    /**
     * Whether they are told; has no effect with a tenant token.
     *
     * @default false
     */
    readonly need_notification?: boolean | undefined
  }
  & (
    | {
      readonly member_type: "openid" | "userid"
      /**
       * Whether they become the owner.
       *
       * @default false
       */
      readonly transfer?: boolean | Transfer | undefined
    }
    | {
      readonly member_type: "email" | "unionid" | "openchat" | "opendepartmentid" | "groupid"
      readonly transfer?: false | undefined
    }
  )

/**
 * What was done.
 *
 * @since 0.1.0
 * @category models
 */
export interface Done<out D extends Document = Document> {
  readonly document: D
  /**
   * - `granted`: they had no access that is known of, and have it now
   * - `raised`: they could do less before
   * - `had`: nothing had to be done
   */
  readonly access: "granted" | "raised" | "had"
  /**
   * - `transferred`: they own it now
   * - `was`: they owned it before
   * - `unchanged`: no change was asked for
   */
  readonly owner: "transferred" | "was" | "unchanged"
}

type Operations =
  | typeof PermissionMember.list
  | typeof PermissionMember.create
  | typeof PermissionMember.update
  | typeof PermissionMember.transferOwner
  | typeof Meta.batchQuery

/**
 * What a handover may fail with.
 *
 * @since 0.1.0
 * @category models
 */
export type Reason = Effect.Effect.Error<ReturnType<Operations>>

/**
 * A document was not handed over, or not altogether. It is there, and goes by
 * `document`: `Handover.to` can be called again.
 *
 * @since 0.1.0
 * @category errors
 */
export class HandoverFailed extends Data.TaggedError("HandoverFailed")<{
  readonly document: Document
  /** What failed: looking who has access, giving access, or making them the owner. */
  readonly step: "look" | "grant" | "transfer"
  /** What they have by now, where that is known. */
  readonly access: Done["access"] | undefined
  readonly cause: Reason
}> {
  override get message() {
    const done = this.access === undefined ? "" : ` (access: ${this.access})`
    return `the ${this.document.type} ${this.document.token} is there, but was not handed over: ${this.step} failed${done}. ${this.cause.message}`
  }
}

const levels = { view: 1, edit: 2, full_access: 3 } as const

const levelOf = (perm: string): number => Object.hasOwn(levels, perm) ? levels[perm as Perm] : 0

const ownerIdTypes = { openid: "open_id", userid: "user_id", unionid: "union_id" } as const

/** Whether they own it, where that can be told: with an id of the kind owners are told by, and of a document that is seen. */
const ownership = ({ token, type }: Document, { member_id, member_type }: Recipient) =>
  member_type === "openid" || member_type === "userid" || member_type === "unionid"
    ? Effect.map(
      Meta.batchQuery({ request_docs: [{ doc_token: token, doc_type: type }], user_id_type: ownerIdTypes[member_type] }),
      ({ failed_list = [], metas = [] }) =>
        metas.some(({ owner_id }) => owner_id === member_id)
          ? "theirs"
          : failed_list.some(({ code }) => code === Meta.FailedCode.noPermission)
          ? "out of sight"
          : "not known to be theirs"
    )
    : Effect.succeed("not known to be theirs")

/** What they have been given, where they are listed by the same id. */
const given = ({ token, type }: Document, { member_id, member_type }: Recipient) =>
  Effect.map(PermissionMember.list({ token, type }), ({ items = [] }) =>
    Option.fromNullable(items.find((one) => one.member_type === member_type && one.member_id === member_id)))

const grant = (document: Document, recipient: Recipient) =>
  Effect.gen(function*() {
    const failed = (step: "look" | "grant") => (cause: Reason) =>
      new HandoverFailed({ document, step, access: undefined, cause })
    const { member_id, member_type, need_notification, perm = "full_access" } = recipient
    const { token, type } = document
    const look = given(document, recipient)
    const has = Option.match(yield* Effect.mapError(look, failed("look")), { onNone: () => 0, onSome: ({ perm }) => levelOf(perm) })
    if (has >= levels[perm]) return "had" as const
    const member = { token, member_id, member_type, perm, need_notification }
    if (has > 0 && type !== "folder") {
      yield* Effect.mapError(PermissionMember.update({ ...member, file_type: type }), failed("grant"))
      return "raised" as const
    }
    return yield* once(
      Effect.as(PermissionMember.create({ ...member, file_type: type }), has > 0 ? "raised" as const : "granted" as const),
      Effect.map(look, Option.flatMap((now) =>
        levelOf(now.perm) >= levels[perm] ? Option.some(has > 0 ? "raised" as const : "granted" as const) : Option.none()
      ))
    ).pipe(
      // Not said of owners only; those have everything already.
      Effect.catchTag("DriveOperationNotAllowed", (refused) =>
        Effect.flatMap(
          Effect.orElseSucceed(ownership(document, recipient), () => "not known to be theirs"),
          (now) => now === "theirs" ? Effect.succeed("had" as const) : refused
        )),
      Effect.mapError(failed("grant"))
    )
  })

const transferOwner = (document: Document, { member_id, member_type, need_notification, transfer }: Recipient) => {
  const { keep = "full_access", stay_put }: Transfer = typeof transfer === "object" ? transfer : {}
  return PermissionMember.transferOwner({
    ...document,
    member_id,
    // Sound: `Recipient` has a transfer only with these.
    member_type: member_type as "openid" | "userid",
    need_notification: need_notification ?? false,
    stay_put,
    ...keep === "nothing" ? { remove_old_owner: true } : { old_owner_perm: keep }
  })
}

/**
 * Gives somebody access to a document, and makes them its owner if asked to.
 *
 * Looks first and does only what is missing, so that it can be repeated: who has
 * access keeps it, who owns it has everything. Where it is not known whether a
 * step took effect, it is looked for before it is repeated. Somebody named by
 * an `email`, a `userid` or a `unionid` is not listed as such, and is given
 * access each time.
 *
 * An application that keeps `nothing`, or that transferred a folder, cannot look
 * any more: to repeat that fails with `HandoverFailed`, whose `cause` is a
 * `DriveNoPermission`. To go on working in a folder, stay its owner.
 *
 * @example
 * ```ts
 * import { Handover } from "@effect-feishu/drive"
 *
 * export const give = (token: string, open_id: string) =>
 *   Handover.to({ token, type: "docx" }, { member_type: "openid", member_id: open_id, transfer: { keep: "edit" } })
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const to = <D extends Document>(
  document: D,
  recipient: Recipient
): Effect.Effect<Done<D>, HandoverFailed, FeishuClient | AnyAccessToken> =>
  Effect.gen(function*() {
    const { token, type } = document
    const it: Document = { token, type }
    if (recipient.transfer === undefined || recipient.transfer === false) {
      return { document, access: yield* grant(it, recipient), owner: "unchanged" } as const
    }
    const before = yield* Effect.mapError(
      ownership(it, recipient),
      (cause) => new HandoverFailed({ document: it, step: "look", access: undefined, cause })
    )
    if (before === "theirs") return { document, access: "had", owner: "was" } as const
    // First the access: they have it even where ownership cannot change hands.
    const access = yield* grant(it, recipient)
    yield* once(
      transferOwner(it, recipient),
      Effect.map(ownership(it, recipient), (now) =>
        // An owner loses sight of it in no other way; that it was seen is known since access was given.
        now === "not known to be theirs" ? Option.none() : Option.some<void>(undefined))
    ).pipe(Effect.mapError((cause) => new HandoverFailed({ document: it, step: "transfer", access, cause })))
    return { document, access, owner: "transferred" } as const
  })

/**
 * Creates a document and hands it over.
 *
 * What was created is never lost: where handing it over fails, the failure names
 * it, and where the program is interrupted in between, a warning in the log
 * does.
 *
 * @example
 * ```ts
 * import { Folder, Handover } from "@effect-feishu/drive"
 * import { Effect } from "effect"
 *
 * const create = Folder.create({ name: "Plans", folder_token: "" }).pipe(
 *   Effect.map(({ token, url }) => ({ token, url, type: "folder" as const }))
 * )
 *
 * export const plans = Handover.after(create, { member_type: "openid", member_id: "ou_1" }).pipe(
 *   Effect.tap(({ document }) => Effect.log(`see ${document.url}`)),
 *   Effect.catchTag("HandoverFailed", ({ document, message }) => Effect.logError(document.token, message))
 * )
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const after = <D extends Document, E, R>(
  create: Effect.Effect<D, E, R>,
  recipient: Recipient
): Effect.Effect<Done<D>, E | HandoverFailed, R | FeishuClient | AnyAccessToken> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(restore(create), (document) =>
      restore(to(document, recipient)).pipe(
        Effect.onInterrupt(() =>
          Effect.logWarning(`interrupted: the ${document.type} ${document.token} was created and perhaps not handed over`))
      ))
  )
