/**
 * The levels that rooms are on, for example buildings and the floors in them.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import { errors, Id, statuses } from "./internal/rooms.ts"
import * as VcError from "./VcError.ts"

/**
 * What `get` takes for the tenant's own level, which all others are below. The
 * answer tells the level's real id.
 *
 * @since 0.1.0
 * @category constants
 */
export const tenantLevel = "0"

/**
 * A level.
 *
 * @since 0.1.0
 * @category models
 */
export class RoomLevel extends Shape.Struct<RoomLevel>()(() => ({
  /** The level (`omb_…`). */
  room_level_id: Schema.String,
  name: Schema.optional(Schema.String),
  /** The level it is part of. */
  parent_id: Schema.optional(Schema.String),
  /** The ids of the levels that lead to it. */
  path: Schema.optional(Schema.Array(Schema.String)),
  /** Whether there are levels below it. */
  has_child: Schema.optional(Schema.Boolean),
  /** The tenant's own id of it. */
  custom_group_id: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.Struct<CreateRequest>()(() => ({
  name: Schema.String,
  /** The level it is to be part of. For the tenant's own, `get` with `tenantLevel` tells the id. */
  parent_id: Schema.String,
  /** The tenant's own id of it. */
  custom_group_id: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateResponse extends Shape.Struct<CreateResponse>()(() => ({
  /** The new level. */
  room_level: RoomLevel
})) {}

/**
 * Adds a level below another.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("vc.roomLevel.create", {
  method: "POST",
  url: "/open-apis/vc/v1/room_levels",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Each time another level.
  idempotent: false,
  rateLimit: RateLimit.of([20, "1 minute"]),
  request: CreateRequest,
  response: CreateResponse,
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class DeleteRequest extends Shape.Struct<DeleteRequest>()(() => ({
  /** The level (`omb_…`). */
  room_level_id: Id,
  /** Whether all levels below it go as well. */
  delete_child: Schema.optional(Schema.Boolean)
})) {}

const del = Operation.make("vc.roomLevel.del", {
  method: "POST",
  url: "/open-apis/vc/v1/room_levels/del",
  accepts: "tenant",
  scopes: ["vc:room"],
  // A level that is gone stays gone. Sent again, it may fail with `VcDataNotFound`.
  idempotent: true,
  rateLimit: RateLimit.of([20, "1 minute"]),
  request: DeleteRequest,
  errors: [errors, VcError.VcRoomLevelNotAllowed],
  statuses
})

export {
  /**
   * Deletes a level.
   *
   * Rooms below it cannot be kept where the tenant's levels are not flexible
   * yet, nor on a level that is not one to show rooms: that fails with
   * `VcRoomLevelNotAllowed`.
   *
   * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/del
   * @since 0.1.0
   * @category operations
   */
  del as delete
}

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  /** The level (`omb_…`), or `tenantLevel`. */
  room_level_id: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  room_level: RoomLevel
})) {}

/**
 * One level.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.roomLevel.get", {
  method: "GET",
  url: "/open-apis/vc/v1/room_levels/:room_level_id",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.Struct<ListRequest>()(() => ({
  /** The level whose parts are meant (`omb_…`); the tenant's where it is left out. */
  room_level_id: Schema.optional(Schema.String),
  /** How many a page holds, at most 100. */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 100))),
  /** The page to read: the `page_token` of the page before, none for the first. */
  page_token: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  items: Schema.optional(Schema.Array(RoomLevel)),
  /** Where the next page is, while there is one. */
  page_token: Schema.optional(Schema.String),
  /** Whether there is a next page. */
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * The levels below a level, or the tenant's.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("vc.roomLevel.list", {
  method: "GET",
  url: "/open-apis/vc/v1/room_levels",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "items" },
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class MgetRequest extends Shape.Struct<MgetRequest>()(() => ({
  /** The levels (`omb_…`). No page says how many one request may name. */
  level_ids: Schema.Array(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class MgetResponse extends Shape.Struct<MgetResponse>()(() => ({
  items: Schema.optional(Schema.Array(RoomLevel))
})) {}

/**
 * Several levels at once.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/mget
 * @since 0.1.0
 * @category operations
 */
export const mget = Operation.make("vc.roomLevel.mget", {
  method: "POST",
  url: "/open-apis/vc/v1/room_levels/mget",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  // A POST that only reads.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: MgetRequest,
  response: MgetResponse,
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class PatchRequest extends Shape.Struct<PatchRequest>()(() => ({
  /** The level (`omb_…`). */
  room_level_id: Id,
  name: Schema.String,
  /** The level it is to be part of. */
  parent_id: Schema.String,
  /** The tenant's own id of it. */
  custom_group_id: Schema.optional(Schema.String)
})) {}

/**
 * Renames a level, or makes it part of another.
 *
 * Both its name and the level it is part of must be given, also the one that
 * stays.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/patch
 * @since 0.1.0
 * @category operations
 */
export const patch = Operation.make("vc.roomLevel.patch", {
  method: "PATCH",
  url: "/open-apis/vc/v1/room_levels/:room_level_id",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([20, "1 minute"]),
  request: PatchRequest,
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class SearchRequest extends Shape.Struct<SearchRequest>()(() => ({
  /** The tenant's own ids of the levels, separated by commas: `"1000,1001"`. */
  custom_level_ids: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SearchResponse extends Shape.Struct<SearchResponse>()(() => ({
  /** The levels (`omb_…`). */
  level_ids: Schema.optional(Schema.Array(Schema.String))
})) {}

/**
 * Which levels have the tenant's own ids: their platform ids, which `mget`
 * takes.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/search
 * @since 0.1.0
 * @category operations
 */
export const search = Operation.make("vc.roomLevel.search", {
  method: "GET",
  url: "/open-apis/vc/v1/room_levels/search",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SearchRequest,
  response: SearchResponse,
  errors,
  statuses
})
