import type { Operation } from "@effect-feishu/core"
import { Either } from "effect"
import { encode } from "../src/internal/encode.ts"

/** What is wrong with a request, as `field: message`; nothing where it may be sent. */
export const violations = (operation: Operation.Operation.Any, request: unknown): ReadonlyArray<string> =>
  Either.match(encode(operation.spec, request), {
    onLeft: (error) => error.violations.map(({ field, message }) => `${field}: ${message}`),
    onRight: () => []
  })
