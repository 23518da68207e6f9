/**
 * Who a call is made as.
 *
 * The documentation of every operation says which credential it accepts. Here
 * that sentence is a type: an operation requires one of the three identifiers
 * below, and the layers of this module discharge them.
 *
 * @since 0.1.0
 */
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { AccessTokenUnavailable, TokenError } from "./CallError.ts"
import { FeishuConfig } from "./FeishuConfig.ts"
import * as StoredTokens from "./internal/storedTokens.ts"
import * as TenantTokens from "./internal/tenantTokens.ts"
import * as TokenCell from "./internal/tokenCell.ts"

/**
 * Discharged only by a tenant (application) credential.
 *
 * @since 0.1.0
 * @category requirements
 */
export interface TenantAccessToken {
  readonly "~@effect-feishu/core/AccessToken/tenant": true
}

/**
 * Discharged only by a user credential.
 *
 * @since 0.1.0
 * @category requirements
 */
export interface UserAccessToken {
  readonly "~@effect-feishu/core/AccessToken/user": true
}

/**
 * Discharged by either credential.
 *
 * A subtype of both: providing removes a requirement that is assignable to what
 * is provided, so either layer removes this one, while neither layer removes
 * the requirement that belongs to the other.
 *
 * @since 0.1.0
 * @category requirements
 */
export interface AnyAccessToken extends TenantAccessToken, UserAccessToken {}

/**
 * The documentation's sentence, as data on a declaration.
 *
 * @since 0.1.0
 * @category models
 */
export type Accepts = "tenant" | "user" | "either"

/**
 * The same sentence, as a requirement.
 *
 * @since 0.1.0
 * @category models
 */
export type Requirement<A extends Accepts> = {
  readonly tenant: TenantAccessToken
  readonly user: UserAccessToken
  readonly either: AnyAccessToken
}[A]

/**
 * A credential: where tokens come from, and what to do when one is refused.
 *
 * @since 0.1.0
 * @category models
 */
export interface AccessToken {
  readonly credential: "tenant" | "user"
  /**
   * Whose allowance its calls use up: limits are kept for each tenant apart.
   *
   * @default the application's own tenant
   */
  readonly tenant?: string | undefined
  /** A token that serves now. */
  readonly get: Effect.Effect<Redacted.Redacted, TokenError>
  /**
   * Another token in place of one the platform refused; none where there is no
   * other to be had. However many ask, it is fetched once.
   */
  readonly renew: (
    refused: Redacted.Redacted
  ) => Effect.Effect<Option.Option<Redacted.Redacted>, TokenError>
}

/**
 * @since 0.1.0
 * @category services
 */
export const TenantAccessToken: Context.Tag<TenantAccessToken, AccessToken> = Context.GenericTag(
  "@effect-feishu/core/AccessToken/tenant"
)

/**
 * @since 0.1.0
 * @category services
 */
export const UserAccessToken: Context.Tag<UserAccessToken, AccessToken> = Context.GenericTag(
  "@effect-feishu/core/AccessToken/user"
)

/**
 * A token you already hold. When the platform refuses it, the call fails: only
 * you can get another.
 *
 * @since 0.1.0
 * @category constructors
 */
export const of = (
  credential: "tenant" | "user",
  token: Redacted.Redacted,
  options?: { readonly tenant?: string | undefined }
): AccessToken => ({
  credential,
  tenant: options?.tenant,
  get: Effect.succeed(token),
  renew: () => Effect.succeedNone
})

/**
 * A token as it was issued.
 *
 * @since 0.1.0
 * @category models
 */
export interface Issued {
  readonly token: Redacted.Redacted
  /** How long it serves, from now. */
  readonly lifetime: Duration.Duration
}

/**
 * A credential whose tokens come from a source of your own.
 *
 * The source is asked once however many fibers need a token, again in the
 * background while the old token still serves, and once when the platform
 * refuses one. It is not asked by anybody who can be interrupted.
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = (options: {
  readonly credential: "tenant" | "user"
  readonly issue: Effect.Effect<Issued, AccessTokenUnavailable>
  readonly tenant?: string | undefined
}): Effect.Effect<AccessToken, never, Scope.Scope> =>
  Effect.map(TokenCell.make(options.credential, () => options.issue), (cell) => ({
    credential: options.credential,
    tenant: options.tenant,
    ...cell
  }))

/**
 * A tenant token you already hold.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerTenantOf = (token: Redacted.Redacted): Layer.Layer<TenantAccessToken> =>
  Layer.succeed(TenantAccessToken, of("tenant", token))

/**
 * A user token you already hold.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerUserOf = (token: Redacted.Redacted): Layer.Layer<UserAccessToken> =>
  Layer.succeed(UserAccessToken, of("user", token))

/**
 * The tenant token of the configured custom application: fetched once however
 * many fibers ask, renewed in the background while it still serves, and
 * replaced once when the platform refuses it. A `TokenStore`, where one is
 * provided, is looked into first, so that a restart costs no request.
 *
 * @see https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal
 *
 * @since 0.1.0
 * @category layers
 */
export const layerTenant: Layer.Layer<TenantAccessToken, never, HttpClient.HttpClient | FeishuConfig> = Layer.scoped(
  TenantAccessToken,
  Effect.gen(function*() {
    const settings = yield* FeishuConfig
    const key = StoredTokens.keyOf("tenant", settings, TenantTokens.ownTenant)
    const issue = yield* TenantTokens.issuer("tenant", yield* HttpClient.HttpClient, settings)
    const cell = yield* TokenCell.make("tenant", StoredTokens.through(yield* StoredTokens.provided, key, issue))
    return { credential: "tenant", ...cell } as const
  })
)

/**
 * The credentials of many tenants: those that installed a store application.
 * `StoreApp.layer` has them.
 *
 * @since 0.1.0
 * @category services
 */
export class TenantAccessTokens extends Context.Tag("@effect-feishu/core/AccessToken/tenants")<
  TenantAccessTokens,
  { readonly of: (tenantKey: string) => Effect.Effect<AccessToken> }
>() {}

/**
 * The credentials of many users: those who signed in. `UserTokens.layer` has
 * them.
 *
 * @since 0.1.0
 * @category services
 */
export class UserAccessTokens extends Context.Tag("@effect-feishu/core/AccessToken/users")<
  UserAccessTokens,
  { readonly of: (userKey: string, options?: UserOptions) => Effect.Effect<AccessToken> }
>() {}

/**
 * @since 0.1.0
 * @category models
 */
export interface UserOptions {
  /** The tenant the user belongs to, where the application serves several: limits are kept for each one apart. */
  readonly tenant?: string | undefined
}

/**
 * Acts in one tenant, of those that installed a store application. `tenantKey`
 * comes with every event and with `UserInfo.get`.
 *
 * @example
 * ```ts
 * import { AccessToken } from "@effect-feishu/core"
 * import { PermissionPublic } from "@effect-feishu/drive"
 *
 * export const settings = (tenantKey: string) =>
 *   PermissionPublic.get({ token: "doxcn", type: "docx" }).pipe(AccessToken.forTenant(tenantKey))
 * ```
 *
 * @since 0.1.0
 * @category combinators
 */
export const forTenant = (tenantKey: string) =>
<A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, Exclude<R, TenantAccessToken> | TenantAccessTokens> =>
  Effect.provideServiceEffect(self, TenantAccessToken, Effect.flatMap(TenantAccessTokens, ({ of }) => of(tenantKey)))

/**
 * Acts as one user, of those whose sign-in is stored.
 *
 * @since 0.1.0
 * @category combinators
 */
export const forUser = (userKey: string, options?: UserOptions) =>
<A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, Exclude<R, UserAccessToken> | UserAccessTokens> =>
  Effect.provideServiceEffect(self, UserAccessToken, Effect.flatMap(UserAccessTokens, ({ of }) => of(userKey, options)))

/** Which credential an operation that accepts either prefers when both are in scope. */
class Preference extends Context.Reference<Preference>()("@effect-feishu/core/AccessToken/Preference", {
  defaultValue: (): "tenant" | "user" => "tenant"
}) {}

/**
 * Acts as the user where an operation accepts either credential: the
 * requirement narrows together with the behaviour.
 *
 * @since 0.1.0
 * @category combinators
 */
export const asUser = <A, E, R>(
  self: Effect.Effect<A, E, R>
): Effect.Effect<A, E, Exclude<R, AnyAccessToken> | UserAccessToken> =>
  // Sound: with this preference an operation that accepts either takes the user's credential, which is now required.
  // @effect-diagnostics-next-line effect/unsafeEffectTypeAssertion:off
  Effect.provideService(self, Preference, "user") as Effect.Effect<A, E, Exclude<R, AnyAccessToken> | UserAccessToken>

/**
 * The credential a call is made with: what an operation's requirement stands
 * for at run time. Throws without one in the context, with which the program
 * could not have compiled.
 *
 * @since 0.1.0
 * @category accessors
 */
export const fromContext = (accepts: Accepts, context: Context.Context<AnyAccessToken>): AccessToken => {
  const tenant = accepts === "user" ? Option.none() : Context.getOption(context, TenantAccessToken)
  const user = accepts === "tenant" ? Option.none() : Context.getOption(context, UserAccessToken)
  const [first, second] = Context.get(context, Preference) === "user" ? [user, tenant] : [tenant, user]
  return Option.getOrThrowWith(
    Option.orElse(first, () => second),
    () => new Error(`No access token in context for an operation that accepts: ${accepts}`)
  )
}
