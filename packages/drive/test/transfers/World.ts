// A platform that takes and gives files, behind real sockets: what the tests of transfers have in common.
import { AccessToken, Admission, FeishuClient, Retry } from "@effect-feishu/core"
import { FakeFeishu, FakeServer } from "@effect-feishu/core/testing"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { File, FileError, FileUpload, plugin, UploadSource } from "@effect-feishu/drive"
import { FetchHttpClient, HttpClient } from "@effect/platform"
import { assert } from "@effect/vitest"
import { Context, Effect, Layer, Option } from "effect"
import { createHash } from "node:crypto"
import { Agent } from "undici"
import * as Contents from "../../src/testing/internal/contents.ts"
import * as Uploads from "../../src/testing/internal/uploads.ts"

/** What a part has, unless a test says otherwise. */
export const blockSize = 1_000

export class World extends Context.Tag("test/transfers/World")<World, {
  readonly stored: Contents.Contents
  readonly uploads: Uploads.Uploads
  /** What was uploaded, in order, and when. */
  readonly created: Array<Uploads.Created & { readonly at: number }>
}>() {}

const state = Layer.effect(
  World,
  Effect.map(Effect.clock, (clock) => {
    const created: Array<Uploads.Created & { readonly at: number }> = []
    const stored = Contents.make()
    const uploads = Uploads.make({
      stored,
      blockSize,
      onCreated: (one) => Effect.sync(() => void created.push({ ...one, at: clock.unsafeCurrentTimeMillis() }))
    })
    return { stored, uploads, created }
  })
)

const handlers = [
  ...Contents.handlers(World),
  ...Uploads.handlers(World),
  FakeFeishu.handler(File.list, ({ folder_token, page_token }) =>
    Effect.map(World, ({ created }) => {
      const inside = created.filter(({ kind, parent_node }) => kind === "file" && parent_node === folder_token).toReversed()
      const from = Number(page_token ?? 0)
      return {
        files: inside.slice(from, from + 1).map(({ at, file_name, file_token }) => ({
          token: file_token,
          name: file_name,
          type: "file" as const,
          created_time: String(Math.floor(at / 1_000))
        })),
        has_more: from + 1 < inside.length,
        next_page_token: String(from + 1)
      }
    }))
]

const domain = FakeFeishu.domain({ plugin, state, handlers, overlapping: FileError.DriveFileContended })

/** Whose every step takes a while. */
const slowDomain = FakeFeishu.domain({
  plugin,
  state,
  handlers: handlers.map(({ operation, run }) => ({
    operation,
    run: (request: never, caller: FakeFeishu.Caller) => Effect.delay(run(request, caller), "3 millis")
  })),
  overlapping: FileError.DriveFileContended
})

/** Everybody's turn is kept, and nobody waits for the documented rates: a test has no time for them. */
const layerTurns = Layer.effect(
  Admission.Admission,
  Effect.map(Admission.makeMemory(), ({ admit, pause }) => ({
    admit: (request) => admit({ ...request, windows: [] }),
    pause: (request, wait) => pause({ ...request, windows: [] }, wait)
  }))
)

const options = { domains: [domain], rateLimits: false } as const

const config = { timeouts: { headers: "1 second", body: "500 millis" }, retryBudget: 1_000_000 } as const

/** Another process: a client with turns of its own, to the same platform. */
export const layerProcess = Layer.mergeAll(
  FeishuClient.layerWithoutAdmission.pipe(Layer.provide(layerTurns)),
  AccessToken.layerTenant
).pipe(Layer.provide(FakeFeishu.layerConfig(config)))

const undici = Layer.scoped(
  HttpClient.HttpClient,
  Effect.map(
    Effect.acquireRelease(Effect.sync(() => new Agent()), (agent) => Effect.promise(() => agent.destroy())),
    UndiciTransport.make
  )
)

const over = (http: Layer.Layer<HttpClient.HttpClient>, domains: typeof options.domains = options.domains) =>
  layerProcess.pipe(Layer.provideMerge(FakeServer.layer({ ...options, domains })), Layer.provideMerge(http))

/** The platform on a socket, by both transports. */
export const transports = [["fetch", over(FetchHttpClient.layer)], ["UndiciTransport", over(undici)]] as const

/** The same, and every step takes a while. */
export const layerSlow = over(undici, [slowDomain])

/** The platform in memory, where a test rules the time. */
export const layerMemory = layerProcess.pipe(Layer.provideMerge(FakeFeishu.layer(options)))

/** Without anybody's turn being kept. */
export const layerLawless = FakeServer.layerClient({ ...options, domains: [slowDomain], config }).pipe(Layer.provide(undici))

/** As often as the client does by default, and sooner. */
export const patient = Retry.using(Retry.make({ base: "2 millis", throttleFloor: "2 millis" }))

/** Bytes that differ from part to part. */
export const bytesOf = (size: number, seed = 0) =>
  Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8) * 7 + (index >> 16) + seed * 13) % 256)

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

/** The files of that name, with their hashes. */
export const filesOf = (name: string) =>
  Effect.map(World, ({ created, stored }) =>
    created.filter(({ file_name }) => file_name === name).map(({ file_token, size }) => ({
      file_token,
      size,
      hash: sha256(Option.getOrThrow(stored.bytes(file_token)))
    })))

/** A file to upload to a folder, small enough for one request up to 100 bytes, and from then on in parts. */
export const request = (file_name: string, bytes: Uint8Array) => ({
  file_name,
  parent_node: "fld",
  source: UploadSource.fromBytes(bytes),
  atOnce: 100
})

/** How often parts of a file were sent, those of others included. */
export const partsSent = Effect.flatMap(FakeFeishu.FakeFeishu, (fake) =>
  Effect.map(fake.requestsOf(FileUpload.part), ({ length }) => length))

export const isOnce = (name: string, bytes: Uint8Array) =>
  Effect.map(filesOf(name), (files) => {
    assert.deepStrictEqual(files.map(({ hash, size }) => ({ hash, size })), [{ hash: sha256(bytes), size: bytes.byteLength }])
  })
