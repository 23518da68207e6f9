/** The form of the table: what is done, and what must come of it for each class of call. */
import type { FeishuConfig, Retry } from "@effect-feishu/core"
import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { Effect } from "effect"
import type { Duration, Scope } from "effect"
import * as Calls from "./calls.ts"
import type { Call } from "./calls.ts"

/** By which way a call reaches the platform. */
export type Way = "memory" | "fetch" | "NodeHttpClient.layerUndici" | "UndiciTransport"

export const sockets: ReadonlyArray<Way> = ["fetch", "NodeHttpClient.layerUndici", "UndiciTransport"]

/** Part of a value: what is not named does not matter. */
export type Fields = { readonly [key: string]: unknown }

export interface Expected {
  /** The failure, or what the call answers. */
  readonly failure?: Fields
  readonly success?: unknown
  /** How many requests the platform saw. */
  readonly sends: number
  /** How often it did what was asked. */
  readonly effects: number
}

/** What was arranged for one call. */
export interface Arranged {
  /** Where the platform seems to be. */
  readonly baseUrl?: string
  readonly config?: Partial<FeishuConfig.Options>
  /** Watches the retries. */
  readonly policy?: (policy: Retry.Policy) => Retry.Policy
  /** Whether the token is there before the call. */
  readonly token?: boolean
  /** A call before the call, which must succeed and is counted like any; and what happens between the two. */
  readonly first?: boolean
  readonly between?: Effect.Effect<void>
  /** How long the call takes, by the clock it runs under. */
  readonly atLeast?: Duration.Duration
  readonly within?: Duration.Duration
  /** How much more memory the process may hold afterwards, in bytes. */
  readonly memory?: number
  /** What else must hold in the end. */
  readonly after?: Effect.Effect<void>
}

export interface Row {
  /** The row of the matrix. */
  readonly id: string
  readonly what: string
  /** Where it can be executed; everywhere unless told. */
  readonly ways?: ReadonlyArray<Way>
  readonly calls?: ReadonlyArray<Call>
  /** What it waits for: timeouts, which are short on a socket then, or something else. It does not wait alone. */
  readonly waits?: "timeout" | "pause" | undefined
  readonly fake?: Partial<FakeFeishu.Options> | undefined
  readonly arrange: (call: Call, way: Way) => Effect.Effect<Arranged, never, FakeFeishu.FakeFeishu | Scope.Scope>
  readonly expected: (call: Call, way: Way) => Expected
  /** What must hold of a success, besides being what the platform answers. */
  readonly check?: ((result: unknown, call: Call) => void) | undefined
}

// --- what comes of it ---------------------------------------------------------

export interface Circumstances {
  readonly way: Way
  /** How many requests in a row are hit. */
  readonly times: number
  /** Whether the platform acts before it hits. */
  readonly applied: boolean
}

export type Outcome = (call: Call, circumstances: Circumstances) => Expected

/** Attempts in all. */
export const most = 4

export const everyTime = Number.POSITIVE_INFINITY

export const unknown = (cause: Fields): Fields => ({ _tag: "OutcomeUnknown", cause })

/** Repeated whatever it is: nothing was executed. */
export const replayed = (failure: Fields): Outcome => (call, { applied, times }) =>
  times >= most
    ? { failure: { attempts: most, ...failure }, sends: most, effects: applied ? most : 0 }
    : { success: call.result, sends: times + 1, effects: (applied ? times : 0) + 1 }

/** Sent once, and that is that. */
export const final = (failure: Fields): Outcome => (_, { applied }) => ({ failure, sends: 1, effects: applied ? 1 : 0 })

const unlessIdempotent = (failure: Fields, outcome: Outcome): Outcome => (call, circumstances) =>
  call.operation.idempotent ? outcome(call, circumstances) : final(unknown(failure))(call, circumstances)

/** Repeated where twice is once; what became of another write is unknown, and it is sent once. */
export const repeated = (failure: Fields): Outcome => unlessIdempotent({ attempts: 1, ...failure }, replayed(failure))

/** Sent once; what became of a write that must not be repeated is unknown. */
export const finalOrUnknown = (failure: Fields): Outcome => unlessIdempotent(failure, final(failure))

/** Transports differ in what they undo and in what they can tell. */
export const by = (ways: Partial<Record<Way, Outcome>>, otherwise: Outcome): Outcome => (call, circumstances) =>
  (ways[circumstances.way] ?? otherwise)(call, circumstances)

/** So do the calls in what they answer. */
export const byCall = (outcome: (call: Call) => Outcome): Outcome => (call, circumstances) => outcome(call)(call, circumstances)

// --- rows of the fake's own script --------------------------------------------

export interface Damage {
  readonly fault: Fault.Fault | ((call: Call, way: Way) => Fault.Fault)
  readonly outcome: Outcome
  /** How many requests are hit: one apart from all of them, unless told. */
  readonly times?: number
  /** Whether the platform acted before; both, where it makes no difference to what is seen. */
  readonly applied?: "both" | boolean
  readonly ways?: ReadonlyArray<Way>
  readonly calls?: ReadonlyArray<Call>
  readonly waits?: Row["waits"]
  readonly fake?: Row["fake"]
  readonly arranged?: Arranged
  readonly check?: Row["check"]
}

const how = (times: number) => times === everyTime ? ", every time" : times === 1 ? ", once" : `, ${times} times`

/** A row for each way a scripted fault may come: once or every time, before the platform acted or after. */
export const scripted = (
  id: string,
  what: string,
  { applied, arranged = {}, fault, outcome, times, ...rest }: Damage
): ReadonlyArray<Row> => {
  const faultOf = (call: Call, way: Way) => typeof fault === "function" ? fault(call, way) : fault
  return (times === undefined ? [1, everyTime] : [times]).flatMap((often) =>
    (applied === "both" ? [false, true] : [applied ?? Fault.actsFirst(faultOf(Calls.read, "memory"))]).map((acted): Row => ({
      ...rest,
      id,
      what: what + (times === undefined ? how(often) : "") + (applied === "both" ? acted ? ", applied" : ", not applied" : ""),
      arrange: (call, way) =>
        Effect.gen(function*() {
          const fake = yield* FakeFeishu.FakeFeishu
          yield* fake.script(call.operation, faultOf(call, way), { times: often, applied: acted })
          return arranged
        }),
      expected: (call, way) => outcome(call, { way, times: often, applied: acted })
    }))
  )
}
