import { CallError } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Array, Duration, Effect, Exit, Fiber } from "effect"
import * as Breaker from "../src/internal/breaker.ts"
import * as Simulation from "./simulation.ts"

const silence = new CallError.TransportError({ operation: "o", phase: "connect", delivered: "no", reason: "r", attempts: 1 })
const answered = new CallError.UndocumentedCode({ operation: "o", status: 500, code: 1, msg: "m" })

const failing = (wait: Duration.DurationInput, error: CallError.TransportError | CallError.UndocumentedCode = silence) =>
  Effect.zipRight(Effect.sleep(wait), Effect.fail(error))

/** Runs a program with a breaker that opens for ten seconds after three failures. */
const run = (program: (guard: ReturnType<ReturnType<typeof Breaker.make>>, world: Simulation.World) => Effect.Effect<void, unknown>) => {
  const { exit } = Simulation.run((world) => program(Breaker.make({ failures: 3, openFor: "10 seconds" })("test.operation"), world))
  if (Exit.isFailure(exit)) throw new Error(String(exit.cause))
}

const open = (guard: ReturnType<ReturnType<typeof Breaker.make>>) =>
  Effect.forEach(Array.range(1, 3), () => Effect.ignore(guard(failing(0))), { discard: true })

const isOpen = (guard: ReturnType<ReturnType<typeof Breaker.make>>) =>
  Effect.map(Effect.exit(guard(Effect.void)), (exit) =>
    Exit.isFailure(exit) && exit.cause._tag === "Fail" && exit.cause.error._tag === "CircuitOpen")

describe("a circuit breaker", () => {
  it("that nobody asked for lets everything through", () => {
    const guard = Breaker.make(undefined)("test.operation")
    const { exit } = Simulation.run(() => Effect.zipRight(open(guard), guard(Effect.succeed(1))))
    assert.deepStrictEqual(exit, Exit.succeed(1))
  })

  it("opens after so many failures in a row, says for how long, and closes when an attempt succeeds", () =>
    run((guard, { now }) =>
      Effect.gen(function*() {
        yield* open(guard)
        yield* Effect.sleep("4 seconds")
        const error = yield* Effect.flip(guard(Effect.void))
        assert(error._tag === "CircuitOpen")
        assert.deepStrictEqual(error.retryAfter, Duration.seconds(6))
        assert.strictEqual(error.operation, "test.operation")
        yield* Effect.sleep("6 seconds")
        yield* guard(Effect.void)
        assert.isFalse(yield* isOpen(guard))
        assert.strictEqual(now(), 10_000)
      })
    ))

  it("stays closed when something answers in between, be it a failure", () =>
    run((guard) =>
      Effect.gen(function*() {
        for (const _ of Array.range(1, 5)) {
          yield* Effect.ignore(guard(failing(0)))
          yield* Effect.ignore(guard(failing(0)))
          yield* Effect.ignore(guard(failing(0, answered)))
        }
        assert.isFalse(yield* isOpen(guard))
      })
    ))

  it("sends one to look, and nobody else until that one is back, however long it takes", () =>
    run((guard) =>
      Effect.gen(function*() {
        yield* open(guard)
        yield* Effect.sleep("10 seconds")
        const probe = yield* Effect.fork(guard(failing("60 seconds")))
        yield* Effect.sleep("1 second")
        for (const _ of Array.range(1, 5)) {
          assert.isTrue(yield* isOpen(guard))
          yield* Effect.sleep("11 seconds")
        }
        yield* Fiber.await(probe)
        yield* Effect.sleep("9 seconds")
        assert.isTrue(yield* isOpen(guard))
        yield* Effect.sleep("1 second")
        assert.isFalse(yield* isOpen(guard))
      })
    ))

  it("sends another to look when the one it sent is interrupted", () =>
    run((guard) =>
      Effect.gen(function*() {
        yield* open(guard)
        yield* Effect.sleep("10 seconds")
        const probe = yield* Effect.fork(guard(Effect.never))
        yield* Effect.sleep("1 second")
        yield* Fiber.interrupt(probe)
        assert.isFalse(yield* isOpen(guard))
      })
    ))

  it("learns nothing from the interruption of attempts that began before it opened", () =>
    run((guard) =>
      Effect.gen(function*() {
        const old = yield* Effect.fork(guard(Effect.never))
        yield* Effect.yieldNow()
        yield* open(guard)
        yield* Effect.sleep("1 second")
        yield* Fiber.interrupt(old)
        assert.isTrue(yield* isOpen(guard))
      })
    ))
})
