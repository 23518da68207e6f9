/**
 * What the explorer, the older view on folders, knows of them. It names its
 * fields in its own way, and its ids are numbers as text.
 *
 * @since 0.1.0
 */
import * as Operation from "@effect-feishu/core/Operation"
import * as RateLimit from "@effect-feishu/core/RateLimit"
import * as Shape from "@effect-feishu/core/Shape"
import * as Schema from "effect/Schema"
import * as ExplorerError from "./ExplorerError.ts"

/**
 * @since 0.1.0
 * @category models
 */
export class GetRootFolderMetaResponse extends Shape.Struct<GetRootFolderMetaResponse>()(() => ({
  /** The token that other operations take. */
  token: Schema.String,
  /** A number as text. */
  id: Schema.optional(Schema.String),
  /** The owner: a number as text. */
  user_id: Schema.optional(Schema.String)
})) {}

/**
 * The root folder of the caller's own space, which `File.copy`, `File.move` and
 * uploads need the token of.
 *
 * With a tenant token that is the application's space. No rate limit is
 * documented.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/ugTNzUjL4UzM14CO1MTN/get-root-folder-meta
 * @since 0.1.0
 * @category operations
 */
export const getRootFolderMeta = Operation.make("drive.explorer.rootFolder.getMeta", {
  method: "GET",
  url: "/open-apis/drive/explorer/v2/root_folder/meta",
  accepts: "either",
  scopes: ["drive:drive", "drive:drive.metadata:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  response: GetRootFolderMetaResponse,
  errors: [ExplorerError.DriveExplorerFailed, ExplorerError.DriveExplorerForbidden]
})

/**
 * @since 0.1.0
 * @category models
 */
export class GetFolderMetaRequest extends Shape.Struct<GetFolderMetaRequest>()(() => ({
  /** The folder. */
  folderToken: Schema.String
})) {}

/**
 * @since 0.1.0
 * @category models
 */
export class GetFolderMetaResponse extends Shape.Struct<GetFolderMetaResponse>()(() => ({
  /** A number as text. */
  id: Schema.optional(Schema.String),
  name: Schema.optional(Schema.String),
  token: Schema.optional(Schema.String),
  /** Who made it: a number as text. */
  createUid: Schema.optional(Schema.String),
  /** Who last changed it: a number as text. */
  editUid: Schema.optional(Schema.String),
  /** The `id` of the folder it is in; "0" where it is in none. */
  parentId: Schema.optional(Schema.String),
  /** Of a personal folder the owner, of a shared one the tree of folders it belongs to: a number as text. */
  ownUid: Schema.optional(Schema.String)
})) {}

/**
 * The name of a folder, who made it and where it is. No rate limit is
 * documented.
 *
 * @see https://open.feishu.cn/document/ukTMukTMukTM/uAjNzUjLwYzM14CM2MTN
 * @since 0.1.0
 * @category operations
 */
export const getFolderMeta = Operation.make("drive.explorer.folder.getMeta", {
  method: "GET",
  url: "/open-apis/drive/explorer/v2/folder/:folderToken/meta",
  accepts: "either",
  scopes: ["drive:drive", "drive:drive.metadata:readonly"],
  idempotent: true,
  rateLimit: RateLimit.unstated,
  request: GetFolderMetaRequest,
  response: GetFolderMetaResponse,
  errors: [ExplorerError.DriveExplorerFailed, ExplorerError.DriveExplorerNotFound, ExplorerError.DriveExplorerForbidden]
})
