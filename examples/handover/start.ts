/** Makes a folder for `FEISHU_OWNER`, an open_id, called `FEISHU_NAME`. */
import { NodeRuntime } from "@effect/platform-node"
import { Config, Effect } from "effect"
import { Live } from "../live.ts"
import { folderFor } from "./handover.ts"

const settings = Config.all({ owner: Config.string("FEISHU_OWNER"), name: Config.string("FEISHU_NAME") })

NodeRuntime.runMain(Effect.provide(Effect.flatMap(settings, ({ name, owner }) => folderFor(owner, name)), Live))
