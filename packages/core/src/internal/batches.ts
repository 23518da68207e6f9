/** Any number of items through an operation that takes a few at a time. */
import * as Chunk from "effect/Chunk"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Stream from "effect/Stream"
import { hasCategory } from "../ApiError.ts"
import { isSystemic, PartialSuccess } from "../CallError.ts"

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

const concernsTheRest = hasCategory("Permission", "Quota", "NotFound")

/** What the next request would meet as well: it is about the same document. */
const endsTheWork = (error: unknown): boolean => isSystemic(error) || concernsTheRest(error)

const chunks = <A>(all: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))

/** What becomes of each request's items, one request after another. */
export const stream = <Request, Success, Key extends PropertyKey, Answer, Refusal, E, R>(
  operation: (request: Request) => Effect.Effect<Success, E | PartialSuccess<Success, E>, R>,
  { done, items, key, refused = () => [], size }: Batch<Request, Success, Key, Answer, Refusal>
) => {
  type One = Outcome<Item<Request, Key>, Answer, E | Refusal>

  const send = (request: Request, chunk: ReadonlyArray<Item<Request, Key>>): Effect.Effect<readonly [One, E | undefined], never, R> =>
    Effect.map(Effect.either(operation({ ...request, [items]: chunk })), (result) => {
      const partial = Either.isLeft(result) && result.left instanceof PartialSuccess ? result.left : undefined
      // Sound: the data of a partial success is what the operation answers.
      const answered = Either.isRight(result) ? result.right : partial?.data as Success | undefined
      const answers = new Map((answered === undefined ? [] : done(answered)).map((answer) => [key(answer), answer]))
      const refusals = new Map((answered === undefined ? [] : refused(answered)).map((refusal) => [key(refusal), refusal]))
      // Sound: the error of a batched operation is `E`, or a partial success whose cause is one.
      const error = Either.isRight(result) ? undefined : (partial === undefined ? result.left : partial.cause) as E
      const succeeded: Array<One["succeeded"][number]> = []
      const failed: Array<One["failed"][number]> = []
      const missing: Array<Item<Request, Key>> = []
      for (const item of chunk) {
        const answer = answers.get(key(item))
        const refusal = refusals.get(key(item))
        if (answer !== undefined) succeeded.push({ item, answer })
        else if (refusal !== undefined) failed.push({ item, error: refusal })
        else if (error !== undefined) failed.push({ item, error })
        else missing.push(item)
      }
      return [{ succeeded, failed, missing }, error]
    })

  return (request: Request): Stream.Stream<One, never, R> =>
    // Sound: `Item` is defined as what this list holds.
    Stream.fromIterable(chunks((request as { readonly [K in Key]: ReadonlyArray<Item<Request, Key>> })[items], size)).pipe(
      // One at a time, so that what was done is told before the next is sent.
      Stream.rechunk(1),
      Stream.mapAccumEffect(undefined as E | undefined, (last, chunk) =>
        last !== undefined && endsTheWork(last)
          ? Effect.succeed([last, { succeeded: [], failed: chunk.map((item) => ({ item, error: last })), missing: [] }] as const)
          : Effect.map(send(request, chunk), ([outcome, error]) => [error, outcome] as const))
    )
}

/** What became of everything a stream tells of. */
export const collect = <Item, Answer, Error, R>(
  outcomes: Stream.Stream<Outcome<Item, Answer, Error>, never, R>
): Effect.Effect<Outcome<Item, Answer, Error>, never, R> =>
  Effect.map(Stream.runCollect(outcomes), (all) => {
    const each = Chunk.toReadonlyArray(all)
    return {
      succeeded: each.flatMap(({ succeeded }) => succeeded),
      failed: each.flatMap(({ failed }) => failed),
      missing: each.flatMap(({ missing }) => missing)
    }
  })
