/** Documents by words in their names, as far as somebody sees them. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Effect from "effect/Effect"
import * as Search from "../../Search.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import type { Document } from "./documents.ts"

/** What each kind is called where documents are looked for. */
const kinds: Readonly<Record<string, string>> = {
  bitable: "bitable",
  doc: "doc",
  docx: "doc",
  file: "file",
  mindnote: "mindnote",
  sheet: "sheet",
  slides: "slides"
}

/** How many come where nobody says how many; the documentation does not. */
const usual = 50

const matches = ({ chat_ids, docs_types, owner_ids, search_key }: Search.SearchRequest) => ({ members, name, owner, type }: Document) => {
  const kind = kinds[type]
  return kind !== undefined
    && name.toLowerCase().includes(search_key.toLowerCase())
    && (docs_types === undefined || docs_types.some((one) => one === kind))
    && (owner_ids === undefined || owner_ids.includes(owner.id))
    && (chat_ids === undefined || members.some(({ principal }) => principal.kind === "chat" && chat_ids.includes(principal.id)))
}

export const handlers = <R>(state: Effect.Effect<Service, never, R>) => [
  FakeFeishu.handler(Search.search, (request, caller) =>
    Effect.gen(function*() {
      const { count = usual, offset = 0 } = request
      const { documents } = yield* state
      yield* documents.now
      const known = [...documents.all.values()].filter((document) => !document.deleted && matches(request)(document))
      const seen = yield* Effect.filter(known, (document) => Access.atLeast(document, caller, "view"))
      const found = seen.toSorted((a, b) => b.modifiedAt - a.modifiedAt || b.number - a.number)
      return {
        docs_entities: found.slice(offset, offset + count).map(({ name, owner, token, type }) => ({
          docs_token: token,
          docs_type: type,
          title: name,
          owner_id: owner.id
        })),
        has_more: offset + count < found.length,
        total: found.length
      }
    }))
]
