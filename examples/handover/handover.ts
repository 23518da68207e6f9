/** "The application made the folder and I cannot open it": it is created and handed over in one go. */
import { Folder, Handover } from "@effect-feishu/drive"
import { Console, Effect } from "effect"

/**
 * Makes a folder that somebody manages, and answers where it is. The application stays its owner: one that gave a folder
 * away could put nothing into it any more.
 */
export const folderFor = (open_id: string, name: string) =>
  Handover.after(
    Effect.map(Folder.create({ name, folder_token: "" }), ({ token, url }) => ({ token, url, type: "folder" as const })),
    { member_type: "openid", member_id: open_id, perm: "full_access" }
  ).pipe(
    Effect.tap(({ access, document }) => Console.log(`${document.url ?? document.token}: access ${access}`)),
    Effect.map(({ document }) => document),
    // It is there all the same: its token goes to whoever repeats `Handover.to`.
    Effect.tapErrorTag("HandoverFailed", ({ message }) => Console.error(message))
  )
