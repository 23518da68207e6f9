/** By which id requests and answers name users. */
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"

export class UserIds extends Shape.Struct<UserIds>()(() => ({
  /**
   * What the ids of users are.
   *
   * @default "open_id"
   */
  user_id_type: Schema.optional(Schema.Literal("open_id", "union_id", "user_id"))
})) {}
