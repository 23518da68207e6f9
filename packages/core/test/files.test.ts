import { AccessToken, Download, FeishuClient, FeishuConfig, Retry } from "@effect-feishu/core"
import { FakeFeishu, FakeServer, Fault } from "@effect-feishu/core/testing"
import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { FetchHttpClient, HttpClient } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Effect, Either, Fiber, Layer, Redacted, Stream } from "effect"
import * as Http from "node:http"
import { Agent } from "undici"
import * as Bytes from "../src/internal/bytes.ts"
import * as FileName from "../src/internal/fileName.ts"
import * as Files from "./testing/Files.ts"

/** Bytes of every value, those among them that end lines and parts of a form. */
const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) % 256)

const all = <E, R>(content: Stream.Stream<Uint8Array, E, R>) =>
  Effect.map(Stream.runCollect(content), (chunks) => Bytes.concat(Chunk.toReadonlyArray(chunks)))

const undici = Layer.scoped(
  HttpClient.HttpClient,
  Effect.map(
    Effect.acquireRelease(Effect.sync(() => new Agent()), (agent) => Effect.promise(() => agent.destroy())),
    UndiciTransport.make
  )
)

const files = new Map<string, Download.Download | Uint8Array>()

const options = {
  domains: [Files.domainOf(files)],
  config: { timeouts: { headers: "500 millis", body: "500 millis" } },
  rateLimits: false
} as const

/** The same platform, in memory and behind three transports. */
const transports = [
  ["in memory", FakeFeishu.layerClient(options)],
  ["fetch", FakeServer.layerClient(options).pipe(Layer.provide(FetchHttpClient.layer))],
  ["undici", FakeServer.layerClient(options).pipe(Layer.provide(NodeHttpClient.layerUndici))],
  ["UndiciTransport", FakeServer.layerClient(options).pipe(Layer.provide(undici))]
] as const

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

for (const [transport, layer] of transports) {
  describe(`a file by ${transport}`, () => {
    it.live("arrives whole, with what is told of it", () =>
      Effect.gen(function*() {
        const content = bytesOf(300_000)
        files.set("report", content)
        const file = yield* Files.get({ file_token: "report" })
        assert.deepInclude(file, {
          name: "report.bin",
          type: "application/octet-stream",
          size: 300_000,
          range: undefined,
          version: "\"v1\""
        })
        assert.deepStrictEqual(yield* all(file.content), content)
        assert.deepStrictEqual(yield* all(Files.get.stream({ file_token: "report" })), content)
      }).pipe(Effect.scoped, Effect.provide(layer)))

    it.live("arrives whole, however slowly it is read", () =>
      Effect.gen(function*() {
        const content = bytesOf(8 * 1024 * 1024)
        files.set("long", content)
        const slowly = Stream.tap(Files.get.stream({ file_token: "long" }), () => Effect.sleep("1 millis"))
        assert.isTrue(Buffer.from(yield* all(slowly)).equals(content))
      }).pipe(Effect.provide(layer)))

    it.live("may be empty", () =>
      Effect.gen(function*() {
        files.set("empty", new Uint8Array())
        assert.strictEqual((yield* all(Files.get.stream({ file_token: "empty" }))).byteLength, 0)
      }).pipe(Effect.provide(layer)))

    it.live("arrives in part, where a part is asked for", () =>
      Effect.gen(function*() {
        const content = bytesOf(1_000)
        files.set("part", content)
        const file = yield* Files.get({ file_token: "part", range: "bytes=10-19" })
        assert.deepStrictEqual(file.range, { from: 10, to: 19, total: 1_000 })
        assert.strictEqual(file.size, 10)
        assert.deepStrictEqual(yield* all(file.content), content.slice(10, 20))
      }).pipe(Effect.scoped, Effect.provide(layer)))

    it.live("is never an error: that fails the call, by its class", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        let delivered = 0
        const read = Stream.runForEach(Files.get.stream({ file_token: "none" }), () => Effect.sync(() => delivered++))
        assert.instanceOf(yield* Effect.flip(read), Files.FileGone)
        // The platform says so with 200, too.
        yield* fake.script(Files.get, Fault.answer({ status: 200, code: 902004 }))
        assert.instanceOf(yield* Effect.flip(read), Files.FileGone)
        yield* fake.script(Files.get, Fault.answer({ status: 200, code: 4711 }))
        assert.propertyVal(yield* Effect.flip(read), "_tag", "UndocumentedCode")
        yield* fake.script(Files.get, Fault.answer({ status: 204, body: "" }))
        assert.propertyVal(yield* Effect.flip(read), "_tag", "ResponseInvalid")
        yield* fake.script(Files.get, Fault.answer({ status: 404, code: 0 }))
        assert.propertyVal(yield* Effect.flip(read), "_tag", "ResponseInvalid")
        yield* fake.script(Files.get, Fault.html(404))
        assert.propertyVal(yield* Effect.flip(read), "_tag", "UnexpectedResponse")
        yield* fake.script(Files.get, Fault.redirect(302, "https://elsewhere.invalid/"))
        assert.propertyVal(yield* Effect.flip(read), "_tag", "RedirectBlocked")
        assert.strictEqual(delivered, 0)
        yield* fake.verify
      }).pipe(Effect.provide(layer)))

    it.live("may be JSON itself", () =>
      Effect.gen(function*() {
        const type = "application/json"
        const long = json({ code: 4711, text: "x".repeat(100_000) })
        for (
          const [name, content] of [
            ["named.json", json({ code: 902004, msg: "mine" })],
            // Without a name it is a file unless it is an error.
            [undefined, json({ code: 0, msg: "mine" })],
            [undefined, json({ code: "902004" })],
            [undefined, json([902004])],
            [undefined, json("text")],
            [undefined, new TextEncoder().encode("{\"code\":9020")],
            [undefined, Uint8Array.of(0xff, 0xfe)],
            [undefined, long]
          ] as const
        ) {
          files.set("json", Download.make(content, { name, type }))
          assert.deepStrictEqual(yield* all(Files.get.stream({ file_token: "json" })), content)
        }
      }).pipe(Effect.provide(layer)))

    it.live("is asked for again until its headers come, and then read once", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        files.set("again", bytesOf(10))
        yield* fake.script(Files.get, Fault.reset)
        assert.strictEqual((yield* all(Files.get.stream({ file_token: "again" }))).byteLength, 10)
        assert.lengthOf(yield* fake.requestsOf(Files.get), 2)
      }).pipe(Effect.provide(layer)))

    it.live("that breaks off fails where it does", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        const content = bytesOf(100_000)
        files.set("cut", content)
        for (const fault of [Fault.resetMidBody, Fault.truncate("length"), Fault.truncate("chunked")]) {
          yield* fake.script(Files.get, fault)
          const received: Array<Uint8Array> = []
          const error = yield* Effect.flip(
            Stream.runForEach(Files.get.stream({ file_token: "cut" }), (chunk) => Effect.sync(() => received.push(chunk)))
          )
          assert.propertyVal(error, "_tag", "TransportError")
          assert.propertyVal(error, "phase", "body")
          const bytes = Bytes.concat(received)
          assert.isAtMost(bytes.byteLength, 50_000)
          assert.deepStrictEqual(bytes, content.slice(0, bytes.byteLength))
        }
        assert.lengthOf(yield* fake.requestsOf(Files.get), 3)
        yield* fake.verify
      }).pipe(Effect.provide(layer)))

    it.live("that stalls fails in time", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        files.set("slow", bytesOf(100))
        yield* fake.script(Files.get, Fault.slow(0.5))
        const error = yield* Effect.flip(all(Files.get.stream({ file_token: "slow" })))
        assert.deepInclude(error, { _tag: "CallTimeout", phase: "body" })
      }).pipe(Effect.provide(layer)))

    it.live("is sent as a form, byte by byte", () =>
      Effect.gen(function*() {
        const content = bytesOf(70_000)
        for (const file of [content, new Uint8Array(), new TextEncoder().encode("\r\n--\r\n\r\n--x--")]) {
          const name = "名字 \"x\".bin"
          assert.deepStrictEqual(yield* Files.put({ file_name: name, size: file.byteLength, file }), { file_token: name })
          assert.deepStrictEqual(new Uint8Array(files.get(name) as Uint8Array), file)
        }
      }).pipe(Effect.provide(layer)))

    it.live("sent is a write like others: its outcome is known, or said to be unknown", () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(Files.put, Fault.resetMidBody)
        const error = yield* Effect.flip(Files.put({ file_name: "once", size: 1, file: Uint8Array.of(1) }))
        assert.propertyVal(error, "_tag", "OutcomeUnknown")
        assert.strictEqual(yield* fake.effectsOf(Files.put), 1)
        yield* fake.script(Files.put, Fault.throttled({ reset: "0" }))
        yield* Files.put({ file_name: "twice", size: 1, file: Uint8Array.of(1) })
        assert.strictEqual(yield* fake.effectsOf(Files.put), 2)
      }).pipe(Effect.provide(layer)))

    it.live("is found by a GET with a body, where the transport can send one", () =>
      Effect.gen(function*() {
        const found = yield* Effect.either(Retry.using(Retry.none)(Files.find({ kind: "text", depth: 2 })))
        if (transport !== "fetch") return assert.deepStrictEqual(found, Either.right({ kind: "text" }))
        assert(Either.isLeft(found) && found.left._tag === "TransportError")
        assert.include(found.left.message, "GET")
      }).pipe(Effect.provide(layer)))
  })
}

describe("a file that nobody wants any more", () => {
  /** Answers without end, and knows how many are still listening. */
  const endless = Effect.gen(function*() {
    const listening = new Set<Http.ServerResponse>()
    let accepted = 0
    const server = Http.createServer((_, response) => {
      accepted++
      listening.add(response)
      response.writeHead(200, { "content-type": "application/octet-stream" })
      const more = () => response.destroyed || response.write(bytesOf(4_096), () => setTimeout(more, 1))
      response.on("close", () => listening.delete(response))
      more()
    })
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () => Effect.sync(() => {
        listening.forEach((response) => response.destroy())
        server.close()
      })
    )
    const address = server.address()
    assert(address !== null && typeof address === "object")
    const hungUp = Effect.iterate(0, {
      while: (waited) => listening.size > 0 && waited < 100,
      body: (waited) => Effect.delay(Effect.succeed(waited + 1), "1 millis")
    })
    return { baseUrl: `http://127.0.0.1:${address.port}`, accepted: () => accepted, listening: () => listening.size, hungUp }
  })

  for (const [transport, http] of [["fetch", FetchHttpClient.layer], ["undici", NodeHttpClient.layerUndici], ["UndiciTransport", undici]] as const) {
    const world = (baseUrl: string) =>
      Layer.merge(FeishuClient.layer, AccessToken.layerTenantOf(Redacted.make("t-files"))).pipe(
        Layer.provide(http),
        Layer.provide(FeishuConfig.layer({ appId: "cli", appSecret: Redacted.make("canary-app-secret"), baseUrl }))
      )

    it.scopedLive(`is closed by ${transport}: unread, half read, and where the reader fails`, () =>
      Effect.gen(function*() {
        const server = yield* endless
        const ways = {
          unread: Effect.scoped(Files.get({ file_token: "f" })),
          half: Stream.runDrain(Stream.take(Files.get.stream({ file_token: "f" }), 3)),
          failed: Stream.runForEach(Files.get.stream({ file_token: "f" }), () => Effect.fail("disk full" as const))
        }
        yield* Effect.gen(function*() {
          yield* ways.unread
          yield* server.hungUp
          assert.strictEqual(server.listening(), 0)
          yield* ways.half
          yield* server.hungUp
          assert.strictEqual(server.listening(), 0)
          assert.strictEqual(yield* Effect.flip(ways.failed), "disk full")
          yield* server.hungUp
          assert.strictEqual(server.listening(), 0)
          const reading = yield* Effect.fork(Stream.runDrain(Files.get.stream({ file_token: "f" })))
          yield* Effect.delay(Effect.void, "50 millis")
          assert.strictEqual(server.listening(), 1)
          yield* Fiber.interrupt(reading)
          yield* server.hungUp
          assert.strictEqual(server.listening(), 0)
          assert.strictEqual(server.accepted(), 4)
        }).pipe(Effect.provide(world(server.baseUrl)))
      }))
  }
})

describe("a file's name", () => {
  const named = (disposition: string) => FileName.fromDisposition(disposition)

  it("is what the header says", () => {
    assert.strictEqual(named("attachment; filename=\"a b.pdf\""), "a b.pdf")
    assert.strictEqual(named("attachment; filename=plain.pdf"), "plain.pdf")
    assert.strictEqual(named("attachment; filename=\"x.pdf\"; filename*=UTF-8''%E4%BC%9A%E8%AE%AE.pdf"), "会议.pdf")
    assert.strictEqual(named("attachment; filename*=utf-8'zh'%E4%BC%9A.pdf; filename=\"x.pdf\""), "会.pdf")
    assert.strictEqual(named("attachment; filename=\"a\\\"b.pdf\""), "a_b.pdf")
    // Written as UTF-8, handed out as Latin-1.
    assert.strictEqual(named(`attachment; filename="${Buffer.from("会议.pdf").toString("latin1")}"`), "会议.pdf")
    assert.strictEqual(named("attachment; filename=\"caf\u00e9.pdf\""), "caf\u00e9.pdf")
    assert.strictEqual(named("attachment; filename*=UTF-8''%zz; filename=\"x.pdf\""), "x.pdf")
    assert.strictEqual(named("attachment"), undefined)
    assert.strictEqual(FileName.fromDisposition(undefined), undefined)
  })

  it("leads nowhere", () => {
    for (
      const [told, safe] of [
        ["../../etc/passwd", "passwd"],
        ["..\\..\\windows\\system.ini", "system.ini"],
        ["/", undefined],
        ["..", undefined],
        [".", undefined],
        ["", undefined],
        ["a\u0000b\u001f.txt", "ab.txt"],
        ["\u202egnp.exe", "gnp.exe"],
        ["\ud800.txt", ".txt"],
        ["a:b|c?.txt", "a_b_c_.txt"],
        ["CON", "_CON"],
        ["nul.txt", "_nul.txt"],
        ["console.txt", "console.txt"],
        ["name. . ", "name"],
        [" leading.txt", "leading.txt"],
        [".bashrc", ".bashrc"]
      ] as const
    ) assert.strictEqual(FileName.safe(told), safe, JSON.stringify(told))
  })

  it("is at most 255 bytes long, and keeps its extension", () => {
    const long = FileName.safe(`${"会".repeat(5_000)}.docx`)!
    assert.isAtMost(new TextEncoder().encode(long).byteLength, 255)
    assert.isAbove(new TextEncoder().encode(long).byteLength, 250)
    assert.isTrue(long.endsWith(".docx"))
    assert.strictEqual(FileName.safe("x".repeat(10_000)), "x".repeat(255))
    assert.strictEqual(FileName.safe(`a.${"x".repeat(10_000)}`)?.length, 255)
  })
})
