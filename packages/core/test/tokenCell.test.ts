import { CallError } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Array, Duration, Effect, Exit, Fiber, Option, Redacted } from "effect"
import * as TokenCell from "../src/internal/tokenCell.ts"
import * as Simulation from "./simulation.ts"

const minute = 60_000

/** A platform as the documentation has it: the same token while half an hour or more is left of it, then another. */
class Platform {
  private readonly pick: (n: number) => number
  private readonly now: () => number
  private readonly expiry = new Map<string, number>()
  private readonly revoked = new Set<string>()
  private current = ""
  private fetching = 0
  /** When it was asked. */
  readonly asked: globalThis.Array<number> = []
  revocations = 0

  constructor(now: () => number, pick: (n: number) => number) {
    this.now = now
    this.pick = pick
  }

  readonly issue = Effect.suspend(() => {
    assert.strictEqual(++this.fetching, 1, "two fetches at once")
    this.asked.push(this.now())
    const left = (this.expiry.get(this.current) ?? 0) - this.now()
    if (left < 30 * minute || this.revoked.has(this.current)) {
      this.current = `t-${this.asked.length}`
      this.expiry.set(this.current, this.now() + 120 * minute)
    }
    const token = Redacted.make(this.current)
    const lifetime = Duration.millis(this.expiry.get(this.current)! - this.now())
    const outcome = this.pick(6) === 0
      ? new CallError.AccessTokenUnavailable({ credential: "tenant", reason: "no", permanent: false })
      : Effect.succeed({ token, lifetime })
    return Effect.zipRight(Effect.sleep(Duration.millis(this.pick(3_000))), outcome)
  }).pipe(Effect.onExit(() => Effect.sync(() => void this.fetching--)))

  revoke() {
    if (this.current === "" || this.revoked.has(this.current)) return
    this.revoked.add(this.current)
    this.revocations++
  }

  /** Whether a call with this token is let in. */
  accepts(token: Redacted.Redacted): boolean {
    const value = Redacted.value(token)
    assert.isAbove(this.expiry.get(value)!, this.now(), "a token is handed out that has expired")
    return !this.revoked.has(value)
  }
}

/** One call: with the token there is, and once more with another if that was refused. */
const call = (platform: Platform, cell: Effect.Effect.Success<ReturnType<typeof TokenCell.make>>) =>
  Effect.gen(function*() {
    const token = yield* cell.get
    if (platform.accepts(token)) return true
    const another = yield* cell.renew(token)
    assert.isTrue(Option.isSome(another))
    assert.notStrictEqual(Redacted.value(Option.getOrThrow(another)), Redacted.value(token), "the refused token is handed out again")
    return platform.accepts(Option.getOrThrow(another))
  })

describe("a token shared by many", () => {
  it("is fetched by one at a time, never handed out expired nor right after it was refused, wherever fibers pause", () => {
    let served = 0
    let total = 0
    for (const seed of Array.range(1, 60)) {
      const pick = Simulation.chance(seed)
      let platform: Platform | undefined
      const { exit } = Simulation.run(({ now }) =>
        Effect.gen(function*() {
          const model = platform = new Platform(now, pick)
          const cell = yield* TokenCell.make("tenant", () => model.issue)
          const revocations = yield* Effect.fork(
            Effect.forever(Effect.zipRight(Effect.sleep(Duration.millis(pick(60 * minute))), Effect.sync(() => model.revoke())))
          )
          const calls = yield* Effect.forEach(Array.range(1, 200), () =>
            Effect.gen(function*() {
              yield* Effect.sleep(Duration.millis(pick(12 * 60 * minute)))
              const fiber = yield* Effect.fork(Effect.forEach(Array.range(1, 1 + pick(5)), () => Effect.exit(call(model, cell)), {
                concurrency: "unbounded"
              }))
              if (pick(8) === 0) {
                yield* Effect.sleep(Duration.millis(pick(1_000)))
                yield* Fiber.interrupt(fiber)
              }
              return yield* Fiber.await(fiber)
            }).pipe(Effect.fork))
          const exits = yield* Effect.forEach(calls, Fiber.join)
          yield* Fiber.interrupt(revocations)
          return exits
        }).pipe(Effect.scoped), seed)
      if (Exit.isFailure(exit)) throw new Error(String(exit.cause))
      for (const one of exit.value.flatMap((exit) => Exit.isSuccess(exit) ? exit.value : [])) {
        total++
        if (Exit.isSuccess(one)) served += one.value ? 1 : 0
        else assert.isFalse(one.cause._tag === "Die", String(one.cause))
      }
      const { asked, revocations } = platform!
      asked.slice(1).forEach((at, index) => {
        // Failures are not held apart: whoever comes next asks again.
        assert.isAtLeast(at, asked[index]!)
      })
      assert.isBelow(asked.length, 4 * (revocations + 12) + 20)
    }
    // Those who were not served met a failing endpoint, or a token that was revoked under their hands.
    assert.isAbove(served / total, 0.9)
  })
})
