/**
 * What the platform's sign-in answers when it refuses, and `UserInfo.get` with
 * it.
 *
 * @since 0.1.0
 */
import * as ApiError from "./ApiError.ts"

const define = <const Tag extends string, const Code extends number, const Cat extends ApiError.Category>(
  tag: Tag,
  code: Code | readonly [Code, ...ReadonlyArray<Code>],
  category: Cat,
  status = 400
) => ApiError.define(tag, { code, category, status })

/** A parameter is missing, or the request cannot be read. @since 0.1.0 @category errors */
export class OAuthRequestMalformed extends define("OAuthRequestMalformed", [20001, 20063], "Invalid") {}

/** The secret is not the application's. @since 0.1.0 @category errors */
export class OAuthClientSecretWrong extends define("OAuthClientSecretWrong", 20002, "Credential") {}

/** There is no such code. @since 0.1.0 @category errors */
export class OAuthCodeNotFound extends define("OAuthCodeNotFound", 20003, "Credential") {}

/** The code is older than five minutes. @since 0.1.0 @category errors */
export class OAuthCodeExpired extends define("OAuthCodeExpired", 20004, "Credential") {}

/** The code was exchanged before: it works once. @since 0.1.0 @category errors */
export class OAuthCodeUsed extends define("OAuthCodeUsed", 20065, "Credential") {}

/** The user's token is not one. @since 0.1.0 @category errors */
export class OAuthUserTokenInvalid extends define("OAuthUserTokenInvalid", 20005, "Credential", 200) {}

/** No token could be made, most often of something that was used before. @since 0.1.0 @category errors */
export class OAuthTokenNotMade extends define("OAuthTokenNotMade", 20007, "Credential") {}

/** There is no such user. @since 0.1.0 @category errors */
export class OAuthUserNotFound extends define("OAuthUserNotFound", 20008, "NotFound") {}

/** The application is not installed in the user's tenant. @since 0.1.0 @category errors */
export class OAuthAppNotInstalled extends define("OAuthAppNotInstalled", 20009, "Permission") {}

/** The user may not use the application. @since 0.1.0 @category errors */
export class OAuthUserNotAllowed extends define("OAuthUserNotAllowed", 20010, "Permission") {}

/** The user has left. @since 0.1.0 @category errors */
export class OAuthUserResigned extends define("OAuthUserResigned", 20021, "Permission", 200) {}

/** The user is frozen. @since 0.1.0 @category errors */
export class OAuthUserFrozen extends define("OAuthUserFrozen", 20022, "Permission", 200) {}

/** The user never finished registering. @since 0.1.0 @category errors */
export class OAuthUserNotRegistered extends define("OAuthUserNotRegistered", 20023, "Permission", 200) {}

/** The code or refresh token was issued to another application. @since 0.1.0 @category errors */
export class OAuthClientMismatch extends define("OAuthClientMismatch", 20024, "Credential") {}

/** The refresh token is not one, or an older interface's. @since 0.1.0 @category errors */
export class OAuthRefreshTokenInvalid extends define("OAuthRefreshTokenInvalid", 20026, "Credential") {}

/** This kind of grant is unknown. @since 0.1.0 @category errors */
export class OAuthGrantTypeUnsupported extends define("OAuthGrantTypeUnsupported", 20036, "Invalid") {}

/** The refresh token lay unused too long, or a year has passed since the user agreed. @since 0.1.0 @category errors */
export class OAuthRefreshTokenExpired extends define("OAuthRefreshTokenExpired", 20037, "Credential") {}

/** There is no such refresh token. @since 0.1.0 @category errors */
export class OAuthRefreshTokenNotFound extends define("OAuthRefreshTokenNotFound", 20038, "Credential") {}

/** The application belongs to the other cloud. @since 0.1.0 @category errors */
export class OAuthCloudMismatch extends define("OAuthCloudMismatch", 20046, "Invalid") {}

/** There is no such application. @since 0.1.0 @category errors */
export class OAuthAppNotFound extends define("OAuthAppNotFound", 20048, "Credential") {}

/** The verifier is missing, or not that of the sign-in. @since 0.1.0 @category errors */
export class OAuthVerifierWrong extends define("OAuthVerifierWrong", 20049, "Invalid") {}

/** The platform failed; the documentation says to repeat the call. @since 0.1.0 @category errors */
export class OAuthServerFailed extends define("OAuthServerFailed", 20050, "TryAgain", 500) {}

/** The refresh token was revoked. @since 0.1.0 @category errors */
export class OAuthRefreshTokenRevoked extends define("OAuthRefreshTokenRevoked", 20064, "Credential") {}

/** The user's state does not allow it. @since 0.1.0 @category errors */
export class OAuthUserStateInvalid extends define("OAuthUserStateInvalid", 20066, "Permission") {}

/** A scope was named twice. @since 0.1.0 @category errors */
export class OAuthScopesRepeated extends define("OAuthScopesRepeated", 20067, "Invalid") {}

/** A scope was named that the user did not grant. @since 0.1.0 @category errors */
export class OAuthScopesNotGranted extends define("OAuthScopesNotGranted", 20068, "Permission") {}

/** The application is switched off. @since 0.1.0 @category errors */
export class OAuthAppNotEnabled extends define("OAuthAppNotEnabled", 20069, "Credential") {}

/** The application proved itself in two ways at once. @since 0.1.0 @category errors */
export class OAuthClientProvedTwice extends define("OAuthClientProvedTwice", 20070, "Invalid") {}

/** The address is not that of the sign-in. @since 0.1.0 @category errors */
export class OAuthRedirectMismatch extends define("OAuthRedirectMismatch", 20071, "Invalid") {}

/** The platform is not available for a while. @since 0.1.0 @category errors */
export class OAuthUnavailable extends define("OAuthUnavailable", 20072, "TryAgain", 503) {}

/** The refresh token was used before: it works once. @since 0.1.0 @category errors */
export class OAuthRefreshTokenUsed extends define("OAuthRefreshTokenUsed", 20073, "Credential") {}

/** Refreshing is switched off for the application. @since 0.1.0 @category errors */
export class OAuthRefreshNotAllowed extends define("OAuthRefreshNotAllowed", 20074, "Credential") {}
