/**
 * Media by temporary links: downloads that no token goes along with, and that
 * do not count as calls of the download API.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import type { Operation } from "@effect-feishu/core/Operation"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as HttpClient from "@effect/platform/HttpClient"
import type * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { batchGetTmpDownloadUrl } from "./Media.ts"

/**
 * The platform gave no link to the file.
 *
 * @since 0.1.0
 * @category errors
 */
export class MediaLinkMissing extends Data.TaggedError("MediaLinkMissing")<{ readonly file_token: string }> {
  override get message() {
    return `${batchGetTmpDownloadUrl.id}: no link to ${this.file_token}`
  }
}

/**
 * The link leads to a host that nobody allowed, or is not encrypted. Nothing was
 * sent there.
 *
 * @since 0.1.0
 * @category errors
 */
export class MediaLinkRefused extends Data.TaggedError("MediaLinkRefused")<{
  readonly file_token: string
  readonly host: string
}> {
  override get message() {
    return `${batchGetTmpDownloadUrl.id}: the link to ${this.file_token} leads to ${this.host}, which is not among the allowed hosts`
  }
}

/**
 * The link was not answered with the file: it has expired, it leads elsewhere,
 * or the connection broke.
 *
 * @since 0.1.0
 * @category errors
 */
export class MediaLinkBroken extends Data.TaggedError("MediaLinkBroken")<{
  readonly file_token: string
  /** None where no answer came, or not all of it. */
  readonly status: number | undefined
  readonly reason: string
}> {
  override get message() {
    return `the link to ${this.file_token} was not answered with the file: ${this.reason}`
  }
}

/**
 * @since 0.1.0
 * @category models
 */
export interface LinkRequest {
  readonly file_token: string
  /** As `Media.batchGetTmpDownloadUrl` takes it. */
  readonly extra?: string | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /**
   * Where links may lead: these hosts and those below them. A loopback address
   * among them may be reached without encryption.
   *
   * @default ["feishu.cn", "larksuite.com"]
   */
  readonly hosts?: ReadonlyArray<string> | undefined
}

const platform: ReadonlyArray<string> = ["feishu.cn", "larksuite.com"]

const isLoopback = (host: string) => host === "127.0.0.1" || host === "[::1]" || host === "localhost"

const isAllowed = ({ hostname, protocol }: URL, hosts: ReadonlyArray<string>): boolean =>
  (protocol === "https:" || (protocol === "http:" && isLoopback(hostname)))
  && hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))

/** A transport's words may hold the link, which is a secret: only its reason is told. */
const broken = (file_token: string) => ({ reason }: HttpClientError.HttpClientError) =>
  new MediaLinkBroken({ file_token, status: undefined, reason: `the connection failed (${reason})` })

/** Answered by whoever looks after links that are no longer, or not yet, good. */
const mayHaveExpired = (error: { readonly _tag: string; readonly status?: number | undefined }) =>
  error._tag === "MediaLinkBroken" && error.status !== undefined && error.status >= 400 && error.status < 500

const http = Effect.map(HttpClient.HttpClient, (client) =>
  HttpClient.withScope(HttpClient.withTracerDisabledWhen(client, () => true)))

/** Asks for a link, and follows it. */
const open = ({ extra, file_token }: LinkRequest, hosts: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const { tmp_download_urls = [] } = yield* batchGetTmpDownloadUrl({
      file_tokens: [file_token],
      ...extra === undefined ? {} : { extra }
    })
    const link = tmp_download_urls.find((one) => one.file_token === file_token)
    const text = link === undefined ? "" : Redacted.value(link.tmp_download_url)
    if (!URL.canParse(text)) return yield* new MediaLinkMissing({ file_token })
    const url = new URL(text)
    if (!isAllowed(url, hosts)) return yield* new MediaLinkRefused({ file_token, host: url.host })
    const response = yield* Effect.flatMap(http, (client) => client.execute(HttpClientRequest.get(text))).pipe(
      Effect.mapError(broken(file_token)),
      // `fetch` would follow.
      Effect.provideService(FetchHttpClient.RequestInit, { redirect: "manual" })
    )
    const { status } = response
    return status === 200 ? response : yield* new MediaLinkBroken({ file_token, status, reason: `HTTP ${status}` })
  })

/**
 * The content of a media, by a temporary link: asks for one, and reads what it
 * leads to, as fast as that is consumed. A link that is refused is replaced
 * once. Redirects are not followed, and no token is sent along.
 *
 * @example
 * ```ts
 * import { MediaLink } from "@effect-feishu/drive"
 * import { FileSystem } from "@effect/platform"
 * import { Effect, Stream } from "effect"
 *
 * export const save = (file_token: string, path: string) =>
 *   Effect.flatMap(FileSystem.FileSystem, (fileSystem) =>
 *     Stream.run(MediaLink.stream({ file_token }), fileSystem.sink(path)))
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const stream = (
  request: LinkRequest,
  { hosts = platform }: Options = {}
): Stream.Stream<
  Uint8Array,
  Operation.Error<typeof batchGetTmpDownloadUrl> | CallError | MediaLinkMissing | MediaLinkRefused | MediaLinkBroken,
  FeishuClient | AccessToken.AnyAccessToken | HttpClient.HttpClient
> =>
  open(request, hosts).pipe(
    Effect.retry({ times: 1, while: mayHaveExpired }),
    Effect.map(({ stream }) => Stream.mapError(stream, broken(request.file_token))),
    Stream.unwrapScoped
  )
