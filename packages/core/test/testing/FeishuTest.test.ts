import { AccessToken, CallError } from "@effect-feishu/core"
import { FeishuTest } from "@effect-feishu/core/testing"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Layer, Redacted, Ref } from "effect"
import * as Notes from "./Notes.ts"

const World = (...stubs: ReadonlyArray<FeishuTest.Stub>) => Layer.merge(FeishuTest.layer(...stubs), FeishuTest.layerTokens)

describe("stubs", () => {
  it.effect("answer in the operation's types, and are told what was asked", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Notes.get({ note_id: "n7", depth: 2 }), { note_id: "n7", text: "depth 2" })
      yield* Notes.get({ note_id: "n8" })
      assert.deepStrictEqual(yield* FeishuTest.calls, [
        { operation: "notes.note.get", request: { note_id: "n7", depth: 2 } },
        { operation: "notes.note.get", request: { note_id: "n8" } }
      ])
      const asked = yield* FeishuTest.callsOf(Notes.get)
      assert.deepStrictEqual(asked.map(({ note_id }) => note_id), ["n7", "n8"])
      assert.deepStrictEqual(yield* FeishuTest.callsOf(Notes.create), [])
    }).pipe(Effect.provide(World(
      FeishuTest.on(Notes.get, ({ depth, note_id }) => Effect.succeed({ note_id, text: `depth ${depth}` }))
    ))))

  it.effect("fail as documented, with the documented status", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Notes.get({ note_id: "n1" }))
      assert.deepInclude(error, { _tag: "NoteDenied", code: 901005, status: 404, operation: "notes.note.get", msg: "no" })
    }).pipe(Effect.provide(World(
      FeishuTest.on(Notes.get, () => FeishuTest.failure(Notes.get, Notes.NoteDenied, { msg: "no" }))
    ))))

  it.effect("answer differently from call to call", () =>
    Effect.gen(function*() {
      const calls = yield* Ref.make(0)
      yield* Effect.gen(function*() {
        assert.strictEqual((yield* Effect.flip(Notes.get({ note_id: "n1" })))._tag, "NoteFault")
        assert.strictEqual((yield* Notes.get({ note_id: "n1" })).text, "call 2")
      }).pipe(Effect.provide(World(
        FeishuTest.on(Notes.get, ({ note_id }) =>
          Effect.flatMap(Ref.updateAndGet(calls, (count) => count + 1), (count) =>
            count === 1
              ? Effect.fail(FeishuTest.failure(Notes.get, Notes.NoteFault))
              : Effect.succeed({ note_id, text: `call ${count}` })))
      )))
    }))

  it.effect("never see a request that breaks a rule", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Notes.get({ note_id: "..", depth: 9 }))
      assert.strictEqual(error._tag, "RequestInvalid")
      assert.deepStrictEqual(yield* FeishuTest.calls, [])
    }).pipe(Effect.provide(World(FeishuTest.on(Notes.get, () => Effect.dieMessage("was asked"))))))

  it.effect("let batches succeed in part", () =>
    Effect.gen(function*() {
      const { failed, succeeded } = yield* Notes.importAll.all({ notes: [{ id: "a" }, { id: "b" }] })
      assert.deepStrictEqual(succeeded.map(({ item }) => item.id), ["a"])
      assert.deepStrictEqual(failed.map(({ error, item }) => [item.id, error._tag]), [["b", "NoteBusy"]])
    }).pipe(Effect.provide(World(
      FeishuTest.on(Notes.importAll, ({ notes }) =>
        FeishuTest.partial(
          Notes.importAll,
          { notes: notes.slice(0, 1) },
          FeishuTest.failure(Notes.importAll, Notes.NoteBusy)
        ))
    ))))

  it.effect("say what to add when there is none", () =>
    Effect.gen(function*() {
      const cause = yield* Effect.sandbox(Notes.get({ note_id: "n1" })).pipe(Effect.flip)
      assert.match(Cause.pretty(cause), /notes\.note\.get was called and no stub answers it: add FeishuTest\.on/)
    }).pipe(Effect.provide(Layer.merge(FeishuTest.layer(), AccessToken.layerTenantOf(Redacted.make("t")))) ))
})

// @ts-expect-error a stub cannot answer what the operation does not
FeishuTest.on(Notes.get, () => Effect.succeed({ note_id: 1 }))

// @effect-diagnostics missingEffectError:off missingEffectContext:off
// @ts-expect-error a stub cannot fail with what the operation does not document
FeishuTest.on(Notes.get, () => Effect.fail(new Notes.NoteBusy({ operation: "", status: 400, msg: "" })))

// @ts-expect-error nor can a failure be made of it
FeishuTest.failure(Notes.get, Notes.NoteBusy)

// @ts-expect-error a request has the operation's fields only
FeishuTest.on(Notes.get, ({ notebook_id }) => Effect.succeed({ note_id: String(notebook_id) }))

// The common codes may always be answered.
FeishuTest.on(Notes.get, () => new CallError.AccessTokenRejected({ credential: "tenant" }))
