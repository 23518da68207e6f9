import { FeishuTest } from "@effect-feishu/core/testing"
import { FileError, Media, MediaLink } from "@effect-feishu/drive"
import { FetchHttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Layer, Redacted, Stream } from "effect"
import * as Http from "node:http"
import { inspect } from "node:util"

type Answer = (request: Http.IncomingMessage, response: Http.ServerResponse, count: number) => void

/** Where links lead to: a server of its own, and what it was sent. */
const elsewhere = (answer: Answer) =>
  Effect.gen(function*() {
    const seen: Array<Http.IncomingMessage> = []
    const server = Http.createServer((request, response) => answer(request, response, seen.push(request)))
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () => Effect.sync(() => {
        server.closeAllConnections()
        server.close()
      })
    )
    const address = server.address()
    assert(address !== null && typeof address === "object")
    return { base: `http://127.0.0.1:${address.port}`, seen }
  })

const secret = "canary-link-secret"

const linking = (link: (count: number) => string) => {
  let asked = 0
  return Layer.merge(
    FeishuTest.layer(FeishuTest.on(Media.batchGetTmpDownloadUrl, ({ file_tokens }) =>
      Effect.succeed({
        tmp_download_urls: file_tokens.map((file_token) => ({ file_token, tmp_download_url: Redacted.make(link(++asked)) }))
      }))),
    FeishuTest.layerTokens
  )
}

const hosts = ["127.0.0.1"]

const read = <E, R>(content: Stream.Stream<Uint8Array, E, R>) =>
  Effect.map(Stream.runCollect(Stream.decodeText(content)), (chunks) => Chunk.toReadonlyArray(chunks).join(""))

for (const [transport, http] of [["fetch", FetchHttpClient.layer], ["undici", NodeHttpClient.layerUndici]] as const) {
  describe(`media by a link, over ${transport}`, () => {
    it.scopedLive("is read without a token", () =>
      Effect.gen(function*() {
        const { base, seen } = yield* elsewhere((_, response) => response.end("content"))
        const content = MediaLink.stream({ file_token: "f" }, { hosts }).pipe(read, Effect.provide([linking(() => `${base}/?authcode=${secret}`), http]))
        assert.strictEqual(yield* content, "content")
        assert.lengthOf(seen, 1)
        assert.notProperty(seen[0]!.headers, "authorization")
      }))

    it.scopedLive("is asked for a new link, once, where the old one has expired", () =>
      Effect.gen(function*() {
        const { base, seen } = yield* elsewhere(({ url }, response) => {
          response.statusCode = url === "/2" ? 200 : 403
          response.end(url)
        })
        const stream = MediaLink.stream({ file_token: "f" }, { hosts }).pipe(read)
        assert.strictEqual(yield* stream.pipe(Effect.provide([linking((count) => `${base}/${count}`), http])), "/2")
        assert.lengthOf(seen, 2)
        const error = yield* Effect.flip(stream.pipe(Effect.provide([linking(() => `${base}/${secret}`), http])))
        assert.deepInclude(error, { _tag: "MediaLinkBroken", status: 403 })
        assert.lengthOf(seen, 4)
        assert.notInclude(inspect(error, { depth: 9 }), secret)
      }))

    it.scopedLive("follows no redirect", () =>
      Effect.gen(function*() {
        const { base, seen } = yield* elsewhere((_, response) => response.writeHead(302, { location: `${base}/other` }).end())
        const error = yield* Effect.flip(
          MediaLink.stream({ file_token: "f" }, { hosts }).pipe(read, Effect.provide([linking(() => base), http]))
        )
        assert.deepInclude(error, { _tag: "MediaLinkBroken", status: 302 })
        assert.lengthOf(seen, 1)
      }))

    it.scopedLive("that breaks off fails", () =>
      Effect.gen(function*() {
        const { base } = yield* elsewhere((_, response) => {
          response.writeHead(200, { "content-length": "100" }).write("half")
          setTimeout(() => response.destroy(), 20)
        })
        const error = yield* Effect.flip(
          MediaLink.stream({ file_token: "f" }, { hosts }).pipe(read, Effect.provide([linking(() => `${base}/${secret}`), http]))
        )
        assert.deepInclude(error, { _tag: "MediaLinkBroken", status: undefined })
        assert.notInclude(inspect(error, { depth: 9 }), secret)
      }))
  })
}

describe("a link", () => {
  const fails = (link: string, options?: MediaLink.Options) =>
    Effect.flip(MediaLink.stream({ file_token: "f" }, options).pipe(read, Effect.provide([linking(() => link), FetchHttpClient.layer])))

  it.live("leads to the platform's hosts, or nowhere", () =>
    Effect.gen(function*() {
      for (
        const link of [
          "https://evil.example/x",
          "https://feishu.cn.evil.example/x",
          "https://evilfeishu.cn/x",
          "http://internal-api-drive-stream.feishu.cn/x",
          "ftp://internal-api-drive-stream.feishu.cn/x",
          "http://127.0.0.1:1/x"
        ]
      ) {
        const error = yield* fails(link)
        assert.deepInclude(error, { _tag: "MediaLinkRefused", host: new URL(link).host })
      }
      assert.propertyVal(yield* fails("not a link"), "_tag", "MediaLinkMissing")
      // Encryption is needed beyond the loopback, whatever is allowed.
      assert.propertyVal(yield* fails("http://files.example/x", { hosts: ["files.example"] }), "_tag", "MediaLinkRefused")
    }))

  it.effect("that cannot be had fails as the call did", () =>
    Effect.gen(function*() {
      const stub = FeishuTest.layer(FeishuTest.on(Media.batchGetTmpDownloadUrl, () =>
        FeishuTest.failure(Media.batchGetTmpDownloadUrl, FileError.DriveFileInvalidParam)))
      const error = yield* Effect.flip(
        MediaLink.stream({ file_token: "f" }).pipe(read, Effect.provide([stub, FeishuTest.layerTokens, FetchHttpClient.layer]))
      )
      assert.instanceOf(error, FileError.DriveFileInvalidParam)
      const empty = FeishuTest.layer(FeishuTest.on(Media.batchGetTmpDownloadUrl, () => Effect.succeed({})))
      const missing = yield* Effect.flip(
        MediaLink.stream({ file_token: "f" }).pipe(read, Effect.provide([empty, FeishuTest.layerTokens, FetchHttpClient.layer]))
      )
      assert.propertyVal(missing, "_tag", "MediaLinkMissing")
    }))
})
