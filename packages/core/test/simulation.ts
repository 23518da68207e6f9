/**
 * Runs an effect in a world of its own: one step after another, with nothing but the program in it, so that what
 * happens is decided by a seed and the same every time. Time passes when nothing else can happen.
 */
import type { Exit, Scheduler } from "effect"
import { Clock, Duration, Effect } from "effect"

/** Numbers below `n`, by chance that a seed decides (mulberry32). */
export const chance = (seed: number) => {
  let state = seed
  return (n: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * n)
  }
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

export interface World {
  /** Milliseconds that have passed. */
  readonly now: () => number
  /** How many fibers wait for time to pass. */
  readonly sleeping: () => number
  /** How often the clock was read or slept by. */
  readonly uses: () => number
  /** How many steps fibers have made. */
  readonly steps: () => number
}

class VirtualClock implements Clock.Clock {
  readonly [Clock.ClockTypeId]: Clock.ClockTypeId = Clock.ClockTypeId
  readonly sleepers = new Set<Sleeper>()
  time = 0
  uses = 0

  unsafeCurrentTimeMillis() {
    this.uses++
    return this.time
  }
  unsafeCurrentTimeNanos() {
    this.uses++
    return BigInt(Math.floor(this.time * 1_000_000))
  }
  readonly currentTimeMillis = Effect.sync(() => this.unsafeCurrentTimeMillis())
  readonly currentTimeNanos = Effect.sync(() => this.unsafeCurrentTimeNanos())

  sleep(duration: Duration.Duration) {
    return Effect.async<void>((resume) => {
      this.uses++
      const sleeper = { at: this.time + Duration.toMillis(duration), wake: () => resume(Effect.void) }
      this.sleepers.add(sleeper)
      return Effect.sync(() => void this.sleepers.delete(sleeper))
    })
  }

  /** On to the next moment at which somebody wants to be woken, if there is one. */
  advance(): boolean {
    let next = Number.POSITIVE_INFINITY
    for (const { at } of this.sleepers) next = Math.min(next, at)
    if (next === Number.POSITIVE_INFINITY) return false
    this.time = Math.max(this.time, next)
    for (const sleeper of Array.from(this.sleepers)) {
      if (sleeper.at > next) continue
      this.sleepers.delete(sleeper)
      sleeper.wake()
    }
    return true
  }
}

/** What is done at once, in the order it came; where a fiber pauses for the others may be left to chance. */
class Loop implements Scheduler.Scheduler {
  private tasks: Array<() => void> = []
  private readonly pause: () => number
  private next: number
  steps = 0

  /** How many steps a fiber makes until it pauses, drawn anew each time. */
  constructor(pause: () => number) {
    this.pause = pause
    this.next = pause()
  }

  shouldYield(fiber: Parameters<Scheduler.Scheduler["shouldYield"]>[0]) {
    this.steps++
    if (fiber.currentOpCount < this.next) return false
    this.next = this.pause()
    return 0
  }
  scheduleTask(task: () => void) {
    this.tasks.push(task)
  }
  drain() {
    while (this.tasks.length > 0) {
      const tasks = this.tasks
      this.tasks = []
      for (const task of tasks) task()
    }
  }
}

/**
 * The exit of an effect, and the world it leaves behind. With a seed every step of every fiber may be the one at which
 * it makes room for the others: what is only right when two steps are one comes to light.
 */
export const run = <A, E>(
  program: (world: World) => Effect.Effect<A, E>,
  seed?: number
): { readonly exit: Exit.Exit<A, E>; readonly world: World } => {
  const clock = new VirtualClock()
  const pick = seed === undefined ? undefined : chance(seed)
  // A pause takes some steps itself, so that very few between two of them would never end.
  const loop = new Loop(pick === undefined ? () => 2048 : () => 12 + pick(40))
  const world: World = {
    now: () => clock.time,
    sleeping: () => clock.sleepers.size,
    uses: () => clock.uses,
    steps: () => loop.steps
  }
  const fiber = Effect.runFork(Effect.withClock(program(world), clock), { scheduler: loop })
  loop.drain()
  for (let exit = fiber.unsafePoll();; exit = fiber.unsafePoll()) {
    if (exit !== null) return { exit, world }
    if (!clock.advance()) throw new Error("nothing can happen any more, and the program has not ended")
    loop.drain()
  }
}
