/** Meetings, and when and to whom their recordings are open. */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Meeting } from "../VcFake.ts"

/** Whom a recording is open to: as in the request, users by their open id. */
export interface Grant {
  readonly type: 1 | 2 | 3 | 4
  readonly id?: string
  readonly permission: 1
}

interface Held {
  readonly owner: string
  /** Milliseconds from the end to the recording; none where there is no recording. */
  readonly takes: number | undefined
  endedAt: number | undefined
  grants: ReadonlyArray<Grant>
}

const same = (a: Grant, b: Grant) => a.type === b.type && a.id === b.id

export const make = () => {
  const meetings = new Map<string, Held>()
  return {
    add: ({ meeting_id, ongoing = false, owner, recording = 0 }: Meeting) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        meetings.set(meeting_id, {
          owner,
          takes: recording === false ? undefined : Duration.toMillis(recording),
          endedAt: ongoing ? undefined : now,
          grants: []
        })
      }),
    end: (id: string) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const meeting = meetings.get(id)
        if (meeting !== undefined) meeting.endedAt ??= now
      }),
    find: (id: string) =>
      Effect.map(Clock.currentTimeMillis, (now) =>
        Option.map(Option.fromNullable(meetings.get(id)), ({ endedAt, owner, takes }) => ({
          owner,
          recorded: endedAt !== undefined && takes !== undefined && endedAt + takes <= now
        }))),
    grants: (id: string): ReadonlyArray<Grant> => meetings.get(id)?.grants ?? [],
    /** Opens a recording to some, or no longer. */
    set: (id: string, grants: ReadonlyArray<Grant>, granted: boolean) => {
      const meeting = meetings.get(id)
      if (meeting === undefined) return
      const others = meeting.grants.filter((held) => !grants.some((grant) => same(grant, held)))
      meeting.grants = granted ? [...others, ...grants] : others
    }
  }
}

export type Meetings = ReturnType<typeof make>
