/**
 * Where tokens outlive the fiber, the process or the machine that fetched them.
 *
 * A store holds secrets for a limited time, and lends out locks, so that of
 * several processes only one spends a token that works once. In memory it
 * serves one process; over a `KeyValueStore` a restart costs no token request,
 * and processes that share the store share their tokens.
 *
 * @since 0.1.0
 */
import * as KeyValueStore from "@effect/platform/KeyValueStore"
import * as Config from "effect/Config"
import * as ConfigError from "effect/ConfigError"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as KeyValueTokens from "./internal/keyValueTokens.ts"
import * as MemoryTokens from "./internal/memoryTokens.ts"
import * as Seal from "./internal/seal.ts"
import { TokenStore, TokenStoreError } from "./internal/tokenStore.ts"
import type { Service } from "./internal/tokenStore.ts"

export {
  /**
   * @since 0.1.0
   * @category models
   */
  type Service,
  /**
   * @since 0.1.0
   * @category models
   */
  type Stored,
  /**
   * Tokens are looked for here before the platform is asked, where one is provided.
   *
   * @since 0.1.0
   * @category services
   */
  TokenStore,
  /**
   * The store could not do what it was asked. Neither the key nor the value is in
   * here.
   *
   * @since 0.1.0
   * @category errors
   */
  TokenStoreError
} from "./internal/tokenStore.ts"

/**
 * A store that lives as long as the process.
 *
 * @since 0.1.0
 * @category constructors
 */
export const makeMemory: Effect.Effect<Service> = Effect.sync(MemoryTokens.make)

/**
 * @since 0.1.0
 * @category layers
 */
export const layerMemory: Layer.Layer<TokenStore> = Layer.effect(TokenStore, makeMemory)

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * Seals the values with AES-256-GCM: 32 random bytes, as Base64. What was
   * written without it, or with another, counts as absent.
   */
  readonly sealKey?: Redacted.Redacted | undefined
  /**
   * Longer than writing one entry ever takes: how long a process waits, after it
   * asked for a lock, to see whether another asked at the same time.
   *
   * @default "200 millis"
   */
  readonly lockDelay?: Duration.DurationInput | undefined
}

const make = (options: Options): Effect.Effect<Service, ConfigError.ConfigError, KeyValueStore.KeyValueStore> =>
  Effect.gen(function*() {
    const seal = options.sealKey === undefined ? undefined : yield* Either.mapLeft(
      Seal.keyOf(options.sealKey),
      (message) => ConfigError.InvalidData(["sealKey"], message)
    )
    return KeyValueTokens.make(
      yield* KeyValueStore.KeyValueStore,
      seal === undefined ? undefined : yield* Seal.make(seal),
      options.lockDelay ?? "200 millis",
      (action) => (reason) => new TokenStoreError({ action, reason })
    )
  })

/**
 * A store over a `KeyValueStore`: a directory, a database, or whatever one is
 * made of. Keys are hashed. Dies when the seal's key is not one.
 *
 * @example
 * ```ts
 * import { TokenStore } from "@effect-feishu/core"
 * import { KeyValueStore } from "@effect/platform"
 * import { NodeContext } from "@effect/platform-node"
 * import { Layer } from "effect"
 *
 * export const Tokens = TokenStore.layerKeyValueStore().pipe(
 *   Layer.provide(KeyValueStore.layerFileSystem("/var/lib/backend/tokens")),
 *   Layer.provide(NodeContext.layer)
 * )
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layerKeyValueStore = (
  options: Options = {}
): Layer.Layer<TokenStore, never, KeyValueStore.KeyValueStore> => Layer.effect(TokenStore, Effect.orDie(make(options)))

/**
 * The same, with its options from a `Config`, for example
 * `{ sealKey: Config.redacted("TOKEN_SEAL_KEY") }`.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerKeyValueStoreConfig = (
  options: Config.Config.Wrap<Options>
): Layer.Layer<TokenStore, ConfigError.ConfigError, KeyValueStore.KeyValueStore> =>
  Layer.effect(TokenStore, Effect.flatMap(Config.unwrap(options), make))
