/** Step 5: an answer's bytes, bounded; then its envelope, by `code` and never by status; then success or the operation's own failure. */
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as ParseResult from "effect/ParseResult"
import type * as Schema from "effect/Schema"
import type * as ApiError from "../ApiError.ts"
import {
  PartialSuccess,
  RedirectBlocked,
  ResponseInvalid,
  ResponseTooLarge,
  UnexpectedResponse
} from "../CallError.ts"
import type { TransportError, UndocumentedCode } from "../CallError.ts"
import type { Settings } from "../FeishuConfig.ts"
import * as Answers from "./answers.ts"
import * as Bytes from "./bytes.ts"
import * as Compiled from "./compiled.ts"
import { violationsOf } from "./encode.ts"
import * as Secrets from "./secrets.ts"
import { bytesTo, transportError } from "./send.ts"
import type { Attempt } from "./send.ts"
import type { Spec } from "./spec.ts"

/** What an attempt may fail with once an answer began to arrive. */
export type ReadError =
  | ApiError.Any
  | PartialSuccess<unknown, ApiError.Any | UndocumentedCode>
  | RedirectBlocked
  | ResponseInvalid
  | ResponseTooLarge
  | TransportError
  | UndocumentedCode
  | UnexpectedResponse

const snippetLength = 512

/** What may be an answer may hold what only its reader may see, and who else wrote it matters less. */
const looksLikeJson = (text: string) => /^\s*[[{]/.test(text)

/** Where an answer begins. */
export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
}

const utf8 = new TextDecoder("utf-8", { fatal: true })

const textOf = (bytes: Uint8Array): Either.Either<string, string> =>
  Either.try({ try: () => utf8.decode(bytes), catch: () => "is not UTF-8" })

const originOf = (location: string | undefined, base: string): string => {
  if (location === undefined) return "nowhere"
  return URL.canParse(location, base) ? new URL(location, base).origin : "an address that cannot be read"
}

export const isJson = (contentType: string) => contentType === "" || /^[\w.+-]+\/(?:[\w.+-]+\+)?json\b/i.test(contentType)

const decoders = new WeakMap<Spec, (data: unknown) => Either.Either<unknown, ParseResult.ParseIssue>>()

const decoder = (response: Schema.Schema.AnyNoContext) => {
  const decode = Compiled.decodeUnknownEither(response)
  return (data: unknown) => {
    try {
      return decode(data)
    } catch (error) {
      // A schema that contains itself follows an answer as deep as it goes, until the stack overflows.
      if (error instanceof RangeError) return Either.left(new ParseResult.Type(response.ast, data, "is nested too deep"))
      throw error
    }
  }
}

const decoderOf = (spec: Spec) => {
  const known = decoders.get(spec)
  if (known !== undefined) return known
  const made = spec.response === undefined ? () => Either.right(undefined) : decoder(spec.response)
  decoders.set(spec, made)
  return made
}

/** What the bytes of an answer mean. `baseUrl` is what relative redirects are relative to. */
export const judge = ({ baseUrl }: Pick<Settings, "baseUrl">) => (spec: Spec, head: Head, attempt: Attempt) => {
  const { headers, status } = head
  const contentType = headers["content-type"] ?? ""
  const clean = (text: string) => Secrets.scrub(text, attempt.secrets)
  const logId = Answers.headerLogId(headers)

  const invalid = (
    violations: ReadonlyArray<{ readonly field: string; readonly message: string }>,
    options?: { readonly applied?: boolean; readonly truncated?: boolean }
  ) =>
    new ResponseInvalid({
      operation: spec.id,
      status,
      violations,
      applied: options?.applied ?? false,
      truncated: options?.truncated ?? false,
      logId: logId === undefined ? undefined : clean(logId),
      attempts: attempt.number
    })

  const unexpected = (text: string) =>
    new UnexpectedResponse({
      operation: spec.id,
      status,
      contentType: clean(contentType),
      snippet: looksLikeJson(text) ? "(JSON)" : clean(text).slice(0, snippetLength),
      attempts: attempt.number
    })

  const success = (answer: Answers.Answer): Effect.Effect<unknown, ReadError> =>
    Either.match(decoderOf(spec)(answer.data ?? {}), {
      onLeft: (issue) =>
        invalid(
          violationsOf(issue).map(({ field, message }) => ({
            field: spec.envelope === "data" ? field === "" ? "data" : `data.${field}` : field,
            message
          })),
          { applied: true }
        ),
      onRight: Effect.succeed
    })

  const failure = (answer: Answers.Answer & { readonly code: number }): Effect.Effect<never, ReadError> => {
    const error = Answers.failure(spec, answer, {
      status,
      attempts: attempt.number,
      logId: answer.logId ?? logId,
      retryAfter: Answers.retryAfter(headers),
      secrets: attempt.secrets
    })
    if (spec.partial === undefined || answer.data === undefined) return Effect.fail(error)
    const done = decoderOf(spec)(answer.data)
    // Sound: `partial` takes what the response schema decodes to.
    return Either.isRight(done) && spec.partial(done.right as never)
      ? new PartialSuccess({ operation: spec.id, data: done.right, cause: error })
      : Effect.fail(error)
  }

  const interpret = (text: string): Effect.Effect<unknown, ReadError> => {
    if (!isJson(contentType)) return unexpected(text)
    if (text === "") return invalid([{ field: "", message: "is empty" }])
    const json = Answers.parse(text)
    if (Either.isLeft(json)) {
      return status >= 500 ? unexpected(text) : invalid([{ field: "", message: "is not JSON" }], { truncated: true })
    }
    return Either.match(Answers.open(spec, json.right, status), {
      onLeft: (violation) => invalid([violation]),
      onRight: (answer) => answer.code === 0 ? success(answer) : failure(answer)
    })
  }

  return (bytes: Uint8Array): Effect.Effect<unknown, ReadError> => {
    if (status >= 300 && status < 400) {
      return new RedirectBlocked({
        operation: spec.id,
        status,
        from: new URL(baseUrl).origin,
        to: clean(originOf(headers["location"], baseUrl))
      })
    }
    return Either.match(textOf(bytes), {
      onLeft: (message) => isJson(contentType) ? invalid([{ field: "", message }]) : unexpected("(not text)"),
      onRight: interpret
    })
  }
}

/** Reads a whole answer that is there to be read. */
export const make = (settings: Pick<Settings, "baseUrl" | "maxResponseSize">) => {
  const judging = judge(settings)
  const limit = settings.maxResponseSize
  return (
    spec: Spec,
    response: HttpClientResponse.HttpClientResponse,
    attempt: Attempt
  ): Effect.Effect<unknown, ReadError> => {
    const { headers, status } = response
    const chunks: Array<Uint8Array> = []
    let size = 0
    const take = (chunk: Uint8Array) => {
      size += chunk.byteLength
      chunks.push(chunk)
      return size <= limit
    }
    return Effect.flatMap(
      Effect.mapError(bytesTo(response, headers, limit, take), transportError(attempt, "body")),
      () =>
        size > limit
          ? new ResponseTooLarge({ operation: spec.id, limit })
          : judging(spec, { status, headers }, attempt)(Bytes.concat(chunks))
    )
  }
}
