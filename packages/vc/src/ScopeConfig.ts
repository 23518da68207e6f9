/**
 * How the screens of a room, or of the rooms of a level, look, and what they
 * play between meetings.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import { errors, statuses } from "./internal/rooms.ts"
import { UserIds } from "./internal/userIds.ts"
import { NewRoomStatus, RoomStatus } from "./Room.ts"

/**
 * What `scope_id` is the id of: the values of `scope_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const ScopeType = { level: 1, room: 2 } as const

/**
 * What is played: the values of `material_type`.
 *
 * @since 0.1.0
 * @category constants
 */
export const MaterialType = { image: 1, video: 2, gif: 3 } as const

/** The named ones, and 0, which the documentation's examples have and its list has not. */
const materialTypes = [0, 1, 2, 3] as const

/** As much as a number holds exactly. */
const Bytes = Schema.String.pipe(
  Schema.filter((text) => /^\d{1,15}$/.test(text), {
    message: () => "must be a whole number of bytes, as text",
    arbitrary: () => (fc) => fc.nat().map(String)
  })
)

/** Minutes before or after a meeting. */
const Minutes = Schema.Int.pipe(Schema.between(1, 720))

/**
 * Something a digital signage is to play.
 *
 * @since 0.1.0
 * @category models
 */
export class NewMaterial extends Shape.Struct<NewMaterial>()(() => ({
  /** One that is there already; a new one has none. */
  id: Schema.optional(Schema.String),
  name: Schema.optional(Schema.String),
  /** 1 image, 2 video, 3 GIF: see `MaterialType`. No page says what 0 is, which occurs too. */
  material_type: Schema.optional(Schema.Literal(...materialTypes)),
  /** Where it is. */
  url: Schema.optional(Schema.String),
  /** How many seconds it is played, from 1 to 43200. */
  duration: Schema.optional(Schema.Int.pipe(Schema.between(1, 43_200))),
  /** Where its cover is. */
  cover: Schema.optional(Schema.String),
  /** The MD5 of the file. */
  md5: Schema.optional(Schema.String),
  /** The `vid` of the file. */
  vid: Schema.optional(Schema.String),
  /** How many bytes the file has, as text. */
  size: Schema.optional(Bytes)
})) {}

/**
 * Something a digital signage plays.
 *
 * @since 0.1.0
 * @category models
 */
export class Material extends Shape.Struct<Material>()(() => ({
  id: Schema.optional(Schema.String),
  name: Schema.optional(Schema.String),
  /** 1 image, 2 video, 3 GIF: see `MaterialType`. No page says what 0 is, which occurs too. */
  material_type: Schema.optional(Shape.Open(...materialTypes)),
  /** Where it is. */
  url: Schema.optional(Schema.String),
  /** How many seconds it is played: `Time.seconds`. */
  duration: Schema.optional(Schema.Finite),
  /** Where its cover is. */
  cover: Schema.optional(Schema.String),
  /** The MD5 of the file. */
  md5: Schema.optional(Schema.String),
  /** The `vid` of the file. */
  vid: Schema.optional(Schema.String),
  /** How many bytes the file has, as text. */
  size: Schema.optional(Schema.String)
})) {}

/**
 * What the screens are to play between meetings.
 *
 * @since 0.1.0
 * @category models
 */
export class NewDigitalSignage extends Shape.Struct<NewDigitalSignage>()(() => ({
  /** Whether the levels and rooms below are to have the same. */
  if_cover_child_scope: Schema.optional(Schema.Boolean),
  /** Whether anything is played. */
  enable: Schema.optional(Schema.Boolean),
  /** Whether it is played without sound. */
  mute: Schema.optional(Schema.Boolean),
  /** How many minutes after a meeting it begins, from 1 to 720; takes effect in `digital_signage` only. */
  start_display: Schema.optional(Minutes),
  /** How many minutes before a scheduled meeting it ends, from 1 to 720; takes effect in `digital_signage` only. */
  stop_display: Schema.optional(Minutes),
  /** What is played. */
  materials: Schema.optional(Schema.Array(NewMaterial))
})) {}

/**
 * What the screens play between meetings, and when.
 *
 * @since 0.1.0
 * @category models
 */
export class Playback extends Shape.Struct<Playback>()(() => ({
  /** Whether anything is played. */
  enable: Schema.optional(Schema.Boolean),
  /** Whether it is played without sound. */
  mute: Schema.optional(Schema.Boolean),
  /** How many minutes after a meeting it begins: `Time.minutes`; takes effect in `digital_signage` only. */
  start_display: Schema.optional(Schema.Finite),
  /** How many minutes before a scheduled meeting it ends: `Time.minutes`; takes effect in `digital_signage` only. */
  stop_display: Schema.optional(Schema.Finite),
  /** What is played. */
  materials: Schema.optional(Schema.Array(Material))
})) {}

/**
 * What the screens play between meetings, when, and where else.
 *
 * @since 0.1.0
 * @category models
 */
export class DigitalSignage extends Shape.Struct<DigitalSignage>()(() => ({
  /** Whether the levels and rooms below have the same. */
  if_cover_child_scope: Schema.optional(Schema.Boolean),
  ...Playback.fields
})) {}

/**
 * How the screens are to look, what they are to play, and whether the rooms can
 * be used.
 *
 * @since 0.1.0
 * @category models
 */
export class NewConfig extends Shape.Struct<NewConfig>()(() => ({
  /** Where the background picture of the rooms' screens is. */
  room_background: Schema.optional(Schema.String),
  /** Where the background picture of the check-in boards is. */
  display_background: Schema.optional(Schema.String),
  /** What the rooms' screens play. */
  digital_signage: Schema.optional(NewDigitalSignage),
  /** What the screens of casting boxes play. */
  room_box_digital_signage: Schema.optional(NewDigitalSignage),
  room_status: Schema.optional(NewRoomStatus)
})) {}

/**
 * How the screens look, what they play, and whether the rooms can be used.
 *
 * @since 0.1.0
 * @category models
 */
export class Config extends Shape.Struct<Config>()(() => ({
  /** Where the background picture of the rooms' screens is. */
  room_background: Schema.optional(Schema.String),
  /** Where the background picture of the check-in boards is. */
  display_background: Schema.optional(Schema.String),
  /** What the rooms' screens play. */
  digital_signage: Schema.optional(DigitalSignage),
  /** What the screens of casting boxes play. */
  room_box_digital_signage: Schema.optional(DigitalSignage),
  room_status: Schema.optional(RoomStatus)
})) {}

/**
 * The configuration of a level or a room.
 *
 * @since 0.1.0
 * @category models
 */
export class ScopeConfig extends Shape.Struct<ScopeConfig>()(() => ({
  /** 1 level, 2 room: see `ScopeType`. */
  scope_type: Schema.optional(Shape.Open(1, 2)),
  /** The level or the room. */
  scope_id: Schema.optional(Schema.String),
  scope_config: Schema.optional(Config)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreateRequest extends Shape.extend(UserIds)<CreateRequest>()(() => ({
  /** 1 level, 2 room: see `ScopeType`. */
  scope_type: Schema.Literal(1, 2),
  /** The level (`omb_…`) or the room (`omm_…`), as `scope_type` says. */
  scope_id: Schema.String,
  scope_config: Schema.optional(NewConfig)
})) {}

/**
 * Sets the configuration of a level or a room.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/scope_config/create
 * @since 0.1.0
 * @category operations
 */
export const create = Operation.make("vc.scopeConfig.create", {
  method: "POST",
  url: "/open-apis/vc/v1/scope_config",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Materials without an id are new ones, and no page says that sending them again does not add them again.
  idempotent: false,
  rateLimit: RateLimit.of([20, "1 minute"]),
  request: CreateRequest,
  query: ["user_id_type"],
  errors,
  statuses
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetRequest extends Shape.extend(UserIds)<GetRequest>()(() => ({
  /** 1 level, 2 room: see `ScopeType`. */
  scope_type: Schema.Literal(1, 2),
  /** The level (`omb_…`) or the room (`omm_…`), as `scope_type` says. */
  scope_id: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetResponse extends Shape.Struct<GetResponse>()(() => ({
  /**
   * The configuration that holds: every value that is not set on the level or
   * the room itself comes from the nearest level above that sets it.
   */
  current_config: Schema.optional(ScopeConfig),
  /** What is set on the level or the room itself, then on each level above, from the bottom up. */
  origin_configs: Schema.optional(Schema.Array(ScopeConfig))
})) {}

/**
 * The configuration of a level or a room: the one that holds, and those it comes
 * from.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/scope_config/get
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("vc.scopeConfig.get", {
  method: "GET",
  url: "/open-apis/vc/v1/scope_config",
  accepts: "tenant",
  scopes: ["vc:room", "vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: GetRequest,
  response: GetResponse,
  errors,
  statuses
})
