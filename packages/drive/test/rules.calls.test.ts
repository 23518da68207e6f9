import { PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { inspect } from "node:util"
import * as Stub from "../../core/test/stub.ts"
import * as Transport from "../../core/test/transport.ts"

type NewMember = PermissionMember.NewMember

const user = (index: number): NewMember => ({ member_type: "openid", member_id: `ou_${index}`, perm: "view", type: "user" })

const role = (type: "wiki_space_viewer" | "wiki_space_editor", perm: "view" | "edit"): NewMember => ({
  member_type: "wikispaceid",
  member_id: "7008061636015512345",
  type,
  perm
})

const asked = ({ text }: Stub.Sent) => (JSON.parse(text) as { readonly members: ReadonlyArray<NewMember> }).members

describe("one wire name for two fields", () => {
  it.effect("the document's type travels in the query, the collaborator's in the body", () => {
    const sent: Array<{ readonly method: string; readonly url: string; readonly body: unknown }> = []
    const world = Transport.layer(({ raw, text }) => {
      sent.push({ method: raw.method, url: raw.url, body: JSON.parse(text) })
      return Stub.ok({})
    })
    const member = { token: "t", member_id: "ou_1", member_type: "openid", type: "user" } as const
    return Effect.gen(function*() {
      yield* PermissionMember.create({ ...member, file_type: "docx", perm: "view" })
      yield* PermissionMember.update({ ...member, file_type: "sheet", perm: "edit", need_notification: true })
      yield* PermissionMember.delete({ ...member, file_type: "folder" })
      const at = "https://open.feishu.cn/open-apis/drive/v1/permissions/t/members"
      assert.deepStrictEqual(sent, [
        {
          method: "POST",
          url: `${at}?type=docx`,
          body: { member_type: "openid", member_id: "ou_1", perm: "view", type: "user" }
        },
        {
          method: "PUT",
          url: `${at}/ou_1?type=sheet&need_notification=true`,
          body: { member_type: "openid", perm: "edit", type: "user" }
        },
        { method: "DELETE", url: `${at}/ou_1?type=folder&member_type=openid`, body: { type: "user" } }
      ])
    }).pipe(Effect.provide(world))
  })
})

describe("drive.permission.member.batchCreate", () => {
  it.effect("adds any number, ten at a time", () => {
    const sizes: Array<number> = []
    const world = Transport.layer((request) => {
      sizes.push(asked(request).length)
      return Stub.ok({ members: asked(request) })
    })
    return Effect.gen(function*() {
      const members = Array.from({ length: 23 }, (_, index) => user(index))
      const { failed, missing, succeeded } = yield* PermissionMember.batchCreate.all({ token: "t", type: "docx", members })
      assert.deepStrictEqual(sizes, [10, 10, 3])
      assert.deepStrictEqual(succeeded.map(({ item }) => item), members)
      assert.deepStrictEqual([failed, missing], [[], []])
    }).pipe(Effect.provide(world))
  })

  it.effect("says who was added when not all were, whatever the code", () => {
    const world = Transport.layer((request) => Stub.failed(1063003, 400, { data: { members: asked(request).slice(0, 1) } }))
    return Effect.gen(function*() {
      const error = yield* Effect.flip(
        PermissionMember.batchCreate({ token: "t", type: "docx", members: [user(1), user(2)] })
      )
      assert(error._tag === "PartialSuccess")
      assert.deepStrictEqual(error.data.members, [user(1)])
      assert.strictEqual(error.cause._tag, "DriveOperationNotAllowed")
    }).pipe(Effect.provide(world))
  })

  it.effect("goes on with the others where one batch is refused for what is in it", () => {
    let batch = 0
    const world = Transport.layer((request) => {
      batch += 1
      return batch === 1
        ? Stub.failed(1063003)
        : Stub.ok({ members: asked(request) })
    })
    return Effect.gen(function*() {
      const members = Array.from({ length: 12 }, (_, index) => user(index))
      const { failed, succeeded } = yield* PermissionMember.batchCreate.all({ token: "t", type: "docx", members })
      assert.deepStrictEqual(failed.map(({ item }) => item), members.slice(0, 10))
      assert.deepStrictEqual(succeeded.map(({ item }) => item), members.slice(10))
    }).pipe(Effect.provide(world))
  })

  it.effect("tells the roles of one wiki space apart", () => {
    const viewers = role("wiki_space_viewer", "view")
    const editors = role("wiki_space_editor", "edit")
    const world = Transport.layer(() => Stub.ok({ members: [editors] }))
    return Effect.gen(function*() {
      const { missing, succeeded } = yield* PermissionMember.batchCreate.all({
        token: "t",
        type: "wiki",
        members: [viewers, editors]
      })
      assert.deepStrictEqual(succeeded.map(({ item }) => item), [editors])
      assert.deepStrictEqual(missing, [viewers])
    }).pipe(Effect.provide(world))
  })

  it.effect("knows those who were added although the answer says less of them than was asked", () => {
    const world = Transport.layer((request) =>
      Stub.ok({ members: asked(request).map(({ member_id, member_type }) => ({ member_id, member_type })) })
    )
    return Effect.gen(function*() {
      const { missing, succeeded } = yield* PermissionMember.batchCreate.all({ token: "t", type: "docx", members: [user(1)] })
      assert.deepStrictEqual(succeeded.map(({ item }) => item), [user(1)])
      assert.deepStrictEqual(missing, [])
    }).pipe(Effect.provide(world))
  })
})

describe("passwords", () => {
  it.effect("are secrets", () =>
    Effect.gen(function*() {
      for (const operation of [PermissionPublic.createPassword, PermissionPublic.updatePassword]) {
        const answer = yield* operation({ token: "t", type: "docx" })
        assert.strictEqual(Redacted.value(answer.password), "q79536&1")
        assert.notInclude(JSON.stringify(answer) + inspect(answer), "q79536")
      }
    }).pipe(Effect.provide(Transport.layer(() => Stub.ok({ password: "q79536&1" })))))

  it.effect("stay out of the error when the answer cannot be read", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(PermissionPublic.createPassword({ token: "t", type: "docx" }))
      assert(error._tag === "ResponseInvalid")
      assert.isTrue(error.applied)
      assert.include(error.message, "data.password: must be a string")
      assert.notInclude(JSON.stringify(error) + inspect(error, { depth: 9 }) + error.message, "79536")
    }).pipe(Effect.provide(Transport.layer(() => Stub.ok({ password: 79_536 })))))
})

describe("answers", () => {
  it.effect("are read with everything optional left out, and with null for it", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* PermissionMember.list({ token: "t", type: "docx" }), {})
      assert.deepStrictEqual(yield* PermissionPublic.patch({ token: "t", type: "docx" }), {})
    }).pipe(Effect.provide(Transport.layer(() => Stub.ok({ items: null, permission_public: null })))))
})
