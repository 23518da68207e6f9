/**
 * What the platform tells on its own: events, declared once, as Schemas.
 *
 * An event is the schema of what is delivered, and knows its type and the
 * scopes that let an application subscribe to it. The two envelopes of the
 * platform (schema 2.0, and 1.0 for older events) become one here, and the
 * verification token they carry is gone before anybody sees them.
 *
 * @since 0.1.0
 */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { LazySchema, once } from "./internal/lazySchema.ts"
import * as Shape from "./Shape.ts"

/**
 * @since 0.1.0
 * @category symbols
 */
export const TypeId: unique symbol = Symbol.for("@effect-feishu/core/Event")

/**
 * @since 0.1.0
 * @category symbols
 */
export type TypeId = typeof TypeId

/**
 * Which envelope an event came in.
 *
 * @since 0.1.0
 * @category models
 */
export type Version = "1.0" | "2.0"

/**
 * What is known of every event.
 *
 * @since 0.1.0
 * @category models
 */
export interface Header {
  /** The same for every delivery of one event: `event_id`, or `uuid` in the older envelope. */
  readonly event_id?: string | undefined
  readonly event_type: string
  /**
   * When it happened, as it was sent: mostly milliseconds as text, but the
   * documentation shows microseconds and seconds with a fraction as well.
   */
  readonly create_time?: string | undefined
  /** The application it is for. */
  readonly app_id?: string | undefined
  /** The tenant it happened in. */
  readonly tenant_key?: string | undefined
}

/**
 * An event of any type as it was delivered, authenticated and not decoded yet.
 * Plain data: it can be queued as JSON and dispatched elsewhere.
 *
 * @since 0.1.0
 * @category models
 */
export interface Delivery {
  readonly schema: Version
  readonly header: Header
  /** What the documentation of the type describes. */
  readonly event: unknown
}

/**
 * An event of one type, decoded. Fields nobody documented yet are still in it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Received<out Type extends string, out Payload, out Extra = unknown> {
  readonly schema: Version
  readonly header: Omit<Header, "event_type"> & { readonly event_type: Type } & Extra
  readonly event: Payload
}

/**
 * One documented event: its schema, and what is known of it as data.
 *
 * @since 0.1.0
 * @category models
 */
export interface Event<Type extends string, Payload, Extra = unknown> extends
  Schema.Schema<Received<Type, Payload, Extra>, Delivery>
{
  readonly [TypeId]: TypeId
  readonly type: Type
  /** The envelope it is documented to come in. */
  readonly version: Version
  /** The scopes that allow subscribing to it: any one of them. */
  readonly scopes: ReadonlyArray<string>
  /** The schema of `event` alone. */
  readonly payload: Schema.Schema.AnyNoContext
  /** The schema of what its header has besides the usual. */
  readonly header: Schema.Schema.AnyNoContext | undefined
}

/**
 * An event of which only the type and the scopes matter.
 *
 * @since 0.1.0
 * @category models
 */
export interface Any {
  readonly [TypeId]: TypeId
  readonly type: string
  readonly version: Version
  readonly scopes: ReadonlyArray<string>
  readonly payload: Schema.Schema.AnyNoContext
  readonly header: Schema.Schema.AnyNoContext | undefined
}

/**
 * What a handler of an event is given.
 *
 * @since 0.1.0
 * @category models
 */
export type Value<E> = E extends Event<infer Type, infer Payload, infer Extra> ? Received<Type, Payload, Extra> : never

const headerFields = () => ({
  event_id: Schema.optional(Schema.String),
  create_time: Schema.optional(Schema.String),
  app_id: Schema.optional(Schema.String),
  tenant_key: Schema.optional(Schema.String)
})

/**
 * Declares an event.
 *
 * @example
 * ```ts
 * import * as Event from "@effect-feishu/core/Event"
 * import * as Shape from "@effect-feishu/core/Shape"
 * import * as Schema from "effect/Schema"
 *
 * class MinuteReady extends Shape.Struct<MinuteReady>()(() => ({ minute_token: Schema.String })) {}
 *
 * export const minuteReady = Event.make("minutes.minute.ready_v1", {
 *   payload: MinuteReady,
 *   scopes: ["minutes:minutes:readonly"]
 * })
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = <const Type extends string, Payload, PayloadEncoded, Extra = unknown, ExtraEncoded = unknown>(
  type: Type,
  declaration: {
    /** What `event` holds. */
    readonly payload: Schema.Schema<Payload, PayloadEncoded>
    /** What its header holds besides the usual. */
    readonly header?: Schema.Schema<Extra, ExtraEncoded>
    readonly scopes: ReadonlyArray<string>
    /** @default "2.0" */
    readonly version?: Version
  }
): Event<Type, Payload, Extra> => {
  const received = () => {
    const usual = Schema.Struct({ event_type: Schema.Literal(type), ...headerFields() })
    return Schema.Struct({
      schema: Schema.Literal("1.0", "2.0"),
      header: declaration.header === undefined ? usual : Schema.extend(usual, declaration.header),
      event: declaration.payload
    }).annotations({ identifier: type, parseOptions: { onExcessProperty: "preserve" } })
  }
  class Declared extends LazySchema {
    static override readonly build = once(() => received().ast)
    static readonly [TypeId] = TypeId
    static readonly type = type
    static readonly version = declaration.version ?? "2.0"
    static readonly scopes = declaration.scopes
    static readonly payload = declaration.payload
    static readonly header = declaration.header
  }
  // Sound: the struct above has the fields of `Received`; what it reads is JSON, of which `Delivery` promises no more.
  return Declared as unknown as Event<Type, Payload, Extra>
}

/**
 * @since 0.1.0
 * @category guards
 */
export const isEvent = (u: unknown): u is Any => Predicate.hasProperty(u, TypeId)

/**
 * Who somebody is, under the ids the application may see.
 *
 * @since 0.1.0
 * @category schemas
 */
export class UserId extends Shape.Struct<UserId>()(() => ({
  union_id: Schema.optional(Schema.String),
  /** Only for applications with `contact:user.employee_id:readonly`. */
  user_id: Schema.optional(Schema.String),
  open_id: Schema.optional(Schema.String)
})) {}

// --- events of the platform itself ------------------------------------------

/**
 * @since 0.1.0
 * @category models
 */
export class AppTicket extends Shape.Struct<AppTicket>()(() => ({
  app_id: Schema.String,
  /** What a store application's token is asked for with. */
  app_ticket: Schema.Redacted(Schema.String)
})) {}

/**
 * A new ticket for a store application: sent every hour, without being
 * subscribed to, and whenever the application asks for it again.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/application-v6/event/app_ticket-events
 * @since 0.1.0
 * @category events
 */
export const appTicket: Event<"app_ticket", AppTicket> = make("app_ticket", {
  payload: AppTicket,
  scopes: [],
  version: "1.0"
})
