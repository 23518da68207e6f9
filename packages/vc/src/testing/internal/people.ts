/** Whom requests name, as the directory knows them. */
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

export type UserIdType = "open_id" | "union_id" | "user_id" | undefined

/** Users by their open ids; none, if there is one nobody knows. */
export const openIds = (type: UserIdType, ids: ReadonlyArray<string>) =>
  Effect.map(
    Effect.flatMap(Directory.Directory, ({ user }) => Effect.forEach(ids, (id) => user(type ?? "open_id", id))),
    (users) => Option.map(Option.all(users), (known) => known.map(({ open_id }) => open_id))
  )

export const departmentsKnown = (ids: ReadonlyArray<string>) =>
  Effect.map(
    Effect.flatMap(Directory.Directory, ({ department }) => Effect.forEach(ids, department)),
    (departments) => departments.every(Option.isSome)
  )

/** Users, known by their open ids, by the ids that are asked for; those without one are left out. */
export const idsAs = (type: UserIdType, ids: ReadonlyArray<string>) =>
  type === undefined || type === "open_id"
    ? Effect.succeed(ids)
    : Effect.gen(function*() {
      const directory = yield* Directory.Directory
      const listed = yield* directory.listed
      const users = yield* Effect.forEach(ids, (id) => directory.user("open_id", id))
      return ids.flatMap((id, index) =>
        // A directory that knows everybody makes the open id of the one that it is asked for.
        Option.match(users[index]!, { onNone: () => [], onSome: (user) => user[type] ?? (listed ? [] : id.replace(/^ou_of_/, "")) })
      )
    })

/** What a user is called; their open id, where that is not known. */
export const nameOf = (open_id: string) =>
  Effect.map(
    Effect.flatMap(Directory.Directory, ({ user }) => user("open_id", open_id)),
    (user) => Option.getOrUndefined(user)?.name ?? open_id
  )
