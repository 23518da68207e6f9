/**
 * Who a user token belongs to.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as OAuthError from "./OAuthError.ts"
import * as Operation from "./Operation.ts"
import * as RateLimit from "./RateLimit.ts"
import * as Shape from "./Shape.ts"

const text = Schema.optional(Schema.String)

/**
 * A user, as far as the application may see them. Addresses and telephone
 * numbers were entered by an administrator and never verified: do not take them
 * for a proof of identity.
 *
 * @since 0.1.0
 * @category models
 */
export class Info extends Shape.Struct<Info>()(() => ({
  name: text,
  en_name: text,
  avatar_url: text,
  avatar_thumb: text,
  avatar_middle: text,
  avatar_big: text,
  /** The user's id in this application. */
  open_id: text,
  /** The user's id in all applications of the same developer. */
  union_id: text,
  email: text,
  enterprise_email: text,
  user_id: text,
  mobile: text,
  /** The user's tenant: what `AccessToken.forTenant` takes. */
  tenant_key: text,
  employee_no: text
})) {}

/**
 * Who the calling user is.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/authen-v1/user_info/get
 *
 * @since 0.1.0
 * @category operations
 */
export const get = Operation.make("auth.userInfo.get", {
  method: "GET",
  url: "/open-apis/authen/v1/user_info",
  accepts: "user",
  scopes: [],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  response: Info,
  errors: [
    OAuthError.OAuthRequestMalformed,
    OAuthError.OAuthUserTokenInvalid,
    OAuthError.OAuthUserNotFound,
    OAuthError.OAuthUserResigned,
    OAuthError.OAuthUserFrozen,
    OAuthError.OAuthUserNotRegistered,
    OAuthError.OAuthServerFailed
  ],
  statuses: { 20001: 200, 20008: 200 }
})
