/**
 * The fake platform on a real socket, for what only bytes can show: transports,
 * connection faults, programs in other processes.
 *
 * Needs Node; nothing else here loads its `http` module.
 *
 * @since 0.1.0
 */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type * as AccessToken from "../AccessToken.ts"
import type * as FeishuClient from "../FeishuClient.ts"
import type * as Directory from "./Directory.ts"
import * as FakeFeishu from "./FakeFeishu.ts"
import * as Socket from "./internal/socket.ts"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options<Domains extends ReadonlyArray<FakeFeishu.Domain.Any> = ReadonlyArray<FakeFeishu.Domain.Any>>
  extends FakeFeishu.Options<Domains>
{
  /** The port of 127.0.0.1 to listen on; any free one, unless told. */
  readonly port?: number | undefined
}

/**
 * The fake, served on 127.0.0.1 until the scope closes; `baseUrl` says where.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = <const Domains extends ReadonlyArray<FakeFeishu.Domain.Any> = readonly []>(
  options?: Options<Domains>
): Layer.Layer<FakeFeishu.FakeFeishu | Directory.Directory | FakeFeishu.States<Domains>> =>
  Layer.unwrapScoped(
    Effect.map(Socket.listen(options?.port ?? 0), ({ answerWith, baseUrl }) =>
      Layer.provideMerge(
        Layer.effectDiscard(Effect.flatMap(FakeFeishu.FakeFeishu, answerWith)),
        FakeFeishu.layerAt(options ?? {}, baseUrl)
      ))
  )

/**
 * The fake, served as long as the scope is open.
 *
 * @since 0.1.0
 * @category constructors
 */
export const serve = (options?: Options): Effect.Effect<FakeFeishu.Service, never, Scope.Scope> =>
  Effect.map(Layer.build(layer(options)), Context.get(FakeFeishu.FakeFeishu))

/**
 * Everything a program needs to run against a fake on a socket, through the
 * `HttpClient` of your choice.
 *
 * @example
 * ```ts
 * import { FakeServer } from "@effect-feishu/core/testing"
 * import { DriveFake } from "@effect-feishu/drive/testing"
 * import { FetchHttpClient } from "@effect/platform"
 * import { Layer } from "effect"
 *
 * export const Test = FakeServer.layerClient({ domains: [DriveFake.domain] }).pipe(
 *   Layer.provide(FetchHttpClient.layer)
 * )
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layerClient = <const Domains extends ReadonlyArray<FakeFeishu.Domain.Any> = readonly []>(
  options?: Options<Domains> & FakeFeishu.ClientOptions<Domains>
): Layer.Layer<
  | FeishuClient.FeishuClient
  | AccessToken.TenantAccessToken
  | AccessToken.UserAccessToken
  | FakeFeishu.FakeFeishu
  | Directory.Directory
  | FakeFeishu.States<Domains>,
  never,
  HttpClient.HttpClient
> =>
  Layer.provideMerge(FakeFeishu.layerCredentialsAndClient(options ?? {}), layer(options))
