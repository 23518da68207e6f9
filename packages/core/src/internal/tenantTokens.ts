/** Where the tenant token of a custom application comes from. */
import type * as HttpClient from "@effect/platform/HttpClient"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as ApiError from "../ApiError.ts"
import * as Admission from "../Admission.ts"
import { AccessTokenUnavailable } from "../CallError.ts"
import type { Issued } from "../AccessToken.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as RateLimit from "../RateLimit.ts"
import * as Retry from "../Retry.ts"
import * as Call from "./call.ts"
import type { Spec } from "./spec.ts"

/** A field is missing or wrong. */
export class TokenRequestInvalid extends ApiError.define("TokenRequestInvalid", { code: 10003, category: "Invalid" }) {}

/** The application cannot be used: it is switched off, or the secret is not its own. */
export class AppUnauthorized extends ApiError.define("AppUnauthorized", { code: 10014, category: "Credential" }) {}

/** The secret is wrong. */
export class AppSecretWrong extends ApiError.define("AppSecretWrong", { code: 10015, category: "Credential" }) {}

const Request = Schema.Struct({ app_id: Schema.String, app_secret: Schema.Redacted(Schema.String) })

const Answer = Schema.Struct({
  tenant_access_token: Schema.Redacted(Schema.NonEmptyString),
  /** Seconds. */
  expire: Schema.Number
})

const internal: Spec = {
  id: "auth.tenantAccessToken.internal",
  method: "POST",
  url: "/open-apis/auth/v3/tenant_access_token/internal",
  accepts: "none",
  scopes: [],
  // Asked again, the platform hands out the same token or one more: neither takes anything away.
  idempotent: true,
  serial: false,
  rateLimit: RateLimit.unstated,
  quota: undefined,
  request: Request,
  query: [],
  response: Answer,
  envelope: "flat",
  errors: [TokenRequestInvalid, AppUnauthorized, AppSecretWrong],
  statuses: {},
  deprecated: false,
  partial: undefined
}

const isAnswer = Schema.is(Answer)

/** Two hours: nothing the platform issues lives longer, whatever it says. */
const longest = 7_200

const permanent = ApiError.hasCategory("Credential", "Invalid", "Permission")

const unavailable = (reason: string, error?: Call.Failure) =>
  new AccessTokenUnavailable({
    credential: "tenant",
    reason,
    permanent: error !== undefined && permanent(error),
    code: error !== undefined && "code" in error ? error.code : undefined,
    logId: error !== undefined && "logId" in error ? error.logId : undefined
  })

export const issuer = (http: HttpClient.HttpClient, settings: Settings): Effect.Effect<Effect.Effect<Issued, AccessTokenUnavailable>> =>
  Effect.zipWith(Admission.makeMemory(), Retry.CurrentPolicy, (admission, policy) => {
    const call = Call.make({ http, settings, admission, authorize: () => Effect.succeed(undefined) })
    return Effect.flatMap(
      call(internal, { app_id: settings.appId, app_secret: settings.appSecret }).pipe(
        // Many wait for it: the policy of the one who happened to come first is not theirs.
        Retry.using(policy),
        Effect.mapError((error) => unavailable(error.message, error))
      ),
      (answer) => {
        if (!isAnswer(answer)) return unavailable("the answer holds no token")
        const seconds = Math.min(longest, answer.expire)
        return seconds > 0
          ? Effect.succeed({ token: answer.tenant_access_token, lifetime: Duration.seconds(seconds) })
          : unavailable("the token had expired when it arrived")
      }
    )
  })
