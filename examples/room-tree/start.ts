/** Runs it: `npx tsx examples/room-tree/start.ts [level]`, with `FEISHU_APP_ID` and `FEISHU_APP_SECRET` set. */
import { NodeRuntime } from "@effect/platform-node"
import { Effect } from "effect"
import { Live } from "../live.ts"
import { printTree } from "./tree.ts"

NodeRuntime.runMain(Effect.provide(printTree(process.argv[2]), Live))
