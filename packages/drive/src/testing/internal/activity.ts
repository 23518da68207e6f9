/** Versions and subscriptions, and what visits and likes add up to. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import type * as FileStatistics from "../../FileStatistics.ts"
import type * as DocsAssistant from "../../DocsAssistant.ts"
import type { Act, Document } from "./documents.ts"
import * as People from "./people.ts"

export interface Version {
  readonly id: string
  /** The how-manieth there was. */
  readonly number: number
  /** The document. */
  readonly token: string
  readonly type: "docx" | "sheet"
  readonly name: string
  readonly owner: People.Principal
  readonly creator: People.Principal
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A user's wish to be told by the assistant. */
export interface Subscription {
  readonly id: string
  /** The document. */
  readonly token: string
  readonly file_type: DocsAssistant.CreateRequest["file_type"]
  readonly user: People.Principal
  subscribed: boolean
}

/** Who subscribed, and to what: to their own events where nothing is named. */
export const keyOf = (caller: Caller, token = ""): string => {
  const { id, kind } = People.ofCaller(caller)
  return JSON.stringify([caller.appId, kind, id, token])
}

/** The last act of everybody. */
export const lastOfEach = (acts: ReadonlyArray<Act>): ReadonlyArray<Act> =>
  acts.filter((one) => !acts.some(({ at, by, number }) => People.same(by, one.by) && (at > one.at || at === one.at && number > one.number)))

const day = 24 * 60 * 60_000

/** Days begin in Beijing. */
const midnight = (now: number) => Math.floor((now + 8 * 60 * 60_000) / day) * day - 8 * 60 * 60_000

/** A second visit within so long is none. */
const pause = 30 * 60_000

const counted = (visits: ReadonlyArray<Act>): ReadonlyArray<Act> =>
  visits.toSorted((a, b) => a.at - b.at).reduce<ReadonlyArray<Act>>((all, visit) => {
    const before = all.findLast(({ by }) => People.same(by, visit.by))
    return before !== undefined && visit.at - before.at < pause ? all : [...all, visit]
  }, [])

const visitors = (visits: ReadonlyArray<Act>) => lastOfEach(visits).length

const likeable = ["doc", "docx", "file"]

export const statistics = ({ likes, type, visits }: Pick<Document, "likes" | "type" | "visits">, now: number): FileStatistics.Statistics => {
  const today = (acts: ReadonlyArray<Act>) => acts.filter(({ at }) => at >= midnight(now))
  const earlier = visits.filter(({ at }) => at < midnight(now))
  const liked = lastOfEach(likes)
  const known = likeable.includes(type)
  return {
    uv: visitors(visits),
    pv: counted(visits).length,
    like_count: known ? liked.length : -1,
    timestamp: Math.floor(now / 1_000),
    uv_today: visitors(visits) - visitors(earlier),
    pv_today: today(counted(visits)).length,
    like_count_today: known ? today(liked).length : -1
  }
}

export const make = () => {
  let versions: ReadonlyArray<Version> = []
  let made = 0
  const subscriptions: Array<Subscription> = []
  return {
    get versions() {
      return versions
    },
    addVersion: (fresh: Omit<Version, "id" | "number">): Version => {
      made++
      const version = { ...fresh, id: `fnV${String(made).padStart(3, "0")}`, number: made }
      versions = [...versions, version]
      return version
    },
    removeVersion: (gone: Version) => {
      versions = versions.filter((one) => one !== gone)
    },
    subscriptions: subscriptions as ReadonlyArray<Subscription>,
    addSubscription: (fresh: Omit<Subscription, "id">, id = `7123456${String(subscriptions.length + 1).padStart(12, "0")}`): Subscription => {
      const subscription = { ...fresh, id }
      subscriptions.push(subscription)
      return subscription
    },
    /** Who subscribed to the events of which document. */
    fileEvents: new Set<string>(),
    /** Who subscribed to their own events. */
    userEvents: new Set<string>()
  }
}

export type Activities = ReturnType<typeof make>
