/**
 * Which cloud, which application, and how patient to be.
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
 * Feishu, for tenants in China.
 *
 * @since 0.1.0
 * @category clouds
 */
export const feishu = "https://open.feishu.cn"

/**
 * Lark, for tenants elsewhere.
 *
 * @since 0.1.0
 * @category clouds
 */
export const lark = "https://open.larksuite.com"

/** Where users sign in, by cloud. */
const accounts: Readonly<Record<string, string>> = {
  [feishu]: "https://accounts.feishu.cn",
  [lark]: "https://accounts.larksuite.com"
}

/**
 * How long the parts of a call may take.
 *
 * @since 0.1.0
 * @category models
 */
export interface Timeouts {
  /** From sending the request to the answer's headers. @default "30 seconds" */
  readonly headers?: Duration.DurationInput | undefined
  /** From the headers to the end of the body. @default "30 seconds" */
  readonly body?: Duration.DurationInput | undefined
  /**
   * All attempts of a call and the waits between them, without the time it waits for admission or for its first token.
   *
   * @default "120 seconds"
   */
  readonly total?: Duration.DurationInput | undefined
  /**
   * To open a connection, for transports that can tell: `UndiciTransport` can,
   * others have a limit of their own (10 seconds for Node's `fetch` and undici).
   *
   * @default "5 seconds"
   */
  readonly connect?: Duration.DurationInput | undefined
}

/**
 * When to stop asking a platform that does not answer.
 *
 * @since 0.1.0
 * @category models
 */
export interface CircuitBreaker {
  /** How many attempts in a row must come to nothing: no connection, no answer in time, a gateway's 5xx. */
  readonly failures: number
  /** How long nothing is sent then; after that one attempt finds out whether the platform is back. */
  readonly openFor: Duration.DurationInput
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** `cli_…`, from the developer console. */
  readonly appId: string
  readonly appSecret: Redacted.Redacted
  /**
   * Where the platform is: `feishu`, `lark`, or a private installation. Only
   * `https`, except for a loopback address. Tokens are sent nowhere else.
   *
   * @default "https://open.feishu.cn"
   */
  readonly baseUrl?: string | undefined
  /**
   * Where users sign in. Known for `feishu` and `lark`; a private installation
   * needs it only for `OAuth`. The same rules as for `baseUrl`.
   */
  readonly accountsUrl?: string | undefined
  readonly timeouts?: Timeouts | undefined
  /** Bytes of JSON, after decompression, that an answer may have. @default 8388608 */
  readonly maxResponseSize?: number | undefined
  /**
   * How much repeating the client may do while the platform fails: every
   * repetition after a transient failure costs 14, a success pays it back. 0
   * forbids them.
   *
   * @default 500
   */
  readonly retryBudget?: number | undefined
  /** Without it every call is tried. @default undefined */
  readonly circuitBreaker?: CircuitBreaker | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Settings {
  readonly appId: string
  readonly appSecret: Redacted.Redacted
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** Without a trailing slash; none where it is not known. */
  readonly accountsUrl: string | undefined
  readonly timeouts: {
    readonly connect: Duration.Duration
    readonly headers: Duration.Duration
    readonly body: Duration.Duration
    readonly total: Duration.Duration
  }
  readonly maxResponseSize: number
  readonly retryBudget: number
  readonly circuitBreaker: CircuitBreaker | undefined
}

/**
 * @since 0.1.0
 * @category services
 */
export class FeishuConfig extends Context.Tag("@effect-feishu/core/FeishuConfig")<FeishuConfig, Settings>() {}

const isLoopback = (hostname: string) =>
  hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname)

const origin = (baseUrl: string): Either.Either<string, string> => {
  if (!URL.canParse(baseUrl)) return Either.left("is not a URL")
  const url = new URL(baseUrl)
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return Either.left("must use https, or http to a loopback address")
  }
  if (url.username !== "" || url.password !== "") return Either.left("must not carry credentials")
  if (url.search !== "" || url.hash !== "") return Either.left("must not have a query or a fragment")
  return Either.right(url.origin + url.pathname.replace(/\/+$/, ""))
}

const settings = (options: Options): Either.Either<Settings, ConfigError.ConfigError> => {
  const refuse = (name: string, message: string) => Either.left(ConfigError.InvalidData([name], message))
  if (options.appId.trim() === "") return refuse("appId", "must not be empty")
  if (Redacted.value(options.appSecret).trim() === "") return refuse("appSecret", "must not be empty")
  const { timeouts = {} } = options
  const accountsUrl = options.accountsUrl === undefined ? Either.right(undefined) : origin(options.accountsUrl)
  if (Either.isLeft(accountsUrl)) return refuse("accountsUrl", accountsUrl.left)
  return Either.match(origin(options.baseUrl ?? feishu), {
    onLeft: (message) => refuse("baseUrl", message),
    onRight: (baseUrl) =>
      Either.right({
        appId: options.appId,
        appSecret: options.appSecret,
        baseUrl,
        accountsUrl: accountsUrl.right ?? accounts[baseUrl],
        timeouts: {
          connect: Duration.decode(timeouts.connect ?? "5 seconds"),
          headers: Duration.decode(timeouts.headers ?? "30 seconds"),
          body: Duration.decode(timeouts.body ?? "30 seconds"),
          total: Duration.decode(timeouts.total ?? "120 seconds")
        },
        maxResponseSize: options.maxResponseSize ?? 8 * 1024 * 1024,
        retryBudget: options.retryBudget ?? 500,
        circuitBreaker: options.circuitBreaker
      })
  })
}

/**
 * The configuration of an application you hold in hand. Dies when it cannot be
 * right (no id, no secret, a base URL that would send tokens in the clear).
 *
 * @since 0.1.0
 * @category layers
 */
export const layer = (options: Options): Layer.Layer<FeishuConfig> =>
  Layer.effect(FeishuConfig, Effect.orDie(Effect.suspend(() => settings(options))))

/**
 * `FEISHU_APP_ID`, `FEISHU_APP_SECRET` and, if they are set, `FEISHU_BASE_URL` and `FEISHU_ACCOUNTS_URL`.
 *
 * @since 0.1.0
 * @category config
 */
export const fromEnv: Config.Config.Wrap<Options> = {
  appId: Config.string("FEISHU_APP_ID"),
  appSecret: Config.redacted("FEISHU_APP_SECRET"),
  baseUrl: Config.map(Config.option(Config.string("FEISHU_BASE_URL")), Option.getOrUndefined),
  accountsUrl: Config.map(Config.option(Config.string("FEISHU_ACCOUNTS_URL")), Option.getOrUndefined)
}

/**
 * The configuration as a `Config`, read from the environment unless told where.
 *
 * @since 0.1.0
 * @category layers
 */
export const layerConfig = (
  options: Config.Config.Wrap<Options> = fromEnv
): Layer.Layer<FeishuConfig, ConfigError.ConfigError> =>
  Layer.effect(FeishuConfig, Effect.flatMap(Config.unwrap(options), settings))
