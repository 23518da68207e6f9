/**
 * Meeting rooms: what they are called, on which level they are, and whether they
 * can be used.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Time from "@effect-feishu/core/Time"
import * as Schema from "effect/Schema"
import { errors, Id, statuses } from "./internal/rooms.ts"
import { UserIds } from "./internal/userIds.ts"
import * as VcError from "./VcError.ts"

/**
 * The `disable_end_time` of a room that is disabled for good.
 *
 * @since 0.1.0
 * @category constants
 */
export const disabledForGood = "0"

/**
 * Whether a room can be used, as it is to be.
 *
 * @since 0.1.0
 * @category models
 */
export class NewRoomStatus extends Shape.Struct<NewRoomStatus>()(() => ({
  /** Whether the room is enabled. */
  status: Schema.Boolean,
  /** From when on it is disabled, in Unix seconds: `Time.toUnixSeconds`. */
  disable_start_time: Schema.optional(Time.UnixSeconds),
  /** Until when it is disabled, in Unix seconds: `Time.toUnixSeconds`, or `disabledForGood`. */
  disable_end_time: Schema.optional(Time.UnixSeconds),
  /** Why it is disabled. */
  disable_reason: Schema.optional(Schema.String),
  /** Whom to ask about it, by the ids that `user_id_type` says. */
  contact_ids: Schema.optional(Schema.Array(Schema.String)),
  /** Whether those who reserved the room are told when it is disabled. */
  disable_notice: Schema.optional(Schema.Boolean),
  /** Whether the contacts are told when it is enabled again. */
  resume_notice: Schema.optional(Schema.Boolean)
})) {}

/**
 * Whether a room can be used.
 *
 * @since 0.1.0
 * @category models
 */
export class RoomStatus extends Shape.Struct<RoomStatus>()(() => ({
  /** Whether the room is enabled. */
  status: Schema.optional(Schema.Boolean),
  /** Whether it is going to be. */
  schedule_status: Schema.optional(Schema.Boolean),
  /** From when on it is disabled, in Unix seconds: `Time.fromUnixSeconds`. */
  disable_start_time: Schema.optional(Schema.String),
  /** Until when it is disabled, in Unix seconds: `Time.fromUnixSeconds`, unless it is `disabledForGood`. */
  disable_end_time: Schema.optional(Schema.String),
  /** Why it is disabled. */
  disable_reason: Schema.optional(Schema.String),
  /** Whom to ask about it, by the ids that `user_id_type` says. */
  contact_ids: Schema.optional(Schema.Array(Schema.String)),
  /** Whether those who reserved the room are told when it is disabled. */
  disable_notice: Schema.optional(Schema.Boolean),
  /** Whether the contacts are told when it is enabled again. */
  resume_notice: Schema.optional(Schema.Boolean)
})) {}

/**
 * Something a room is to be equipped with.
 *
 * @since 0.1.0
 * @category models
 */
export class NewDevice extends Shape.Struct<NewDevice>()(() => ({
  /** What it is, for example a phone. */
  name: Schema.String
})) {}

/**
 * Something a room is equipped with.
 *
 * @since 0.1.0
 * @category models
 */
export class Device extends Shape.Struct<Device>()(() => ({
  /** What it is, for example a phone. */
  name: Schema.optional(Schema.String)
})) {}

/**
 * A meeting room.
 *
 * @since 0.1.0
 * @category models
 */
export class Room extends Shape.Struct<Room>()(() => ({
  /** The room (`omm_…`). */
  room_id: Schema.String,
  name: Schema.optional(Schema.String),
  /** How many people it holds. */
  capacity: Schema.optional(Schema.Finite),
  description: Schema.optional(Schema.String),
  /** The id that is shown to people. */
  display_id: Schema.optional(Schema.String),
  /** The tenant's own id of it. */
  custom_room_id: Schema.optional(Schema.String),
  /** The level it is on (`omb_…`). */
  room_level_id: Schema.optional(Schema.String),
  /** The ids of the levels that lead to it. */
  path: Schema.optional(Schema.Array(Schema.String)),
  room_status: Schema.optional(RoomStatus),
  /** What it is equipped with. */
  device: Schema.optional(Schema.Array(Device))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.extend(UserIds)<CreateRequest>()(() => ({
  name: Schema.String,
  /** How many people it holds. */
  capacity: Schema.Int,
  description: Schema.optional(Schema.String),
  /** The tenant's own id of it. */
  custom_room_id: Schema.optional(Schema.String),
  /** The level it is to be on (`omb_…`). */
  room_level_id: Schema.String,
  room_status: Schema.optional(NewRoomStatus),
  /** What it is equipped with. */
  device: Schema.optional(Schema.Array(NewDevice))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateResponse extends Shape.Struct<CreateResponse>()(() => ({
  /** The new room. */
  room: Room
})) {}

/**
 * Adds a room to a level.
 *
 * Fails with `VcRoomLevelNotAllowed` where the tenant's levels are not flexible
 * yet, and on a level that is not one to show rooms.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("vc.room.create", {
  method: "POST",
  url: "/open-apis/vc/v1/rooms",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Each time another room.
  idempotent: false,
  rateLimit: RateLimit.of([20, "1 minute"]),
  request: CreateRequest,
  query: ["user_id_type"],
  response: CreateResponse,
  errors: [errors, VcError.VcRoomLevelNotAllowed],
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class DeleteRequest extends Shape.Struct<DeleteRequest>()(() => ({
  /** The room (`omm_…`). */
  room_id: Id
})) {}

const del = Operation.make("vc.room.delete", {
  method: "DELETE",
  url: "/open-apis/vc/v1/rooms/:room_id",
  accepts: "tenant",
  scopes: ["vc:room"],
  // A room that is gone stays gone. Sent again, it may fail with `VcDataNotFound`.
  idempotent: true,
  rateLimit: RateLimit.of([20, "1 minute"]),
  request: DeleteRequest,
  errors,
  statuses
})

export {
  /**
   * Deletes a room.
   *
   * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/delete
   * @since 0.1.0
   * @category operations
   */
  del as delete
}

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(UserIds)<GetRequest>()(() => ({
  /** The room (`omm_…`). */
  room_id: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  room: Room
})) {}

/**
 * One room.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.room.get", {
  method: "GET",
  url: "/open-apis/vc/v1/rooms/:room_id",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors,
  statuses
})

const page = () => ({
  /** How many a page holds, at most 100. */
  page_size: Schema.optional(Schema.Int.pipe(Schema.between(1, 100))),
  /** The page to read: the `page_token` of the page before, none for the first. */
  page_token: Schema.optional(Schema.String)
})

/**
 * @since 0.1.0
 * @category models
 */
export class ListRequest extends Shape.extend(UserIds)<ListRequest>()(() => ({
  ...page(),
  /** The level whose rooms are meant (`omb_…`); the tenant's where it is left out. */
  room_level_id: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ListResponse extends Shape.Struct<ListResponse>()(() => ({
  rooms: Schema.optional(Schema.Array(Room)),
  /** Where the next page is, while there is one. */
  page_token: Schema.optional(Schema.String),
  /** Whether there is a next page. */
  has_more: Schema.optional(Schema.Boolean)
})) {}

/**
 * The rooms of a level, or of the tenant.
 *
 * Whether the rooms of the levels below belong to a level, the documentation
 * leaves open: `room_level_id` of each room says on which it is.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/list
 * @since 0.1.0
 * @category operations
 */
export const list = Operation.paged("vc.room.list", {
  method: "GET",
  url: "/open-apis/vc/v1/rooms",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: ListRequest,
  response: ListResponse,
  page: { items: "rooms" },
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class MgetRequest extends Shape.extend(UserIds)<MgetRequest>()(() => ({
  /** The rooms (`omm_…`). No page says how many one request may name. */
  room_ids: Schema.Array(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class MgetResponse extends Shape.Struct<MgetResponse>()(() => ({
  items: Schema.optional(Schema.Array(Room))
})) {}

/**
 * Several rooms at once.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/mget
 * @since 0.1.0
 * @category operations
 */
export const mget = Operation.make("vc.room.mget", {
  method: "POST",
  url: "/open-apis/vc/v1/rooms/mget",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  // A POST that only reads.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: MgetRequest,
  query: ["user_id_type"],
  response: MgetResponse,
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class PatchRequest extends Shape.extend(UserIds)<PatchRequest>()(() => ({
  /** The room (`omm_…`). */
  room_id: Id,
  name: Schema.optional(Schema.String),
  /** How many people it holds. */
  capacity: Schema.optional(Schema.Int),
  description: Schema.optional(Schema.String),
  /** The tenant's own id of it. */
  custom_room_id: Schema.optional(Schema.String),
  /** The level it is to be on (`omb_…`). */
  room_level_id: Schema.optional(Schema.String),
  room_status: Schema.optional(NewRoomStatus),
  /** What it is equipped with. */
  device: Schema.optional(Schema.Array(NewDevice))
})) {}

/**
 * Changes a room.
 *
 * Fails with `VcRoomLevelNotAllowed` as `create` does.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/patch
 * @since 0.1.0
 * @category operations
 */
export const patch = Operation.make("vc.room.patch", {
  method: "PATCH",
  url: "/open-apis/vc/v1/rooms/:room_id",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Every field says how it is to be.
  idempotent: true,
  rateLimit: RateLimit.of([20, "1 minute"]),
  request: PatchRequest,
  query: ["user_id_type"],
  errors: [errors, VcError.VcRoomLevelNotAllowed],
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class SearchRequest extends Shape.extend(UserIds)<SearchRequest>()(() => ({
  /**
   * The tenant's own ids of the rooms. Where there are any, the platform looks
   * for these rooms and ignores `keyword`, `room_level_id`, `search_level_name`
   * and `page_size`.
   */
  custom_room_ids: Schema.optional(Schema.Array(Schema.String)),
  /** What to look for. */
  keyword: Schema.optional(Schema.String),
  /** The level to look on (`omb_…`). */
  room_level_id: Schema.optional(Schema.String),
  /** Whether `keyword` is looked for in the names of levels too. */
  search_level_name: Schema.optional(Schema.Boolean),
  ...page(),
  /**
   * How many a page holds, at most 100.
   *
   * @default 10
   */
  page_size: page().page_size
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SearchResponse extends Shape.Struct<SearchResponse>()(() => ListResponse.fields) {}

/**
 * The rooms with one of the tenant's own ids, or that a keyword finds: of them
 * those the user may reserve.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/search
 * @since 0.1.0
 * @category operations
 */
export const search = Operation.paged("vc.room.search", {
  method: "POST",
  url: "/open-apis/vc/v1/rooms/search",
  accepts: "user",
  scopes: ["vc:room", "vc:room:readonly"],
  // A POST that only reads.
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SearchRequest,
  query: ["user_id_type"],
  response: SearchResponse,
  page: { items: "rooms" },
  errors,
  statuses
})
