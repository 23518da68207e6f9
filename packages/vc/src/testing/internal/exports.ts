/** Exports: tasks that take their time and leave files. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as VcFake from "../VcFake.ts"

export interface Task {
  readonly id: string
  /** In milliseconds. */
  readonly doneAt: number
  /** Why it fails, where it does. */
  readonly fails: string | undefined
  readonly file: { readonly token: string; readonly name: string; readonly content: Uint8Array }
}

const bytes = (content: string | Uint8Array) => typeof content === "string" ? new TextEncoder().encode(content) : content

export const make = () => {
  const tasks = new Map<string, Task>()
  let outcome: VcFake.ExportOutcome = {}
  return {
    start: (kind: string) =>
      Effect.map(Clock.currentTimeMillis, (now): Task => {
        const number = String(tasks.size + 1).padStart(18, "0")
        const name = outcome.name ?? `${kind}.csv`
        const task: Task = {
          id: `7${number}`,
          doneAt: now + Duration.toMillis(outcome.takes ?? 0),
          fails: outcome.fails,
          file: { token: `file${number}`, name, content: bytes(outcome.content ?? `the content of ${name}\n`) }
        }
        tasks.set(task.id, task)
        return task
      }),
    find: (id: string) => tasks.get(id),
    /** The file of an export that is done. */
    file: (token: string) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        [...tasks.values()].find(({ doneAt, fails, file }) => file.token === token && fails === undefined && doneAt <= now)?.file),
    controls: {
      exports: (next: VcFake.ExportOutcome) => Effect.sync(() => {
        outcome = next
      })
    }
  }
}

export type Exports = ReturnType<typeof make>
