/** Step 5 where the answer is a file: what it is by its headers, and its content as it comes. An error is never taken for a file. */
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ExecutionStrategy from "effect/ExecutionStrategy"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { CallTimeout, ResponseInvalid } from "../CallError.ts"
import { ContentMismatch } from "../Download.ts"
import type { ContentError, Download, Range } from "../Download.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Answers from "./answers.ts"
import * as Bytes from "./bytes.ts"
import * as FileName from "./fileName.ts"
import * as Read from "./read.ts"
import * as Secrets from "./secrets.ts"
import { transportError } from "./send.ts"
import type { Attempt } from "./send.ts"
import type { FileAnswer, Spec } from "./spec.ts"

type Content = Stream.Stream<Uint8Array, ContentError>

/** No error of the platform is as long as this. */
const longestError = 64 * 1024

const hold: FileAnswer["hold"] = (attempt) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(Effect.scope, (outer) =>
      Effect.flatMap(Scope.fork(outer, ExecutionStrategy.sequential), (scope) =>
        restore(attempt).pipe(
          Effect.provideService(Scope.Scope, scope),
          Effect.onExit((exit) => Exit.isSuccess(exit) ? Effect.void : Scope.close(scope, exit))
        )))
  )

const sizeOf = (headers: Read.Head["headers"]): number | undefined => {
  const told = headers["content-length"]
  return told !== undefined && /^\d{1,15}$/.test(told) && headers["content-encoding"] === undefined ? Number(told) : undefined
}

const rangeOf = ({ headers, status }: Read.Head): Range | undefined => {
  const told = status === 206 ? /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(headers["content-range"]?.trim() ?? "") : null
  if (told === null) return undefined
  const [, from, to, total] = told
  return { from: Number(from), to: Number(to), total: total === "*" ? undefined : Number(total) }
}

/** Not a byte more or less than announced. */
const counted = (operation: string, expected: number | undefined, content: Content): Content =>
  expected === undefined ? content : Stream.suspend(() => {
    let received = 0
    const mismatch = () => new ContentMismatch({ operation, expected, received })
    return Stream.concat(
      Stream.mapEffect(content, (chunk) => {
        received += chunk.byteLength
        return received > expected ? mismatch() : Effect.succeed(chunk)
      }),
      Stream.suspend(() => received < expected ? Stream.fail(mismatch()) : Stream.empty)
    )
  })

/** The beginning of a content, all of it if it is short, and what comes after. */
const peek = (content: Content): Effect.Effect<{ readonly whole: Uint8Array | undefined; readonly content: Content }, ContentError, Scope.Scope> =>
  Effect.gen(function*() {
    const pull = yield* Stream.toPull(content)
    const chunks: Array<Uint8Array> = []
    let size = 0
    while (size <= longestError) {
      const next = yield* Effect.either(pull)
      if (Either.isLeft(next)) {
        if (Option.isSome(next.left)) return yield* Effect.fail(next.left.value)
        return { whole: Bytes.concat(chunks), content: Stream.fromIterable(chunks) }
      }
      for (const chunk of next.right) {
        chunks.push(chunk)
        size += chunk.byteLength
      }
    }
    return {
      whole: undefined,
      content: Stream.concat(Stream.fromIterable(chunks), Stream.repeatEffectChunkOption(pull))
    }
  })

const isError = (bytes: Uint8Array): boolean => {
  const json = Answers.parse(new TextDecoder().decode(bytes))
  return Either.isRight(json) && Predicate.isRecord(json.right) && Number.isSafeInteger(json.right["code"]) && json.right["code"] !== 0
}

const noFile = (spec: Spec, { headers, status }: Read.Head, attempt: Attempt) => {
  const logId = Answers.headerLogId(headers)
  return new ResponseInvalid({
    operation: spec.id,
    status,
    violations: [{ field: "", message: "is no file" }],
    applied: false,
    truncated: false,
    logId: logId === undefined ? undefined : Secrets.scrub(logId, attempt.secrets),
    attempts: attempt.number
  })
}

const contentOf = (
  response: HttpClientResponse.HttpClientResponse,
  attempt: Attempt,
  { timeouts }: Pick<Settings, "timeouts">
): Content =>
  response.stream.pipe(
    Stream.catchAll((cause) => cause.reason === "EmptyBody" ? Stream.empty : Stream.fail(transportError(attempt, "body")(cause))),
    Stream.timeoutFail(
      () => new CallTimeout({ operation: attempt.operation, phase: "body", after: timeouts.body, attempts: attempt.number }),
      timeouts.body
    )
  )

const read: FileAnswer["read"] = (spec, response, attempt, settings) =>
  Effect.gen(function*() {
    const head: Read.Head = { status: response.status, headers: response.headers }
    const { headers, status } = head
    if (status !== 200 && status !== 206) {
      yield* Read.make(settings)(spec, response, attempt)
      return yield* noFile(spec, head, attempt)
    }
    const type = headers["content-type"]
    const disposition = headers["content-disposition"]
    const size = sizeOf(headers)
    const file = (content: Content): Download => ({
      name: FileName.fromDisposition(disposition),
      type,
      size,
      range: rangeOf(head),
      version: headers["etag"] ?? headers["last-modified"],
      content
    })
    const content = counted(spec.id, size, contentOf(response, attempt, settings))
    // A user's own JSON file has a name; without one, only a look inside tells it from an error.
    const doubtful = status === 200 && type !== undefined && Read.isJson(type) && disposition === undefined
      && (size === undefined || size <= longestError)
    if (!doubtful) return file(content)
    const beginning = yield* Effect.mapError(peek(content), (error) =>
      error._tag === "ContentMismatch" ? noFile(spec, head, attempt) : error)
    if (beginning.whole !== undefined && isError(beginning.whole)) {
      yield* Read.judge(settings)(spec, head, attempt)(beginning.whole)
    }
    return file(beginning.content)
  })

export const answer: FileAnswer = { hold, read }
