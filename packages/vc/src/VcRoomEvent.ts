/**
 * What happens to rooms, to the levels they are on, and to the rules by which
 * they are reserved.
 *
 * @since 0.1.0
 */
import * as Event from "@effect-feishu/core/Event"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"

/**
 * Whether a room can be used.
 *
 * @since 0.1.0
 * @category models
 */
export class RoomStatus extends Shape.Struct<RoomStatus>()(() => ({
  /** Whether it is enabled. */
  status: Schema.optional(Schema.Boolean),
  /** Whether it will be. */
  schedule_status: Schema.optional(Schema.Boolean),
  /** Seconds since 1970, as text. */
  disable_start_time: Schema.optional(Schema.String),
  /** Seconds since 1970, as text. */
  disable_end_time: Schema.optional(Schema.String),
  disable_reason: Schema.optional(Schema.String),
  /** Whom to ask about it. */
  contact_ids: Schema.optional(Schema.Array(Event.UserId)),
  /** Whether those who reserved the room hear that it is disabled. */
  disable_notice: Schema.optional(Schema.Boolean),
  /** Whether those who reserved the room hear that it is enabled again. */
  resume_notice: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Device extends Shape.Struct<Device>()(() => ({ name: Schema.optional(Schema.String) })) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Room extends Shape.Struct<Room>()(() => ({
  room_id: Schema.optional(Schema.String),
  name: Schema.optional(Schema.String),
  /** How many people it has room for. */
  capacity: Schema.optional(Schema.Int),
  description: Schema.optional(Schema.String),
  display_id: Schema.optional(Schema.String),
  custom_room_id: Schema.optional(Schema.String),
  room_level_id: Schema.optional(Schema.String),
  /** The levels it is on, from the top. */
  path: Schema.optional(Schema.Array(Schema.String)),
  room_status: Schema.optional(RoomStatus),
  device: Schema.optional(Schema.Array(Device))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RoomChanged extends Shape.Struct<RoomChanged>()(() => ({ room: Schema.optional(Room) })) {}

/**
 * @since 0.1.0
 * @category models
 */
export class DeletedRoom extends Shape.Struct<DeletedRoom>()(() => ({ room_id: Schema.optional(Schema.String) })) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RoomDeleted extends Shape.Struct<RoomDeleted>()(() => ({ room: Schema.optional(DeletedRoom) })) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RoomLevel extends Shape.Struct<RoomLevel>()(() => ({
  room_level_id: Schema.optional(Schema.String),
  name: Schema.optional(Schema.String),
  parent_id: Schema.optional(Schema.String),
  /** The levels above it, from the top. */
  path: Schema.optional(Schema.Array(Schema.String)),
  has_child: Schema.optional(Schema.Boolean),
  custom_group_id: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RoomLevelChanged extends Shape.Struct<RoomLevelChanged>()(() => ({ room_level: Schema.optional(RoomLevel) })) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RoomLevelDeleted extends Shape.Struct<RoomLevelDeleted>()(() => ({
  room_level_id: Schema.optional(Schema.String),
  /** Whether the levels below it went as well. */
  delete_child: Schema.optional(Schema.Boolean)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Subscriber extends Shape.Struct<Subscriber>()(() => ({ user_id: Schema.optional(Event.UserId) })) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Department extends Shape.Struct<Department>()(() => ({
  department_id: Schema.optional(Schema.String),
  department_name: Schema.optional(Schema.String)
})) {}

/**
 * Whether reservations must be approved.
 *
 * @since 0.1.0
 * @category models
 */
export class ApprovalConfig extends Shape.Struct<ApprovalConfig>()(() => ({
  /** 0 off, 1 on. */
  approval_switch: Schema.optional(Schema.Int),
  /** 0 all reservations, 1 long ones. */
  approval_condition: Schema.optional(Schema.Int),
  /** The hours above which a reservation is long. */
  meeting_duration: Schema.optional(Schema.Number),
  approvers: Schema.optional(Schema.Array(Subscriber))
})) {}

/**
 * How early, and for how long.
 *
 * @since 0.1.0
 * @category models
 */
export class TimeConfig extends Shape.Struct<TimeConfig>()(() => ({
  /** 0 off, 1 on. */
  time_switch: Schema.optional(Shape.Open(0, 1)),
  /** How many days ahead. */
  days_in_advance: Schema.optional(Schema.Int),
  /** From which second of that day, as text. */
  opening_hour: Schema.optional(Schema.String),
  /** Seconds since midnight, as text. */
  start_time: Schema.optional(Schema.String),
  /** Seconds since midnight, as text. */
  end_time: Schema.optional(Schema.String),
  /** Hours. */
  max_duration: Schema.optional(Schema.Int),
  /** Whether it holds for the levels below as well. */
  if_cover_child_scope: Schema.optional(Schema.Boolean)
})) {}

/**
 * Who may reserve.
 *
 * @since 0.1.0
 * @category models
 */
export class ReserveScopeConfig extends Shape.Struct<ReserveScopeConfig>()(() => ({
  /** 0 those listed, 1 everybody. */
  allow_all_users: Schema.optional(Schema.Int),
  allow_users: Schema.optional(Schema.Array(Subscriber)),
  allow_depts: Schema.optional(Schema.Array(Department))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ReserveConfigUpdated extends Shape.Struct<ReserveConfigUpdated>()(() => ({
  /** The room, or the level. */
  scope_id: Schema.optional(Schema.String),
  /** 1 level, 2 room. */
  scope_type: Schema.optional(Shape.Open(1, 2)),
  approve_config: Schema.optional(ApprovalConfig),
  time_config: Schema.optional(TimeConfig),
  reserve_scope_config: Schema.optional(ReserveScopeConfig)
})) {}

const scopes = ["vc:room", "vc:room:readonly"]

/**
 * There is a new room.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/created
 * @since 0.1.0
 * @category events
 */
export const roomCreated = Event.make("vc.room.created_v1", { payload: RoomChanged, scopes })

/**
 * A room is described otherwise.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/updated
 * @since 0.1.0
 * @category events
 */
export const roomUpdated = Event.make("vc.room.updated_v1", { payload: RoomChanged, scopes })

/**
 * A room is no more.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room/events/deleted
 * @since 0.1.0
 * @category events
 */
export const roomDeleted = Event.make("vc.room.deleted_v1", { payload: RoomDeleted, scopes })

/**
 * There is a new level.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/created
 * @since 0.1.0
 * @category events
 */
export const roomLevelCreated = Event.make("vc.room_level.created_v1", { payload: RoomLevelChanged, scopes })

/**
 * A level is described otherwise.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/updated
 * @since 0.1.0
 * @category events
 */
export const roomLevelUpdated = Event.make("vc.room_level.updated_v1", { payload: RoomLevelChanged, scopes })

/**
 * A level is no more.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_level/events/deleted
 * @since 0.1.0
 * @category events
 */
export const roomLevelDeleted = Event.make("vc.room_level.deleted_v1", {
  payload: RoomLevelDeleted,
  scopes: [...scopes, "vc:rooms.roomlevel:delete", "vc:rooms.roomlevel:read"]
})

/**
 * A room, or all of a level, is reserved by other rules.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/reserve_config/events/updated
 * @since 0.1.0
 * @category events
 */
export const reserveConfigUpdated = Event.make("vc.reserve_config.updated_v1", { payload: ReserveConfigUpdated, scopes })
