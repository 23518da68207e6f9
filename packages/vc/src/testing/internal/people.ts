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
