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

export const walk =
  <Request, Success, E, R>(operation: Source<Request, Success, E, R>, next: keyof Success & string) =>
  (request: Request): Stream.Stream<Success, E | PaginationLoop, R> =>
    Stream.suspend(() => {
      // Sound: only read, and only compared.
      const seen = new Set([(request as { readonly page_token?: unknown } | undefined)?.page_token])
      let pages = 0

      /** What comes after a page: nothing, the next request, or the failure of a walk without end. The page itself is kept. */
      const after = (request: Request, page: Success): Option.Option<Effect.Effect<Request, PaginationLoop>> => {
        // Sound: only read, and only compared.
        const { has_more } = page as { readonly has_more?: unknown }
        const token: unknown = page[next]
        const loop = Option.some(new PaginationLoop({ operation: operation.id, pages }))
        // The last page may still carry a token, and an empty one would start again from the first.
        if (has_more === false || typeof token !== "string" || token === "") return has_more === true ? loop : Option.none()
        if (seen.has(token)) return loop
        seen.add(token)
        return Option.some(Effect.succeed({ ...request, page_token: token }))
      }

      return Stream.paginateEffect<Effect.Effect<Request, PaginationLoop>, Success, E | PaginationLoop, R>(
        Effect.succeed(request),
        (position) =>
          Effect.flatMap(position, (request) =>
            Effect.map(operation(request), (page) => {
              pages++
              return [page, after(request, page)] as const
            }))
      )
    })

export const items =
  <Request, Success, Item, E, R>(
    pages: (request: Request) => Stream.Stream<Success, E, R>,
    itemsOf: (page: Success) => ReadonlyArray<Item>
  ) =>
  (request: Request): Stream.Stream<Item, E, R> => Stream.mapConcat(pages(request), itemsOf)
