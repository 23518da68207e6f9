/** What is known of folders and documents, by both APIs that tell. */
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Effect from "effect/Effect"
import * as Explorer from "../../Explorer.ts"
import * as ExplorerError from "../../ExplorerError.ts"
import * as Meta from "../../Meta.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Documents from "./documents.ts"
import * as People from "./people.ts"
import * as Refusals from "./refusals.ts"

const reasons = {
  deleted: Meta.FailedCode.notFound,
  denied: Meta.FailedCode.noPermission,
  mistyped: Meta.FailedCode.notFound,
  unknown: Meta.FailedCode.notFound,
  unsupported: Meta.FailedCode.typeNotSupported
} as const

export const handlers = <R>(state: Effect.Effect<Service, never, R>) => {
  const meta = (
    caller: FakeFeishu.Caller,
    { doc_token, doc_type }: Meta.RequestDoc,
    { user_id_type, with_url = false }: Pick<Meta.BatchQueryRequest, "user_id_type" | "with_url">
  ) =>
    Effect.gen(function*() {
      const { documents } = yield* state
      if (doc_type === "synced_block") return yield* Refusals.refuse("unsupported", "nothing is told of these")
      const document = yield* documents.find(doc_token, doc_type)
      yield* Access.requireLevel(document, caller, "view")
      return {
        doc_token,
        doc_type,
        title: document.name,
        owner_id: yield* People.idAs(user_id_type, document.owner),
        create_time: Documents.seconds(document.createdAt),
        latest_modify_user: yield* People.idAs(user_id_type, document.modifier),
        latest_modify_time: Documents.seconds(document.modifiedAt),
        ...with_url ? { url: Documents.urlOf(document) } : {},
        request_doc_info: { doc_token, doc_type }
      }
    })

  return [
    FakeFeishu.handler(Meta.batchQuery, ({ request_docs, ...request }, caller) =>
      Effect.map(
        Effect.partition(request_docs, (one) =>
          Effect.mapError(meta(caller, one, request), ({ reason }) => ({ token: one.doc_token, code: reasons[reason] }))),
        ([failed_list, metas]) => ({ metas, ...failed_list.length === 0 ? {} : { failed_list } })
      )),

    FakeFeishu.handler(Explorer.getRootFolderMeta, (_, caller) =>
      Effect.map(state, ({ documents }) => {
        const root = documents.rootOf(People.ofCaller(caller))
        return { token: root.token, id: documents.idOf(root), user_id: documents.idOf(root.owner) }
      })),

    FakeFeishu.handler(Explorer.getFolderMeta, ({ folderToken }, caller) =>
      Refusals.as(Explorer.getFolderMeta, {
        deleted: ExplorerError.DriveExplorerNotFound,
        denied: ExplorerError.DriveExplorerForbidden,
        mistyped: ExplorerError.DriveExplorerNotFound,
        unknown: ExplorerError.DriveExplorerNotFound
      })(Effect.gen(function*() {
        const { documents } = yield* state
        const folder = yield* documents.find(folderToken, "folder")
        yield* Access.requireLevel(folder, caller, "view")
        return {
          id: documents.idOf(folder),
          name: folder.name,
          token: folder.token,
          createUid: documents.idOf(folder.creator),
          editUid: documents.idOf(folder.modifier),
          parentId: folder.parent === undefined ? "0" : documents.idOf(folder.parent),
          ownUid: documents.idOf(folder.owner)
        }
      })))
  ]
}
