/**
 * Admission in memory.
 *
 * A gate per key. What may pass is found by arithmetic on the times of the last
 * admissions, so that a hundred thousand waiting fibers cost one timer and no
 * scan. One fiber per gate, alive only while somebody waits, opens it.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Admission from "../Admission.ts"
import { QueueFull } from "../CallError.ts"
import type { Window } from "../RateLimit.ts"
import * as Monotonic from "./monotonic.ts"

/**
 * The platform counts arrivals and we count departures. A little more room than
 * documented keeps a call that was fast on its way from being one too many.
 */
const leeway = 1.04

/** Gates without waiters are looked through for idle ones whenever this many more exist. */
const sweepEvery = 1024

/** The times of the last `limit` admissions, in a ring. */
class SlidingWindow {
  private readonly times: Array<number> = []
  private oldest = 0
  private readonly limit: number
  private readonly span: number

  constructor({ limit, window }: Window) {
    this.limit = Math.max(1, limit)
    this.span = Duration.toMillis(window) * leeway
  }

  /** When one more may pass. */
  get opensAt(): number {
    return this.times.length < this.limit ? Number.NEGATIVE_INFINITY : this.times[this.oldest]! + this.span
  }

  /** When none of what passed counts any more. */
  get idleAt(): number {
    if (this.times.length === 0) return Number.NEGATIVE_INFINITY
    const newest = this.times.length < this.limit ? this.times.length - 1 : (this.oldest + this.limit - 1) % this.limit
    return this.times[newest]! + this.span
  }

  record(now: number): void {
    if (this.times.length < this.limit) {
      this.times.push(now)
    } else {
      this.times[this.oldest] = now
      this.oldest = (this.oldest + 1) % this.limit
    }
  }
}

interface Waiter {
  state: "waiting" | "admitted" | "gone"
  resume: () => void
}

/** First in, first out, without moving what is left. */
class Line {
  private waiters: Array<Waiter> = []
  private head = 0
  live = 0

  push(waiter: Waiter): void {
    this.waiters.push(waiter)
    this.live++
  }

  leave(waiter: Waiter): void {
    waiter.state = "gone"
    this.live--
  }

  /** Takes the next one that still waits. */
  shift(): Waiter | undefined {
    while (this.head < this.waiters.length) {
      const waiter = this.waiters[this.head++]!
      if (this.head > 1024 && this.head * 2 > this.waiters.length) {
        this.waiters = this.waiters.slice(this.head)
        this.head = 0
      }
      if (waiter.state === "waiting") {
        this.live--
        return waiter
      }
    }
    this.waiters = []
    this.head = 0
    return undefined
  }
}

type Restore = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>

class Gate {
  readonly windows: ReadonlyArray<SlidingWindow>
  readonly line = new Line()
  readonly serial: boolean
  private pausedUntil = Number.NEGATIVE_INFINITY
  private occupied = false
  private keeper: Fiber.RuntimeFiber<void> | undefined

  constructor({ serial, windows }: Admission.Request) {
    this.serial = serial
    this.windows = windows.map((window) => new SlidingWindow(window))
  }

  /** When the next one may pass; never while a turn is held. */
  private get opensAt(): number {
    if (this.occupied) return Number.POSITIVE_INFINITY
    return this.windows.reduce((latest, window) => Math.max(latest, window.opensAt), this.pausedUntil)
  }

  isIdle(now: number): boolean {
    return this.line.live === 0 && !this.occupied && this.pausedUntil <= now
      && this.windows.every((window) => window.idleAt <= now)
  }

  pauseUntil(time: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, time)
  }

  private pass(now: number): void {
    for (const window of this.windows) window.record(now)
    this.occupied = this.serial
  }

  /** Waits for this gate's turn. To be run where only what `restore` covers can be interrupted. */
  enter(restore: Restore): Effect.Effect<void> {
    return Effect.flatMap(Monotonic.millis, (now) => {
      if (this.line.live === 0 && this.opensAt <= now) {
        this.pass(now)
        return Effect.void
      }
      const waiter: Waiter = { state: "waiting", resume: () => {} }
      this.line.push(waiter)
      const admitted = Effect.async<void>((resume) => {
        if (waiter.state === "admitted") resume(Effect.void)
        else waiter.resume = () => resume(Effect.void)
      })
      return Effect.zipRight(
        this.watch,
        Effect.onInterrupt(restore(admitted), () => this.giveUp(waiter))
      )
    })
  }

  private giveUp(waiter: Waiter): Effect.Effect<void> {
    if (waiter.state === "admitted") return this.leave
    this.line.leave(waiter)
    return this.line.live === 0 ? this.dismiss : Effect.void
  }

  /** Gives the turn back. */
  readonly leave: Effect.Effect<void> = Effect.suspend(() => {
    this.occupied = false
    return this.line.live === 0 ? Effect.void : this.watch
  })

  private readonly dismiss = Effect.suspend(() => {
    const keeper = this.keeper
    this.keeper = undefined
    return keeper === undefined ? Effect.void : Fiber.interruptFork(keeper)
  })

  /** Makes sure that somebody opens the gate. */
  private readonly watch: Effect.Effect<void> = Effect.suspend(() =>
    this.keeper !== undefined
      ? Effect.void
      : Effect.map(Effect.forkDaemon(Effect.interruptible(this.keep)), (keeper) => {
        this.keeper = keeper
      })
  )

  private readonly keep: Effect.Effect<void> = Effect.gen(this, function*() {
    while (this.line.live > 0) {
      const now = yield* Monotonic.millis
      while (this.opensAt <= now) {
        const next = this.line.shift()
        if (next === undefined) break
        this.pass(now)
        next.state = "admitted"
        next.resume()
      }
      // Whoever holds the turn calls the keeper back.
      if (this.line.live === 0 || this.occupied) break
      yield* Effect.sleep(Duration.millis(Math.ceil(this.opensAt - now)))
    }
    this.keeper = undefined
  })
}

export const make = (capacity: number): Admission.Service => {
  const gates = new Map<string, Gate>()
  let sweepAt = sweepEvery

  const sweep = (now: number) => {
    for (const [key, gate] of gates) {
      if (gate.isIdle(now)) gates.delete(key)
    }
    sweepAt = gates.size + sweepEvery
  }

  const gateOf = (request: Admission.Request) =>
    Effect.suspend(() => {
      const known = gates.get(request.key)
      if (known !== undefined) return Effect.succeed(known)
      const gate = new Gate(request)
      gates.set(request.key, gate)
      return gates.size < sweepAt ? Effect.succeed(gate) : Effect.map(Monotonic.millis, (now) => {
        sweep(now)
        gates.set(request.key, gate)
        return gate
      })
    })

  const through = (request: Admission.Request, gate: Gate) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.suspend((): Effect.Effect<A, E | QueueFull, R> => {
      if (gate.line.live >= capacity) return new QueueFull({ operation: request.operation, capacity })
      return Effect.uninterruptibleMask((restore) =>
        Effect.zipRight(
          gate.enter(restore),
          gate.serial ? Effect.ensuring(restore(effect), gate.leave) : restore(effect)
        )
      )
    })

  return {
    admit: (request) => {
      // Nothing to keep: no gate to pass.
      if (request.windows.length === 0 && !request.serial) {
        return (effect) =>
          gates.has(request.key)
            ? Effect.flatMap(gateOf(request), (gate) => through(request, gate)(effect))
            : effect
      }
      return (effect) => Effect.flatMap(gateOf(request), (gate) => through(request, gate)(effect))
    },
    pause: (request, wait) =>
      Effect.zipWith(gateOf(request), Monotonic.millis, (gate, now) => gate.pauseUntil(now + Duration.toMillis(wait)))
  }
}
