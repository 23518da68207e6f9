/**
 * The tree of rooms, whole: every level with the levels and the rooms on it.
 *
 * @since 0.1.0
 */
import type { Requirement } from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import type { Operation, PaginationLoop } from "@effect-feishu/core/Operation"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import * as Room from "./Room.ts"
import * as RoomLevel from "./RoomLevel.ts"
import type * as VcError from "./VcError.ts"

/**
 * Where to begin, and how users are named.
 *
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** The level whose tree is meant (`omb_…`). @default the tenant's own, which all others are below */
  readonly room_level_id?: string | undefined
  /** What the ids of contacts are. @default "open_id" */
  readonly user_id_type?: Room.GetRequest["user_id_type"]
}

/**
 * A level. What is on it comes after it.
 *
 * @since 0.1.0
 * @category models
 */
export interface LevelNode {
  readonly _tag: "Level"
  readonly level: RoomLevel.RoomLevel
  /** The levels that lead to it, from the one that was asked for; none for that one itself. */
  readonly path: ReadonlyArray<RoomLevel.RoomLevel>
}

/**
 * A room.
 *
 * @since 0.1.0
 * @category models
 */
export interface RoomNode {
  readonly _tag: "Room"
  readonly room: Room.Room
  /** The levels that lead to it, from the one that was asked for to the one it is on. */
  readonly path: ReadonlyArray<RoomLevel.RoomLevel>
}

/**
 * A level was there when the one above it was read, and gone when it was its own
 * turn: what is on it was not, or not all, seen. It comes after the level.
 *
 * @since 0.1.0
 * @category models
 */
export interface VanishedNode {
  readonly _tag: "Vanished"
  readonly level: RoomLevel.RoomLevel
  /** The levels that lead to it, from the one that was asked for. */
  readonly path: ReadonlyArray<RoomLevel.RoomLevel>
  readonly error: VcError.VcDataNotFound
}

/**
 * What a walk through the tree comes by.
 *
 * @since 0.1.0
 * @category models
 */
export type Node = LevelNode | RoomNode | VanishedNode

/**
 * A level with what is on it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Tree {
  readonly level: RoomLevel.RoomLevel
  /** The rooms on this very level. */
  readonly rooms: ReadonlyArray<Room.Room>
  readonly levels: ReadonlyArray<Tree>
  /** Why this level is not whole: it was deleted while the tree was read. */
  readonly vanished: Option.Option<VcError.VcDataNotFound>
}

/**
 * What the tree cannot be read for. The level that was asked for must exist: if
 * not, it is `VcDataNotFound`.
 *
 * @since 0.1.0
 * @category models
 */
export type ReadError = Operation.Error<typeof Room.list> | CallError | PaginationLoop

type Needs = FeishuClient | Requirement<"tenant">

const page_size = 100

/** Whether this is met for the first time. What moves while it is read may come by twice, and levels could lead in a circle. */
type IsNew = (id: string) => boolean

const firstTime = (): IsNew => {
  const met = new Set<string>()
  return (id) => !met.has(id) && met.add(id).has(id)
}

const below = (
  level: RoomLevel.RoomLevel,
  path: ReadonlyArray<RoomLevel.RoomLevel>,
  isNew: IsNew,
  { user_id_type }: Options
): Stream.Stream<Node, ReadError, Needs> => {
  const { room_level_id } = level
  const here = [...path, level]
  const rooms = Room.list.items({ room_level_id, page_size, user_id_type }).pipe(
    // The list may hold the rooms of the levels below as well: they are told where they are.
    Stream.filter((room) => (room.room_level_id ?? room_level_id) === room_level_id && isNew(room.room_id)),
    Stream.map((room): Node => ({ _tag: "Room", room, path: here }))
  )
  const levels = RoomLevel.list.items({ room_level_id, page_size }).pipe(
    Stream.filter((child) => (child.parent_id ?? room_level_id) === room_level_id && isNew(child.room_level_id)),
    Stream.map((child): Node => ({ _tag: "Level", level: child, path: here }))
  )
  // Read to the end before any level on it is: a page that is asked for much later may be of another list.
  const all = Stream.concat(rooms, levels).pipe(
    Stream.catchTag("VcDataNotFound", (error) => Stream.succeed<Node>({ _tag: "Vanished", level, path, error })),
    Stream.runCollect
  )
  return Stream.flatMap(Stream.fromIterableEffect(all), (node) =>
    node._tag === "Level" ? Stream.concat(Stream.succeed(node), below(node.level, here, isNew, { user_id_type })) : Stream.succeed(node))
}

/**
 * Every level and every room of a level's tree, or of the tenant's: a level
 * before what is on it, its rooms before its levels, and all of a level before
 * the next one. Each comes once.
 *
 * A level that is deleted meanwhile does not end it, but comes as `Vanished`. Any
 * other failure does, and what was read until then is not lost.
 *
 * @example
 * ```ts
 * import { RoomTree } from "@effect-feishu/vc"
 * import { Console, Stream } from "effect"
 *
 * export const print = Stream.runForEach(RoomTree.walk(), (node) =>
 *   Console.log("  ".repeat(node.path.length) + (node._tag === "Room" ? node.room.name : node.level.name)))
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const walk = (options: Options = {}): Stream.Stream<Node, ReadError, Needs> =>
  Stream.suspend(() => {
    const isNew = firstTime()
    return Stream.flatMap(
      RoomLevel.get({ room_level_id: options.room_level_id ?? RoomLevel.tenantLevel }),
      ({ room_level }) => {
        isNew(room_level.room_level_id)
        return Stream.concat(
          Stream.succeed<Node>({ _tag: "Level", level: room_level, path: [] }),
          below(room_level, [], isNew, options)
        )
      }
    )
  })

interface Growing {
  readonly level: RoomLevel.RoomLevel
  readonly rooms: Array<Room.Room>
  readonly levels: Array<Growing>
  vanished: Option.Option<VcError.VcDataNotFound>
}

/**
 * The same as one value: levels with their rooms and their levels.
 *
 * @example
 * ```ts
 * import { RoomTree } from "@effect-feishu/vc"
 * import { Effect } from "effect"
 *
 * const count = ({ levels, rooms }: RoomTree.Tree): number => levels.reduce((sum, level) => sum + count(level), rooms.length)
 *
 * export const rooms = Effect.map(RoomTree.read({ room_level_id: "omb_4ad1a2c7a2fbc5fc9570f38456931293" }), count)
 * ```
 *
 * @since 0.1.0
 * @category recipes
 */
export const read = (options: Options = {}): Effect.Effect<Tree, ReadError, Needs> =>
  Effect.suspend(() => {
    const trees = new Map<string, Growing>()
    const on = (path: ReadonlyArray<RoomLevel.RoomLevel>) => trees.get(path.at(-1)?.room_level_id ?? "")

    const place = (node: Node) => {
      switch (node._tag) {
        case "Level": {
          const tree: Growing = { level: node.level, rooms: [], levels: [], vanished: Option.none() }
          trees.set(node.level.room_level_id, tree)
          on(node.path)?.levels.push(tree)
          return tree
        }
        case "Room":
          on(node.path)?.rooms.push(node.room)
          return undefined
        case "Vanished": {
          const tree = trees.get(node.level.room_level_id)
          if (tree !== undefined) tree.vanished = Option.some(node.error)
          return undefined
        }
      }
    }

    return Stream.runFold(walk(options), undefined as Growing | undefined, (first, node) => {
      const tree = place(node)
      return first ?? tree
    }).pipe(Effect.flatMap((first) =>
      first === undefined ? Effect.dieMessage("a walk comes by the level it begins with") : Effect.succeed(first)
    ))
  })
