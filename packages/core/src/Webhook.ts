/**
 * Receives what the platform delivers: verifies, decrypts, answers, and runs
 * the handlers of each event once.
 *
 * `receive` is a function of headers and bytes, for any server; `httpApp` is
 * the same for those of `@effect/platform`. A delivery is answered with 200
 * when its handlers succeeded, within the three seconds the platform waits;
 * anything else makes the platform deliver again: after 15 seconds, 5 minutes,
 * 1 hour and 6 hours.
 *
 * @since 0.1.0
 */
import * as Headers from "@effect/platform/Headers"
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as ParseResult from "effect/ParseResult"
import * as Queue from "effect/Queue"
import * as Tracer from "effect/Tracer"
import type { Violation } from "./CallError.ts"
import * as DeliveryStore from "./DeliveryStore.ts"
import type * as Event from "./Event.ts"
import * as Authenticate from "./internal/authenticate.ts"
import * as Body from "./internal/body.ts"
import * as Deliver from "./internal/deliver.ts"
import * as Replies from "./internal/replies.ts"
import { violationsOf } from "./internal/violations.ts"
import { WebhookConfig } from "./WebhookConfig.ts"

// --- handlers ---------------------------------------------------------------

/**
 * What is done with events.
 *
 * @since 0.1.0
 * @category models
 */
export interface Handler<out R> {
  /** The type it is for; none, where it is for all. */
  readonly type: string | undefined
  readonly run: (delivery: Event.Delivery) => Effect.Effect<void, unknown, R>
}

/**
 * An event lacks what its declaration requires, so that no handler can be given
 * it. It is delivered again, in case the program is corrected meanwhile.
 *
 * @since 0.1.0
 * @category errors
 */
export class EventInvalid extends Data.TaggedError("EventInvalid")<{
  readonly type: string
  readonly violations: ReadonlyArray<Violation>
}> {
  override get message() {
    return `${this.type}: ${this.violations.map(({ field, message }) => `${field}: ${message}`).join("; ")}`
  }
}

/**
 * Handles the events of one type. When it fails before the platform stops
 * waiting, the event is delivered again. Several handlers of one event run in
 * order, and all again if one of them fails.
 *
 * @example
 * ```ts
 * import { Webhook } from "@effect-feishu/core"
 * import { VcEvent } from "@effect-feishu/vc"
 * import { Effect } from "effect"
 *
 * export const whenReady = Webhook.on(VcEvent.recordingReady, ({ event }) =>
 *   Effect.log(`the recording of ${event.meeting?.topic} is at ${event.url}`))
 * ```
 *
 * @since 0.1.0
 * @category handlers
 */
export const on = <Type extends string, Payload, Extra, E, R>(
  event: Event.Event<Type, Payload, Extra>,
  handle: (received: Event.Received<Type, Payload, Extra>) => Effect.Effect<unknown, E, R>
): Handler<R> => {
  const decode = ParseResult.decodeUnknownEither(event, { errors: "all" })
  return {
    type: event.type,
    run: (delivery) => {
      const decoded = decode(delivery)
      return decoded._tag === "Right"
        ? Effect.asVoid(handle(decoded.right))
        : new EventInvalid({ type: event.type, violations: violationsOf(decoded.left) })
    }
  }
}

/**
 * Is given every event, of whatever type, as it was delivered: for a durable
 * queue, from which `dispatch` runs the handlers later. The event is
 * acknowledged once this succeeds, and never lost after that if the queue
 * loses nothing.
 *
 * @since 0.1.0
 * @category handlers
 */
export const onAny = <E, R>(handle: (delivery: Event.Delivery) => Effect.Effect<unknown, E, R>): Handler<R> => ({
  type: undefined,
  run: (delivery) => Effect.asVoid(handle(delivery))
})

/**
 * Puts the events of one type into a queue, to be read as a Stream. They are
 * acknowledged when the queue takes them: what is in it is lost with the
 * process. While a bounded queue is full, events are not taken, and delivered
 * again.
 *
 * @since 0.1.0
 * @category handlers
 */
export const into = <Type extends string, Payload, Extra>(
  event: Event.Event<Type, Payload, Extra>,
  queue: Queue.Enqueue<Event.Received<Type, Payload, Extra>>
): Handler<never> => on(event, (received) => Queue.offer(queue, received))

/**
 * What handlers require.
 *
 * @since 0.1.0
 * @category models
 */
export type Requirement<Handlers extends ReadonlyArray<Handler<unknown>>> = RequirementOf<Handlers[number]>

/** Distributes, so that no handlers require nothing. */
type RequirementOf<H> = H extends Handler<infer R> ? R : never

/**
 * Runs the handlers of an event, in order: for events that were queued. Answers
 * whether there was any.
 *
 * @since 0.1.0
 * @category combinators
 */
export const dispatch = <const Handlers extends ReadonlyArray<Handler<unknown>>>(
  handlers: Handlers,
  delivery: Event.Delivery
): Effect.Effect<boolean, unknown, Requirement<Handlers>> => {
  const its = handlers.filter(({ type }) => type === undefined || type === delivery.header.event_type)
  // Sound: each handler requires no more than `Requirement` says.
  // @effect-diagnostics-next-line effect/unsafeEffectTypeAssertion:off
  return Effect.as(
    Effect.forEach(its, ({ run }) => run(delivery), { discard: true }),
    its.length > 0
  ) as Effect.Effect<boolean, unknown, Requirement<Handlers>>
}

// --- the service ------------------------------------------------------------

/**
 * What arrived.
 *
 * @since 0.1.0
 * @category models
 */
export interface Request {
  readonly headers: Headers.Input
  /** The body's bytes as they came: parsed and printed again they are no longer what was signed. */
  readonly body: Uint8Array
}

/**
 * What to answer.
 *
 * @since 0.1.0
 * @category models
 */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  readonly receive: (request: Request) => Effect.Effect<Reply>
  /** Bytes a body may have, for whoever reads one. */
  readonly maxBodySize: number
}

/**
 * @since 0.1.0
 * @category services
 */
export class Webhook extends Context.Tag("@effect-feishu/core/Webhook")<Webhook, Service>() {}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options<Handlers extends ReadonlyArray<Handler<unknown>>, R = never> {
  readonly handlers: Handlers
  /** Is given the events no handler is for, which are acknowledged. By default they are logged at debug level. */
  readonly unhandled?: ((delivery: Event.Delivery) => Effect.Effect<unknown, unknown, R>) | undefined
  /** When to answer at the latest. The platform waits 3 seconds, of which the network takes some. @default "2500 millis" */
  readonly answerWithin?: Duration.DurationInput | undefined
  /**
   * What becomes of a handler that takes longer. The delivery is not
   * acknowledged either way. `continue`: it goes on, and when the event comes
   * again that is acknowledged if it succeeded meanwhile. `interrupt`: it is
   * stopped, and runs again when the event comes again.
   *
   * @default "continue"
   */
  readonly whenSlow?: "continue" | "interrupt" | undefined
  /** After which a handler is interrupted, and has failed. @default "5 minutes" */
  readonly handlerTimeout?: Duration.DurationInput | undefined
}

/** What handlers were built with, in the span of the delivery rather than that of the layer. */
const within = <R>(built: Context.Context<R>, current: Context.Context<never>): Context.Context<R> =>
  Option.match(Context.getOption(current, Tracer.ParentSpan), {
    onNone: () => built,
    onSome: (span) => Context.add(built, Tracer.ParentSpan, span)
  })

/** The platform delivers an event for the last time 7 h 5 min 15 s after the first. */
const shortestRetention = Duration.hours(8)

/**
 * The webhook, with the store of your choice. Handlers live as long as the
 * layer: when it is closed, those still running are interrupted and their
 * events will be delivered again.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerWithoutStore = <const Handlers extends ReadonlyArray<Handler<unknown>>, R = never>(
  options: Options<Handlers, R>
): Layer.Layer<Webhook, never, WebhookConfig | DeliveryStore.DeliveryStore | Requirement<Handlers> | R> =>
  Layer.scoped(
    Webhook,
    Effect.gen(function*() {
      const settings = yield* WebhookConfig
      const context = yield* Effect.context<Requirement<Handlers> | R>()
      const authenticate = yield* Authenticate.make(settings)
      const unhandled = options.unhandled ?? (() => Effect.logDebug("no handler is for this event"))
      const deliver = Deliver.make({
        store: yield* DeliveryStore.DeliveryStore,
        handle: (delivery) =>
          dispatch(options.handlers, delivery).pipe(
            Effect.flatMap((found): Effect.Effect<unknown, unknown, R> => found ? Effect.void : unhandled(delivery)),
            Effect.mapInputContext((current: Context.Context<never>) => within(context, current)),
            Effect.asVoid
          ),
        answerWithin: Duration.decode(options.answerWithin ?? "2500 millis"),
        handlerTimeout: Duration.decode(options.handlerTimeout ?? "5 minutes"),
        whenSlow: options.whenSlow ?? "continue",
        // As long as a copy of a delivery would be accepted.
        retention: Duration.max(shortestRetention, Duration.sum(settings.maxAge, settings.maxClockSkew)),
        scope: yield* Effect.scope
      })

      const receive = ({ body, headers: input }: Request): Effect.Effect<Reply> => {
        if (body.byteLength > settings.maxBodySize) return Replies.refused("size")
        const headers = Headers.fromInput(input)
        if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) return Replies.refused("content type")
        return Effect.matchEffect(authenticate(headers, body), {
          onFailure: Replies.refused,
          onSuccess: (authentic) =>
            authentic._tag === "Challenge"
              ? Replies.challenge(authentic.challenge)
              : Replies.observed(authentic.delivery, deliver(authentic.key, authentic.delivery))
        })
      }
      return { receive, maxBodySize: settings.maxBodySize }
    })
  )

/**
 * The webhook. Events are remembered within this process: where several share
 * the deliveries of an application, or a restart must not repeat any, use
 * `layerWithoutStore` and a store they share.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = <const Handlers extends ReadonlyArray<Handler<unknown>>, R = never>(
  options: Options<Handlers, R>
): Layer.Layer<Webhook, never, WebhookConfig | Exclude<Requirement<Handlers> | R, DeliveryStore.DeliveryStore>> =>
  Layer.provide(layerWithoutStore(options), DeliveryStore.layerMemory())

// --- servers ----------------------------------------------------------------

/**
 * Takes a delivery, and says what to answer: for servers of any kind. Never
 * fails, and says the same of every delivery it does not believe.
 *
 * @since 0.1.0
 * @category accessors
 */
export const receive = (request: Request): Effect.Effect<Reply, never, Webhook> =>
  Effect.flatMap(Webhook, (webhook) => webhook.receive(request))

/**
 * The webhook as an application of `@effect/platform`, for a route or a server.
 *
 * @since 0.1.0
 * @category accessors
 */
export const httpApp: HttpApp.Default<never, Webhook> = Effect.gen(function*() {
  const { maxBodySize, receive } = yield* Webhook
  const request = yield* HttpServerRequest.HttpServerRequest
  const { body, headers, status } = yield* Effect.matchEffect(Body.read(request, maxBodySize), {
    onFailure: Replies.refused,
    onSuccess: (body) => receive({ headers: request.headers, body })
  })
  return HttpServerResponse.text(body, { status, headers })
})
