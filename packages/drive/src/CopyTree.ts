/**
 * Copying a folder with everything in it, which the platform does file by file
 * only.
 *
 * @since 0.1.0
 */
import type { AnyAccessToken } from "@effect-feishu/core/AccessToken"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Chunk from "effect/Chunk"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Explorer from "./Explorer.ts"
import * as File from "./File.ts"
import * as Folder from "./Folder.ts"
import * as FolderTree from "./FolderTree.ts"
import { apart, endsAll } from "./internal/apart.ts"
import { once } from "./internal/once.ts"

/**
 * What is to be copied would be copied into itself.
 *
 * @since 0.1.0
 * @category errors
 */
export class CopyIntoItself extends Data.TaggedError("CopyIntoItself")<{
  readonly token: string
}> {
  override get message() {
    return `the folder ${this.token} cannot be copied into itself`
  }
}

/**
 * Where it would be copied to is something of this name and type already.
 *
 * @since 0.1.0
 * @category errors
 */
export class NameTaken extends Data.TaggedError("NameTaken")<{
  readonly name: string
  /** What is there. */
  readonly token: string
}> {
  override get message() {
    return `something of this name is there already: ${this.token}`
  }
}

/**
 * The folder it lies in was not copied, so there is nowhere to copy it to.
 *
 * @since 0.1.0
 * @category errors
 */
export class ParentNotCopied extends Data.TaggedError("ParentNotCopied")<{
  /** The folder. */
  readonly token: string
}> {
  override get message() {
    return `the folder it lies in was not copied: ${this.token}`
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** The folder whose contents are copied; `""` is the root of the caller's own space. */
  readonly from: string
  /** The folder they are copied to; `""` is the root of the caller's own space. */
  readonly to: string
  /**
   * What is done about something that is there already, by name and type:
   * `report` it as failed, or `skip` it, so that an interrupted copy is resumed.
   * A folder that is skipped is gone into.
   *
   * @default "report"
   */
  readonly existing?: "report" | "skip" | undefined
}

/**
 * Why something was not copied.
 *
 * @since 0.1.0
 * @category models
 */
export type Reason =
  | Effect.Effect.Error<ReturnType<typeof File.copy | typeof Folder.create | typeof File.list>>
  | FolderTree.ReadError
  | CopyIntoItself
  | NameTaken
  | ParentNotCopied

interface Of {
  /** As `FolderTree` has it. */
  readonly path: string
  /** The token of what is copied. */
  readonly source: string
  readonly type: string | undefined
}

/**
 * What became of one entry of the source: exactly one of these.
 *
 * A skip is because it `exists`, is a `shortcut`, is of a `type` that cannot be
 * copied, or is the `target` of the copy, which lies in the source.
 *
 * @since 0.1.0
 * @category models
 */
export type Outcome =
  | Of & { readonly _tag: "Copied"; /** The token of the copy. */ readonly token: string }
  | Of & { readonly _tag: "Skipped"; readonly because: "exists"; /** What is there. */ readonly token: string }
  | Of & { readonly _tag: "Skipped"; readonly because: "shortcut" | "type" | "target" }
  | Of & { readonly _tag: "Failed"; readonly error: Reason }

/** What a folder held when it was first looked at. */
interface Listing {
  /** By type and name; one thing there stands for one thing of the source. */
  readonly unclaimed: Map<string, Array<string>>
  /** The tokens of all that is known to be there. */
  readonly known: Set<string>
}

/** A folder that is copied to. */
interface Target {
  readonly token: string
  /** None until it was looked at. */
  listing: Either.Either<Listing, Reason> | undefined
}

const copyable = ["folder", "file", "docx", "bitable", "doc", "sheet", "mindnote", "slides"] as const

type Copyable = (typeof copyable)[number]

const isCopyable = (type: string | undefined): type is Copyable =>
  (copyable as ReadonlyArray<string | undefined>).includes(type)

const keyOf = (type: string | undefined, name: string) => `${type ?? ""}/${name}`

const nothing = (): Listing => ({ unclaimed: new Map(), known: new Set() })

const children = (folder_token: string) =>
  Effect.map(
    Stream.runCollect(File.list.items({ folder_token, page_size: 200, order_by: "CreatedTime", direction: "ASC" })),
    Chunk.toReadonlyArray
  )

const list = (token: string): Effect.Effect<Either.Either<Listing, Reason>, FolderTree.WalkError, FeishuClient | AnyAccessToken> =>
  Effect.map(apart(children(token)), Either.map((files) => {
    const listing = nothing()
    for (const { name, token, type } of files) {
      const key = keyOf(type, name ?? token)
      listing.unclaimed.set(key, [...listing.unclaimed.get(key) ?? [], token])
      listing.known.add(token)
    }
    return listing
  }))

/** The root goes by a token too, and by that it can be told from other folders. */
const tokenOf = (folder: string) =>
  folder === "" ? Effect.map(Explorer.getRootFolderMeta(), ({ token }) => token) : Effect.succeed(folder)

type Requirements = FeishuClient | AnyAccessToken

const copying = (from: string, to: string, existing: "report" | "skip") => {
  /** Where things of each depth are copied to, on the way to the current entry. */
  const targets: Array<Target | undefined> = [{ token: to, listing: undefined }]

  const create = (target: Target, { known }: Listing, name: string, token: string, type: Copyable) =>
    once(
      type === "folder"
        ? Effect.map(Folder.create({ name, folder_token: target.token }), (made) => made.token)
        : Effect.map(File.copy({ file_token: token, name, type, folder_token: target.token }), ({ file }) => file.token),
      Effect.map(children(target.token), (files) =>
        Option.map(
          Option.fromNullable(files.find((one) => one.type === type && one.name === name && !known.has(one.token))),
          (one) => one.token
        ))
    ).pipe(Effect.tap((made) => Effect.sync(() => known.add(made))))

  const copy = ({ depth, file, parent, path }: FolderTree.Found): Effect.Effect<Outcome, Reason, Requirements> =>
    Effect.gen(function*() {
      const { name = file.token, token, type } = file
      const of: Of = { path, source: token, type }
      targets.length = depth
      if (token === to) return { ...of, _tag: "Skipped", because: "target" } as const
      if (type === "shortcut") return { ...of, _tag: "Skipped", because: "shortcut" } as const
      if (!isCopyable(type)) return { ...of, _tag: "Skipped", because: "type" } as const
      const target = targets[depth - 1]
      if (target === undefined) return yield* new ParentNotCopied({ token: parent })
      target.listing ??= yield* list(target.token)
      const listing = yield* target.listing

      const there = listing.unclaimed.get(keyOf(type, name))?.shift()
      if (there !== undefined && existing === "report") return yield* new NameTaken({ name, token: there })
      if (there === from) return yield* new CopyIntoItself({ token })
      if (there !== undefined) {
        targets[depth] = { token: there, listing: undefined }
        return { ...of, _tag: "Skipped", because: "exists", token: there } as const
      }
      const made = yield* create(target, listing, name, token, type)
      targets[depth] = { token: made, listing: Either.right(nothing()) }
      return { ...of, _tag: "Copied", token: made } as const
    })

  return (entry: FolderTree.Entry): Effect.Effect<Outcome, never, Requirements> => {
    const failed = (error: Reason): Outcome => ({
      _tag: "Failed",
      path: entry.path,
      source: entry._tag === "Found" ? entry.file.token : entry.token,
      type: entry._tag === "Found" ? entry.file.type : "folder",
      error
    })
    return entry._tag === "Found"
      ? Effect.catchAll(copy(entry), (error) => Effect.succeed(failed(error)))
      : Effect.succeed(failed(entry.error))
  }
}

/**
 * Copies everything in a folder into another one: folders are made, files and
 * documents copied, a folder before what it holds, and one after another, as
 * the platform wants it.
 *
 * Every entry of the source ends in exactly one outcome; a folder that is copied
 * and cannot be read has a second one, which failed. Where it is not known
 * whether something was copied, it is looked for in the target, by name, before
 * it is copied again. The stream fails with what every other copy would meet as
 * well; what it told of before is done, and `existing: "skip"` goes on from
 * there.
 *
 * Things of one name are told apart by their number: of two files of one name
 * and one such file in the target, one is copied. Shortcuts are not copied,
 * neither are permissions, comments and versions.
 *
 * @example
 * ```ts
 * import { CopyTree } from "@effect-feishu/drive"
 * import { Console, Stream } from "effect"
 *
 * export const resume = (from: string, to: string) =>
 *   CopyTree.copy({ from, to, existing: "skip" }).pipe(
 *     Stream.runForEach((outcome) =>
 *       outcome._tag === "Failed"
 *         ? Console.error(`${outcome.path}: ${outcome.error.message}`)
 *         : Console.log(outcome.path, outcome._tag)
 *     )
 *   )
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const copy = (
  options: Options
): Stream.Stream<
  Outcome,
  FolderTree.WalkError | CopyIntoItself | Effect.Effect.Error<ReturnType<typeof Explorer.getRootFolderMeta>>,
  Requirements
> =>
  Stream.unwrap(Effect.gen(function*() {
    const from = yield* tokenOf(options.from)
    const to = yield* tokenOf(options.to)
    if (from === to) return yield* new CopyIntoItself({ token: from })
    return FolderTree.walk({ folder: from, descend: ({ file }) => file.token !== to }).pipe(
      Stream.mapEffect(copying(from, to, options.existing ?? "report")),
      Stream.flatMap((outcome): Stream.Stream<Outcome, FolderTree.WalkError> =>
        outcome._tag === "Failed" && endsAll(outcome.error)
          ? Stream.concat(Stream.succeed(outcome), Stream.fail(outcome.error))
          : Stream.succeed(outcome))
    )
  }))
