/** A small plugin of our own, and a fake of it: what a third party would write. */
import { ApiError, Operation, Plugin, RateLimit, Shape } from "@effect-feishu/core"
import { FakeFeishu, FeishuTest } from "@effect-feishu/core/testing"
import { Context, Effect, Layer, Ref, Schema } from "effect"

export class NoteInvalid extends ApiError.define("NoteInvalid", { code: 901001, status: 400, category: "Invalid" }) {}
export class NoteNotFound extends ApiError.define("NoteNotFound", { code: 901004, status: 404, category: "NotFound" }) {}
export class NoteDenied extends ApiError.define("NoteDenied", { code: 901005, status: 403, category: "Permission" }) {}
export class NoteFault extends ApiError.define("NoteFault", { code: 901500, status: 500, category: "Fault" }) {}
export class NoteBusy extends ApiError.define("NoteBusy", { code: 901045, status: 400, category: "TryAgain" }) {}

class GetRequest extends Shape.Struct<GetRequest>()(() => ({
  note_id: Schema.String,
  with_author: Schema.optional(Schema.Boolean),
  depth: Schema.optional(Schema.Int.pipe(Schema.between(1, 3))),
  tags: Schema.optional(Schema.Array(Schema.String)),
  id_type: Schema.optional(Schema.Literal("open_id", "user_id"))
})) {}

export class Note extends Shape.Struct<Note>()(() => ({
  note_id: Schema.String,
  text: Schema.optional(Schema.String),
  secret: Schema.optional(Schema.Redacted(Schema.String))
})) {}

const limit = RateLimit.of([5, "1 second"], [8, "1 minute"])

export const get = Operation.make("notes.note.get", {
  method: "GET",
  url: "/open-apis/notes/v1/notes/:note_id",
  accepts: "either",
  scopes: ["notes:note:readonly"],
  idempotent: true,
  rateLimit: limit,
  request: GetRequest,
  response: Note,
  errors: [NoteInvalid, NoteNotFound, NoteDenied, NoteFault],
  statuses: { 901005: 404 }
})

class CreateRequest extends Shape.Struct<CreateRequest>()(() => ({
  notebook_id: Schema.String,
  kind: Schema.Literal("plain", "rich"),
  text: Schema.String,
  pinned: Schema.optional(Schema.Boolean)
})) {}

export const create = Operation.make("notes.note.create", {
  method: "POST",
  url: "/open-apis/notes/v1/notebooks/:notebook_id/notes",
  accepts: "tenant",
  scopes: ["notes:note"],
  idempotent: false,
  rateLimit: RateLimit.unstated,
  request: CreateRequest,
  query: [["kind", "type"], "pinned"],
  response: Note,
  errors: [NoteInvalid, NoteFault]
})

class ImportRequest extends Shape.Struct<ImportRequest>()(() => ({ notes: Schema.Array(Schema.Struct({ id: Schema.String })) })) {}
class Imported extends Shape.Struct<Imported>()(() => ({ notes: Schema.optional(Schema.Array(Schema.Struct({ id: Schema.String }))) })) {}

export const importAll = Operation.batched("notes.note.import", {
  method: "POST",
  url: "/open-apis/notes/v1/notes/import",
  accepts: "user",
  scopes: ["notes:note"],
  idempotent: true,
  serial: true,
  rateLimit: RateLimit.unstated,
  request: ImportRequest,
  response: Imported,
  errors: [NoteDenied, NoteBusy],
  batch: { items: "notes", size: 2, done: ({ notes = [] }) => notes, key: ({ id }) => id }
})

export const archive = Operation.make("notes.note.archive", {
  method: "DELETE",
  url: "/open-apis/notes/v1/notes/archive",
  accepts: "user",
  scopes: ["notes:note"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  errors: []
})

export const plugin = Plugin.make("notes", {
  operations: [{ get, create, importAll, archive }],
  errors: [{ NoteInvalid, NoteNotFound, NoteDenied, NoteFault, NoteBusy }]
})

export class Notes extends Context.Tag("test/Notes")<Notes, Ref.Ref<ReadonlyMap<string, Note>>>() {}

export const domain = FakeFeishu.domain({
  plugin,
  state: Layer.effect(Notes, Ref.make<ReadonlyMap<string, Note>>(new Map([["n1", { note_id: "n1", text: "hello" }]]))),
  invalid: () => NoteInvalid,
  overlapping: NoteBusy,
  handlers: [
    FakeFeishu.handler(get, ({ note_id }, caller) =>
      Effect.gen(function*() {
        const note = (yield* Effect.flatMap(Notes, Ref.get)).get(note_id)
        if (note === undefined) return yield* FeishuTest.failure(get, NoteNotFound)
        if (note.text === "private" && caller.credential === "tenant") return yield* FeishuTest.failure(get, NoteDenied)
        return note
      })),
    FakeFeishu.handler(create, ({ kind, notebook_id, pinned, text }) =>
      Effect.gen(function*() {
        const notes = yield* Notes
        const note_id = `${notebook_id}-${(yield* Ref.get(notes)).size + 1}-${kind}-${pinned === true ? "pinned" : "loose"}`
        const note: Note = { note_id, text }
        yield* Ref.update(notes, (all) => new Map(all).set(note_id, note))
        return note
      })),
    FakeFeishu.handler(importAll, ({ notes }) => {
      const done = notes.filter(({ id }) => !id.startsWith("bad"))
      if (done.length === notes.length) return Effect.delay(Effect.succeed({ notes: done }), "10 millis")
      const cause = FeishuTest.failure(importAll, NoteDenied)
      return done.length === 0
        ? Effect.fail(cause)
        : FeishuTest.partial(importAll, { notes: done }, cause)
    })
  ]
})
