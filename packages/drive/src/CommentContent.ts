/**
 * What a comment or a reply says: texts, and mentions of documents and users.
 *
 * What is written has names that begin with `New`; the others are what is
 * answered.
 *
 * @since 0.1.0
 */
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"

const elementTypes = ["text_run", "docs_link", "person"] as const

/** Of one text. An emoji is one character, whatever JavaScript counts. */
const longestText = 10_000

/** Of one reply. */
const mostElements = 100

/**
 * @since 0.1.0
 * @category models
 */
export class NewTextRun extends Shape.Struct<NewTextRun>()(() => ({
  /** At most 10 000 characters. */
  text: Schema.String.pipe(
    Schema.filter((text) => text.length <= longestText || Array.from(text).length <= longestText, {
      message: () => `must be at most ${longestText} characters`
    })
  )
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class NewDocsLink extends Shape.Struct<NewDocsLink>()(() => ({
  /** The document's address. */
  url: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class NewPerson extends Shape.Struct<NewPerson>()(() => ({
  /** Who is mentioned, by the id that `user_id_type` says. */
  user_id: Schema.String
})) {}

class NewElementFields extends Shape.Struct<NewElementFields>()(
  () => ({
    /** Which of the other fields counts; the platform ignores the rest. */
    type: Schema.Literal(...elementTypes),
    /** Plain text. */
    text_run: Schema.optional(NewTextRun),
    /** A document that is mentioned. */
    docs_link: Schema.optional(NewDocsLink),
    /** A user who is mentioned. */
    person: Schema.optional(NewPerson)
  }),
  (element) =>
    element[element.type] === undefined
      ? { path: [element.type], message: `is required where type is ${element.type}` }
      : undefined
) {}

/**
 * A part of what is said: a text, or the mention of a document or a user.
 *
 * @since 0.1.0
 * @category models
 */
export type NewElement =
  & NewElementFields
  & (
    | { readonly type: "text_run"; readonly text_run: NewTextRun }
    | { readonly type: "docs_link"; readonly docs_link: NewDocsLink }
    | { readonly type: "person"; readonly person: NewPerson }
  )

/**
 * @since 0.1.0
 * @category schemas
 */
export const NewElement = Shape.narrow<NewElement>()(NewElementFields)

/**
 * @since 0.1.0
 * @category models
 */
export class NewContent extends Shape.Struct<NewContent>()(() => ({
  /** At most 100, one after another. */
  elements: Schema.Array(NewElement).pipe(
    Schema.maxItems(mostElements, { message: () => `must be at most ${mostElements}` })
  )
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class NewReply extends Shape.Struct<NewReply>()(() => ({
  content: NewContent
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class NewReplyList extends Shape.Struct<NewReplyList>()(() => ({
  /** The first is what the comment itself says. */
  replies: Schema.Array(NewReply)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class TextRun extends Shape.Struct<TextRun>()(() => ({
  text: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class DocsLink extends Shape.Struct<DocsLink>()(() => ({
  /** The document's address. */
  url: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Person extends Shape.Struct<Person>()(() => ({
  /** Who is mentioned. */
  user_id: Schema.optional(Schema.String)
})) {}

/**
 * A part of what somebody said.
 *
 * @since 0.1.0
 * @category models
 */
export class Element extends Shape.Struct<Element>()(() => ({
  /** Which of the other fields counts. */
  type: Schema.optional(Shape.Open(...elementTypes)),
  /** Plain text. */
  text_run: Schema.optional(TextRun),
  /** A document that is mentioned. */
  docs_link: Schema.optional(DocsLink),
  /** A user who is mentioned. */
  person: Schema.optional(Person)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Content extends Shape.Struct<Content>()(() => ({
  elements: Schema.optional(Schema.Array(Element))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ReplyExtra extends Shape.Struct<ReplyExtra>()(() => ({
  /** The tokens of the pictures, which no operation downloads yet. */
  image_list: Schema.optional(Schema.Array(Schema.String))
})) {}

/**
 * A reply that was made along with its comment.
 *
 * @since 0.1.0
 * @category models
 */
export class CreatedReply extends Shape.Struct<CreatedReply>()(() => ({
  content: Schema.optional(Content),
  reply_id: Schema.String,
  /** Who said it. */
  user_id: Schema.optional(Schema.String),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  create_time: Schema.optional(Schema.Finite),
  /** Unix seconds: `Time.fromUnixSeconds`. */
  update_time: Schema.optional(Schema.Finite),
  extra: Schema.optional(ReplyExtra)
})) {}

/**
 * What one kind of reaction to a reply amounts to.
 *
 * @since 0.1.0
 * @category models
 */
export class Reaction extends Shape.Struct<Reaction>()(() => ({
  /** Which one: a `ReactionType`. */
  reaction_key: Schema.optional(Schema.String),
  /** How many users; may be 0 once they have all been taken back. */
  count: Schema.optional(Schema.Finite),
  /** Some of them, to be shown first. */
  ahead_users: Schema.optional(Schema.Array(Schema.String))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class Reply extends Shape.Struct<Reply>()(() => ({
  ...CreatedReply.fields,
  /** There if asked for with `need_reaction`. */
  reactions: Schema.optional(Schema.Array(Reaction))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class CreatedReplyList extends Shape.Struct<CreatedReplyList>()(() => ({
  replies: Schema.optional(Schema.Array(CreatedReply))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class ReplyList extends Shape.Struct<ReplyList>()(() => ({
  replies: Schema.optional(Schema.Array(Reply))
})) {}
