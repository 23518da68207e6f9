/** The meetings there are: how they begin, go on and end. One model, whichever operation looks at it. */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { EventPayload } from "../../MeetingBot.ts"
import type * as VcFake from "../VcFake.ts"
import type { Attendee, Grant, Happening, Held, Message, Person } from "./held.ts"
import { inside, isIn } from "./held.ts"

/** What is known of a meeting when it begins. */
export type Beginning =
  & Pick<Held, "owner" | "meeting_no" | "topic" | "password" | "connect" | "reserve" | "permissions" | "startedAt">
  & { readonly capacity?: number; readonly records: boolean }

const same = (a: Grant, b: Grant) => a.type === b.type && a.id === b.id

export const make = ({ agents = true, recordingTakes: takesAs = 0 }: VcFake.Options = {}) => {
  const recordingTakes = Duration.toMillis(takesAs)
  const meetings = new Map<string, Held>()
  const numbers = new Set<string>()
  const subscriptions = new Map<string, Set<string>>()
  let made = 0
  let events = 0

  /** One that nobody has. */
  const number = (): string => {
    const next = String(100_000_000 + ++made)
    if (numbers.has(next)) return number()
    numbers.add(next)
    return next
  }

  const happen = (held: Held, at: number, what: Happening) => {
    held.events.push({ ...what, id: `event_${++events}`, at })
  }

  const attendeeOf = (held: Held, person: Person): Attendee => {
    const known = held.attendees.get(person.id)
    if (known !== undefined) return known
    const attendee: Attendee = { ...person, visits: [], ringing: false }
    held.attendees.set(person.id, attendee)
    return attendee
  }

  const join = (held: Held, person: Person, now: number) => {
    const attendee = attendeeOf(held, person)
    attendee.ringing = false
    if (isIn(attendee)) return
    attendee.visits.push({ from: now, to: undefined })
    if (person.user_type === 1) held.host ??= person.id
    happen(held, now, { _tag: "Joined", who: person })
  }

  const leave = (held: Held, id: string, now: number) => {
    const attendee = held.attendees.get(id)
    const visit = attendee?.visits.find(({ to }) => to === undefined)
    if (attendee === undefined || visit === undefined) return
    visit.to = now
    happen(held, now, { _tag: "Left", who: attendee })
    if (held.host === id) held.host = inside(held).find(({ user_type }) => user_type === 1)?.id
  }

  const end = (held: Held, now: number) => {
    if (held.endedAt !== undefined) return
    const { host } = held
    for (const attendee of held.attendees.values()) {
      leave(held, attendee.id, now)
      attendee.ringing = false
    }
    for (const part of held.recording.parts) part.to ??= now
    held.host = host
    held.endedAt = now
  }

  const begin = (beginning: Beginning, told?: { readonly id: string; readonly takes: number }): Held => {
    const { capacity = Number.POSITIVE_INFINITY, records, ...about } = beginning
    numbers.add(about.meeting_no)
    const id = told?.id ?? `7${String(++made).padStart(18, "0")}`
    const held: Held = {
      ...about,
      id,
      capacity,
      endedAt: undefined,
      host: undefined,
      locked: false,
      wrongPasswords: 0,
      attendees: new Map(),
      recording: {
        parts: records ? [{ from: about.startedAt, to: undefined }] : [],
        takes: told?.takes ?? recordingTakes,
        told: told !== undefined,
        token: `obcn${String(++made).padStart(20, "0")}`
      },
      events: [],
      messages: [],
      note: undefined,
      grants: []
    }
    meetings.set(id, held)
    return held
  }

  /** What a test says there is. */
  const add = (meeting: VcFake.Meeting, now: number) => {
    const { meeting_id, ongoing = false, owner, participants = [owner], recording = 0 } = meeting
    const lasted = Duration.toMillis(meeting.lasted ?? 0)
    const startedAt = meeting.start_time === undefined
      ? now - (ongoing ? lasted : Math.min(lasted, now))
      : DateTime.toEpochMillis(DateTime.unsafeMake(meeting.start_time))
    const held = begin(
      {
        owner,
        meeting_no: meeting.meeting_no ?? number(),
        topic: meeting.topic ?? "a meeting",
        password: meeting.password,
        connect: false,
        reserve: undefined,
        permissions: [],
        startedAt,
        capacity: meeting.capacity ?? Number.POSITIVE_INFINITY,
        records: recording !== false
      },
      { id: meeting_id, takes: recording === false ? recordingTakes : Duration.toMillis(recording) }
    )
    for (const one of participants) {
      const { external = false, id, user_type = 1 } = typeof one === "string" ? { id: one } : one
      join(held, { id, user_type, external }, startedAt)
    }
    if (held.attendees.has(owner)) held.host = owner
    held.note = meeting.note
    if (!ongoing) end(held, startedAt + lasted)
  }

  const named = (id: string) =>
    Effect.suspend(() => {
      const held = meetings.get(id)
      return held === undefined ? Effect.dieMessage(`VcFake knows no meeting ${id}`) : Effect.succeed(held)
    })

  const act = (id: string, change: (held: Held, now: number) => void) =>
    Effect.zipWith(named(id), Clock.currentTimeMillis, change)

  const someone = (who: string | VcFake.Participant): Person => {
    const { external = false, id, user_type = 1 } = typeof who === "string" ? { id: who } : who
    return { id, user_type, external }
  }

  const subscribed = (what: "meeting" | "note", user: string) => {
    const key = JSON.stringify([what, user])
    const kinds = subscriptions.get(key) ?? new Set<string>()
    subscriptions.set(key, kinds)
    return kinds
  }

  return {
    number,
    begin,
    join,
    leave,
    end,
    happen,
    find: (id: string) => meetings.get(id),
    /** All of them, the one that began first before the others. */
    all: () => [...meetings.values()].toSorted((a, b) => a.startedAt - b.startedAt),
    ring: (held: Held, person: Person) => {
      attendeeOf(held, person).ringing = true
    },
    /** Opens a recording to some, or no longer. */
    open: (held: Held, grants: ReadonlyArray<Grant>, granted: boolean) => {
      const others = held.grants.filter((before) => !grants.some((grant) => same(grant, before)))
      held.grants = granted ? [...others, ...grants] : others
    },
    /** Shows a message, unless it was shown before. */
    show: (held: Held, by: Person, { uuid = `uuid_${++made}`, ...message }: Omit<Message, "uuid"> & { readonly uuid: string | undefined }, now: number) => {
      if (!held.messages.some((shown) => shown.by === by.id && shown.uuid === uuid)) {
        held.messages.push({ ...message, uuid, by: by.id })
        happen(held, now, { _tag: "Chat", who: by, message: { ...message, uuid } })
      }
      return uuid
    },
    /** Whether the tenant lets agents into meetings. */
    agents,
    subscribed,
    add: (meeting: VcFake.Meeting) => Effect.map(Clock.currentTimeMillis, (now) => add(meeting, now)),
    grants: (id: string): ReadonlyArray<Grant> => meetings.get(id)?.grants ?? [],
    /** What tests do to meetings. */
    controls: {
      join: (id: string, who: string | VcFake.Participant) => act(id, (held, now) => join(held, someone(who), now)),
      leave: (id: string, who: string) => act(id, (held, now) => leave(held, who, now)),
      end: (id: string) => act(id, end),
      lock: (id: string, locked = true) => act(id, (held) => {
        held.locked = locked
      }),
      completeRecording: (id: string) => act(id, (held) => {
        held.recording.takes = 0
      }),
      takeNotes: (id: string, note: VcFake.Note) => act(id, (held) => {
        held.note = note
      }),
      happen: (id: string, payload: EventPayload) => act(id, (held, now) => happen(held, now, { _tag: "Told", payload })),
      messages: (id: string) => Effect.map(named(id), ({ messages }) => messages.map(({ content, msg_type, uuid }): Message => ({ uuid, msg_type, content }))),
      subscriptions: (what: "meeting" | "note", open_id: string) => Effect.sync(() => [...subscribed(what, open_id)])
    }
  }
}

export type Meetings = ReturnType<typeof make>
