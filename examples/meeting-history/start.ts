/**
 * Prints the history of a meeting number of your tenant: `FEISHU_APP_ID` and `FEISHU_APP_SECRET` must be set.
 *
 * `npx tsx examples/meeting-history/start.ts 123456789 2026-09-01 2026-10-01`
 */
import { NodeRuntime } from "@effect/platform-node"
import { Effect } from "effect"
import { Live } from "../live.ts"
import { printHistory } from "./history.ts"

NodeRuntime.runMain(Effect.provide(printHistory(process.argv.slice(2)), Live))
