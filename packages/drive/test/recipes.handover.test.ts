import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import type { Directory } from "@effect-feishu/core/testing"
import { Folder, Handover, Meta, PermissionMember } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Logger, TestClock } from "effect"

const directory = {
  users: [
    { open_id: "ou_ann", user_id: "ann", union_id: "on_ann", email: "ann@acme.example" },
    { open_id: "ou_bob" },
    { open_id: "ou_hermit", hidden: true }
  ],
  chats: [{ chat_id: "oc_team", bot: true }]
} satisfies Directory.Entries

const Test = FakeFeishu.layerClient({
  domains: [DriveFake.domainOf({
    documents: [
      { token: "doc" },
      { token: "dir", type: "folder" },
      { token: "hers", owner: "ou_ann", members: [{ member_type: "appid", member_id: "cli_fake", perm: "full_access" }] }
    ]
  })],
  directory,
  rateLimits: false
})

const doc = { token: "doc", type: "docx" } as const
const dir = { token: "dir", type: "folder" } as const
const ann = { member_type: "openid", member_id: "ou_ann" } as const

const membersOf = (token: string) =>
  Effect.flatMap(DriveFake.DriveFake, (drive) => Effect.flatten(drive.document(token))).pipe(
    Effect.map(({ members, owner }) => ({
      owner: owner.id,
      members: members.map(({ perm, principal }) => [principal.id, perm])
    })),
    Effect.orDie
  )

const didOf = <A, E, R>(handover: Effect.Effect<{ readonly access: string; readonly owner: string } & A, E, R>) =>
  Effect.map(handover, ({ access, owner }) => [access, owner])

/** Runs it while time passes: an outcome that is unknown is looked for a little later. */
const passing = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.fork(effect)
    yield* TestClock.adjust("1 minute")
    return yield* Fiber.join(fiber)
  })

describe("Handover.to", () => {
  it.effect("gives access, and does nothing when repeated", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      assert.deepStrictEqual(yield* Handover.to(doc, ann), { document: doc, access: "granted", owner: "unchanged" })
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, ann)), ["had", "unchanged"])
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, { ...ann, perm: "view" })), ["had", "unchanged"])
      assert.deepStrictEqual(yield* membersOf("doc"), { owner: "cli_fake", members: [["ou_ann", "full_access"]] })
      assert.strictEqual(yield* fake.effectsOf(PermissionMember.create), 1)
    }).pipe(Effect.provide(Test)))

  for (const document of [doc, dir]) {
    it.effect(`raises what they may do, and never lowers it (${document.type})`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(yield* didOf(Handover.to(document, { ...ann, perm: "view" })), ["granted", "unchanged"])
        assert.deepStrictEqual(yield* didOf(Handover.to(document, { ...ann, perm: "edit" })), ["raised", "unchanged"])
        assert.deepStrictEqual(yield* didOf(Handover.to(document, { ...ann, perm: "view" })), ["had", "unchanged"])
        assert.deepStrictEqual((yield* membersOf(document.token)).members, [["ou_ann", "edit"]])
      }).pipe(Effect.provide(Test)))
  }

  it.effect("takes a chat, and an email, which cannot be looked for", () =>
    Effect.gen(function*() {
      const email = { member_type: "email", member_id: "ann@acme.example", perm: "edit" } as const
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, { member_type: "openchat", member_id: "oc_team", perm: "view" })), ["granted", "unchanged"])
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, email)), ["granted", "unchanged"])
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, email)), ["granted", "unchanged"])
      assert.deepStrictEqual((yield* membersOf("doc")).members, [["oc_team", "view"], ["ou_ann", "edit"]])
    }).pipe(Effect.provide(Test)))

  it.effect("makes them the owner, once, and keeps what the application is to keep", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, { ...ann, transfer: { keep: "view" } })), ["granted", "transferred"])
      assert.deepStrictEqual(yield* membersOf("doc"), { owner: "ou_ann", members: [["cli_fake", "view"]] })
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, { ...ann, transfer: true })), ["had", "was"])
      assert.strictEqual(yield* fake.effectsOf(PermissionMember.transferOwner), 1)
    }).pipe(Effect.provide(Test)))

  it.effect("takes a user_id for the new owner, and tells owners by it", () =>
    Effect.gen(function*() {
      const by = { member_type: "userid", member_id: "ann", transfer: true } as const
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, by)), ["granted", "transferred"])
      assert.deepStrictEqual(yield* didOf(Handover.to(doc, by)), ["had", "was"])
      assert.deepStrictEqual(yield* membersOf("doc"), { owner: "ou_ann", members: [["cli_fake", "full_access"]] })
    }).pipe(Effect.provide(Test)))

  it.effect("may keep nothing; then it cannot be repeated, and says so", () =>
    Effect.gen(function*() {
      yield* Handover.to(doc, { ...ann, transfer: { keep: "nothing" } })
      assert.deepStrictEqual(yield* membersOf("doc"), { owner: "ou_ann", members: [] })
      const error = yield* Effect.flip(Handover.to(doc, { ...ann, transfer: { keep: "nothing" } }))
      assert.deepStrictEqual([error.step, error.cause._tag], ["look", "DriveNoPermission"])
    }).pipe(Effect.provide(Test)))

  it.effect("takes for done what the owner is refused", () =>
    Effect.gen(function*() {
      const hers = { token: "hers", type: "docx" } as const
      assert.deepStrictEqual(yield* didOf(Handover.to(hers, ann)), ["had", "unchanged"])
      const named = { member_type: "unionid", member_id: "on_ann" } as const
      assert.deepStrictEqual(yield* didOf(Handover.to(hers, named)), ["had", "unchanged"])
    }).pipe(Effect.provide(Test)))

  it.effect("says what failed, and what they have by then", () =>
    Effect.gen(function*() {
      const hermit = yield* Effect.flip(Handover.to(doc, { member_type: "openid", member_id: "ou_hermit" }))
      assert.deepStrictEqual([hermit.step, hermit.access, hermit.cause._tag], ["grant", undefined, "DriveOperationNotAllowed"])
      assert.deepStrictEqual(hermit.document, doc)
      assert.include(hermit.message, "docx doc is there, but was not handed over: grant failed.")

      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.transferOwner, Fault.answer({ status: 400, code: 1063003 }))
      const kept = yield* Effect.flip(Handover.to(doc, { ...ann, transfer: true }))
      assert.deepStrictEqual([kept.step, kept.access, kept.cause._tag], ["transfer", "granted", "DriveOperationNotAllowed"])

      yield* fake.script(Meta.batchQuery, Fault.answer({ status: 400, code: 99991672 }))
      const look = yield* Effect.flip(Handover.to(doc, { ...ann, transfer: true }))
      assert.deepStrictEqual([look.step, look.cause._tag], ["look", "ScopeNotGranted"])
    }).pipe(Effect.provide(Test)))

  for (const applied of [true, false]) {
    it.effect(`finds out what became of a grant whose answer was lost (${applied ? "done" : "not done"})`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(PermissionMember.create, Fault.reset, { applied })
        assert.deepStrictEqual(yield* passing(didOf(Handover.to(doc, ann))), ["granted", "unchanged"])
        assert.strictEqual(yield* fake.effectsOf(PermissionMember.create), 1)
        assert.lengthOf(yield* fake.requestsOf(PermissionMember.create), applied ? 1 : 2)
      }).pipe(Effect.provide(Test)))

    it.effect(`finds out what became of a transfer whose answer was lost (${applied ? "done" : "not done"})`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(PermissionMember.transferOwner, Fault.reset, { applied })
        assert.deepStrictEqual(yield* passing(didOf(Handover.to(doc, { ...ann, transfer: true }))), ["granted", "transferred"])
        assert.strictEqual(yield* fake.effectsOf(PermissionMember.transferOwner), 1)
      }).pipe(Effect.provide(Test)))
  }

  for (const applied of [true, false]) {
    it.effect(`finds that out though it loses sight of the document by that (${applied ? "done" : "not done"})`, () =>
      Effect.gen(function*() {
        const fake = yield* FakeFeishu.FakeFeishu
        yield* fake.script(PermissionMember.transferOwner, Fault.reset, { applied })
        assert.deepStrictEqual(yield* passing(didOf(Handover.to(dir, { ...ann, transfer: true }))), ["granted", "transferred"])
        assert.strictEqual(yield* fake.effectsOf(PermissionMember.transferOwner), 1)
        assert.strictEqual((yield* membersOf("dir")).owner, "ou_ann")
      }).pipe(Effect.provide(Test)))
  }

  it.effect("leaves open what cannot be found out", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.list, Fault.delay(0))
      yield* fake.script(PermissionMember.list, Fault.answer({ status: 403, code: 1063002 }))
      yield* fake.script(PermissionMember.create, Fault.reset, { applied: true })
      const error = yield* passing(Effect.flip(Handover.to(doc, ann)))
      assert.deepStrictEqual([error.step, error.cause._tag], ["grant", "OutcomeUnknown"])
    }).pipe(Effect.provide(Test)))
})

describe("Handover.after", () => {
  const create = Effect.map(Folder.create({ name: "Plans", folder_token: "" }), ({ token, url }) => ({ token, url, type: "folder" as const }))

  it.effect("creates and gives access, and answers what was created", () =>
    Effect.gen(function*() {
      const { access, document } = yield* Handover.after(create, ann)
      assert.strictEqual(access, "granted")
      assert.include(document.url, document.token)
      assert.deepStrictEqual((yield* membersOf(document.token)).members, [["ou_ann", "full_access"]])
    }).pipe(Effect.provide(Test)))

  it.effect("loses nothing where access cannot be given, and can be gone on with", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.create, Fault.answer({ status: 400, code: 1063003 }))
      const { document } = yield* Handover.after(create, { ...ann, member_id: "ou_bob" }).pipe(
        Effect.catchTag("HandoverFailed", ({ document }) => Handover.to(document, ann))
      )
      assert.deepStrictEqual((yield* membersOf(document.token)).members, [["ou_ann", "full_access"]])
      assert.strictEqual(yield* fake.effectsOf(Folder.create), 1)
    }).pipe(Effect.provide(Test)))

  it.effect("gives nothing where nothing was created", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(Folder.create, Fault.answer({ status: 403, code: 1061004 }))
      assert.strictEqual((yield* Effect.flip(Handover.after(create, ann)))._tag, "DriveFileNoPermission")
      assert.lengthOf(yield* fake.requestsOf(PermissionMember.list), 0)
    }).pipe(Effect.provide(Test)))

  it.effect("leaves a trace of what was created where it is interrupted", () => {
    const logged: Array<string> = []
    const logger = Logger.make(({ message }) => void logged.push(String(message)))
    return Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.list, Fault.hang)
      const fiber = yield* Effect.fork(Handover.after(create, ann))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(fiber)
      const [folder] = (yield* Effect.flatMap(DriveFake.DriveFake, ({ tree }) => tree())).inside.slice(-1)
      assert.lengthOf(logged, 1)
      assert.include(logged[0], folder?.token)
    }).pipe(Effect.provide([Test, Logger.replace(Logger.defaultLogger, logger)]))
  })
})
