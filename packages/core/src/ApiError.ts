/**
 * One class for every documented code.
 *
 * A class takes one line, is caught by its tag, and carries both what the
 * platform said (`code`, `msg`, `logId`) and what the documentation means by it
 * (`category`). Whether two codes are one error is decided by their meaning,
 * never by the HTTP status: the platform answers failures with 200 and faults
 * of the caller with 500.
 *
 * @since 0.1.0
 */
import type * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import type * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Render from "./internal/render.ts"

/**
 * @since 0.1.0
 * @category symbols
 */
export const TypeId: unique symbol = Symbol.for("@effect-feishu/core/ApiError")

/**
 * @since 0.1.0
 * @category symbols
 */
export type TypeId = typeof TypeId

/**
 * What a caller can do about an error.
 *
 * - `Invalid`: change the request
 * - `Permission`: change a grant, or ask for a scope
 * - `Credential`: change the token or the application's state
 * - `NotFound`: it is not there
 * - `Conflict`: it is in another state than the call needs
 * - `Quota`: an allowance is used up; waiting a little does not help
 * - `RateLimited`: not admitted and not executed; wait, then send again
 * - `TryAgain`: not executed, and the documentation says to repeat the call
 * - `Fault`: the platform failed, and may or may not have acted
 * - `Pending`: not an error yet; the thing asked for is still being made
 *
 * @since 0.1.0
 * @category models
 */
export type Category =
  | "Invalid"
  | "Permission"
  | "Credential"
  | "NotFound"
  | "Conflict"
  | "Quota"
  | "RateLimited"
  | "TryAgain"
  | "Fault"
  | "Pending"

/**
 * A field the platform refused.
 *
 * @since 0.1.0
 * @category models
 */
export interface FieldViolation {
  readonly field: string
  readonly description: string
}

/**
 * A permission the platform found missing. `subject` is the scope to apply for.
 *
 * @since 0.1.0
 * @category models
 */
export interface PermissionViolation {
  /** For example `action_scope_required`, `field_scope_required`, `action_privilege_required`. */
  readonly type: string
  readonly subject: string
}

/**
 * What every failed answer carries, whatever its code.
 *
 * @since 0.1.0
 * @category models
 */
export interface Details {
  /** The id of the operation that failed, for example `vc.meeting.recording.setPermission`. */
  readonly operation: string
  /** The HTTP status, which says little: read `category`. */
  readonly status: number
  /** The platform's message. Its wording changes; do not match on it. */
  readonly msg: string
  /** The code that was answered, where a class stands for several. */
  readonly answered?: number | undefined
  /** The platform's id of this request: what its support asks for first. */
  readonly logId?: string | undefined
  /** A page that explains this very failure. */
  readonly troubleshooter?: string | undefined
  /** How long the platform asks to wait. */
  readonly retryAfter?: Duration.Duration | undefined
  readonly fieldViolations?: ReadonlyArray<FieldViolation> | undefined
  readonly permissionViolations?: ReadonlyArray<PermissionViolation> | undefined
  /** The scopes the operation is documented to need: any one of them. */
  readonly scopes?: ReadonlyArray<string> | undefined
  /** How often the request was sent. */
  readonly attempts?: number | undefined
}

/**
 * A documented failure.
 *
 * @since 0.1.0
 * @category models
 */
export interface ApiError<out Tag extends string, out Code extends number, out Cat extends Category>
  extends Cause.YieldableError, Details
{
  readonly [TypeId]: TypeId
  readonly _tag: Tag
  readonly code: Code
  readonly category: Cat
}

/**
 * The class of a documented failure, and what is known about it before it happens.
 *
 * @since 0.1.0
 * @category models
 */
export interface Class<out Tag extends string, out Code extends number, out Cat extends Category> {
  new(details: Details): ApiError<Tag, Code, Cat>
  readonly tag: Tag
  /** The documented code; the first, where several mean the same. */
  readonly code: Code
  readonly codes: ReadonlyArray<Code>
  readonly category: Cat
  /** The documented HTTP status, where the documentation gives one. */
  readonly status: number | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export type Any = ApiError<string, number, Category>

/**
 * @since 0.1.0
 * @category models
 */
export type AnyClass = Class<string, number, Category>

/**
 * Declares one documented failure.
 *
 * @example
 * ```ts
 * import * as ApiError from "@effect-feishu/core/ApiError"
 *
 * export class MinutesNotFound
 *   extends ApiError.define("MinutesNotFound", { code: 2091002, status: 404, category: "NotFound" })
 * {}
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const define = <const Tag extends string, const Code extends number, const Cat extends Category>(
  tag: Tag,
  options: {
    /** The code, or all codes that mean the same. */
    readonly code: Code | readonly [Code, ...ReadonlyArray<Code>]
    readonly category: Cat
    readonly status?: number
  }
): Class<Tag, Code, Cat> => {
  const codes: ReadonlyArray<Code> = typeof options.code === "number" ? [options.code] : options.code
  class Base extends Data.Error<Details> {
    static readonly tag = tag
    static readonly code = codes[0]
    static readonly codes = codes
    static readonly category = options.category
    static readonly status = options.status
    readonly [TypeId] = TypeId
    readonly _tag = tag
    readonly code: number
    readonly category = options.category
    constructor(details: Details) {
      super(details)
      this.code = details.answered ?? Base.code as number
    }
    override get message() {
      return Render.apiError(this)
    }
  }
  Base.prototype.name = tag
  // Sound: the members above are those of `Class`; an instance is only made with a code of `codes`.
  return Base as unknown as Class<Tag, Code, Cat>
}

/**
 * @since 0.1.0
 * @category guards
 */
export const isApiError = (u: unknown): u is Any => Predicate.hasProperty(u, TypeId)

/**
 * A refinement by category, for `Effect.catchIf` and Schedules: what it catches
 * leaves the union.
 *
 * @example
 * ```ts
 * import { ApiError } from "@effect-feishu/core"
 * import { MeetingRecording } from "@effect-feishu/vc"
 * import { Effect } from "effect"
 *
 * export const share = MeetingRecording.setPermission({
 *   meeting_id: "6911188411932033028",
 *   permission_objects: [{ type: 3, permission: 1 }]
 * }).pipe(
 *   Effect.catchIf(ApiError.hasCategory("Permission"), (error) => Effect.logWarning(error.message))
 * )
 * ```
 *
 * @since 0.1.0
 * @category refinements
 */
export const hasCategory =
  <const Cat extends Category>(...categories: ReadonlyArray<Cat>) =>
  <E>(error: E): error is Extract<E, { readonly category: Cat }> =>
    isApiError(error) && (categories as ReadonlyArray<Category>).includes(error.category)

/**
 * How long the platform asked to wait, if the failure says so.
 *
 * @since 0.1.0
 * @category accessors
 */
export const retryAfter = (u: unknown): Option.Option<Duration.Duration> =>
  isApiError(u) ? Option.fromNullable(u.retryAfter) : Option.none()

// --- what any operation may answer ------------------------------------------

/** Too many calls for this API, application and tenant. @since 0.1.0 @category common codes */
export class RateLimited extends define("RateLimited", { code: 99991400, status: 429, category: "RateLimited" }) {}

/** The method or the application as a whole is called too often. @since 0.1.0 @category common codes */
export class FrequencyLimited
  extends define("FrequencyLimited", { code: [1000004, 1000005], category: "RateLimited" })
{}

/** This month's allowance of calls is used up. @since 0.1.0 @category common codes */
export class MonthlyQuotaExceeded extends define("MonthlyQuotaExceeded", { code: 99991403, category: "Quota" }) {}

/** The application accepts calls from other addresses only. @since 0.1.0 @category common codes */
export class IpNotAllowed extends define("IpNotAllowed", { code: 99991401, category: "Permission" }) {}

/** No token arrived. @since 0.1.0 @category common codes */
export class AccessTokenMissing
  extends define("AccessTokenMissing", { code: 99991661, status: 400, category: "Credential" })
{}

/** The application is switched off. @since 0.1.0 @category common codes */
export class AppDisabled extends define("AppDisabled", { code: 99991662, category: "Credential" }) {}

/**
 * The tenant token is invalid or expired, or the operation does not accept one.
 *
 * @since 0.1.0
 * @category common codes
 */
export class AccessTokenInvalid
  extends define("AccessTokenInvalid", { code: 99991663, status: 400, category: "Credential" })
{}

/** The application's token is invalid. @since 0.1.0 @category common codes */
export class AppTokenInvalid
  extends define("AppTokenInvalid", { code: 99991664, status: 400, category: "Credential" })
{}

/** The tenant token is not one at all. @since 0.1.0 @category common codes */
export class TenantTokenIllegal
  extends define("TenantTokenIllegal", { code: 99991665, status: 400, category: "Credential" })
{}

/**
 * The user token is invalid, or the operation does not accept one.
 *
 * @since 0.1.0
 * @category common codes
 */
export class UserTokenInvalid
  extends define("UserTokenInvalid", { code: 99991668, status: 400, category: "Credential" })
{}

/** The user token has expired. @since 0.1.0 @category common codes */
export class UserTokenExpired
  extends define("UserTokenExpired", { code: 99991677, status: 400, category: "Credential" })
{}

/** The refresh token is not one. @since 0.1.0 @category common codes */
export class RefreshTokenIllegal extends define("RefreshTokenIllegal", { code: 99991669, category: "Credential" }) {}

/** The single sign-on token is not one. @since 0.1.0 @category common codes */
export class SsoTokenIllegal extends define("SsoTokenIllegal", { code: 99991670, category: "Credential" }) {}

/** The token does not look like one. @since 0.1.0 @category common codes */
export class AccessTokenMalformed
  extends define("AccessTokenMalformed", { code: 99991671, category: "Credential" })
{}

/** Older gateways' way of refusing a token. @since 0.1.0 @category common codes */
export class LegacyTokenInvalid extends define("LegacyTokenInvalid", { code: 4001, category: "Credential" }) {}

/**
 * The application lacks a scope; `permissionViolations` names it. Once an
 * administrator grants it, a new token is needed.
 *
 * @since 0.1.0
 * @category common codes
 */
export class ScopeNotGranted
  extends define("ScopeNotGranted", { code: 99991672, status: 400, category: "Permission" })
{}

/** The user has not granted a scope; `permissionViolations` names it. @since 0.1.0 @category common codes */
export class UserScopeNotGranted
  extends define("UserScopeNotGranted", { code: 99991679, status: 400, category: "Permission" })
{}

/** The token does not reach this far. @since 0.1.0 @category common codes */
export class TokenNotPermitted extends define("TokenNotPermitted", { code: 99991676, category: "Permission" }) {}

/** The application is not installed in the tenant, or not usable there. @since 0.1.0 @category common codes */
export class AppNotInstalled extends define("AppNotInstalled", { code: 99991673, category: "Credential" }) {}

/** No such application, or not its secret. @since 0.1.0 @category common codes */
export class AppCredentialsInvalid
  extends define("AppCredentialsInvalid", { code: 99991543, category: "Credential" })
{}

/** This kind of user cannot make the call. @since 0.1.0 @category common codes */
export class UserTypeNotSupported extends define("UserTypeNotSupported", { code: 99991674, category: "Invalid" }) {}

/** The id of the acting user cannot be read. @since 0.1.0 @category common codes */
export class UserIdMalformed extends define("UserIdMalformed", { code: 99991675, category: "Invalid" }) {}

/** The login session is invalid, has expired, or belongs to nobody. @since 0.1.0 @category common codes */
export class LoginSessionInvalid
  extends define("LoginSessionInvalid", { code: [99991641, 99991642, 99991643, 99991645], category: "Credential" })
{}

/** A third party refused the session, or there is none. @since 0.1.0 @category common codes */
export class SessionRefused
  extends define("SessionRefused", { code: [99991681, 99991691, 99991692, 99991693], category: "Credential" })
{}

/** There is no such path. @since 0.1.0 @category common codes */
export class PathNotFound extends define("PathNotFound", { code: 99991201, status: 404, category: "Invalid" }) {}

/** The path does not take this method. @since 0.1.0 @category common codes */
export class MethodNotMatched
  extends define("MethodNotMatched", { code: 99991301, status: 404, category: "Invalid" })
{}

/** Fields are missing or wrong; `fieldViolations` names them. @since 0.1.0 @category common codes */
export class FieldsInvalid extends define("FieldsInvalid", { code: 99992402, status: 400, category: "Invalid" }) {}

/** The request cannot be read as what it should be. @since 0.1.0 @category common codes */
export class BadRequest extends define("BadRequest", { code: 9499, status: 400, category: "Invalid" }) {}

/** There is no such `open_id`. @since 0.1.0 @category common codes */
export class OpenIdNotFound
  extends define("OpenIdNotFound", { code: [99992351, 99992352, 99992353], status: 400, category: "NotFound" })
{}

/** There is no such `message_id`. @since 0.1.0 @category common codes */
export class MessageIdNotFound extends define("MessageIdNotFound", { code: 99992354, category: "NotFound" }) {}

/** There is no such `chat_id`. @since 0.1.0 @category common codes */
export class ChatIdNotFound
  extends define("ChatIdNotFound", { code: [99992355, 99992356], category: "NotFound" })
{}

/** There is no such department. @since 0.1.0 @category common codes */
export class DepartmentIdNotFound
  extends define("DepartmentIdNotFound", { code: [99992357, 99992358, 99992379, 99992380], category: "NotFound" })
{}

/** There is no such `user_id`. @since 0.1.0 @category common codes */
export class UserIdNotFound
  extends define("UserIdNotFound", { code: [99992360, 99992359], status: 400, category: "NotFound" })
{}

/** The `open_id` belongs to another application. @since 0.1.0 @category common codes */
export class OpenIdOfOtherApp extends define("OpenIdOfOtherApp", { code: 99992361, category: "Invalid" }) {}

/** There is no such `union_id`. @since 0.1.0 @category common codes */
export class UnionIdNotFound extends define("UnionIdNotFound", { code: 99992363, category: "NotFound" }) {}

/** The `user_id` belongs to another tenant. @since 0.1.0 @category common codes */
export class UserIdOfOtherTenant
  extends define("UserIdOfOtherTenant", { code: 99992364, status: 400, category: "Invalid" })
{}

/** There is no such version of the application. @since 0.1.0 @category common codes */
export class AppVersionIdNotFound
  extends define("AppVersionIdNotFound", { code: [99992370, 99992378], category: "NotFound" })
{}

/** There is no such meeting room. @since 0.1.0 @category common codes */
export class RoomIdNotFound extends define("RoomIdNotFound", { code: [99992375, 99992376], category: "NotFound" }) {}

/** The `union_id` belongs to another tenant. @since 0.1.0 @category common codes */
export class UnionIdOfOtherTenant extends define("UnionIdOfOtherTenant", { code: 99992381, category: "Invalid" }) {}

/** There is no such `tenant_key`. @since 0.1.0 @category common codes */
export class TenantKeyNotFound
  extends define("TenantKeyNotFound", { code: [99992500, 99992501], category: "NotFound" })
{}

/** A request inside a batch is not one the batch can hold. @since 0.1.0 @category common codes */
export class SubrequestInvalid
  extends define("SubrequestInvalid", { code: [99993201, 99993202, 99993203], category: "Invalid" })
{}

/** The platform failed inside, most often because it is called too often. @since 0.1.0 @category common codes */
export class PlatformBusy extends define("PlatformBusy", { code: [2200, 5000, 55001], category: "Fault" }) {}

/** The platform failed inside and asks to try later. @since 0.1.0 @category common codes */
export class PlatformFault
  extends define("PlatformFault", { code: [1500, 1503, 1642, 1663, 1668, 10101, 10105], category: "Fault" })
{}

/**
 * The codes that any operation may answer, besides its own.
 *
 * @since 0.1.0
 * @category common codes
 */
export const common = [
  RateLimited,
  FrequencyLimited,
  MonthlyQuotaExceeded,
  IpNotAllowed,
  AccessTokenMissing,
  AppDisabled,
  AccessTokenInvalid,
  AppTokenInvalid,
  TenantTokenIllegal,
  UserTokenInvalid,
  UserTokenExpired,
  RefreshTokenIllegal,
  SsoTokenIllegal,
  AccessTokenMalformed,
  LegacyTokenInvalid,
  ScopeNotGranted,
  UserScopeNotGranted,
  TokenNotPermitted,
  AppNotInstalled,
  AppCredentialsInvalid,
  UserTypeNotSupported,
  UserIdMalformed,
  LoginSessionInvalid,
  SessionRefused,
  PathNotFound,
  MethodNotMatched,
  FieldsInvalid,
  BadRequest,
  OpenIdNotFound,
  MessageIdNotFound,
  ChatIdNotFound,
  DepartmentIdNotFound,
  UserIdNotFound,
  OpenIdOfOtherApp,
  UnionIdNotFound,
  UserIdOfOtherTenant,
  AppVersionIdNotFound,
  RoomIdNotFound,
  UnionIdOfOtherTenant,
  TenantKeyNotFound,
  SubrequestInvalid,
  PlatformBusy,
  PlatformFault
] as const

/**
 * What any operation may fail with, by the platform's common codes.
 *
 * @since 0.1.0
 * @category common codes
 */
export type Common = InstanceType<(typeof common)[number]>
