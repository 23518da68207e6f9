/**
 * A platform of your own: keeps state, issues and refuses tokens, enforces the
 * documented limits, answers the documented errors, and fails on demand.
 *
 * It stands behind the `HttpClient` seam, so that everything above it is the
 * real client, and lives under `TestClock`. `FakeServer` puts the same platform
 * on a socket.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as AccessToken from "../AccessToken.ts"
import * as Admission from "../Admission.ts"
import type * as ApiError from "../ApiError.ts"
import type { Violation } from "../CallError.ts"
import * as FeishuClient from "../FeishuClient.ts"
import * as FeishuConfig from "../FeishuConfig.ts"
import type { Description, Operation } from "../Operation.ts"
import type { Plugin } from "../Plugin.ts"
import type { RateLimit } from "../RateLimit.ts"
import * as Directory from "./Directory.ts"
import type { Fault } from "./Fault.ts"
import type { Auth, AuthOptions } from "./internal/auth.ts"
import * as Memory from "./internal/memory.ts"
import * as Platform from "./internal/platform.ts"
import type { Seen } from "./internal/journal.ts"
import type { FaultsUnmet, Scripted } from "./internal/script.ts"
import type { App, Caller } from "./internal/tokens.ts"
import type { Reply, Request } from "./internal/wire.ts"

export type {
  /** An application that may ask for tokens. @since 0.1.0 @category models */
  App,
  /** Who an operation is called by. @since 0.1.0 @category models */
  Caller
} from "./internal/tokens.ts"

export type {
  /** The fake's sign-in and its store applications. @since 0.1.0 @category models */
  Auth,
  /** What the fake does about credentials. @since 0.1.0 @category models */
  AuthOptions
} from "./internal/auth.ts"

export type {
  /** A request the fake saw; no token, header or body is in it. @since 0.1.0 @category models */
  Seen
} from "./internal/journal.ts"

export type {
  /** A fault that is to happen. @since 0.1.0 @category models */
  Scripted
} from "./internal/script.ts"

export type {
  /** An answer, and how it arrives. @since 0.1.0 @category models */
  Reply,
  /** A request as it arrives. @since 0.1.0 @category models */
  Request
} from "./internal/wire.ts"

// --- domains ----------------------------------------------------------------

/**
 * How one operation is answered.
 *
 * @since 0.1.0
 * @category models
 */
export interface Handler<out R> {
  readonly operation: Description
  readonly run: (request: never, caller: Caller) => Effect.Effect<unknown, unknown, R>
}

/**
 * Answers an operation in its own types: what it is given was decoded by the
 * operation's schema, what it answers is encoded by it, and it fails with
 * nothing the documentation does not list (`FeishuTest.failure` makes such a
 * failure). A batched operation may fail with `PartialSuccess`.
 *
 * @since 0.1.0
 * @category domains
 */
export const handler = <Request, Success, Error, Token, R = never>(
  operation: Operation<Request, Success, Error, Token>,
  run: (request: Request, caller: Caller) => Effect.Effect<Success, Error | ApiError.Common, R>
): Handler<R> => ({ operation, run })

/**
 * Which failures a broken rule may be answered with: the first of them that the
 * operation documents is.
 *
 * @since 0.1.0
 * @category models
 */
export type Invalid = (violation: Violation) => ApiError.AnyClass | ReadonlyArray<ApiError.AnyClass>

/**
 * A part of the platform: a plugin, what answers its operations, and the state
 * behind, which is a service a test can look into.
 *
 * @since 0.1.0
 * @category models
 */
export interface Domain<State> {
  readonly plugin: Plugin
  readonly state: Layer.Layer<State, never, Directory.Directory>
  readonly handlers: ReadonlyArray<Handler<State | Directory.Directory>>
  /** What is answered, by operation, where there is no handler: its `data`, whatever was asked. */
  readonly examples: Readonly<Record<string, unknown>>
  /** How a request is answered that breaks a documented rule, where the operation lists it; else 99992402. */
  readonly invalid: Invalid | undefined
  /** How overlapping calls of a `serial` operation are answered, where the operation lists it; else 99991400. */
  readonly overlapping: ApiError.AnyClass | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace Domain {
  /** @since 0.1.0 @category models */
  interface Any {
    readonly plugin: Plugin
    readonly state: Layer.Layer<never, never, Directory.Directory>
    readonly handlers: ReadonlyArray<Handler<unknown>>
    readonly examples: Readonly<Record<string, unknown>>
    readonly invalid: Invalid | undefined
    readonly overlapping: ApiError.AnyClass | undefined
  }
  /** The service a domain's state is. @since 0.1.0 @category models */
  type State<D> = D extends { readonly state: Layer.Layer<infer S, infer _E, infer _R> } ? S : never
}

interface Parts<out R> {
  readonly plugin: Plugin
  readonly handlers: ReadonlyArray<Handler<R | Directory.Directory>>
  /**
   * For operations without a handler: the `data` they answer to every request
   * that keeps the rules; `{}` for one that answers none.
   */
  readonly examples?: Readonly<Record<string, unknown>> | undefined
  readonly invalid?: Invalid | undefined
  readonly overlapping?: ApiError.AnyClass | undefined
}

/**
 * Puts a domain together, with the layer of its state if it has any.
 *
 * @since 0.1.0
 * @category domains
 */
export function domain<State>(
  options: Parts<NoInfer<State>> & { readonly state: Layer.Layer<State, never, Directory.Directory> }
): Domain<State>
export function domain(options: Parts<never>): Domain<never>
export function domain(
  options: Parts<unknown> & { readonly state?: Layer.Layer<never, never, Directory.Directory> }
): Domain.Any {
  return { invalid: undefined, overlapping: undefined, state: Layer.empty, ...options, examples: options.examples ?? {} }
}

// --- the platform -----------------------------------------------------------

/**
 * @since 0.1.0
 * @category models
 */
export interface Options<Domains extends ReadonlyArray<Domain.Any> = ReadonlyArray<Domain.Any>> {
  readonly domains?: Domains | undefined
  /** The applications there are; one, unless told otherwise. */
  readonly apps?: ReadonlyArray<App> | undefined
  /** Who there is. Without it everybody exists. */
  readonly directory?: Directory.Entries | undefined
  /** How long every request takes. @default 0 */
  readonly latency?: Duration.DurationInput | undefined
  /** How long tokens live. @default "2 hours" */
  readonly tokenLifetime?: Duration.DurationInput | undefined
  /** The HTTP status under which tokens are refused: the platform's APIs differ. @default 400 */
  readonly refusedTokenStatus?: 200 | 400 | 401 | undefined
  /** The HTTP status under which calls are throttled: older APIs say 400. @default 429 */
  readonly throttledStatus?: 429 | 400 | undefined
  /**
   * Whether the documented limits hold: the fake enforces them, and the client
   * of `layerClient` keeps them. Under `TestClock` a call that waits for its
   * turn goes on when the clock does.
   *
   * @default true
   */
  readonly rateLimits?: boolean | undefined
  /** How sign-in behaves. */
  readonly auth?: AuthOptions | undefined
  /** How many requests the record keeps: the last ones. @default Infinity */
  readonly keepRequests?: number | undefined
}

export {
  /** Scripted faults that no request has met. @since 0.1.0 @category errors */
  FaultsUnmet
} from "./internal/script.ts"

/**
 * The fake, as a test sees it.
 *
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** Where it is: a made-up place in memory, a loopback address over a socket. */
  readonly baseUrl: string
  readonly apps: ReadonlyArray<App>
  readonly directory: Directory.Service
  /** The platform itself: one request, one reply. Whoever delivers the reply does the damage it asks for. */
  readonly handle: (request: Request) => Effect.Effect<Reply>
  /** Signing in, and the tickets of store applications. */
  readonly auth: Auth
  /** Counts a connection: for whoever delivers replies. */
  readonly connected: Effect.Effect<void>

  /**
   * Lets a fault happen to the next requests of an operation (or `"*"`, or its
   * id; the token endpoint's is `FakeFeishu.tokenEndpoint`). What is scripted
   * first happens first. `applied` says whether the platform acts before the
   * fault hits; by default it does where the fault damages its own answer.
   */
  readonly script: (
    match: "*" | (string & {}) | { readonly id: string },
    fault: Fault,
    options?: { readonly times?: number | undefined; readonly applied?: boolean | undefined }
  ) => Effect.Effect<void>
  /** Forgets what was scripted. */
  readonly unscript: Effect.Effect<void>
  /** The scripted faults that were not met, or not as often as scripted. */
  readonly unmet: Effect.Effect<ReadonlyArray<Scripted>>
  /** Fails unless everything scripted was met. */
  readonly verify: Effect.Effect<void, FaultsUnmet>

  /** Every request that arrived, in order. */
  readonly requests: Effect.Effect<ReadonlyArray<Seen>>
  /** The requests of one operation, in order. */
  readonly requestsOf: (operation: string | { readonly id: string }) => Effect.Effect<ReadonlyArray<Seen>>
  /** How often each operation did what it was asked, whether or not anybody heard of it. */
  readonly effects: Effect.Effect<Readonly<Record<string, number>>>
  /** How often one operation did what it was asked. */
  readonly effectsOf: (operation: string | { readonly id: string }) => Effect.Effect<number>
  /** How many requests the token endpoint got. */
  readonly tokenRequests: Effect.Effect<number>
  /** How many requests were turned away because of a documented limit. */
  readonly rejected: Effect.Effect<number>
  /** How many connections were made: sockets that were accepted; in memory, requests that were sent. */
  readonly connections: Effect.Effect<number>

  /** Other limits for an operation than the documented ones, from now on. */
  readonly limit: (operation: string | { readonly id: string }, rateLimit: RateLimit) => Effect.Effect<void>
  /** A tenant token, as if the endpoint had issued it. */
  readonly issueTenantToken: (
    options?: { readonly appId?: string | undefined; readonly lifetime?: Duration.DurationInput | undefined }
  ) => Effect.Effect<Redacted.Redacted>
  /** A user's token, as if they had signed in. */
  readonly issueUserToken: (
    user: Directory.User,
    options?: { readonly appId?: string | undefined; readonly lifetime?: Duration.DurationInput | undefined }
  ) => Effect.Effect<Redacted.Redacted>
  /** Refuses a token from now on. With `reissue` the token endpoint goes on handing it out. */
  readonly revoke: (
    token: Redacted.Redacted,
    options?: { readonly reissue?: boolean | undefined }
  ) => Effect.Effect<void>
  /** Refuses every token issued so far. */
  readonly revokeAll: (options?: { readonly reissue?: boolean | undefined }) => Effect.Effect<void>
}

/**
 * @since 0.1.0
 * @category services
 */
export class FakeFeishu extends Context.Tag("@effect-feishu/core/testing/FakeFeishu")<FakeFeishu, Service>() {}

/**
 * The id by which the token endpoint is scripted and recorded.
 *
 * @since 0.1.0
 * @category constants
 */
export const tokenEndpoint: string = Platform.tokenEndpoint

/**
 * The application there is, unless others are given.
 *
 * @since 0.1.0
 * @category constants
 */
export const defaultApp: App = {
  appId: "cli_fake",
  // Named so that whatever looks for planted secrets in what was printed finds this one.
  appSecret: Redacted.make("canary-fake-app-secret")
}

/**
 * What a fake of these domains provides besides itself.
 *
 * @since 0.1.0
 * @category models
 */
export type States<Domains extends ReadonlyArray<Domain.Any>> = Domain.State<Domains[number]>

/**
 * The fake and its domains, reachable at an address.
 *
 * @internal
 */
export const layerAt = <const Domains extends ReadonlyArray<Domain.Any> = readonly []>(
  options: Options<Domains>,
  baseUrl: string
): Layer.Layer<FakeFeishu | Directory.Directory | States<Domains>> => {
  const states = (options.domains ?? []).reduce<Layer.Layer<never, never, Directory.Directory>>(
    (all, { state }) => Layer.merge(all, state),
    Layer.empty
  )
  const fake = Layer.effect(
    FakeFeishu,
    Effect.gen(function*() {
      const directory = yield* Directory.Directory
      const apps = options.apps ?? [defaultApp]
      return { ...yield* Platform.make({ ...options, apps }, yield* Effect.context<never>()), apps, baseUrl, directory }
    })
  )
  // Sound: what was merged is the state of every domain in the list.
  return fake.pipe(
    Layer.provideMerge(states),
    Layer.provideMerge(Layer.effect(Directory.Directory, Directory.make(options.directory)))
  ) as Layer.Layer<FakeFeishu | Directory.Directory | States<Domains>>
}

/**
 * The fake, and an `HttpClient` that leads to it whatever the host.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = <const Domains extends ReadonlyArray<Domain.Any> = readonly []>(
  options?: Options<Domains>
): Layer.Layer<FakeFeishu | HttpClient.HttpClient | Directory.Directory | States<Domains>> =>
  Layer.provideMerge(
    Layer.effect(HttpClient.HttpClient, Effect.map(FakeFeishu, Memory.httpClient)),
    layerAt(options ?? {}, FeishuConfig.feishu)
  )

/**
 * The configuration of the fake's first application.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options?: Partial<FeishuConfig.Options>
): Layer.Layer<FeishuConfig.FeishuConfig, never, FakeFeishu> =>
  Layer.unwrapEffect(Effect.map(FakeFeishu, ({ apps, baseUrl }) =>
    FeishuConfig.layer({
      ...apps[0] ?? defaultApp,
      baseUrl,
      ...baseUrl === FeishuConfig.feishu ? {} : { accountsUrl: baseUrl },
      ...options
    })))

/**
 * A user's credential. A token that is refused is replaced by another of the
 * same user.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerUser = (user: Directory.User): Layer.Layer<AccessToken.UserAccessToken, never, FakeFeishu> =>
  Layer.effect(
    AccessToken.UserAccessToken,
    Effect.gen(function*() {
      const { issueUserToken } = yield* FakeFeishu
      let token = yield* issueUserToken(user)
      return {
        credential: "user" as const,
        tenant: Platform.ownTenant,
        get: Effect.sync(() => token),
        renew: () =>
          Effect.map(issueUserToken(user), (another) => {
            token = another
            return Option.some(another)
          })
      }
    })
  )

/**
 * @since 0.1.0
 * @category models
 */
export interface ClientOptions<Domains extends ReadonlyArray<Domain.Any> = ReadonlyArray<Domain.Any>>
  extends Options<Domains>
{
  /** Who `UserAccessToken` speaks for. @default { open_id: "ou_fake" } */
  readonly user?: Directory.User | undefined
  /** How patient the client is, and the like. */
  readonly config?: Partial<FeishuConfig.Options> | undefined
}

const unpaced = Layer.succeed(Admission.Admission, { admit: () => identity, pause: () => Effect.void })

/**
 * The real client and both credentials, for the fake in scope and whatever transport leads to it.
 *
 * @internal
 */
export const layerCredentialsAndClient = (
  { config, rateLimits = true, user = { open_id: "ou_fake" } }: ClientOptions
): Layer.Layer<
  FeishuClient.FeishuClient | AccessToken.TenantAccessToken | AccessToken.UserAccessToken,
  never,
  FakeFeishu | HttpClient.HttpClient
> =>
  Layer.mergeAll(
    rateLimits ? FeishuClient.layer : Layer.provide(FeishuClient.layerWithoutAdmission, unpaced),
    AccessToken.layerTenant,
    layerUser(user)
  ).pipe(Layer.provide(layerConfig(config)))

/**
 * Everything a backend needs to run against the fake: the real client, a tenant
 * and a user credential, and no network.
 *
 * @example
 * ```ts
 * import { FakeFeishu } from "@effect-feishu/core/testing"
 * import { DriveFake } from "@effect-feishu/drive/testing"
 *
 * export const Test = FakeFeishu.layerClient({ domains: [DriveFake.domain] })
 * ```
 *
 * @since 0.1.0
 * @category layers
 */
export const layerClient = <const Domains extends ReadonlyArray<Domain.Any> = readonly []>(
  options?: ClientOptions<Domains>
): Layer.Layer<
  | FeishuClient.FeishuClient
  | AccessToken.TenantAccessToken
  | AccessToken.UserAccessToken
  | FakeFeishu
  | HttpClient.HttpClient
  | Directory.Directory
  | States<Domains>
> =>
  Layer.provideMerge(layerCredentialsAndClient(options ?? {}), layer(options))
