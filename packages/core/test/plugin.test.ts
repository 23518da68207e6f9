import { ApiError, CallError, Event, FeishuClient, Operation, Plugin, RateLimit, Shape } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Schema } from "effect"
import * as Notes from "./testing/Notes.ts"
import * as Stub from "./stub.ts"

describe("a plugin", () => {
  const { Broken, Busy, Forbidden, NotThere, create, get, put } = Stub

  it("is what its modules export of operations and of errors, in their order", () => {
    const plugin = Plugin.make("test", {
      operations: [
        { get, version: "1", Thing: Stub.Thing, helper: () => get, nothing: undefined, none: null, NotThere },
        { put, create }
      ],
      errors: [{ NotThere, Forbidden, isIt: ApiError.isApiError, Thing: Stub.Thing }, { Busy, get, Broken, tag: "NotThere" }]
    })
    assert.deepStrictEqual(plugin, {
      name: "test",
      operations: [get, put, create],
      errors: [NotThere, Forbidden, Busy, Broken],
      events: []
    })
  })

  it("takes whole modules", () => {
    const created = Event.make("test.thing.created_v1", { payload: Stub.Thing, scopes: [] })
    const plugin = Plugin.make("test", { operations: [Stub], errors: [Stub], events: [{ created, name: "test" }] })
    assert.includeMembers([...plugin.operations], [get, put, create, Stub.whoami, Stub.mine])
    assert.sameMembers([...plugin.errors], [NotThere, Busy, Broken, Forbidden])
    assert.deepStrictEqual(plugin.events, [created])
  })

  it("holds batched and paged operations, which are operations", () => {
    assert.includeMembers([...Notes.plugin.operations], [Notes.importAll])
    assert.isTrue(Operation.isOperation(Notes.importAll))
  })

  it("does not take the other errors of a call for a package's own", () => {
    assert.deepStrictEqual(Plugin.make("test", { operations: [CallError], errors: [CallError] }).errors, [])
  })

  it("tells which scopes its operations need, and which one of them does", () => {
    assert.deepStrictEqual(Plugin.scopes(Notes.plugin, get), [
      { operation: "notes.note.get", anyOf: ["notes:note:readonly"] },
      { operation: "notes.note.create", anyOf: ["notes:note"] },
      { operation: "notes.note.import", anyOf: ["notes:note"] },
      { operation: "notes.note.archive", anyOf: ["notes:note"] },
      { operation: "test.thing.get", anyOf: ["test:thing:readonly"] }
    ])
    assert.deepStrictEqual(Plugin.scopes(), [])
  })
})

describe("an operation, as data,", () => {
  it("says what its declaration says", () => {
    const { accepts, deprecated, errors, id, idempotent, method, quota, scopes, serial, url } = Notes.importAll
    assert.deepStrictEqual({ accepts, deprecated, errors, id, idempotent, method, quota, scopes, serial, url }, {
      accepts: "user",
      deprecated: false,
      errors: [Notes.NoteDenied, Notes.NoteBusy],
      id: "notes.note.import",
      idempotent: true,
      method: "POST",
      quota: undefined,
      scopes: ["notes:note"],
      serial: true,
      url: "/open-apis/notes/v1/notes/import"
    })
  })

  it("has its quota and its deprecation", () => {
    const daily = RateLimit.of([1000, "1 day"])
    const old = Operation.make("test.old", {
      method: "GET",
      url: "/open-apis/test/v1/old",
      accepts: "either",
      scopes: [],
      idempotent: true,
      rateLimit: RateLimit.unstated,
      quota: daily,
      errors: [],
      deprecated: true
    })
    assert.deepInclude({ quota: old.quota, deprecated: old.deprecated, serial: old.serial }, { quota: daily, deprecated: true, serial: false })
  })

  it("is told from what is none", () => {
    for (const other of [undefined, null, {}, () => 1, "test.thing.get", Stub.Thing]) assert.isFalse(Operation.isOperation(other))
    assert.isTrue(Operation.isOperation(Stub.get))
  })
})

describe("what a third party declares with the core alone", () => {
  class Gone extends ApiError.define("TheirGone", { code: [990001, 990002], status: 410, category: "NotFound" }) {}
  class Request extends Shape.Struct<Request>()(() => ({ id: Schema.String })) {}
  class Answer extends Shape.Struct<Answer>()(() => ({ title: Schema.optional(Schema.String) })) {}
  const read = Operation.make("their.page.read", {
    method: "GET",
    url: "/open-apis/their/v1/pages/:id",
    accepts: "either",
    scopes: ["their:page"],
    idempotent: true,
    rateLimit: RateLimit.unstated,
    request: Request,
    response: Answer,
    errors: [Gone]
  })

  it.effect("is called, decoded and failed like anything else", () => {
    const live = Stub.client(({ path }) => path.endsWith("gone") ? Stub.failed(990002, 200) : Stub.ok({ title: "t", more: 1 }))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* read({ id: "1" }), { title: "t" })
      const error = yield* Effect.flip(read({ id: "gone" }))
      assert(error._tag === "TheirGone")
      assert.strictEqual(error.code, 990002)
    }).pipe(Effect.provide(live))
  })
})

describe("a middleware", () => {
  it.effect("sees every call", () => {
    const seen: Array<string> = []
    const audit = FeishuClient.layerMiddleware(Effect.succeed((execute) => (operation, request) =>
      Effect.ensuring(execute(operation, request), Effect.sync(() => seen.push(operation.id)))))
    const platform = Stub.client(({ path }) => path.endsWith("gone") ? Stub.failed(122002) : Stub.ok({ name: "n" }))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* Stub.get({ id: "1" }), { name: "n" })
      assert.strictEqual((yield* Effect.flip(Stub.put({ id: "gone", name: "n" })))._tag, "TestNotThere")
      assert.deepStrictEqual(seen, ["test.thing.get", "test.thing.put"])
    }).pipe(Effect.provide(Layer.provideMerge(audit, platform)))
  })
})
