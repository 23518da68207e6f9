/** Any number of items through an operation that takes a few at a time. */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import { hasCategory } from "../ApiError.ts"
import { AccessTokenRejected, AccessTokenUnavailable, PartialSuccess } from "../CallError.ts"

/** What one item of a request's list is. */
export type Item<Request, Key extends PropertyKey> = Request extends { readonly [K in Key]: ReadonlyArray<infer A> } ? A : never

/** How an operation takes many items. */
export interface Batch<Request, Success, Key extends PropertyKey, Answer, Refusal = never> {
  /** The request's list. */
  readonly items: Key
  /** How many of them one request may hold. */
  readonly size: number
  /** What an answer says was done. */
  readonly done: (success: Success) => ReadonlyArray<Answer>
  /** What a successful answer says was not done, where it says so. */
  readonly refused?: (success: Success) => ReadonlyArray<Refusal>
  /** What an item and its answer, or its refusal, have in common. */
  readonly key: (itemOrAnswer: Item<Request, Key> | Answer | NoInfer<Refusal>) => string
}

/** What became of every item. */
export interface Outcome<Item, Answer, Error> {
  readonly succeeded: ReadonlyArray<{ readonly item: Item; readonly answer: Answer }>
  readonly failed: ReadonlyArray<{ readonly item: Item; readonly error: Error }>
  /** Asked for and neither done nor refused: the platform did not mention them. */
  readonly missing: ReadonlyArray<Item>
}

const isSystemic = hasCategory("Credential", "Permission", "Quota", "NotFound")

/** What the next request would meet as well. */
const endsTheWork = (error: unknown): boolean =>
  isSystemic(error) || error instanceof AccessTokenRejected || (error instanceof AccessTokenUnavailable && error.permanent)

const chunks = <A>(all: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))

export const all = <Request, Success, Key extends PropertyKey, Answer, Refusal, E, R>(
  operation: (request: Request) => Effect.Effect<Success, E | PartialSuccess<Success, E>, R>,
  { done, items, key, refused = () => [], size }: Batch<Request, Success, Key, Answer, Refusal>
) =>
(request: Request): Effect.Effect<Outcome<Item<Request, Key>, Answer, E | Refusal>, never, R> =>
  Effect.gen(function*() {
    const succeeded: Array<{ readonly item: Item<Request, Key>; readonly answer: Answer }> = []
    const failed: Array<{ readonly item: Item<Request, Key>; readonly error: E | Refusal }> = []
    const missing: Array<Item<Request, Key>> = []
    // Sound: `Item` is defined as what this list holds.
    const wanted = (request as { readonly [K in Key]: ReadonlyArray<Item<Request, Key>> })[items]
    let last: E | undefined

    for (const chunk of chunks(wanted, size)) {
      if (last !== undefined && endsTheWork(last)) {
        const error = last
        failed.push(...chunk.map((item) => ({ item, error })))
        continue
      }
      const result = yield* Effect.either(operation({ ...request, [items]: chunk }))
      const partial = Either.isLeft(result) && result.left instanceof PartialSuccess ? result.left : undefined
      // Sound: the data of a partial success is what the operation answers.
      const answered = Either.isRight(result) ? result.right : partial?.data as Success | undefined
      const answers = new Map((answered === undefined ? [] : done(answered)).map((answer) => [key(answer), answer]))
      const refusals = new Map((answered === undefined ? [] : refused(answered)).map((refusal) => [key(refusal), refusal]))
      // Sound: the error of a batched operation is `E`, or a partial success whose cause is one.
      last = Either.isRight(result) ? undefined : (partial === undefined ? result.left : partial.cause) as E
      for (const item of chunk) {
        const answer = answers.get(key(item))
        const refusal = refusals.get(key(item))
        if (answer !== undefined) succeeded.push({ item, answer })
        else if (refusal !== undefined) failed.push({ item, error: refusal })
        else if (last !== undefined) failed.push({ item, error: last })
        else missing.push(item)
      }
    }
    return { succeeded, failed, missing }
  })
