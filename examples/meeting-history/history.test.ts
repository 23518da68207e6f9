import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { Meeting } from "@effect-feishu/vc"
import { VcFake } from "@effect-feishu/vc/testing"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, TestClock } from "effect"
import { printHistory } from "./history.ts"

const weekly = { owner: "ou_ada", meeting_no: "123456789", topic: "Weekly", lasted: "50 minutes" } as const

/** A platform on the first of October, and what was held on it in September. */
const Test = FakeFeishu.layerClient({
  domains: [
    VcFake.domainOf({
      meetings: [
        { ...weekly, meeting_id: "m1", start_time: "2026-09-01T09:00:00Z", participants: ["ou_ada", "ou_grace"] },
        { ...weekly, meeting_id: "m2", start_time: "2026-09-08T09:00:00Z", recording: false },
        { ...weekly, meeting_id: "m3", start_time: "2026-09-30T23:10:00Z", recording: "10 minutes" }
      ]
    })
  ]
})

/** What is printed until a time. */
const printed = (args: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const lines: Array<string> = []
    yield* TestClock.setTime(Date.UTC(2026, 9, 1))
    const console = yield* Effect.console
    const program = Effect.withConsole(printHistory(args), {
      ...console,
      log: (...what) => Effect.sync(() => lines.push(...what.map(String)))
    })
    const running = yield* Effect.fork(program)
    yield* TestClock.adjust("15 minutes")
    yield* Fiber.join(running)
    return lines.join("\n").split("\n")
  })

describe("the history of a meeting number", () => {
  it.effect("is a table of meetings, participants and recordings", () =>
    Effect.gen(function*() {
      const [header, ...rows] = yield* printed(["123456789", "2026-09-01", "2026-10-01"])
      assert.strictEqual(header, "began             topic   participants             recording")
      assert.deepStrictEqual(rows.map((row) => row.replace(/obcn\w+/, "obcn")), [
        "2026-09-01 09:00  Weekly  ou_ada (host), ou_grace  minutes obcn (50m)",
        "2026-09-08 09:00  Weekly  ou_ada (host)            none",
        "2026-09-30 23:10  Weekly  ou_ada (host)            minutes obcn (50m)"
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("says what it could not find out", () =>
    Effect.gen(function*() {
      const { script } = yield* FakeFeishu.FakeFeishu
      yield* script(Meeting.get, Fault.answer({ status: 403, code: 121005, msg: "no permission" }))
      const [, ...rows] = yield* printed(["123456789", "2026-01-01", "2026-09-08"])
      assert.deepStrictEqual(rows.map((row) => row.trim().replace(/ {2,}/g, "  ")), [
        "2026-01-01 00:00  (nothing is told of what was before 2026-07-03 00:00)",
        "?  Weekly  ?  unknown: VcNoPermission"
      ])
    }).pipe(Effect.provide(Test)))

  it.effect("needs to be told which", () =>
    Effect.gen(function*() {
      for (const args of [[], ["12"], ["123456789", "yesterday", "2026-10-01"], ["123456789", "2026-10-01", "2026-09-01"]]) {
        assert.strictEqual((yield* Effect.flip(printHistory(args)))._tag, "Usage")
      }
    }).pipe(Effect.provide(Test)))
})
