/**
 * The one seam every operation goes through: swap this service and the whole
 * library talks to something else; wrap it and see every call.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as AccessToken from "./AccessToken.ts"
import * as Admission from "./Admission.ts"
import type { CallError } from "./CallError.ts"
import { FeishuConfig } from "./FeishuConfig.ts"
import * as Call from "./internal/call.ts"
import type { Operation } from "./Operation.ts"

/**
 * Executes any operation, in the operation's own types.
 *
 * @since 0.1.0
 * @category models
 */
export type Execute = <Request, Success, Error, Token>(
  operation: Operation<Request, Success, Error, Token>,
  request: Request
) => Effect.Effect<Success, Error | CallError, Token>

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  readonly execute: Execute
}

/**
 * @since 0.1.0
 * @category services
 */
export class FeishuClient extends Context.Tag("@effect-feishu/core/FeishuClient")<FeishuClient, Service>() {}

/**
 * The client, with the admission service of your choice.
 *
 * On its way a call is encoded, admitted, authorized, sent, read, recovered
 * where that is safe, and observed; `internal/` has a file for each step.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerWithoutAdmission: Layer.Layer<
  FeishuClient,
  never,
  HttpClient.HttpClient | FeishuConfig | Admission.Admission
> = Layer.effect(
  FeishuClient,
  Effect.gen(function*() {
    const call = Call.make({
      http: yield* HttpClient.HttpClient,
      settings: yield* FeishuConfig,
      admission: yield* Admission.Admission,
      authorize: ({ accepts }, context: Context.Context<AccessToken.AnyAccessToken>) =>
        accepts === "none" ? undefined : AccessToken.fromContext(accepts, context)
    })
    // Sound: the answer was decoded by the operation's own schema, its failures are those of its own list and
    // `CallError`, and the credential that is looked up at run time is the one its type requires.
    // @effect-diagnostics-next-line effect/missingEffectContext:off effect/missingEffectError:off
    const execute = ((operation: Operation.Any, request: unknown) => call(operation.spec, request)) as Execute
    return { execute }
  })
)

/**
 * The client. Documented limits are kept within this process.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer: Layer.Layer<FeishuClient, never, HttpClient.HttpClient | FeishuConfig> = Layer.provide(
  layerWithoutAdmission,
  Admission.layerMemory()
)

/**
 * A client that wraps the client it is given: for what must see every call,
 * such as an audit or a cache.
 *
 * @example
 * ```ts
 * import { FeishuClient } from "@effect-feishu/core"
 * import { Effect, Layer } from "effect"
 *
 * const layerAudit = FeishuClient.layerMiddleware(
 *   Effect.succeed((execute) => (operation, request) =>
 *     Effect.tap(execute(operation, request), () => Effect.log(`called ${operation.id}`)))
 * )
 *
 * export const Client = layerAudit.pipe(Layer.provide(FeishuClient.layer))
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layerMiddleware = <E, R>(
  middleware: Effect.Effect<(execute: Execute) => Execute, E, R>
): Layer.Layer<FeishuClient, E, R | FeishuClient> =>
  Layer.effect(FeishuClient, Effect.zipWith(middleware, FeishuClient, (wrap, { execute }) => ({ execute: wrap(execute) })))
