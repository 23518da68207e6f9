/**
 * The configuration of rooms by country, city, building and floor: what there
 * was before levels could be arranged freely. `ScopeConfig` has taken its place.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import { UserIds } from "./internal/userIds.ts"
import { RoomStatus } from "./Room.ts"
import { NewConfig, Playback } from "./ScopeConfig.ts"
import * as VcError from "./VcError.ts"

/**
 * Which rooms are meant: the values of `scope`.
 *
 * @since 0.1.0
 * @category constants
 */
export const Scope = {
  /** All rooms of the tenant. */
  tenant: 1,
  /** Those of a country or region, named by `country_id`. */
  country: 2,
  /** Those of a city, named by `country_id` and `district_id`. */
  city: 3,
  /** Those of a building, named by `building_id`. */
  building: 4,
  /** Those of a floor, named by `building_id` and `floor_name`. */
  floor: 5,
  /** One room, named by `room_id`. */
  room: 6
} as const

class Place extends Shape.Struct<Place>()(() => ({
  /** 1 tenant, 2 country or region, 3 city, 4 building, 5 floor, 6 room: see `Scope`. */
  scope: Schema.Literal(1, 2, 3, 4, 5, 6),
  /** The country or region: needed where `scope` is 2 or 3. */
  country_id: Schema.optional(Schema.String),
  /** The city: needed where `scope` is 3. */
  district_id: Schema.optional(Schema.String),
  /** The building: needed where `scope` is 4 or 5. */
  building_id: Schema.optional(Schema.String),
  /** The floor: needed where `scope` is 5. */
  floor_name: Schema.optional(Schema.String),
  /** The room: needed where `scope` is 6. */
  room_id: Schema.optional(Schema.String)
})) {}

type NamesThePlace =
  | { readonly scope: 1 }
  | { readonly scope: 2; readonly country_id: string }
  | { readonly scope: 3; readonly country_id: string; readonly district_id: string }
  | { readonly scope: 4; readonly building_id: string }
  | { readonly scope: 5; readonly building_id: string; readonly floor_name: string }
  | { readonly scope: 6; readonly room_id: string }

const needed = (name: Exclude<keyof Place, "scope">, ...scopes: ReadonlyArray<Place["scope"]>): Shape.Rule<Place> => (place) =>
  scopes.includes(place.scope) && place[name] === undefined
    ? { path: [name], message: `is required where scope is ${place.scope}` }
    : undefined

const namesThePlace = [
  needed("country_id", Scope.country, Scope.city),
  needed("district_id", Scope.city),
  needed("building_id", Scope.building, Scope.floor),
  needed("floor_name", Scope.floor),
  needed("room_id", Scope.room)
]

const errors = [
  VcError.VcInternalError,
  VcError.VcNotSupported,
  VcError.VcInvalidParam,
  VcError.VcDataNotFound
] as const

class QueryRequestFields extends Shape.extend(UserIds)<QueryRequestFields>()(
  () => ({
    ...Place.fields
  }),
  ...namesThePlace
) {}

/**
 * @since 0.1.0
 * @category models
 */
export type QueryRequest = QueryRequestFields & NamesThePlace

/**
 * @since 0.1.0
 * @category schemas
 */
export const QueryRequest = Shape.narrow<QueryRequest>()(QueryRequestFields)

/**
 * @since 0.1.0
 * @category models
 */
export class QueryResponse extends Shape.Struct<QueryResponse>()(() => ({
  /** Where the background picture of the rooms' screens is. */
  room_background: Schema.optional(Schema.String),
  /** Where the background picture of the check-in boards is. */
  display_background: Schema.optional(Schema.String),
  /** What the rooms' screens play. */
  digital_signage: Schema.optional(Playback),
  /** What the screens of casting boxes play. */
  room_box_digital_signage: Schema.optional(Playback),
  room_status: Schema.optional(RoomStatus)
})) {}

/**
 * The configuration of rooms. The documentation states no rate limit.
 *
 * @deprecated The platform keeps it for levels that are fixed: use
 * `ScopeConfig.get`.
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_config/query
 * @since 0.1.0
 * @category operations
 */
export const query = Operation.make("vc.roomConfig.query", {
  method: "GET",
  url: "/open-apis/vc/v1/room_configs/query",
  accepts: "tenant",
  scopes: ["vc:room:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: QueryRequest,
  response: QueryResponse,
  errors,
  deprecated: true
})

class SetRequestFields extends Shape.extend(UserIds)<SetRequestFields>()(
  () => ({
    ...Place.fields,
    room_config: NewConfig
  }),
  ...namesThePlace
) {}

/**
 * @since 0.1.0
 * @category models
 */
export type SetRequest = SetRequestFields & NamesThePlace

/**
 * @since 0.1.0
 * @category schemas
 */
export const SetRequest = Shape.narrow<SetRequest>()(SetRequestFields)

/**
 * Sets the configuration of rooms.
 *
 * @deprecated The platform keeps it for levels that are fixed: use
 * `ScopeConfig.create`.
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_config/set
 * @since 0.1.0
 * @category operations
 */
export const set = Operation.make("vc.roomConfig.set", {
  method: "POST",
  url: "/open-apis/vc/v1/room_configs/set",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Materials without an id are new ones, and no page says that sending them again does not add them again.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: SetRequest,
  query: ["user_id_type"],
  errors,
  deprecated: true
})

class AccessCodeRequestFields extends Shape.Struct<AccessCodeRequestFields>()(
  () => ({
    ...Place.fields,
    /** How many days the code is valid: 1, 7 or 30. */
    valid_day: Schema.Literal(1, 7, 30)
  }),
  ...namesThePlace
) {}

/**
 * @since 0.1.0
 * @category models
 */
export type AccessCodeRequest = AccessCodeRequestFields & NamesThePlace

/**
 * @since 0.1.0
 * @category schemas
 */
export const AccessCodeRequest = Shape.narrow<AccessCodeRequest>()(AccessCodeRequestFields)

/**
 * @since 0.1.0
 * @category models
 */
export class AccessCodeResponse extends Shape.Struct<AccessCodeResponse>()(() => ({
  /** The code: who has it can deploy a device. */
  access_code: Schema.Redacted(Schema.String)
})) {}

/**
 * Creates a code to deploy the check-in boards of rooms with.
 *
 * @deprecated The platform keeps it for levels that are fixed, and names nothing
 * to use instead.
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_config/set_checkboard_access_code
 * @since 0.1.0
 * @category operations
 */
export const setCheckboardAccessCode = Operation.make("vc.roomConfig.setCheckboardAccessCode", {
  method: "POST",
  url: "/open-apis/vc/v1/room_configs/set_checkboard_access_code",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Each time another code.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: AccessCodeRequest,
  response: AccessCodeResponse,
  errors,
  deprecated: true
})

/**
 * Creates a code to deploy rooms with.
 *
 * @deprecated The platform keeps it for levels that are fixed, and names nothing
 * to use instead.
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/vc-v1/room_config/set_room_access_code
 * @since 0.1.0
 * @category operations
 */
export const setRoomAccessCode = Operation.make("vc.roomConfig.setRoomAccessCode", {
  method: "POST",
  url: "/open-apis/vc/v1/room_configs/set_room_access_code",
  accepts: "tenant",
  scopes: ["vc:room"],
  // Each time another code.
  idempotent: false,
  rateLimit: RateLimit.of([1000, "1 minute"], [50, "1 second"]),
  request: AccessCodeRequest,
  response: AccessCodeResponse,
  errors,
  deprecated: true
})
