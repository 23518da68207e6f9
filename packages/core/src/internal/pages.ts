/** Page after page, as a Stream that fails when a page fails. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

/** The platform handed out a page token for the second time: there is no end to such a walk. */
export class PaginationLoop extends Data.TaggedError("PaginationLoop")<{
  readonly operation: string
  /** How many pages were read. */
  readonly pages: number
}> {
  override get message() {
    return `${this.operation}: the same page token came twice, after ${this.pages} pages`
  }
}

interface Source<Request, Success, E, R> {
  (request: Request): Effect.Effect<Success, E, R>
  readonly id: string
}

interface Position<Request> {
  readonly request: Request
  readonly seen: ReadonlySet<string>
}

export const walk =
  <Request, Success, E, R>(operation: Source<Request, Success, E, R>, next: keyof Success & string) =>
  (request: Request): Stream.Stream<Success, E | PaginationLoop, R> =>
    Stream.paginateEffect<Position<Request>, Success, E | PaginationLoop, R>(
      { request, seen: new Set() },
      ({ request, seen }) =>
        Effect.flatMap(operation(request), (page) => {
          // Sound: only read, and only compared.
          const { has_more } = page as { readonly has_more?: unknown }
          const token: unknown = page[next]
          // The last page may still carry a token, and an empty one would start again from the first.
          if (has_more === false || typeof token !== "string" || token === "") {
            return has_more === true
              ? new PaginationLoop({ operation: operation.id, pages: seen.size + 1 })
              : Effect.succeed([page, Option.none<Position<Request>>()] as const)
          }
          return seen.has(token)
            ? new PaginationLoop({ operation: operation.id, pages: seen.size + 1 })
            : Effect.succeed([
              page,
              Option.some({ request: { ...request, page_token: token }, seen: new Set(seen).add(token) })
            ] as const)
        })
    )

export const items =
  <Request, Success, Item, E, R>(
    pages: (request: Request) => Stream.Stream<Success, E, R>,
    itemsOf: (page: Success) => ReadonlyArray<Item>
  ) =>
  (request: Request): Stream.Stream<Item, E, R> => Stream.mapConcat(pages(request), itemsOf)
