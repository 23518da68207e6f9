/** Members under one name each, however a request names them. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { refuse } from "./refusals.ts"
import type { Refusal } from "./refusals.ts"

/** Whoever can own, read or manage a document. */
export interface Principal {
  readonly kind: "app" | "chat" | "department" | "group" | "user" | "wiki"
  readonly id: string
  /** Of a wiki space: which of its members. */
  readonly role?: string | undefined
}

export const same = (a: Principal, b: Principal): boolean => a.kind === b.kind && a.id === b.id && a.role === b.role

export const ofCaller = (caller: Caller): Principal =>
  caller.credential === "tenant" ? { kind: "app", id: caller.appId } : { kind: "user", id: caller.user.open_id }

interface Named {
  readonly member_type: string
  readonly member_id: string
  readonly type?: string | undefined
}

const userIdTypes = { email: "email", openid: "open_id", unionid: "union_id", userid: "user_id" } as const

const isUserIdType = (type: string): type is keyof typeof userIdTypes => Object.hasOwn(userIdTypes, type)

const unknown = refuse("invalid", "there is no such member")

/** Who is meant; nobody there is none of the platform's business. */
export const resolve = ({ member_id, member_type, type }: Named): Effect.Effect<Principal, Refusal<"invalid">, Directory.Directory> =>
  Effect.flatMap(Directory.Directory, ({ chat, department, group, user }) => {
    const known = <A>(found: Effect.Effect<Option.Option<A>>, principal: (one: A) => Principal) =>
      Effect.flatMap(found, Option.match({ onNone: () => unknown, onSome: (one) => Effect.succeed(principal(one)) }))
    if (isUserIdType(member_type)) {
      return known(user(userIdTypes[member_type], member_id), ({ open_id }) => ({ kind: "user", id: open_id }))
    }
    switch (member_type) {
      case "openchat":
        return known(chat(member_id), () => ({ kind: "chat", id: member_id }))
      case "opendepartmentid":
        return known(department(member_id), () => ({ kind: "department", id: member_id }))
      case "groupid":
        return known(group(member_id), () => ({ kind: "group", id: member_id }))
      case "wikispaceid":
        return Effect.succeed({ kind: "wiki", id: member_id, role: type })
      default:
        return Effect.succeed({ kind: "app", id: member_id })
    }
  })

/** Whether a caller sees a member, so that it may be given something. */
export const visible = (
  caller: Caller,
  { id, kind }: Principal
): Effect.Effect<void, Refusal<"invalid" | "notAllowed">, Directory.Directory> =>
  Effect.flatMap(Directory.Directory, ({ chat, user }): Effect.Effect<void, Refusal<"invalid" | "notAllowed">> => {
    switch (kind) {
      case "department":
        return caller.credential === "tenant"
          ? refuse("invalid", "departments are not visible to an application")
          : Effect.void
      case "chat":
        return Effect.flatMap(chat(id), (found) =>
          Option.exists(found, ({ bot = false, members = [] }) =>
              caller.credential === "tenant" ? bot : members.includes(caller.user.open_id) || bot && members.length === 0)
            ? Effect.void
            : refuse("notAllowed", "the caller is not in the chat"))
      case "user":
        return Effect.flatMap(user("open_id", id), (found) =>
          Option.exists(found, ({ hidden = false }) => hidden)
            ? refuse("notAllowed", "caller and member cannot see each other")
            : Effect.void)
      default:
        return Effect.void
    }
  })

/** Whether a caller is meant by a member: itself, or as one of many. */
export const includes = (caller: Caller, member: Principal): Effect.Effect<boolean, never, Directory.Directory> =>
  Effect.flatMap(Directory.Directory, ({ chat, department, group }) => {
    if (same(member, ofCaller(caller))) return Effect.succeed(true)
    const among = (found: Effect.Effect<Option.Option<{ readonly members?: ReadonlyArray<string> | undefined }>>) =>
      Effect.map(found, (one) =>
        caller.credential === "user"
        && Option.exists(one, ({ members = [] }) => members.includes(caller.user.open_id)))
    switch (member.kind) {
      case "chat":
        return caller.credential === "tenant"
          ? Effect.map(chat(member.id), Option.exists(({ bot = false }) => bot))
          : among(chat(member.id))
      case "department":
        return among(department(member.id))
      case "group":
        return among(group(member.id))
      default:
        return Effect.succeed(false)
    }
  })

export type UserIdType = "open_id" | "union_id" | "user_id" | undefined

/** Somebody by the id that is asked for. An application has one only, as has a user nobody gave another. */
export const idAs = (type: UserIdType, { id, kind }: Principal): Effect.Effect<string, never, Directory.Directory> =>
  kind !== "user" || type === undefined || type === "open_id"
    ? Effect.succeed(id)
    : Effect.flatMap(Directory.Directory, ({ listed, user }) =>
      Effect.zipWith(user("open_id", id), listed, (found, listed) =>
        // A directory that knows everybody makes the open id of the one that it is asked for.
        Option.match(found, { onNone: () => id, onSome: (one) => one[type] ?? (listed ? id : id.replace(/^ou_of_/, "")) })))

/** The user a request names, by their open id. */
export const userOf = (type: UserIdType, id: string): Effect.Effect<string, Refusal<"nobody">, Directory.Directory> =>
  Effect.flatMap(
    Effect.flatMap(Directory.Directory, ({ user }) => user(type ?? "open_id", id)),
    Option.match({ onNone: () => refuse("nobody", "there is no such user"), onSome: ({ open_id }) => Effect.succeed(open_id) })
  )
