/**
 * Who may send now.
 *
 * Every call passes here before it is sent: the documented windows of its
 * operation are kept per application and tenant, calls are admitted in the
 * order they came, and operations that must not run in parallel take turns.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { QueueFull } from "./CallError.ts"
import * as Gates from "./internal/gates.ts"
import type { Window } from "./RateLimit.ts"

/**
 * What is to be admitted.
 *
 * @since 0.1.0
 * @category models
 */
export interface Request {
  /** What the limits count for: operation, application and tenant. */
  readonly key: string
  /** The operation's id, for the error. */
  readonly operation: string
  readonly windows: ReadonlyArray<Window>
  /** Whether calls of this key must not overlap. */
  readonly serial: boolean
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** Runs an effect once the key's windows allow it; a serial one holds its turn until the effect ends. */
  readonly admit: (request: Request) => <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | QueueFull, R>
  /** Admits nothing more under a key for a while: the platform said so. */
  readonly pause: (request: Request, wait: Duration.Duration) => Effect.Effect<void>
}

/**
 * The admission service. Swap it to share the documented limits between
 * processes.
 *
 * @since 0.1.0
 * @category services
 */
export class Admission extends Context.Tag("@effect-feishu/core/Admission")<Admission, Service>() {}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * How many calls may wait under one key before `QueueFull`.
   *
   * @default 100000
   */
  readonly capacity?: number | undefined
}

/**
 * Admission within this process: first come, first served, bounded, and
 * interruptible while it waits. Idle keys are forgotten.
 *
 * @since 0.1.0
 * @category constructors
 */
export const makeMemory = (options?: Options): Effect.Effect<Service> =>
  Effect.sync(() => Gates.make(options?.capacity ?? 100_000))

/**
 * @since 0.1.0
 * @category layers
 */
export const layerMemory = (options?: Options): Layer.Layer<Admission> => Layer.effect(Admission, makeMemory(options))
