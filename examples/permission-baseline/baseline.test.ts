import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { PermissionBaseline, PermissionPublic } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { bar, dryRun, enforce } from "./baseline.ts"

const Test = FakeFeishu.layerClient({
  domains: [DriveFake.domainOf({
    documents: [
      { token: "fldFinance", type: "folder" },
      {
        token: "doxBudget",
        name: "Budget",
        folder: "fldFinance",
        members: [{ member_type: "openid", member_id: "ou_former_colleague", perm: "edit" }],
        settings: { copy_entity: "only_full_access", external_access_entity: "open", link_share_entity: "anyone_readable" }
      }
    ]
  })],
  directory: { users: [{ open_id: "ou_former_colleague" }], chats: [{ chat_id: "oc_auditors", bot: true }] }
})

describe("the permissions of a folder", () => {
  it.effect("are brought to the baseline, after a look at what would change", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      const differences = yield* dryRun("fldFinance")
      assert.deepStrictEqual(differences.map(PermissionBaseline.describe), [
        "/: add oc_auditors (view)",
        "/Budget: add oc_auditors (view)",
        "/Budget: set external_access_entity closed, link_share_entity closed (was external_access_entity open, link_share_entity anyone_readable)",
        "/Budget: remove ou_former_colleague (edit)"
      ])
      assert.strictEqual(yield* fake.effectsOf(PermissionPublic.patch), 0)

      const bars: Array<string> = []
      assert.deepStrictEqual(yield* enforce(differences, (done, total) => Effect.sync(() => void bars.push(bar(done, total)))), [])
      assert.deepStrictEqual([bars[0], bars[3]], [`[${"#".repeat(7)}${".".repeat(23)}] 1 of 4`, `[${"#".repeat(30)}] 4 of 4`])
      assert.deepStrictEqual(yield* dryRun("fldFinance"), [])
    }).pipe(Effect.provide(Test)))

  it.effect("that were not changed are told of, and left to the next time", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionPublic.patch, Fault.answer({ status: 400, code: 1063003 }))
      const left = yield* enforce(yield* dryRun("fldFinance"), () => Effect.void)
      assert.deepStrictEqual(left.map(({ difference, outcome }) => [outcome, difference._tag]), [["failed", "SettingsDiffer"]])
      assert.lengthOf(yield* dryRun("fldFinance"), 1)
    }).pipe(Effect.provide(Test)))
})
