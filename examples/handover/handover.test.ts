import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { Folder, Handover, PermissionMember } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, TestClock } from "effect"
import { folderFor } from "./handover.ts"

const Test = FakeFeishu.layerClient({
  domains: [DriveFake.domain],
  directory: { users: [{ open_id: "ou_ada" }, { open_id: "ou_stranger", hidden: true }] }
})

const membersOf = (token: string) =>
  Effect.flatMap(DriveFake.DriveFake, ({ document }) =>
    Effect.map(Effect.flatten(document(token)), ({ members }) => members.map(({ perm, principal }) => [principal.id, perm])))

describe("a folder for somebody", () => {
  it.effect("is theirs to manage, and the application can still put things into it", () =>
    Effect.gen(function*() {
      const { token } = yield* folderFor("ou_ada", "Plans")
      assert.deepStrictEqual(yield* membersOf(token), [["ou_ada", "full_access"]])
      yield* Folder.create({ name: "2027", folder_token: token })
    }).pipe(Effect.provide(Test)))

  it.effect("is not lost where they cannot be given access", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(folderFor("ou_stranger", "Plans"))
      assert(error instanceof Handover.HandoverFailed)
      assert.deepStrictEqual(yield* membersOf(error.document.token), [])
      yield* Handover.to(error.document, { member_type: "openid", member_id: "ou_ada" })
      assert.deepStrictEqual(yield* membersOf(error.document.token), [["ou_ada", "full_access"]])
    }).pipe(Effect.provide(Test)))

  it.effect("takes a little longer where the connection breaks, and that is all", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.create, Fault.reset, { applied: true })
      const making = yield* Effect.fork(folderFor("ou_ada", "Plans"))
      yield* TestClock.adjust("10 seconds")
      const { token } = yield* Fiber.join(making)
      assert.deepStrictEqual(yield* membersOf(token), [["ou_ada", "full_access"]])
      assert.strictEqual(yield* fake.effectsOf(PermissionMember.create), 1)
    }).pipe(Effect.provide(Test)))
})
