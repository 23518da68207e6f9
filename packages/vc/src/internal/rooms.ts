/**
 * What rooms, their levels and their configurations have in common. No fields:
 * what is spread from another file loses its comments in the declarations.
 */
import * as Schema from "effect/Schema"
import * as VcError from "../VcError.ts"

/** The id of a room or a level, where the platform limits its length. */
export const Id = Schema.String.pipe(Schema.minLength(1), Schema.maxLength(100))

export const errors = [
  VcError.VcInternalError,
  VcError.VcNotSupported,
  VcError.VcInvalidParam,
  VcError.VcDataNotFound,
  VcError.VcNoPermission,
  VcError.VcDataConflict
] as const

export const statuses = { 121005: 404 }
