/** Fibers of our own, begun on behalf of a caller's: with its clock and services, but neither its lifetime nor its metrics. */
import type * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type * as FiberRefs from "effect/FiberRefs"
import * as Runtime from "effect/Runtime"
import * as RuntimeFlags from "effect/RuntimeFlags"

/** They can be interrupted even where the caller cannot. */
const runtimeFlags = RuntimeFlags.disable(Runtime.defaultRuntimeFlags, RuntimeFlags.RuntimeMetrics)

/** Begins at once. */
export const fork = <A, E>(
  caller: Fiber.RuntimeFiber<unknown, unknown>,
  effect: Effect.Effect<A, E>,
  { context = caller.currentContext, fiberRefs = caller.getFiberRefs() }: {
    readonly context?: Context.Context<never>
    readonly fiberRefs?: FiberRefs.FiberRefs
  } = {}
): Fiber.RuntimeFiber<A, E> => Runtime.runFork(Runtime.make({ context, fiberRefs, runtimeFlags }))(effect)
