import { AccessToken } from "@effect-feishu/core"
import { FakeFeishu, Fault, FeishuTest, WebhookTest } from "@effect-feishu/core/testing"
import { MeetingRecording, plugin, VcError, VcEvent } from "@effect-feishu/vc"
import { FetchHttpClient, HttpServer } from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Option, Redacted } from "effect"
import { createServer } from "node:http"
import { Consents } from "./recordings.ts"
import { Server } from "./server.ts"

const owner = "ou_owner"
const meeting = "6911188411934433028"

/** The part of the platform that has recordings: one. */
const domain = FakeFeishu.domain({
  plugin,
  state: Layer.empty,
  handlers: [
    FakeFeishu.handler(MeetingRecording.setPermission, ({ meeting_id }, caller) =>
      meeting_id !== meeting
        ? FeishuTest.failure(MeetingRecording.setPermission, VcError.VcMeetingNotFound)
        : caller.credential === "user" && caller.user.open_id === owner
        ? Effect.void
        : FeishuTest.failure(MeetingRecording.setPermission, VcError.VcNoPermission))
  ]
})

const platform = WebhookTest.make({
  encryptKey: Redacted.make("canary-secret-encrypt-key"),
  verificationToken: Redacted.make("canary-secret-verification-token")
})

const OwnersConsent = Layer.effect(
  Consents,
  Effect.map(FakeFeishu.FakeFeishu, ({ issueUserToken }) => ({
    of: (open_id: string) =>
      open_id === "ou_stranger"
        ? Effect.succeedNone
        : Effect.map(issueUserToken({ open_id }), (token) => Option.some(AccessToken.of("user", token)))
  }))
)

const Test = Server.pipe(
  Layer.provide(OwnersConsent),
  Layer.provideMerge(Layer.mergeAll(
    FakeFeishu.layerClient({ domains: [domain] }),
    platform.layerConfig,
    NodeHttpServer.layer(createServer, { port: 0, host: "127.0.0.1" })
  ))
)

const send = (delivery: WebhookTest.Delivery) =>
  Effect.gen(function*() {
    const { address } = yield* HttpServer.HttpServer
    const port = address._tag === "TcpAddress" ? address.port : 0
    return yield* WebhookTest.send(`http://127.0.0.1:${port}/feishu/events`, delivery).pipe(Effect.provide(FetchHttpClient.layer))
  })

const recordingOf = (id: string, open_id = owner) =>
  platform.event(VcEvent.recordingReady, { meeting: { id, owner: { id: { open_id } } }, url: "https://meetings.feishu.cn/minutes/obcn37" })

describe("a server that shares recordings, on a socket", () => {
  it.live("shares one once, though it is delivered five times, and no forgery", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const message = yield* recordingOf(meeting)

      const genuine = yield* platform.deliver(message)
      const forgeries = [
        ...(["body", "nonce", "signature", "timestamp"] as const).flatMap((part) =>
          [0, 9, 17, 25].map((bit) => WebhookTest.flip(genuine, part, bit))
        ),
        yield* WebhookTest.make({ encryptKey: Redacted.make("another key") }).deliver(message),
        yield* WebhookTest.make({}).deliver(message),
        yield* platform.deliver(message, { timestamp: "1000000000" })
      ]
      for (const forgery of forgeries) {
        assert.deepStrictEqual(yield* send(forgery), { status: 401, body: "{\"msg\":\"refused\"}" })
      }
      assert.strictEqual(yield* fake.effectsOf(MeetingRecording.setPermission), 0)

      for (let times = 0; times < 5; times++) {
        assert.strictEqual((yield* send(yield* platform.deliver(message))).status, 200)
      }
      assert.strictEqual(yield* fake.effectsOf(MeetingRecording.setPermission), 1)
    }).pipe(Effect.provide(Test)))

  it.live("answers the platform's check of its URL", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* send(yield* platform.deliverChallenge("abc")), { status: 200, body: "{\"challenge\":\"abc\"}" })
    }).pipe(Effect.provide(Test)))

  it.live("is told again what it could not do, and not what nobody can", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const message = yield* recordingOf(meeting)
      yield* fake.script(MeetingRecording.setPermission, Fault.answer({ status: 400, code: 9499, msg: "no" }))
      yield* fake.script(MeetingRecording.setPermission, Fault.answer({ status: 200, code: 4711, msg: "?" }))
      const statuses = yield* Effect.forEach([1, 2, 3], () => Effect.map(Effect.flatMap(platform.deliver(message), send), ({ status }) => status))
      // Code 9499 says the request is wrong: acknowledged, and not tried again.
      assert.deepStrictEqual(statuses, [200, 200, 200])

      const other = yield* recordingOf(meeting)
      const again = yield* Effect.forEach([1, 2, 3], () => Effect.map(Effect.flatMap(platform.deliver(other), send), ({ status }) => status))
      assert.deepStrictEqual(again, [500, 200, 200])
      assert.strictEqual(yield* fake.effectsOf(MeetingRecording.setPermission), 1)

      for (const [id, open_id] of [["1", owner], [meeting, "ou_else"], [meeting, "ou_stranger"]] as const) {
        assert.strictEqual((yield* send(yield* platform.deliver(yield* recordingOf(id, open_id)))).status, 200)
      }
      assert.strictEqual(yield* fake.effectsOf(MeetingRecording.setPermission), 1)
    }).pipe(Effect.provide(Test)))
})
