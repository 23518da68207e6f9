/** A meeting, and what can be asked about it: who was in it and when, what happened, how its recording stands. */
import type { EventPayload } from "../../MeetingBot.ts"
import type * as VcFake from "../VcFake.ts"

/** Whom a recording is open to: as in the request, users by their open id. */
export interface Grant {
  readonly type: 1 | 2 | 3 | 4
  readonly id?: string
  readonly permission: 1
}

/** Somebody in a meeting: a Feishu user by their open id, a bot by its application. */
export interface Person {
  readonly id: string
  /** None of bots: their number is not documented. */
  readonly user_type: 1 | 2 | 3 | 4 | 5 | 6 | 7 | undefined
  readonly external: boolean
}

/** A permission, and who has it: users by their open ids. */
export interface Permission {
  readonly permission: 1 | 2 | 3
  readonly permission_checkers: ReadonlyArray<{
    readonly check_field: 1 | 2 | 3
    readonly check_mode: 1 | 2
    readonly check_list: ReadonlyArray<string>
  }>
}

/** From when to when, in milliseconds. */
interface Span {
  readonly from: number
  to: number | undefined
}

export interface Attendee extends Person {
  readonly visits: Array<Span>
  ringing: boolean
}

/** What can happen in a meeting. */
export type Happening =
  | { readonly _tag: "Joined" | "Left"; readonly who: Person }
  | { readonly _tag: "Chat"; readonly who: Person; readonly message: Message }
  | { readonly _tag: "Told"; readonly payload: EventPayload }

/** Something that happened, and when. */
export type Event = Happening & { readonly id: string; readonly at: number }

/** What a bot, or somebody with its help, showed to those in a meeting. */
export interface Message {
  readonly uuid: string
  readonly msg_type: string
  readonly content: string
}

interface Recording {
  readonly parts: Array<Span>
  /** Milliseconds from the end of the meeting until it is complete. */
  takes: number
  /** A test said that there is one, however short it was. */
  readonly told: boolean
  readonly token: string
}

export interface Held {
  readonly id: string
  readonly meeting_no: string
  readonly topic: string
  readonly password: string | undefined
  readonly connect: boolean
  readonly owner: string
  /** The reservation it is of. */
  readonly reserve: string | undefined
  readonly permissions: ReadonlyArray<Permission>
  readonly capacity: number
  readonly startedAt: number
  endedAt: number | undefined
  host: string | undefined
  locked: boolean
  wrongPasswords: number
  readonly attendees: Map<string, Attendee>
  readonly recording: Recording
  readonly events: Array<Event>
  readonly messages: Array<Message & { readonly by: string }>
  note: VcFake.Note | undefined
  grants: ReadonlyArray<Grant>
}

export const userOf = (id: string): Person => ({ id, user_type: 1, external: false })

/** A shorter recording may not come to exist. */
const shortest = 5_000

const during = ({ from, to }: Span, now: number) => (to ?? now) - from

export const isIn = ({ visits }: Attendee) => visits.some(({ to }) => to === undefined)

export const isInside = ({ attendees }: Held, id: string) => {
  const attendee = attendees.get(id)
  return attendee !== undefined && isIn(attendee)
}

export const inside = ({ attendees }: Held) => [...attendees.values()].filter(isIn)

/** Those who were ever in it. */
export const came = ({ attendees }: Held) => [...attendees.values()].filter(({ visits }) => visits.length > 0)

/** How long somebody was in it, in milliseconds. */
export const stayed = ({ visits }: Attendee, now: number) => visits.reduce((sum, visit) => sum + during(visit, now), 0)

/** How many were in it at most at one time. */
export const peak = (held: Held): number => {
  const steps = came(held)
    .flatMap(({ visits }) => visits.flatMap(({ from, to }) => [[from, 1], [to ?? Number.POSITIVE_INFINITY, -1]] as const))
    .toSorted(([a, up], [b, down]) => a - b || down - up)
  let most = 0
  let count = 0
  for (const [, step] of steps) most = Math.max(most, count += step)
  return most
}

export const isRecorded = ({ recording }: Held) => recording.parts.length > 0

export const isRecording = ({ recording }: Held) => recording.parts.some(({ to }) => to === undefined)

/** How the recording stands; how long it is, in milliseconds, once it is complete. */
export const recordingAt = (held: Held, now: number): "ongoing" | "none" | "processing" | { readonly duration: number } => {
  const { endedAt, recording } = held
  if (endedAt === undefined) return "ongoing"
  const duration = recording.parts.reduce((sum, part) => sum + during(part, endedAt), 0)
  if (recording.parts.length === 0 || duration < shortest && !recording.told) return "none"
  return endedAt + recording.takes <= now ? { duration } : "processing"
}

/** A page of some things. The token tells where it begins. */
export const page = <A>(all: ReadonlyArray<A>, size: number, token: string | undefined) => {
  if (token !== undefined && !/^[1-9]\d{0,8}$/.test(token)) return undefined
  const from = Number(token ?? 0)
  const items = all.slice(from, from + size)
  const next = from + items.length
  return next < all.length
    ? { items, next: { has_more: true, page_token: String(next) } }
    : { items, next: { has_more: false } }
}
