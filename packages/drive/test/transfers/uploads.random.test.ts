import { FakeFeishu, Fault } from "@effect-feishu/core/testing"
import { FileUpload, UploadCheckpoint, UploadSource } from "@effect-feishu/drive"
import { assert, it } from "@effect/vitest"
import { Effect, FastCheck, Option, Stream } from "effect"
import * as World from "./World.ts"

const { blockSize, bytesOf, filesOf, patient, sha256 } = World

/** What may happen to a request, most of which the client mends by itself. */
const faults = {
  reset: Fault.reset,
  lost: Fault.resetMidBody,
  cut: Fault.truncate("length"),
  broken: Fault.truncatedJson,
  gateway: Fault.maintenance,
  throttled: Fault.throttled({ reset: "0" }),
  inside: Fault.answer({ status: 200, code: 1061001 }),
  checksum: Fault.answer({ status: 400, code: 1062008 }),
  expired: Fault.answer({ status: 400, code: 1061021 }),
  missing: Fault.answer({ status: 400, code: 1062010 })
} as const

const named = (...names: ReadonlyArray<keyof typeof faults>) => FastCheck.constantFrom(...names)

const schedule = FastCheck.record({
  size: FastCheck.oneof(
    FastCheck.tuple(FastCheck.integer({ min: 0, max: 6 }), FastCheck.integer({ min: -2, max: 2 }))
      .map(([blocks, off]) => Math.max(1, blocks * blockSize + off)),
    FastCheck.integer({ min: 1, max: 6 * blockSize })
  ),
  seed: FastCheck.nat(255),
  source: FastCheck.constantFrom("bytes" as const, "stream" as const, "versioned" as const),
  atPrepare: FastCheck.array(named("reset", "lost", "gateway", "throttled"), { maxLength: 2 }),
  atParts: FastCheck.array(named("reset", "lost", "cut", "broken", "gateway", "throttled", "inside", "checksum", "expired"), { maxLength: 5 }),
  atFinish: FastCheck.array(named("reset", "lost", "cut", "broken", "gateway", "throttled", "inside", "expired", "missing"), { maxLength: 3 }),
  /** Each run but the last is killed after so many milliseconds, wherever it is. */
  kills: FastCheck.array(FastCheck.integer({ min: 0, max: 40 }), { maxLength: 4 })
})

let count = 0

/** What somebody does who wants the file uploaded, once. */
const insist = (upload: FileUpload.UploadRequest, kills: ReadonlyArray<number>) =>
  Effect.gen(function*() {
    const checkpoints = upload.checkpoints ?? UploadCheckpoint.none
    let killed = 0
    let failed = 0
    for (let run = 0; run < 40; run++) {
      const after = kills[run]
      const attempt = patient(Effect.map(FileUpload.upload(upload), ({ file_token }) => file_token))
      const ended = yield* Effect.either(
        // Another process each time: what it knew in memory is gone.
        Effect.provide(after === undefined ? Effect.asSome(attempt) : Effect.timeoutOption(attempt, after), World.layerProcess)
      )
      if (ended._tag === "Right" && Option.isSome(ended.right)) return { token: ended.right.value, killed, failed }
      if (ended._tag === "Right") {
        killed++
        continue
      }
      failed++
      const error = ended.left
      if (error._tag !== "UploadOutcomeUnknown") continue
      const found = yield* FileUpload.reconcile({ ...error.checkpoint, since: error.checkpoint.started_at })
      if (Option.isSome(found)) {
        yield* checkpoints.clear
        return { token: found.value, killed, failed }
      }
      yield* UploadCheckpoint.reopen(checkpoints)
    }
    return yield* Effect.dieMessage("it never ended")
  })

for (const [transport, layer] of World.transports) {
  it.live(`whatever happens to an upload by ${transport}, one file is there in the end, and it is the one`, () =>
    Effect.flatMap(Effect.runtime<Effect.Effect.Context<ReturnType<typeof insist>> | FakeFeishu.FakeFeishu | World.World>(), (runtime) =>
      Effect.promise(() =>
        FastCheck.assert(
          FastCheck.asyncProperty(schedule, ({ atFinish, atParts, atPrepare, kills, seed, size, source }) =>
            Effect.gen(function*() {
              const fake = yield* FakeFeishu.FakeFeishu
              const name = `random ${count++}`
              const bytes = bytesOf(size, seed)
              const checkpoints = yield* UploadCheckpoint.inMemory
              const sources = {
                bytes: UploadSource.fromBytes(bytes),
                stream: UploadSource.fromStream({ size }, Stream.rechunk(Stream.make(bytes), 1)),
                versioned: UploadSource.fromStream(
                  { size, version: "1" },
                  Stream.fromIterable(Array.from({ length: Math.ceil(size / 333) }, (_, k) => bytes.subarray(k * 333, (k + 1) * 333)))
                )
              }
              yield* fake.unscript
              const script = (step: { readonly id: string }, all: ReadonlyArray<keyof typeof faults>) =>
                Effect.forEach(all, (one) => fake.script(step, faults[one]), { discard: true })
              yield* script(FileUpload.prepare, atPrepare)
              yield* script(FileUpload.part, atParts)
              yield* script(FileUpload.finish, atFinish)
              yield* script(FileUpload.all, atFinish.filter((one) => one !== "expired" && one !== "missing"))
              const before = {
                parts: (yield* fake.requestsOf(FileUpload.part)).length,
                prepared: yield* fake.effectsOf(FileUpload.prepare),
                faults: (yield* fake.unmet).reduce((sum, { times }) => sum + times, 0)
              }
              const { failed, killed, token } = yield* insist(
                { file_name: name, parent_node: "fld", source: sources[source], atOnce: blockSize, checkpoints },
                kills
              )
              assert.deepStrictEqual(yield* filesOf(name), [{ file_token: token, size, hash: sha256(bytes) }])
              const met = before.faults - (yield* fake.unmet).reduce((sum, { times }) => sum + times, 0)
              const sent = (yield* fake.requestsOf(FileUpload.part)).length - before.parts
              const partsTotal = Math.ceil(size / blockSize)
              // All of them again where the platform wants that, else one more for each kill and each fault.
              const rounds = [...atFinish, ...atParts].filter((one) => one === "expired" || one === "missing").length
              assert.isAtMost(sent, partsTotal * (1 + rounds) + killed + met)
              assert.isAtMost(failed, met + killed)
            }).pipe(Effect.provide(runtime), Effect.runPromise)),
          { numRuns: 60 }
        )
      )
    ).pipe(Effect.provide(layer)), 120_000)
}
