import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { File } from "@effect-feishu/drive"
import { DriveFake } from "@effect-feishu/drive/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, TestClock } from "effect"
import { copy } from "./copy.ts"

const Test = FakeFeishu.layerClient({
  domains: [DriveFake.domainOf({
    documents: [
      { token: "fldTemplate", type: "folder" },
      { token: "doxPlan", name: "Plan", folder: "fldTemplate", createdAt: 1_000 },
      { token: "fldSheets", name: "Sheets", type: "folder", folder: "fldTemplate", createdAt: 2_000 },
      { token: "shtBudget", name: "Budget", type: "sheet", folder: "fldSheets" },
      { token: "fldCustomer", type: "folder" }
    ]
  })]
})

describe("a folder that is copied", () => {
  it.effect("is copied whole, and not twice", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* copy("fldTemplate", "fldCustomer"), { Copied: 3, Skipped: 0, Failed: 0 })
      assert.deepStrictEqual(yield* copy("fldTemplate", "fldCustomer"), { Copied: 0, Skipped: 3, Failed: 0 })
    }).pipe(Effect.provide(Test)))

  it.effect("and interrupted is copied to the end by the next run", () =>
    Effect.gen(function*() {
      const fake = yield* FakeFeishu.FakeFeishu
      yield* fake.script(File.copy, Fault.delay(0))
      // Copied, and nobody hears of it.
      yield* fake.script(File.copy, Fault.hang, { applied: true })
      const first = yield* Effect.fork(copy("fldTemplate", "fldCustomer"))
      yield* TestClock.adjust("1 second")
      yield* Fiber.interrupt(first)
      assert.deepStrictEqual(yield* copy("fldTemplate", "fldCustomer"), { Copied: 0, Skipped: 3, Failed: 0 })
      assert.strictEqual(yield* fake.effectsOf(File.copy), 2)
    }).pipe(Effect.provide(Test)))
})
