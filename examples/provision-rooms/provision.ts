/** Brings the rooms of a tenant into the state that a file says: shows what would be done, and does it. Knows of no token. */
import { RoomProvision } from "@effect-feishu/vc"
import { FileSystem, Terminal } from "@effect/platform"
import { Effect, Schema, Stream } from "effect"
import { table } from "./table.ts"

const WantedRooms = Schema.parseJson(Schema.Array(RoomProvision.WantedRoom))

/** What the file says. Everything that is wrong with it is found before anything is done. */
export const wantedRooms = (path: string) =>
  FileSystem.FileSystem.pipe(
    Effect.flatMap((files) => files.readFileString(path)),
    Effect.flatMap(Schema.decode(WantedRooms, { errors: "all", onExcessProperty: "error" }))
  )

/** Clears the line first, so that each message takes the place of the one before; where there is no terminal, each has a line. */
const progress = (line: string) =>
  Effect.gen(function*() {
    const terminal = yield* Terminal.Terminal
    yield* terminal.display((yield* terminal.isTTY) ? `\r\u001b[2K${line}` : `${line}\n`)
  })

export interface Options {
  readonly deleteUnlisted?: boolean
  readonly dryRun?: boolean
}

/** How many changes there were of each kind. */
export interface Summary {
  readonly done: number
  readonly failed: number
  readonly skipped: number
}

const nothing: Summary = { done: 0, failed: 0, skipped: 0 }

export const provision = (path: string, { deleteUnlisted = false, dryRun = false }: Options = {}) =>
  Effect.gen(function*() {
    const terminal = yield* Terminal.Terminal
    const plan = yield* RoomProvision.plan(yield* wantedRooms(path), { deleteUnlisted })
    yield* terminal.display(table(plan))
    if (dryRun || plan.changes.length === 0) return nothing

    const failures: Array<string> = []
    const summary = yield* Stream.runFoldEffect(RoomProvision.apply(plan), nothing, (sofar, result) =>
      Effect.gen(function*() {
        const next: Summary = {
          done: sofar.done + (result._tag === "Done" ? 1 : 0),
          failed: sofar.failed + (result._tag === "Failed" ? 1 : 0),
          skipped: sofar.skipped + (result._tag === "Skipped" ? 1 : 0)
        }
        const { change } = result
        const name = change._tag === "Delete" ? change.room.name : change.wanted.name
        if (result._tag === "Failed") failures.push(`${change._tag} ${name}: ${result.error.message}`)
        const count = next.done + next.failed + next.skipped
        yield* progress(`${count} of ${plan.changes.length}: ${change._tag} ${name}, ${result._tag.toLowerCase()}`)
        return next
      }))
    yield* progress(`${summary.done} done, ${summary.failed} failed, ${summary.skipped} skipped`)
    if (yield* terminal.isTTY) yield* terminal.display("\n")
    for (const failure of failures) yield* terminal.display(`  ${failure}\n`)
    if (summary.failed + summary.skipped > 0) yield* terminal.display("Run it again for what is left.\n")
    return summary
  })
