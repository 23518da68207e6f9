/**
 * Everything in a folder, and in the folders in it.
 *
 * @since 0.1.0
 */
import type { AnyAccessToken } from "@effect-feishu/core/AccessToken"
import type * as CallError from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Chunk from "effect/Chunk"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as File from "./File.ts"
import type * as FileError from "./FileError.ts"
import { apart } from "./internal/apart.ts"

/**
 * A folder lies in itself, by what the platform answered: folders were moved
 * about while they were walked. It is not entered again.
 *
 * @since 0.1.0
 * @category errors
 */
export class FolderCycle extends Data.TaggedError("FolderCycle")<{
  readonly token: string
}> {
  override get message() {
    return `the folder ${this.token} lies in itself: it was moved while it was read`
  }
}

/**
 * What ends a walk: no token, a token or an address that is refused, a missing
 * scope. Any other folder would have met it as well.
 *
 * @since 0.1.0
 * @category models
 */
export type WalkError = CallError.Systemic | FileError.DriveFileAuthFailed

/**
 * Why a folder could not be read.
 *
 * @since 0.1.0
 * @category models
 */
export type ReadError = Exclude<Stream.Stream.Error<ReturnType<typeof File.list.items>>, WalkError> | FolderCycle

/**
 * A file, a document, a folder or a shortcut.
 *
 * @since 0.1.0
 * @category models
 */
export interface Found {
  readonly _tag: "Found"
  /**
   * Its name after the names of the folders it is in, beginning with `/`, which
   * is the folder the walk began in. A `/` or `\` in a name has a `\` before it.
   */
  readonly path: string
  /** In how many folders it is: 1 for what lies in the one the walk began in. */
  readonly depth: number
  /** The token of the folder it is in. */
  readonly parent: string
  readonly file: File.File
}

/**
 * A folder that could not be read, or not to its end: what was read of it
 * follows.
 *
 * @since 0.1.0
 * @category models
 */
export interface Unreadable {
  readonly _tag: "Unreadable"
  readonly path: string
  readonly depth: number
  /** The folder's token. */
  readonly token: string
  readonly error: ReadError
}

/**
 * @since 0.1.0
 * @category models
 */
export type Entry = Found | Unreadable

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** The folder's token; `""` is the root of the caller's own space, which is listed without its shortcuts. */
  readonly folder: string
  /**
   * How many folders are read at a time. The client keeps the documented pace of
   * the listing, whatever this is; the order of the entries does not change.
   *
   * @default 1
   */
  readonly concurrency?: number | undefined
  /** Whether a folder is entered; every one, unless told otherwise. It is an entry in either case. */
  readonly descend?: ((folder: Found) => boolean) | undefined
}

interface Node {
  readonly entry: Entry | undefined
  /** Which folder is to be read for it, if it is one, and those it is in. */
  readonly folder: Folder | undefined
  /** What was read, once it was. */
  children: ReadonlyArray<Node> | undefined
}

interface Folder {
  readonly token: string
  readonly path: string
  readonly depth: number
  readonly up: Folder | undefined
}

const isWithin = (folder: Folder | undefined, token: string): boolean =>
  folder !== undefined && (folder.token === token || isWithin(folder.up, token))

const unreadable = ({ depth, path, token }: Folder, error: ReadError): Node => ({
  entry: { _tag: "Unreadable", path: path === "" ? "/" : path, depth, token, error },
  folder: undefined,
  children: undefined
})

const nodeOf = (file: File.File, up: Folder, descend: (folder: Found) => boolean): ReadonlyArray<Node> => {
  const path = `${up.path}/${(file.name ?? file.token).replace(/[\\/]/g, "\\$&")}`
  const depth = up.depth + 1
  const entry: Found = { _tag: "Found", path, depth, parent: up.token, file }
  const folder: Folder = { token: file.token, path, depth, up }
  if (file.type !== "folder" || !descend(entry)) return [{ entry, folder: undefined, children: undefined }]
  if (isWithin(up, file.token)) {
    return [{ entry, folder: undefined, children: undefined }, unreadable(folder, new FolderCycle({ token: file.token }))]
  }
  return [{ entry, folder, children: undefined }]
}

const isUnread = (node: Node): node is Node & { readonly folder: Folder } =>
  node.folder !== undefined && node.children === undefined

/**
 * Everything in a folder, and in the folders in it: depth first, a folder before
 * what it holds.
 *
 * A folder that cannot be read does not end the walk: it is an entry that says
 * so, beside the one that was found. Shortcuts are entries, and are not
 * followed. What is created, moved or deleted meanwhile may be missed, or seen
 * at both places; a walk ends in any case. Of a tree of any size, only the
 * listings of the folders on the way to the current one are held.
 *
 * @example
 * ```ts
 * import { FolderTree } from "@effect-feishu/drive"
 * import { Console, Stream } from "effect"
 *
 * export const show = (folder: string) =>
 *   FolderTree.walk({ folder, concurrency: 4 }).pipe(
 *     Stream.runForEach((entry) =>
 *       entry._tag === "Found"
 *         ? Console.log(entry.path, entry.file.type)
 *         : Console.error(`${entry.path} cannot be read: ${entry.error.message}`)
 *     )
 *   )
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const walk = (
  { concurrency = 1, descend = () => true, folder }: Options
): Stream.Stream<Entry, WalkError, FeishuClient | AnyAccessToken> =>
  Stream.suspend(() => {
    const root: Folder = { token: folder, path: "", depth: 0, up: undefined }
    // What is still to come, the next one last.
    const stack: Array<Node> = [{ entry: undefined, folder: root, children: undefined }]

    const read = (node: Node & { readonly folder: Folder }) =>
      Effect.suspend(() => {
        const children: Array<Node> = []
        // The order of editing changes while pages are read, the order of creation does not.
        const listing = File.list.items({
          folder_token: node.folder.token,
          page_size: 200,
          order_by: "CreatedTime",
          direction: "ASC"
        })
        return Stream.runForEach(listing, (file) =>
          Effect.sync(() => {
            children.push(...nodeOf(file, node.folder, descend))
          })).pipe(
            apart,
            Effect.map((result) => {
              if (Either.isLeft(result)) children.unshift(unreadable(node.folder, result.left))
              node.children = children
            })
          )
      })

    const next = () => {
      const unread: Array<Node & { readonly folder: Folder }> = []
      for (let at = stack.length - 1; at >= 0 && unread.length < concurrency; at--) {
        const node = stack[at]
        if (node !== undefined && isUnread(node)) unread.push(node)
      }
      return unread
    }

    /** All entries up to the next folder that has to be read. */
    const ready = () => {
      const entries: Array<Entry> = []
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (isUnread(node)) {
          stack.push(node)
          break
        }
        if (node.entry !== undefined) entries.push(node.entry)
        for (const child of [...node.children ?? []].reverse()) stack.push(child)
      }
      return Chunk.unsafeFromArray(entries)
    }

    return Stream.repeatEffectChunkOption(Effect.suspend(() =>
      stack.length === 0
        ? Effect.fail(Option.none())
        : Effect.mapBoth(Effect.forEach(next(), read, { concurrency, discard: true }), {
          onFailure: Option.some,
          onSuccess: ready
        })
    ))
  })
