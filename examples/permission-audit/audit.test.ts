import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { PermissionMember } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { report } from "./audit.ts"

const Test = FakeFeishu.layerClient({
  domains: [DriveFake.domainOf({
    documents: [
      { token: "fldFinance", type: "folder" },
      {
        token: "doxBudget",
        name: "Budget",
        folder: "fldFinance",
        members: [{ member_type: "openid", member_id: "ou_ada", perm: "edit" }],
        settings: { external_access_entity: "open", link_share_entity: "anyone_readable" }
      }
    ]
  })],
  directory: { users: [{ open_id: "ou_ada", name: "Ada" }] }
})

const written = (format: "table" | "ndjson") =>
  Effect.gen(function*() {
    const parts: Array<string> = []
    const counts = yield* report("fldFinance", format, (text) => Effect.sync(() => void parts.push(text)))
    return { counts, text: parts.join("") }
  })

describe("the audit of a folder", () => {
  it.effect("is a table for people", () =>
    Effect.gen(function*() {
      const { counts, text } = yield* written("table")
      assert.strictEqual(
        text,
        [
          "TYPE      LINK SHARING             OUTSIDE                     PATH",
          "folder    closed                   closed                      /",
          "  full_access  appid cli_fake",
          "docx      anyone_readable          open                        /Budget",
          "  full_access  appid cli_fake",
          "  edit         openid ou_ada (Ada)",
          ""
        ].join("\n")
      )
      assert.deepStrictEqual(counts, { findings: 2, open: 1, unseen: 0 })
    }).pipe(Effect.provide(Test)))

  it.effect("is lines of JSON for programs, and says what it could not see", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(PermissionMember.list, Fault.answer({ status: 403, code: 1063002 }))
      const { counts, text } = yield* written("ndjson")
      const [first, second] = text.trimEnd().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>)
      assert.lengthOf(first?.["gaps"] as ReadonlyArray<unknown>, 1)
      assert.strictEqual(second?.["path"], "/Budget")
      assert.deepStrictEqual(counts, { findings: 2, open: 1, unseen: 1 })
    }).pipe(Effect.provide(Test)))
})
