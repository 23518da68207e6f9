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
import { SlidingWindow } from "./slidingWindow.ts"

/** Where there are more gates than this, the idle ones among them are forgotten once a minute. */
const few = 1024
const sweepEvery = 60_000

/** What a call asks its gate for admission with, and is known by once it was let in. */
export class Ticket implements Admission.Request {
  readonly key: string
  readonly operation: string
  readonly windows: ReadonlyArray<Window>
  readonly serial: boolean
  private gate: Gate | undefined
  private number = 0

  constructor({ key, operation, serial, windows }: Admission.Request) {
    this.key = key
    this.operation = operation
    this.windows = windows
    this.serial = serial
  }

  admitted(gate: Gate, number: number): void {
    this.gate = gate
    this.number = number
  }

  /** The request left only now: until a moment ago it waited for a connection, which the next ones find open. */
  departed(now: number): void {
    this.gate?.postpone(this.number, now)
  }
}

interface Waiter {
  readonly request: Admission.Request
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
    // The line may not move for long, and must not grow by those who left it.
    if (this.waiters.length - this.head <= 2 * this.live + 64) return
    this.waiters = this.waiters.slice(this.head).filter(({ state }) => state === "waiting")
    this.head = 0
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
  private readonly windows: ReadonlyArray<SlidingWindow>
  private readonly line = new Line()
  private readonly serial: boolean
  private readonly capacity: number
  private pausedUntil = Number.NEGATIVE_INFINITY
  private occupied = false
  /** How many it let in. */
  private count = 0
  /** Whether somebody opens the gate, and who, as soon as it has begun to. */
  private kept = false
  private keeper: Fiber.RuntimeFiber<void> | undefined

  constructor({ serial, windows }: Admission.Request, capacity: number) {
    this.serial = serial
    this.windows = windows.map((window) => new SlidingWindow(window))
    this.capacity = capacity
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

  private pass(request: Admission.Request, now: number): void {
    for (const window of this.windows) window.record(now)
    if (request instanceof Ticket) request.admitted(this, this.count)
    this.count++
    this.occupied = this.serial
  }

  postpone(number: number, now: number): void {
    for (const window of this.windows) window.postpone(number, now)
  }

  /** Passes, if that is possible without waiting and without having to leave. */
  tryPass(request: Admission.Request, now: number): boolean {
    if (this.serial || this.line.live > 0 || this.opensAt > now) return false
    this.pass(request, now)
    return true
  }

  /** Runs an effect when it is its turn. To be run where only what `restore` covers can be interrupted. */
  through<A, E, R>(
    request: Admission.Request,
    now: number,
    effect: Effect.Effect<A, E, R>,
    restore: Restore
  ): Effect.Effect<A, E | QueueFull, R> {
    const inside = this.serial ? Effect.ensuring(restore(effect), this.leave) : restore(effect)
    if (this.line.live === 0 && this.opensAt <= now) {
      this.pass(request, now)
      return inside
    }
    if (this.line.live >= this.capacity) {
      return new QueueFull({ operation: request.operation, capacity: this.capacity })
    }
    const waiter: Waiter = { request, state: "waiting", resume: () => {} }
    this.line.push(waiter)
    const admitted = Effect.async<void>((resume) => {
      if (waiter.state === "admitted") resume(Effect.void)
      else waiter.resume = () => resume(Effect.void)
    })
    return this.watch.pipe(
      Effect.zipRight(Effect.onInterrupt(restore(admitted), () => this.giveUp(waiter))),
      Effect.zipRight(inside)
    )
  }

  private giveUp(waiter: Waiter): Effect.Effect<void> {
    if (waiter.state === "admitted") return this.leave
    this.line.leave(waiter)
    return this.line.live === 0 ? this.dismiss : Effect.void
  }

  /** Lets in who may pass now. */
  private open(now: number): void {
    while (this.opensAt <= now) {
      const next = this.line.shift()
      if (next === undefined) return
      this.pass(next.request, now)
      next.state = "admitted"
      next.resume()
    }
  }

  /** Nothing is left to do for a keeper when nobody waits; and whoever holds the turn opens the gate on leaving. */
  private get needsKeeper(): boolean {
    return this.line.live > 0 && !this.occupied
  }

  /** Gives the turn back. */
  private readonly leave: Effect.Effect<void> = Effect.flatMap(Monotonic.millis, (now) => {
    this.occupied = false
    this.open(now)
    return this.watch
  })

  private readonly dismiss = Effect.suspend(() => {
    const keeper = this.keeper
    // One that has not begun yet will see for itself.
    if (keeper === undefined) return Effect.void
    this.keeper = undefined
    this.kept = false
    return Fiber.interruptFork(keeper)
  })

  /** Makes sure that somebody opens the gate. */
  private readonly watch: Effect.Effect<void> = Effect.suspend(() => {
    if (this.kept || !this.needsKeeper) return Effect.void
    // Not after the fork: the keeper may have come and gone by then.
    this.kept = true
    return Effect.forkDaemon(Effect.interruptible(this.keep))
  })

  private readonly keep: Effect.Effect<void> = Effect.withFiberRuntime((self) => {
    this.keeper = self
    return Effect.gen(this, function*() {
      while (this.keeper === self) {
        const now = yield* Monotonic.millis
        this.open(now)
        if (!this.needsKeeper) break
        yield* Effect.sleep(Duration.millis(Math.ceil(this.opensAt - now)))
      }
      // One that was dismissed has a successor, perhaps.
      if (this.keeper === self) {
        this.keeper = undefined
        this.kept = false
      }
    })
  })
}

type TryPass = (request: Admission.Request, now: number) => boolean

const passing = new WeakMap<Admission.Service, TryPass>()

/** Admits a call in this very step if it need not wait; how, for a service that can. */
export const tryPassOf = (service: Admission.Service): TryPass | undefined => passing.get(service)

export const make = (capacity: number): Admission.Service => {
  const gates = new Map<string, Gate>()
  let sweptAt = Number.NEGATIVE_INFINITY

  /** To be used in the same step: a gate nobody has entered may be forgotten in the next. */
  const gateOf = (request: Admission.Request, now: number): Gate => {
    if (gates.size > few && now >= sweptAt + sweepEvery) {
      sweptAt = now
      for (const [key, gate] of gates) {
        if (gate.isIdle(now)) gates.delete(key)
      }
    }
    const known = gates.get(request.key)
    if (known !== undefined) return known
    const gate = new Gate(request, capacity)
    gates.set(request.key, gate)
    return gate
  }

  const through = <A, E, R>(request: Admission.Request, effect: Effect.Effect<A, E, R>) =>
    Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(Monotonic.millis, (now) => gateOf(request, now).through(request, now, effect, restore))
    )

  const service: Admission.Service = {
    admit: (request) => {
      if (request.windows.length > 0 || request.serial) return (effect) => through(request, effect)
      // Nothing to keep, so no gate to pass, unless the platform asked for a pause.
      return (effect) => Effect.suspend(() => gates.has(request.key) ? through(request, effect) : effect)
    },
    pause: (request, wait) =>
      Effect.map(Monotonic.millis, (now) => gateOf(request, now).pauseUntil(now + Duration.toMillis(wait)))
  }

  passing.set(service, (request, now) =>
    request.windows.length === 0 && !request.serial && !gates.has(request.key) || gateOf(request, now).tryPass(request, now))

  return service
}
