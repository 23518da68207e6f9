/**
 * What changes in a Base (`bitable`) somebody subscribed to: fields and records.
 *
 * @since 0.1.0
 */
import * as Event from "@effect-feishu/core/Event"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"

const string = Schema.optional(Schema.String)

/**
 * @since 0.1.0
 * @category models
 */
export class AutoSerialRule extends Shape.Struct<AutoSerialRule>()(() => ({ type: string, value: string })) {}

/**
 * How numbers are given automatically.
 *
 * @since 0.1.0
 * @category models
 */
export class AutoSerial extends Shape.Struct<AutoSerial>()(() => ({
  type: string,
  options: Schema.optional(Schema.Array(AutoSerialRule))
})) {}

/**
 * One of the values to choose from.
 *
 * @since 0.1.0
 * @category models
 */
export class FieldOption extends Shape.Struct<FieldOption>()(() => ({
  name: string,
  id: string,
  color: Schema.optional(Schema.Int)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class FieldProperty extends Shape.Struct<FieldProperty>()(() => ({
  formatter: string,
  date_formatter: string,
  auto_fill: Schema.optional(Schema.Boolean),
  multiple: Schema.optional(Schema.Boolean),
  table_id: string,
  table_name: string,
  back_field_name: string,
  input_type: string,
  back_field_id: string,
  auto_serial: Schema.optional(AutoSerial),
  options: Schema.optional(Schema.Array(FieldOption)),
  formula_expression: string
})) {}

/**
 * A field, as it was or as it is now.
 *
 * @since 0.1.0
 * @category models
 */
export class FieldValue extends Shape.Struct<FieldValue>()(() => ({
  id: string,
  name: string,
  type: Schema.optional(Schema.Int),
  description: string,
  property: Schema.optional(FieldProperty)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class FieldAction extends Shape.Struct<FieldAction>()(() => ({
  action: Schema.optional(Shape.Open("field_added", "field_edited", "field_deleted")),
  field_id: string,
  before_value: Schema.optional(FieldValue),
  after_value: Schema.optional(FieldValue)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class IdentityUser extends Shape.Struct<IdentityUser>()(() => ({
  user_id: Schema.optional(Event.UserId),
  name: string,
  en_name: string,
  avatar_url: string
})) {}

/**
 * The people in a value.
 *
 * @since 0.1.0
 * @category models
 */
export class FieldIdentity extends Shape.Struct<FieldIdentity>()(() => ({
  users: Schema.optional(Schema.Array(IdentityUser))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RecordField extends Shape.Struct<RecordField>()(() => ({
  field_id: string,
  /** JSON, as text. */
  field_value: string,
  field_identity_value: Schema.optional(FieldIdentity)
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RecordAction extends Shape.Struct<RecordAction>()(() => ({
  record_id: string,
  action: Schema.optional(Shape.Open("record_added", "record_deleted", "record_edited")),
  before_value: Schema.optional(Schema.Array(RecordField)),
  after_value: Schema.optional(Schema.Array(RecordField))
})) {}

const changed = () => ({
  file_type: string,
  file_token: string,
  table_id: string,
  /** Who did it. */
  operator_id: Schema.optional(Event.UserId),
  /** The version of the table. */
  revision: Schema.optional(Schema.Int),
  subscriber_id_list: Schema.optional(Schema.Array(Event.UserId)),
  /** When: seconds since 1970. */
  update_time: Schema.optional(Schema.Int)
})

/**
 * @since 0.1.0
 * @category models
 */
export class FieldChanged extends Shape.Struct<FieldChanged>()(() => ({
  ...changed(),
  action_list: Schema.optional(Schema.Array(FieldAction))
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class RecordChanged extends Shape.Struct<RecordChanged>()(() => ({
  ...changed(),
  action_list: Schema.optional(Schema.Array(RecordAction))
})) {}

/**
 * Fields of a table are added, edited or deleted.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/bitable_field_changed
 * @since 0.1.0
 * @category events
 */
export const fieldChanged = Event.make("drive.file.bitable_field_changed_v1", {
  payload: FieldChanged,
  scopes: ["base:field:read", "bitable:app", "drive:drive"]
})

/**
 * Records of a table are added, edited or deleted.
 *
 * @see https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/drive-v1/file/events/bitable_record_changed
 * @since 0.1.0
 * @category events
 */
export const recordChanged = Event.make("drive.file.bitable_record_changed_v1", {
  payload: RecordChanged,
  scopes: ["base:record:read", "bitable:app", "drive:drive"]
})
