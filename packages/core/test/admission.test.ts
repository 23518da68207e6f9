import { Admission, Operation, RateLimit } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { Array, Deferred, Duration, Effect, Either, Exit, FastCheck, Fiber, Layer } from "effect"
import * as Simulation from "./simulation.ts"
import * as Stub from "./stub.ts"

type Limit = readonly [limit: number, window: Duration.DurationInput]

const request = (key: string, limits: ReadonlyArray<Limit>, serial = false): Admission.Request => ({
  key,
  operation: "test.operation",
  windows: RateLimit.of(...limits).windows,
  serial
})

const success = <A, E>({ exit }: { readonly exit: Exit.Exit<A, E> }): A => Exit.getOrElse(exit, (cause) => {
  throw new Error(String(cause))
})

const seeds = Array.range(1, 150)

const inSequence = <A, E, R>(count: number, effect: (index: number) => Effect.Effect<A, E, R>) =>
  Effect.forEach(Array.range(1, count), effect, { concurrency: "unbounded" })

/** No window of this length, wherever it begins, holds more than its limit. */
const assertKept = (times: ReadonlyArray<number>, limits: ReadonlyArray<Limit>) => {
  for (const [limit, window] of limits) {
    times.slice(limit).forEach((time, index) => assert.isAtLeast(time - times[index]!, Duration.toMillis(window)))
  }
}

describe("documented windows", () => {
  it("are kept, several at once, whenever calls come", () => {
    const limit = FastCheck.tuple(FastCheck.integer({ min: 1, max: 20 }), FastCheck.integer({ min: 1, max: 5_000 }))
    FastCheck.assert(
      FastCheck.property(
        FastCheck.array(limit, { minLength: 1, maxLength: 3 }),
        FastCheck.array(FastCheck.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 80 }),
        (limits, gaps) => {
          const times: globalThis.Array<number> = []
          Simulation.run(({ now }) =>
            Effect.gen(function*() {
              const { admit } = yield* Admission.makeMemory()
              const fibers: globalThis.Array<Fiber.Fiber<unknown, unknown>> = []
              for (const gap of gaps) {
                yield* Effect.sleep(gap > 1_500 ? gap - 1_500 : 0)
                fibers.push(yield* Effect.fork(admit(request("k", limits))(Effect.sync(() => times.push(now())))))
              }
              yield* Fiber.joinAll(fibers)
            })
          )
          assert.strictEqual(times.length, gaps.length)
          assertKept(times, limits)
        }
      ),
      { numRuns: 200 }
    )
  })

  it("are used to the full while calls wait", () => {
    const { world } = Simulation.run(() =>
      Effect.flatMap(Admission.makeMemory(), ({ admit }) =>
        inSequence(1_001, () => admit(request("k", [[50, "1 second"], [500, "15 seconds"]]))(Effect.void)))
    )
    // 1 000 calls fill two windows of fifteen seconds; a little more makes up for calls that are fast on their way.
    assert.isAtMost(world.now(), 30_100)
  })

  it("of one key do not hold up another", () => {
    const times = success(Simulation.run(({ now }) =>
      Effect.flatMap(Admission.makeMemory(), ({ admit }) =>
        Effect.zipRight(
          Effect.fork(inSequence(100, () => admit(request("busy", [[1, "1 second"]]))(Effect.void))),
          inSequence(10, (index) => admit(request(`idle ${index}`, [[1, "1 second"]]))(Effect.sync(now)))
        ))
    ))
    assert.deepStrictEqual(times, Array.replicate(0, 10))
  })

  it("admit in the order calls came", () => {
    for (const seed of seeds.slice(0, 30)) {
      const came: globalThis.Array<number> = []
      const admitted: globalThis.Array<number> = []
      Simulation.run(() =>
        Effect.flatMap(Admission.makeMemory(), ({ admit }) =>
          inSequence(200, (index) =>
            Effect.sleep(Duration.millis((index * 37) % 50)).pipe(
              Effect.zipRight(Effect.suspend(() => {
                came.push(index)
                return admit(request("k", [[3, "100 millis"]]))(Effect.sync(() => admitted.push(index)))
              }))
            ))), seed % 2 === 0 ? undefined : 1)
      if (seed % 2 === 0) assert.deepStrictEqual(admitted, came)
      assert.strictEqual(admitted.length, 200)
    }
  })
})

describe("the queue", () => {
  it("is bounded: who comes too many fails at once, and a place that is given up can be taken", () => {
    success(Simulation.run(({ now }) =>
      Effect.gen(function*() {
        const { admit } = yield* Admission.makeMemory({ capacity: 10 })
        const through = admit(request("k", [[1, "1 minute"]]))
        yield* through(Effect.void)
        const waiting = yield* Effect.forEach(Array.range(1, 10), () => Effect.fork(through(Effect.void)))
        yield* Effect.yieldNow()
        const error = yield* Effect.flip(through(Effect.void))
        assert.deepInclude(error, { _tag: "QueueFull", operation: "test.operation", capacity: 10 })
        assert.strictEqual(now(), 0)
        yield* Fiber.interrupt(waiting[4]!)
        const late = yield* Effect.fork(through(Effect.void))
        yield* Effect.yieldNow()
        assert.strictEqual((yield* Effect.flip(through(Effect.void)))._tag, "QueueFull")
        yield* Fiber.join(late)
      })
    ))
  })

  it("of no length at all still lets pass who need not wait", () => {
    success(Simulation.run(() =>
      Effect.gen(function*() {
        const { admit } = yield* Admission.makeMemory({ capacity: 0 })
        const through = admit(request("k", [[1, "1 minute"]]))
        yield* through(Effect.void)
        assert.strictEqual((yield* Effect.flip(through(Effect.void)))._tag, "QueueFull")
      })
    ))
  })

  it("leaves nothing behind when all who wait are interrupted", () => {
    for (const serial of [false, true]) {
      const { world } = Simulation.run(({ sleeping }) =>
        Effect.gen(function*() {
          const { admit } = yield* Admission.makeMemory()
          const through = admit(request("k", [[1, "1 hour"]], serial))
          yield* through(Effect.void)
          const fibers = yield* Effect.forEach(Array.range(1, 1_000), () => Effect.fork(through(Effect.void)))
          yield* Effect.yieldNow()
          assert.strictEqual(sleeping(), 1)
          yield* Fiber.interruptAll(fibers)
        })
      )
      assert.strictEqual(world.sleeping(), 0)
      assert.strictEqual(world.now(), 0)
    }
  })

  it("does not keep those who gave up while somebody stays", () => {
    const collect = Stub.garbageCollector()
    const kept = success(Simulation.run(() =>
      Effect.gen(function*() {
        const { admit } = yield* Admission.makeMemory()
        const through = admit(request("k", [[1, "1 hour"]]))
        yield* through(Effect.void)
        const patient = yield* Effect.fork(through(Effect.void))
        yield* Effect.yieldNow()
        collect()
        const before = process.memoryUsage().heapUsed
        for (const _ of Array.range(1, 100_000)) {
          const fiber = yield* Effect.fork(through(Effect.void))
          yield* Effect.yieldNow()
          yield* Fiber.interrupt(fiber)
        }
        collect()
        const after = process.memoryUsage().heapUsed
        yield* Fiber.interrupt(patient)
        return after - before
      })
    ))
    assert.isBelow(kept, 2 * 1024 * 1024)
  })

  it("costs 100 000 who wait no more each than 10 000", () => {
    const cost = (count: number) => {
      const before = process.cpuUsage()
      const { world } = Simulation.run(() =>
        Effect.flatMap(Admission.makeMemory(), ({ admit }) =>
          inSequence(count, () => admit(request("k", [[50, "1 second"]]))(Effect.void)))
      )
      const { system, user } = process.cpuUsage(before)
      return { steps: world.steps() / count, uses: world.uses() / count, cpu: (user + system) / count }
    }
    cost(1_000)
    const few = cost(10_000)
    const many = cost(100_000)
    assert.isAtMost(many.steps, few.steps * 1.1)
    assert.isAtMost(many.uses, few.uses * 1.1)
    assert.isAtMost(many.uses, 3)
    assert.isAtMost(many.cpu, few.cpu * 5)
  }, 120_000)
})

describe("calls that must not run in parallel", () => {
  it("never do, whenever they come, end or are interrupted; and a turn is never lost", () => {
    for (const seed of seeds) {
      const pick = Simulation.chance(seed)
      let running = 0
      let ended = 0
      const { world } = Simulation.run(() =>
        Effect.gen(function*() {
          const { admit } = yield* Admission.makeMemory()
          const through = admit(request("k", pick(2) === 0 ? [] : [[2, "20 millis"]], true))
          const work = Effect.acquireUseRelease(
            Effect.sync(() => assert.strictEqual(++running, 1)),
            () => Effect.sleep(Duration.millis(pick(10))),
            () => Effect.sync(() => running--)
          )
          const fibers = yield* Effect.forEach(Array.range(1, 30), () =>
            Effect.gen(function*() {
              yield* Effect.sleep(Duration.millis(pick(60)))
              const fiber = yield* Effect.fork(through(work))
              if (pick(3) === 0) {
                yield* Effect.sleep(Duration.millis(pick(40)))
                yield* Fiber.interrupt(fiber)
              }
              yield* Fiber.await(fiber)
              ended++
            }).pipe(Effect.fork))
          yield* Fiber.joinAll(fibers)
          // Whatever happened before, the next one is let through.
          yield* through(Effect.void)
        }), seed)
      assert.strictEqual(ended, 30)
      assert.strictEqual(running, 0)
      assert.strictEqual(world.sleeping(), 0)
    }
  })

  it("each get their turn, wherever a fiber pauses", () => {
    for (const seed of Array.range(1, 500)) {
      const { world } = Simulation.run(() =>
        Effect.flatMap(Admission.makeMemory(), ({ admit }) =>
          inSequence(3, () => admit(request("k", [], true))(Effect.sleep("1 millis")))), seed)
      assert.strictEqual(world.now(), 3)
    }
  })

  it("pass the turn on when the one who has it is interrupted in the very step that admits it", () => {
    for (const seed of seeds) {
      Simulation.run(() =>
        Effect.gen(function*() {
          const { admit } = yield* Admission.makeMemory()
          const through = admit(request("k", [], true))
          const first = yield* Deferred.make<void>()
          const holder = yield* Effect.fork(through(Deferred.await(first)))
          const next = yield* Effect.fork(through(Effect.never))
          const last = yield* Effect.fork(through(Effect.void))
          yield* Effect.yieldNow()
          yield* Effect.all([Deferred.succeed(first, undefined), Fiber.interrupt(next)], { concurrency: "unbounded" })
          yield* Fiber.join(holder)
          yield* Fiber.join(last)
        }), seed)
    }
  })

  it("keep their turn through a failure, and give it back after", () => {
    const order: globalThis.Array<string> = []
    success(Simulation.run(() =>
      Effect.gen(function*() {
        const { admit } = yield* Admission.makeMemory()
        const through = admit(request("k", [], true))
        const failing = through(Effect.zipRight(
          Effect.sleep("1 second"),
          Effect.suspend(() => (order.push("failed"), Effect.fail("no")))
        ))
        const dying = through(Effect.suspend(() => (order.push("died"), Effect.die("no"))))
        const fibers = yield* Effect.forEach([failing, dying, through(Effect.sync(() => order.push("ran")))], Effect.fork)
        yield* Effect.forEach(fibers, Fiber.await)
      })
    ))
    assert.deepStrictEqual(order, ["failed", "died", "ran"])
  })

  it("do not share a turn with another key, nor do keys that may overlap", () => {
    const { world } = Simulation.run(() =>
      Effect.flatMap(Admission.makeMemory(), ({ admit }) =>
        inSequence(20, (index) => admit(request(`${index % 4}`, [], index % 4 !== 0))(Effect.sleep("1 second"))))
    )
    assert.strictEqual(world.now(), 5_000)
  })
})

describe("a pause", () => {
  it("holds its key up, also one without a documented limit, and no other", () => {
    const times = success(Simulation.run(({ now }) =>
      Effect.gen(function*() {
        const { admit, pause } = yield* Admission.makeMemory()
        yield* pause(request("a", []), Duration.seconds(7))
        yield* pause(request("b", [[5, "1 second"]]), Duration.seconds(3))
        return yield* Effect.forEach(
          [request("a", []), request("b", [[5, "1 second"]]), request("c", [])],
          (one) => admit(one)(Effect.sync(now)),
          { concurrency: "unbounded" }
        )
      })
    ))
    assert.deepStrictEqual(times, [7_000, 3_000, 0])
  })

  it("is never made shorter by a later one, and reaches those who wait already", () => {
    const time = success(Simulation.run(({ now }) =>
      Effect.gen(function*() {
        const { admit, pause } = yield* Admission.makeMemory()
        const one = request("a", [[1, "1 second"]])
        yield* admit(one)(Effect.void)
        const waiting = yield* Effect.fork(admit(one)(Effect.sync(now)))
        yield* Effect.yieldNow()
        yield* pause(one, Duration.seconds(9))
        yield* pause(one, Duration.seconds(2))
        return yield* Fiber.join(waiting)
      })
    ))
    assert.strictEqual(time, 9_000)
  })
})

describe("keys", () => {
  it("that are idle are forgotten", () => {
    const collect = Stub.garbageCollector()
    const kept = success(Simulation.run(() =>
      Effect.gen(function*() {
        const { admit } = yield* Admission.makeMemory()
        const through = (key: string) => admit(request(key, [[5, "1 second"], [1_000, "1 minute"]]))(Effect.void)
        yield* Effect.forEach(Array.range(1, 10), (index) => through(`warm ${index}`))
        collect()
        const before = process.memoryUsage().heapUsed
        yield* Effect.forEach(Array.range(1, 100_000), (index) => through(`tenant ${index}`), { discard: true })
        yield* Effect.sleep("1 hour")
        yield* through("warm 1")
        collect()
        return process.memoryUsage().heapUsed - before
      })
    ))
    assert.isBelow(kept, 2 * 1024 * 1024)
  })
})

describe("admission around a client", () => {
  const limited = Operation.make("test.limited", {
    method: "GET",
    url: "/open-apis/test/v1/limited",
    accepts: "tenant",
    scopes: [],
    idempotent: true,
    rateLimit: RateLimit.of([1, "1 minute"]),
    errors: []
  })

  it.live("fails a call that finds no place in the queue, unsent", () => {
    let sent = 0
    const client = Stub.clientWith(
      Layer.effect(Admission.Admission, Admission.makeMemory({ capacity: 0 })),
      () => (sent++, Stub.ok())
    )
    return Effect.gen(function*() {
      yield* limited()
      const second = yield* Effect.either(limited())
      assert(Either.isLeft(second))
      assert.strictEqual(second.left._tag, "QueueFull")
      assert.strictEqual(sent, 1)
    }).pipe(Effect.provide(client))
  })
})
