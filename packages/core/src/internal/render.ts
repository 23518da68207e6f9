/** How failures read: one place, so that all of them read alike. */
import type { Details, FieldViolation, PermissionViolation } from "../ApiError.ts"

/** Text of others may carry line breaks and terminal sequences; a log line must not. */
export const printable = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (char) =>
    `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)

export const attempts = (count: number | undefined): ReadonlyArray<string> =>
  count !== undefined && count > 1 ? [`after ${count} attempts`] : []

export const aside = (...facts: ReadonlyArray<string>): string => facts.length === 0 ? "" : ` (${facts.join(", ")})`

const field = ({ description, field }: FieldViolation) => printable(description === "" ? field : `${field}: ${description}`)

const permission = ({ subject, type }: PermissionViolation) => printable(type === "" ? subject : `${subject} [${type}]`)

/** The codes of a missing scope: of the application's, and of the user's consent. */
const scopeCodes: ReadonlySet<number> = new Set([99991672, 99991679])

/** Operation, code, the platform's words, where to ask, and what to change. */
export const apiError = (error: Details & { readonly code: number }): string => {
  const facts = [`HTTP ${error.status}`, ...attempts(error.attempts)]
  if (error.logId !== undefined) facts.push(`log_id ${printable(error.logId)}`)
  const lines = [`${error.operation}: ${error.code} ${printable(error.msg)}${aside(...facts)}`]
  if (error.fieldViolations !== undefined && error.fieldViolations.length > 0) {
    lines.push(`  refused: ${error.fieldViolations.map(field).join("; ")}`)
  }
  if (error.permissionViolations !== undefined && error.permissionViolations.length > 0) {
    lines.push(`  missing: ${error.permissionViolations.map(permission).join("; ")}`)
  } else if (scopeCodes.has(error.code) && error.scopes !== undefined && error.scopes.length > 0) {
    lines.push(`  needs any one of: ${error.scopes.join(", ")}`)
  }
  if (error.troubleshooter !== undefined) lines.push(`  see ${printable(error.troubleshooter)}`)
  return lines.join("\n")
}

/** `["members", 0, "member_id"]` as `members[0].member_id`. */
export const fieldPath = (path: ReadonlyArray<PropertyKey>): string =>
  path.reduce<string>((before, key) =>
    typeof key === "number" ? `${before}[${key}]` : before === "" ? String(key) : `${before}.${String(key)}`, "")
