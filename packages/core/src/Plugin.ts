/**
 * What a package of operations offers, as data.
 *
 * `@effect-feishu/vc` and `@effect-feishu/drive` use nothing else of the core
 * than any third party can: declarations made with `Operation`, errors made
 * with `ApiError`, events made with `Event`, and this list of them, which fakes, documentation tables and
 * conformance tests take.
 *
 * @since 0.1.0
 */
import type * as ApiError from "./ApiError.ts"
import * as Event from "./Event.ts"
import * as Operation from "./Operation.ts"

/**
 * @since 0.1.0
 * @category models
 */
export interface Plugin<out Name extends string = string> {
  readonly name: Name
  readonly operations: ReadonlyArray<Operation.Operation.Any>
  readonly errors: ReadonlyArray<ApiError.AnyClass>
  readonly events: ReadonlyArray<Event.Any>
}

/** A module namespace, or anything else that holds exports by name. */
type Exports = Readonly<Record<string, unknown>>

const isErrorClass = (u: unknown): u is ApiError.AnyClass =>
  typeof u === "function" && "codes" in u && "category" in u && "tag" in u

/**
 * A plugin from the modules that hold its operations, its errors and its
 * events: whatever they export of these kinds belongs to it.
 *
 * @example
 * ```ts
 * import { Plugin } from "@effect-feishu/core"
 * import { MeetingRecording, ReserveConfig, VcError } from "@effect-feishu/vc"
 *
 * export const plugin = Plugin.make("vc", { operations: [MeetingRecording, ReserveConfig], errors: [VcError] })
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = <const Name extends string>(
  name: Name,
  modules: {
    readonly operations: ReadonlyArray<Exports>
    readonly errors: ReadonlyArray<Exports>
    readonly events?: ReadonlyArray<Exports>
  }
): Plugin<Name> => ({
  name,
  operations: modules.operations.flatMap(Object.values<unknown>).filter(Operation.isOperation),
  errors: modules.errors.flatMap(Object.values<unknown>).filter(isErrorClass),
  events: (modules.events ?? []).flatMap(Object.values<unknown>).filter(Event.isEvent)
})

/**
 * The scopes an application must be granted for some operations, or for all of
 * a plugin: for each operation any one of its list is enough.
 *
 * @since 0.1.0
 * @category accessors
 */
export const scopes = (
  ...of: ReadonlyArray<Plugin | Operation.Description>
): ReadonlyArray<{ readonly operation: string; readonly anyOf: ReadonlyArray<string> }> =>
  of
    .flatMap((one): ReadonlyArray<Operation.Description> => "operations" in one ? one.operations : [one])
    .map(({ id, scopes }) => ({ operation: id, anyOf: scopes }))
