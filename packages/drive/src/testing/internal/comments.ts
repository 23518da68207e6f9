/** Comments: what was said to which document, by whom, and what others made of it. */
import * as Effect from "effect/Effect"
import type * as CommentContent from "../../CommentContent.ts"
import type * as FileComment from "../../FileComment.ts"
import * as Pages from "./pages.ts"
import * as People from "./people.ts"
import { refuse } from "./refusals.ts"
import type { Refusal } from "./refusals.ts"

/** A part of what is said; users in it by their open ids. */
export type Element = CommentContent.NewElement

export interface Reply {
  readonly id: string
  /** The how-manieth there was. */
  readonly number: number
  readonly by: People.Principal
  /** Milliseconds since 1970, like `updatedAt`. */
  readonly createdAt: number
  updatedAt: number
  elements: ReadonlyArray<Element>
  /** Who reacted, by reaction. One that was taken back by everybody is still there. */
  readonly reactions: Map<string, ReadonlyArray<People.Principal>>
}

export interface Comment {
  readonly id: string
  readonly number: number
  /** The document. */
  readonly token: string
  readonly by: People.Principal
  readonly createdAt: number
  /** The passage it is on, unless it is on the whole document. */
  readonly quote: string | undefined
  replies: ReadonlyArray<Reply>
  solved: { readonly by: People.Principal; readonly at: number } | undefined
}

export interface New {
  readonly id?: string | undefined
  readonly token: string
  readonly by: People.Principal
  readonly at: number
  readonly quote?: string | undefined
  readonly solved?: boolean | undefined
  readonly replies: ReadonlyArray<NewReply>
}

export interface NewReply {
  readonly id?: string | undefined
  readonly by: People.Principal
  readonly elements: ReadonlyArray<Element>
}

/** An element without what does not count in it. */
export const plain = (element: Element): Element => {
  switch (element.type) {
    case "text_run":
      return { type: "text_run", text_run: element.text_run }
    case "docs_link":
      return { type: "docs_link", docs_link: element.docs_link }
    case "person":
      return { type: "person", person: element.person }
  }
}

/** The same elements, with other ids of the users in them. */
export const withUsers = <E, R>(elements: ReadonlyArray<Element>, id: (user: string) => Effect.Effect<string, E, R>) =>
  Effect.forEach(elements, (element): Effect.Effect<Element, E, R> =>
    element.type === "person"
      ? Effect.map(id(element.person.user_id), (user_id) => ({ type: "person", person: { user_id } }))
      : Effect.succeed(plain(element)))

const seconds = (millis: number) => Math.floor(millis / 1_000)

interface Wanted {
  readonly user_id_type?: People.UserIdType
  readonly need_reaction?: boolean | undefined
}

export const describeReply = (reply: Reply, { need_reaction = false, user_id_type }: Wanted) =>
  Effect.gen(function*() {
    const elements = yield* withUsers(reply.elements, (id) => People.idAs(user_id_type, { kind: "user", id }))
    const reactions = yield* Effect.forEach(need_reaction ? [...reply.reactions] : [], ([reaction_key, users]) =>
      Effect.map(
        Effect.forEach(users, (user) => People.idAs(user_id_type, user)),
        (ahead_users) => ({ reaction_key, count: users.length, ahead_users })
      ))
    return {
      content: { elements },
      reply_id: reply.id,
      user_id: yield* People.idAs(user_id_type, reply.by),
      create_time: seconds(reply.createdAt),
      update_time: seconds(reply.updatedAt),
      ...need_reaction ? { reactions } : {}
    }
  })

/** The replies by themselves, in pages. */
export const replies = (comment: Comment, asked: Pages.Asked) =>
  Pages.cut(comment.replies, ({ number }) => [number, 0], asked)

/** A comment with as many replies as are told along with it. */
export const describe = (comment: Comment, inline: number, wanted: Wanted) =>
  Effect.gen(function*() {
    // The first page always is one.
    const page = yield* Effect.orDie(replies(comment, { page_size: inline }))
    const { solved } = comment
    return {
      comment_id: comment.id,
      user_id: yield* People.idAs(wanted.user_id_type, comment.by),
      create_time: seconds(comment.createdAt),
      update_time: seconds(Math.max(...comment.replies.map(({ updatedAt }) => updatedAt))),
      is_solved: solved !== undefined,
      ...solved === undefined
        ? {}
        : { solved_time: seconds(solved.at), solver_user_id: yield* People.idAs(wanted.user_id_type, solved.by) },
      has_more: page.has_more,
      ...page.page_token === undefined ? {} : { page_token: page.page_token },
      reply_list: { replies: yield* Effect.forEach(page.items, (reply) => describeReply(reply, wanted)) }
    }
  })

/** Where it is, which only the lists tell. */
export const located = (comment: Comment, inline: number, wanted: Wanted) =>
  Effect.map(describe(comment, inline, wanted), (described): FileComment.LocatedComment => ({
    ...described,
    is_whole: comment.quote === undefined,
    ...comment.quote === undefined ? {} : { quote: comment.quote }
  }))

export const make = (inline: number) => {
  let comments: ReadonlyArray<Comment> = []
  let made = 0

  /** Ids are numbers, and none is used twice. */
  const next = (): { readonly id: string; readonly number: number } => {
    made++
    return { id: `6916106${String(made).padStart(12, "0")}`, number: made }
  }

  const reply = ({ by, elements, id }: NewReply, at: number): Reply => {
    const fresh = next()
    return {
      ...fresh,
      id: id ?? fresh.id,
      by,
      createdAt: at,
      updatedAt: at,
      elements,
      reactions: new Map()
    }
  }

  const on = (token: string) => comments.filter((one) => one.token === token)

  return {
    /** How many replies are told along with a comment. */
    inline,
    on,
    add: ({ at, by, id, quote, replies, solved = false, token }: New): Comment => {
      const fresh = next()
      const comment: Comment = {
        ...fresh,
        id: id ?? fresh.id,
        token,
        by,
        createdAt: at,
        quote,
        replies: replies.map((one) => reply(one, at)),
        solved: solved ? { by, at } : undefined
      }
      comments = [...comments, comment]
      return comment
    },
    reply: (comment: Comment, fresh: NewReply, at: number): Reply => {
      const made = reply(fresh, at)
      comment.replies = [...comment.replies, made]
      return made
    },
    /** Takes a reply away; a comment of which nothing is left goes with it. */
    removeReply: (comment: Comment, gone: Reply) => {
      comment.replies = comment.replies.filter((one) => one !== gone)
      if (comment.replies.length === 0) comments = comments.filter((one) => one !== comment)
    },
    find: (token: string, id: string): Effect.Effect<Comment, Refusal<"nothing">> => {
      const comment = on(token).find((one) => one.id === id)
      return comment === undefined ? refuse("nothing", "there is no such comment") : Effect.succeed(comment)
    },
    findReply: (comment: Comment, id: string): Effect.Effect<Reply, Refusal<"nothing">> => {
      const found = comment.replies.find((one) => one.id === id)
      return found === undefined ? refuse("nothing", "there is no such reply") : Effect.succeed(found)
    }
  }
}

export type Comments = ReturnType<typeof make>
