/** What the fake saw and did. No token, header or body is ever written here. */
import type { Answer, Request } from "./wire.ts"

/** One request, as the record has it. */
export interface Seen {
  /** The operation it was for; none when there is no such path. */
  readonly operation: string | undefined
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly credential: "tenant" | "user" | "none"
  readonly logId: string
  /** When it arrived, by the Clock, in milliseconds. */
  readonly at: number
  /** What was answered, or meant to be; nothing while it is under way. */
  readonly status: number | undefined
  /** The answer's `code`, if it had one. */
  readonly code: number | undefined
  /** The scripted fault that hit it, by its tag. */
  readonly fault: string | undefined
  /** Whether the client left before the answer was ready. */
  readonly aborted: boolean
}

type Entry = { -readonly [Key in keyof Seen]: Seen[Key] }

export const make = (keep: number) => {
  const entries: Array<Entry> = []
  const effects = new Map<string, number>()
  let count = 0
  return {
    open: (
      { method, path, query }: Request,
      known: Pick<Seen, "operation" | "credential" | "at"> & { readonly fault: string | undefined }
    ): Entry => {
      count++
      const entry: Entry = {
        ...known,
        method,
        path,
        query: Object.fromEntries(query),
        logId: `fakelog${String(count).padStart(12, "0")}`,
        status: undefined,
        code: undefined,
        aborted: false
      }
      entries.push(entry)
      if (entries.length > keep) entries.shift()
      return entry
    },
    close: (entry: Entry, { code, status }: Answer) => {
      entry.status = status
      entry.code = code
    },
    acted: (operation: string) => {
      effects.set(operation, (effects.get(operation) ?? 0) + 1)
    },
    requests: (): ReadonlyArray<Seen> => entries.map((entry) => ({ ...entry })),
    effects: (): Readonly<Record<string, number>> => Object.fromEntries(effects),
    effectsOf: (operation: string): number => effects.get(operation) ?? 0,
    clear: () => {
      entries.length = 0
      effects.clear()
    }
  }
}

export type Journal = ReturnType<typeof make>
