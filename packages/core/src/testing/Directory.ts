/**
 * Who there is: the people, chats, departments and groups a fake tenant knows.
 *
 * Shared by all domains of a fake. A directory that was never filled knows
 * everybody, so that a test about something else need not list people.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

/**
 * A person, under every id the platform has for one.
 *
 * @since 0.1.0
 * @category models
 */
export interface User {
  readonly open_id: string
  readonly user_id?: string | undefined
  readonly union_id?: string | undefined
  readonly email?: string | undefined
  readonly name?: string | undefined
  /** Whether nobody finds them: they block others, or are out of sight. @default false */
  readonly hidden?: boolean | undefined
}

/**
 * A chat. The application sees it when its bot is a member, a user when they are.
 *
 * @since 0.1.0
 * @category models
 */
export interface Chat {
  readonly chat_id: string
  readonly name?: string | undefined
  /** Open ids. */
  readonly members?: ReadonlyArray<string> | undefined
  /** Whether the application's bot is in it. @default false */
  readonly bot?: boolean | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Department {
  readonly open_department_id: string
  readonly name?: string | undefined
  /** Open ids. */
  readonly members?: ReadonlyArray<string> | undefined
}

/**
 * A user group.
 *
 * @since 0.1.0
 * @category models
 */
export interface Group {
  readonly group_id: string
  readonly name?: string | undefined
  /** Open ids. */
  readonly members?: ReadonlyArray<string> | undefined
}

/**
 * @since 0.1.0
 * @category models
 */
export interface Entries {
  readonly users?: ReadonlyArray<User> | undefined
  readonly chats?: ReadonlyArray<Chat> | undefined
  readonly departments?: ReadonlyArray<Department> | undefined
  readonly groups?: ReadonlyArray<Group> | undefined
}

/**
 * The kinds of id a user goes by.
 *
 * @since 0.1.0
 * @category models
 */
export type UserIdType = "open_id" | "user_id" | "union_id" | "email"

/**
 * @since 0.1.0
 * @category models
 */
export interface Service {
  /** Whether anybody was listed: until then everybody exists. */
  readonly listed: Effect.Effect<boolean>
  readonly add: (entries: Entries) => Effect.Effect<void>
  readonly user: (type: UserIdType, id: string) => Effect.Effect<Option.Option<User>>
  readonly chat: (id: string) => Effect.Effect<Option.Option<Chat>>
  readonly department: (id: string) => Effect.Effect<Option.Option<Department>>
  readonly group: (id: string) => Effect.Effect<Option.Option<Group>>
}

/**
 * @since 0.1.0
 * @category services
 */
export class Directory extends Context.Tag("@effect-feishu/core/testing/Directory")<Directory, Service>() {}

/** Somebody of whom one id is known. */
const stranger = (type: UserIdType, id: string): User =>
  type === "open_id" ? { open_id: id } : { open_id: `ou_of_${id}`, [type]: id }

/**
 * @since 0.1.0
 * @category constructors
 */
export const make = (entries?: Entries): Effect.Effect<Service> =>
  Effect.sync(() => {
    const users: Array<User> = []
    const chats: Array<Chat> = []
    const departments: Array<Department> = []
    const groups: Array<Group> = []
    let listed = false

    const add = (more: Entries) => {
      listed = true
      users.push(...more.users ?? [])
      chats.push(...more.chats ?? [])
      departments.push(...more.departments ?? [])
      groups.push(...more.groups ?? [])
    }
    if (entries !== undefined) add(entries)

    const look = <A>(all: ReadonlyArray<A>, is: (one: A) => boolean, unknown: () => A) =>
      Effect.sync(() => {
        const known = all.find(is)
        return known === undefined && !listed ? Option.some(unknown()) : Option.fromNullable(known)
      })

    return {
      listed: Effect.sync(() => listed),
      add: (more) => Effect.sync(() => add(more)),
      user: (type, id) => look(users, (user) => user[type] === id, () => stranger(type, id)),
      chat: (id) => look(chats, ({ chat_id }) => chat_id === id, () => ({ chat_id: id, bot: true })),
      department: (id) =>
        look(departments, ({ open_department_id }) => open_department_id === id, () => ({ open_department_id: id })),
      group: (id) => look(groups, ({ group_id }) => group_id === id, () => ({ group_id: id }))
    }
  })
