/** Pages of things in an order of their own. */
import * as Effect from "effect/Effect"
import { refuse } from "./refusals.ts"

/** Where something stands: by the first number, then by the second. */
export type Rank = readonly [number, number]

const order = (a: Rank, b: Rank) => a[0] - b[0] || a[1] - b[1]

const shape = /^(-?\d{1,16})_(-?\d{1,9})$/

export interface Asked {
  readonly page_size?: number | undefined
  readonly page_token?: string | undefined
}

/**
 * A page of them. A token says where the last one stood, so that nothing that
 * stays where it is gets lost or is told twice when other things come and go.
 * Without a size it is everything.
 */
export const cut = <A>(
  all: ReadonlyArray<A>,
  rank: (one: A) => Rank,
  { page_size = all.length, page_token = "" }: Asked
) => {
  const [, first, second] = shape.exec(page_token) ?? []
  if (page_token !== "" && first === undefined) return refuse("invalid", "there is no such page")
  const after = (one: A) => first === undefined || order(rank(one), [Number(first), Number(second)]) > 0
  const left = all.filter(after).toSorted((a, b) => order(rank(a), rank(b)))
  const items = left.slice(0, page_size)
  const last = items.at(-1)
  const has_more = left.length > items.length
  return Effect.succeed({
    items,
    has_more,
    page_token: has_more && last !== undefined ? rank(last).join("_") : undefined
  })
}

/** A page as most lists tell it. */
export const told = <A>({ has_more, page_token }: { readonly has_more: boolean; readonly page_token: string | undefined }, items: A) => ({
  items,
  has_more,
  ...page_token === undefined ? {} : { page_token }
})
