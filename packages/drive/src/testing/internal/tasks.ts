/** What takes its time: the moving and deleting of folders, imports and exports. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as ExportTask from "../../ExportTask.ts"
import * as File from "../../File.ts"
import * as ImportTask from "../../ImportTask.ts"
import type { Documents } from "./documents.ts"
import { refuse } from "./refusals.ts"

export type Kind = "export" | "folder" | "import"

export type Times = Readonly<Record<Kind, Duration.DurationInput>>

/** An import or an export. */
export interface Job<State> {
  readonly caller: Caller
  /** The document that is exported, or the file that is imported. */
  readonly source: string
  readonly type: string
  /** Milliseconds since 1970, like `ends`. */
  readonly begun: number
  readonly ends: number
  /** How it ended, once it did. */
  ended: State | undefined
}

/** A file that was uploaded to become something else. */
export interface Medium {
  readonly name: string
  readonly size: number
  /** When it was uploaded: milliseconds since 1970. */
  readonly at: number
}

/** A file that an export left. */
export interface Kept {
  readonly name: string
  readonly content: Uint8Array
  /** How long it is kept: milliseconds since 1970. */
  readonly until: number
}

export type Imported = Pick<ImportTask.Task, "job_error_msg" | "job_status" | "token" | "url">

export type Exported = Omit<ExportTask.Task, "type">

export const make = (times: Times) => {
  const failing: Array<readonly [Kind, number]> = []
  const kept = new Map<string, Kept>()
  let begun = 0
  return {
    times,
    /** How the tasks of folders stand. */
    folders: new Map<string, (typeof File.TaskStatus)[keyof typeof File.TaskStatus]>(),
    imports: new Map<string, Job<Imported>>(),
    exports: new Map<string, Job<Exported>>(),
    media: new Map<string, Medium>(),
    kept,
    keep: (file: Kept): string => {
      const token = `boxex${String(kept.size + 1).padStart(22, "0")}`
      kept.set(token, file)
      return token
    },
    /** Lets the next task of a kind fail. */
    failNext: (kind: Kind, job_status: number) => void failing.push([kind, job_status]),
    /** How the next task of a kind is to fail, if it is. */
    failure: (kind: Kind): number | undefined => {
      const index = failing.findIndex(([one]) => one === kind)
      return index < 0 ? undefined : failing.splice(index, 1)[0]?.[1]
    },
    id: (): string => {
      begun++
      return `7360595${String(begun).padStart(12, "0")}`
    }
  }
}

export type Tasks = ReturnType<typeof make>

/** Begins to move or delete a folder, which may turn out to be impossible, and says under which id. */
export const folder = (documents: Documents, tasks: Tasks, act: () => boolean) =>
  Effect.map(documents.now, (now) => {
    const id = tasks.id()
    const fails = tasks.failure("folder") !== undefined
    tasks.folders.set(id, File.TaskStatus.going)
    documents.later(now + Duration.toMillis(tasks.times.folder), () => {
      tasks.folders.set(id, !fails && act() ? File.TaskStatus.done : File.TaskStatus.failed)
    })
    return id
  })

export const failed = (job_status: number) => ({ job_status, job_error_msg: `failed with ${job_status}` })

/** Begins an import or an export, and says under which ticket. What it comes to is decided at its end. */
export const begin = <State>(
  documents: Documents,
  tasks: Tasks,
  kind: "export" | "import",
  jobs: Map<string, Job<State | ReturnType<typeof failed>>>,
  about: Pick<Job<State>, "caller" | "source" | "type">,
  end: (at: number) => State
) =>
  Effect.map(documents.now, (begun) => {
    const ticket = tasks.id()
    const fails = tasks.failure(kind)
    const job: Job<State | ReturnType<typeof failed>> = {
      ...about,
      begun,
      ends: begun + Duration.toMillis(tasks.times[kind]),
      ended: undefined
    }
    jobs.set(ticket, job)
    documents.later(job.ends, () => {
      job.ended = fails === undefined ? end(job.ends) : failed(fails)
    })
    return { ticket }
  })

/** How it stands: waiting first, then at work, then over. */
const stateOf = <State>({ begun, ended, ends }: Job<State>, now: number) =>
  ended ?? {
    job_status: now - begun < (ends - begun) / 2 ? ImportTask.JobStatus.initializing : ImportTask.JobStatus.processing
  }

export const look = <State>(documents: Documents, jobs: Map<string, Job<State>>, ticket: string) =>
  Effect.flatMap(documents.now, (now) => {
    const job = jobs.get(ticket)
    return job === undefined
      ? refuse("invalid", "there is no such task")
      : Effect.succeed({ ...job, state: stateOf(job, now) })
  })
