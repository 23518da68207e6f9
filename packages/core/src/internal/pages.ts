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

/** More is said to be there than the platform hands out. Whatever came before is all that can be had this way. */
export class PagesIncomplete extends Data.TaggedError("PagesIncomplete")<{
  readonly operation: string
  /** How many items came. */
  readonly came: number
  /** How many there are, where the platform says so. */
  readonly total: number | undefined
}> {
  override get message() {
    return `${this.operation}: ${this.came} of ${this.total ?? "more"} came, and no page leads to the others; ask for less at a time`
  }
}

interface Source<Request, Success, E, R> {
  (request: Request): Effect.Effect<Success, E, R>
  readonly id: string
}

/** What a page says of those around it. */
interface Page<Success> {
  readonly next: keyof Success & string
  readonly countOf: (page: Success) => number
  readonly total: (keyof Success & string) | undefined
}

export const walk =
  <Request, Success, E, R>(operation: Source<Request, Success, E, R>, { countOf, next, total }: Page<Success>) =>
  (request: Request): Stream.Stream<Success, E | PaginationLoop | PagesIncomplete, R> =>
    Stream.suspend(() => {
      // Sound: only read, and only compared.
      const fromTheStart = (request as { readonly page_token?: unknown } | undefined)?.page_token === undefined
      let came = 0
      // Sound: only read, and only compared.
      const seen = new Set([(request as { readonly page_token?: unknown } | undefined)?.page_token])
      let pages = 0

      const end = (page: Success): Option.Option<Effect.Effect<never, PagesIncomplete>> => {
        const all: unknown = total === undefined ? undefined : page[total]
        return fromTheStart && typeof all === "number" && all > came
          ? Option.some(new PagesIncomplete({ operation: operation.id, came, total: all }))
          : Option.none()
      }

      /** What comes after a page: nothing, the next request, or the failure of a walk without end. The page itself is kept. */
      const after = (request: Request, page: Success): Option.Option<Effect.Effect<Request, PaginationLoop | PagesIncomplete>> => {
        // Sound: only read, and only compared.
        const { has_more } = page as { readonly has_more?: unknown }
        const token: unknown = page[next]
        const loop = Option.some(new PaginationLoop({ operation: operation.id, pages }))
        // The last page may still carry a token, and an empty one would start again from the first.
        if (has_more === false || typeof token !== "string" || token === "") return has_more === true ? loop : end(page)
        if (seen.has(token)) return loop
        seen.add(token)
        return Option.some(Effect.succeed({ ...request, page_token: token }))
      }

      return Stream.paginateEffect<
        Effect.Effect<Request, PaginationLoop | PagesIncomplete>,
        Success,
        E | PaginationLoop | PagesIncomplete,
        R
      >(
        Effect.succeed(request),
        (position) =>
          Effect.flatMap(position, (request) =>
            Effect.map(operation(request), (page) => {
              pages++
              came += countOf(page)
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
