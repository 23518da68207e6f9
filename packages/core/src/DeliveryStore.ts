/**
 * Which events were handled already: the platform delivers an event until it
 * hears a 200, and may deliver it more often than that.
 *
 * In memory by default. Processes that share the deliveries of an application
 * share a store, so that an event is handled by one of them.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Monotonic from "./internal/monotonic.ts"

/**
 * The store cannot say. The event is not handled, and will be delivered again.
 *
 * @since 0.1.0
 * @category errors
 */
export class DeliveryStoreError extends Data.TaggedError("DeliveryStoreError")<{
  readonly reason: string
  readonly cause?: unknown
}> {
  override get message() {
    return `the store of deliveries failed: ${this.reason}`
  }
}

/**
 * The right to handle an event, until its lease is over.
 *
 * @since 0.1.0
 * @category models
 */
export interface Claim {
  readonly _tag: "Claimed"
  /** It was handled: from now on it is `Done`. Also where the lease is over, for it was handled all the same. */
  readonly done: Effect.Effect<void, DeliveryStoreError>
  /** It was not: whoever claims it next may try. Must not end the claim of somebody else who has it since. */
  readonly release: Effect.Effect<void, DeliveryStoreError>
}

/**
 * @since 0.1.0
 * @category models
 */
export type Outcome = Claim | { readonly _tag: "Busy" } | { readonly _tag: "Done" }

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /**
   * Asks for the right to handle an event, in one atomic step.
   *
   * `Busy` where somebody has it; a lease that is over is nobody's, so that
   * those who crashed block nothing. `Done` where it was handled within the
   * last `retention`, which then begins anew: a copy of the newest delivery
   * must not outlive the memory of it.
   */
  readonly claim: (
    key: string,
    options: { readonly lease: Duration.Duration; readonly retention: Duration.Duration }
  ) => Effect.Effect<Outcome, DeliveryStoreError>
}

/**
 * @since 0.1.0
 * @category services
 */
export class DeliveryStore extends Context.Tag("@effect-feishu/core/DeliveryStore")<DeliveryStore, Service>() {}

/**
 * A store within this process. When more events than `capacity` are remembered,
 * the oldest are forgotten.
 *
 * @since 0.1.0
 * @category constructors
 */
export const makeMemory = (options?: {
  /** @default 100000 */
  readonly capacity?: number | undefined
}): Effect.Effect<Service> =>
  Effect.sync(() => {
    const capacity = options?.capacity ?? 100_000
    /** Until when, by key. Written last, forgotten last: all are kept equally long. */
    const done = new Map<string, number>()
    const claimed = new Map<string, { readonly until: number }>()

    const remember = (key: string, until: number) => {
      done.delete(key)
      done.set(key, until)
    }

    const forget = (now: number) => {
      for (const [key, until] of done) {
        if (until > now && done.size <= capacity) break
        done.delete(key)
      }
    }

    return {
      claim: (key, { lease, retention }) =>
        Effect.map(Monotonic.millis, (now): Outcome => {
          forget(now)
          const keep = Duration.toMillis(retention)
          if (done.has(key)) {
            remember(key, now + keep)
            return { _tag: "Done" }
          }
          const other = claimed.get(key)
          if (other !== undefined && other.until > now) return { _tag: "Busy" }
          const mine = { until: now + Duration.toMillis(lease) }
          claimed.set(key, mine)
          const release = () => {
            if (claimed.get(key) === mine) claimed.delete(key)
          }
          return {
            _tag: "Claimed",
            done: Effect.map(Monotonic.millis, (then) => {
              release()
              remember(key, then + keep)
              forget(then)
            }),
            release: Effect.sync(release)
          }
        })
    }
  })

/**
 * @since 0.1.0
 * @category layers
 */
export const layerMemory = (options?: { readonly capacity?: number | undefined }): Layer.Layer<DeliveryStore> =>
  Layer.effect(DeliveryStore, makeMemory(options))
