/**
 * How deliveries of events prove that they come from the platform.
 *
 * @since 0.1.0
 */
import * as Config from "effect/Config"
import * as ConfigError from "effect/ConfigError"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * The Encrypt Key of the application's event page. With it, deliveries are
   * signed and encrypted, and nothing else is accepted. Recommended.
   */
  readonly encryptKey?: Redacted.Redacted | undefined
  /**
   * The Verification Token of the same page, which every delivery must repeat.
   * Alone it is a password sent in the clear; beside an Encrypt Key it protects
   * the check of the URL, which the platform does not sign.
   */
  readonly verificationToken?: Redacted.Redacted | undefined
  /** The application deliveries must be for. Without it any. */
  readonly appId?: string | undefined
  /**
   * With neither of the two secrets nothing tells a delivery from a forgery,
   * and only this setting makes that acceptable.
   */
  readonly verification?: "none" | undefined
  /**
   * How long ago a delivery may have been signed. It is not documented whether
   * the platform signs anew when it delivers again, up to 7 h 5 min 15 s later:
   * a shorter time may refuse deliveries that are genuine.
   *
   * @default "8 hours"
   */
  readonly maxAge?: Duration.DurationInput | undefined
  /** How far the platform's clock may be ahead of ours. @default "5 minutes" */
  readonly maxClockSkew?: Duration.DurationInput | undefined
  /** Bytes a delivery may have. @default 1048576 */
  readonly maxBodySize?: number | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Settings {
  readonly encryptKey: Redacted.Redacted | undefined
  readonly verificationToken: Redacted.Redacted | undefined
  readonly appId: string | undefined
  readonly maxAge: Duration.Duration
  readonly maxClockSkew: Duration.Duration
  readonly maxBodySize: number
}

/**
 * @since 0.1.0
 * @category services
 */
export class WebhookConfig extends Context.Tag("@effect-feishu/core/WebhookConfig")<WebhookConfig, Settings>() {}

const settings = (options: Options): Either.Either<Settings, ConfigError.ConfigError> => {
  const refuse = (name: string, message: string) => Either.left(ConfigError.InvalidData([name], message))
  const { appId, encryptKey, verificationToken } = options
  const isBlank = (secret: Redacted.Redacted | undefined) => secret !== undefined && Redacted.value(secret).trim() === ""
  if (isBlank(encryptKey)) return refuse("encryptKey", "must not be empty")
  if (isBlank(verificationToken)) return refuse("verificationToken", "must not be empty")
  if (appId !== undefined && appId.trim() === "") return refuse("appId", "must not be empty")
  const verifies = encryptKey !== undefined || verificationToken !== undefined
  if (!verifies && options.verification !== "none") {
    return refuse("encryptKey", "must be set, or verificationToken, or verification: \"none\" to accept what anybody sends")
  }
  if (verifies && options.verification === "none") return refuse("verification", "must not be \"none\" beside a secret")
  return Either.right({
    encryptKey,
    verificationToken,
    appId,
    maxAge: Duration.decode(options.maxAge ?? "8 hours"),
    maxClockSkew: Duration.decode(options.maxClockSkew ?? "5 minutes"),
    maxBodySize: options.maxBodySize ?? 1024 * 1024
  })
}

/**
 * Settings you hold in hand. Dies when deliveries could not be verified.
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (options: Options): Layer.Layer<WebhookConfig> =>
  Layer.effect(WebhookConfig, Effect.orDie(Effect.suspend(() => settings(options))))

const optional = <A>(config: Config.Config<A>) => Config.map(Config.option(config), Option.getOrUndefined)

/**
 * `FEISHU_ENCRYPT_KEY`, `FEISHU_VERIFICATION_TOKEN` and `FEISHU_APP_ID`, as far
 * as they are set; one of the first two must be.
 *
 * @since 0.1.0
 * @category config
 */
export const fromEnv: Config.Config.Wrap<Options> = {
  encryptKey: optional(Config.redacted("FEISHU_ENCRYPT_KEY")),
  verificationToken: optional(Config.redacted("FEISHU_VERIFICATION_TOKEN")),
  appId: optional(Config.string("FEISHU_APP_ID"))
}

/**
 * The settings as a `Config`, read from the environment unless told where.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options: Config.Config.Wrap<Options> = fromEnv
): Layer.Layer<WebhookConfig, ConfigError.ConfigError> =>
  Layer.effect(WebhookConfig, Effect.flatMap(Config.unwrap(options), settings))
