/**
 * Runs it: `npx tsx examples/provision-rooms/start.ts [rooms.json] [--dry-run] [--delete-unlisted]`, with `FEISHU_APP_ID` and
 * `FEISHU_APP_SECRET` set. Interrupted, it can be started again: it goes on with what is left.
 */
import { NodeContext, NodeRuntime } from "@effect/platform-node"
import { Effect } from "effect"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { Live } from "../live.ts"
import { provision } from "./provision.ts"

const { positionals: [path = fileURLToPath(new URL("rooms.json", import.meta.url))], values } = parseArgs({
  allowPositionals: true,
  options: { "delete-unlisted": { type: "boolean" }, "dry-run": { type: "boolean" } }
})

provision(path, { deleteUnlisted: values["delete-unlisted"] ?? false, dryRun: values["dry-run"] ?? false }).pipe(
  Effect.map(({ failed, skipped }) => {
    process.exitCode = failed + skipped === 0 ? 0 : 1
  }),
  Effect.provide([Live, NodeContext.layer]),
  NodeRuntime.runMain
)
