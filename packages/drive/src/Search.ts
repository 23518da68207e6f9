/**
 * Documents by words in them.
 *
 * The platform finds any number of documents and hands out the first 199.
 *
 * @since 0.1.0
 */
import type * as AccessToken from "@effect-feishu/core/AccessToken"
import type { CallError } from "@effect-feishu/core/CallError"
import type { FeishuClient } from "@effect-feishu/core/FeishuClient"
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"

/** How many documents one answer may hold. */
const mostAtOnce = 50

/** What the offset and the number of documents must together stay below. */
const end = 200

class Criteria extends Shape.Struct<Criteria>()(() => ({
  /** What is looked for. */
  search_key: Schema.String,
  /** Whose documents, by their open ids; anybody's where it is left out. */
  owner_ids: Schema.optional(Schema.Array(Schema.String)),
  /** In which chats, by their ids. */
  chat_ids: Schema.optional(Schema.Array(Schema.String)),
  /** Which kinds of document; `doc` is online documents old and new. */
  docs_types: Schema.optional(
    Schema.Array(Schema.Literal("doc", "sheet", "slides", "bitable", "mindnote", "file"))
  )
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SearchRequest extends Shape.Struct<SearchRequest>()(
  () => ({
    ...Criteria.fields,
    /** How many at most, from 0 to 50. */
    count: Schema.optional(Schema.Int.pipe(Schema.between(0, mostAtOnce))),
    /** How many to pass over. Together with `count` it is less than 200. */
    offset: Schema.optional(Schema.NonNegativeInt)
  }),
  ({ count = 0, offset = 0 }) =>
    offset + count >= end
      ? { path: ["offset"], message: `must be less than ${end}, together with count` }
      : undefined
) {}

/**
 * A document that was found.
 *
 * @since 0.1.0
 * @category models
 */
export class FoundDoc extends Shape.Struct<FoundDoc>()(() => ({
  docs_token: Schema.optional(Schema.String),
  docs_type: Schema.optional(Schema.String),
  title: Schema.optional(Schema.String),
  /** The owner's open id. */
  owner_id: Schema.optional(Schema.String)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class SearchResponse extends Shape.Struct<SearchResponse>()(() => ({
  docs_entities: Schema.optional(Schema.Array(FoundDoc)),
  has_more: Schema.optional(Schema.Boolean),
  /** How many there are in all, those out of reach included. */
  total: Schema.optional(Schema.Finite)
})) {}

/**
 * Documents the user can see, by words in them: one page of what is found.
 * `results` is all of it.
 *
 * Neither a rate limit nor a failure of its own is documented.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/ugDM4UjL4ADO14COwgTN
 * @since 0.1.0
 * @category operations
 */
export const search = Operation.make("drive.docs.search", {
  method: "POST",
  url: "/open-apis/suite/docs-api/search/object",
  accepts: "user",
  scopes: ["drive:drive", "drive:drive:readonly", "search:docs:read"],
  // Reads, whatever the method.
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: SearchRequest,
  response: SearchResponse,
  errors: []
})

interface Position {
  readonly came: number
  readonly total: number | undefined
}

/**
 * Every document that is found, page after page.
 *
 * Where more is found than the platform hands out, the stream ends with
 * `PagesIncomplete` after the last that could be had.
 *
 * @example
 * ```ts
 * import { Search } from "@effect-feishu/drive"
 * import { Stream } from "effect"
 *
 * export const titles = Search.results({ search_key: "report", docs_types: ["sheet"] }).pipe(
 *   Stream.map(({ title }) => title),
 *   Stream.catchTag("PagesIncomplete", () => Stream.empty),
 *   Stream.runCollect
 * )
 * ```
 *
 * @since 0.1.0
 * @category streams
 */
export const results = (
  request: Omit<SearchRequest, "count" | "offset">
): Stream.Stream<FoundDoc, CallError | Operation.PagesIncomplete, FeishuClient | AccessToken.UserAccessToken> =>
  Stream.paginateChunkEffect<Position, FoundDoc, CallError | Operation.PagesIncomplete, FeishuClient | AccessToken.UserAccessToken>(
    { came: 0, total: undefined },
    ({ came, total }) => {
      const count = Math.min(mostAtOnce, end - 1 - came)
      return count === 0
        ? new Operation.PagesIncomplete({ operation: search.id, came, total })
        : Effect.flatMap(search({ ...request, offset: came, count }), ({ docs_entities = [], has_more, total }) => {
          const position = { came: came + docs_entities.length, total }
          return has_more === true && docs_entities.length === 0
            // Asked again from here, it would answer nothing again.
            ? new Operation.PagesIncomplete({ operation: search.id, ...position })
            : Effect.succeed([Chunk.fromIterable(docs_entities), has_more === true ? Option.some(position) : Option.none()] as const)
        })
    }
  )
