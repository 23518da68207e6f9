import { ApiError, Plugin } from "@effect-feishu/core"
import { FakeFeishu, FeishuTest } from "@effect-feishu/core/testing"
import { PermissionPublic } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Ref } from "effect"
import { AuditLog, layerAudit } from "./audit.ts"
import * as Minutes from "./Minutes.ts"

/** The part of the platform that the fake did not know: one meeting, whose minutes are ready. */
const domain = FakeFeishu.domain({
  plugin: Minutes.plugin,
  handlers: [
    FakeFeishu.handler(Minutes.get, ({ minute_token }) =>
      minute_token === "obcn1"
        ? Effect.succeed({ minute: { token: minute_token, title: "Weekly", duration: "60000" } })
        : FeishuTest.failure(Minutes.get, Minutes.MinutesNotFound))
  ]
})

const Test = FakeFeishu.layerClient({ domains: [domain] })

describe("a package of your own", () => {
  it.effect("is called, paced and decoded like ours", () =>
    Effect.gen(function*() {
      const { minute } = yield* Minutes.get({ minute_token: "obcn1" })
      assert.strictEqual(minute.title, "Weekly")
    }).pipe(Effect.provide(Test)))

  it.effect("fails with its own documented errors", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Minutes.get({ minute_token: "obcn2" }))
      assert.strictEqual(error._tag, "MinutesNotFound")
      assert.isTrue(ApiError.hasCategory("NotFound")(error))
    }).pipe(Effect.provide(Test)))

  it("says what an application must be granted", () => {
    assert.deepStrictEqual(Plugin.scopes(Minutes.plugin), [
      { operation: "minutes.minute.get", anyOf: ["minutes:minutes:readonly"] }
    ])
  })
})

describe("a layer around the client", () => {
  it.effect("sees every call, whoever declared it", () =>
    Effect.gen(function*() {
      yield* Minutes.get({ minute_token: "obcn1" })
      yield* Effect.flip(Minutes.get({ minute_token: "obcn2" }))
      yield* Effect.flip(PermissionPublic.get({ token: "..", type: "docx" }))
      assert.deepStrictEqual(yield* Effect.flatMap(AuditLog, Ref.get), [
        { operation: "minutes.minute.get", outcome: "done" },
        { operation: "minutes.minute.get", outcome: "MinutesNotFound" },
        { operation: "drive.permission.public.get", outcome: "RequestInvalid" }
      ])
    }).pipe(
      Effect.provide(layerAudit.pipe(Layer.provideMerge(AuditLog.layer))),
      Effect.provide(Test)
    ))
})
