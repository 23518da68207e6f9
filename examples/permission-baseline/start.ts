/** Prints what differs in `FEISHU_FOLDER`; with `APPLY=true` changes it, with a progress bar on a terminal. */
import { PermissionBaseline } from "@effect-feishu/drive"
import { NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect } from "effect"
import { Live } from "../live.ts"
import { bar, dryRun, enforce } from "./baseline.ts"

const progress = (done: number, total: number) =>
  Effect.sync(() => {
    if (process.stderr.isTTY) process.stderr.write(`\r${bar(done, total)}${done === total ? "\n" : ""}`)
  })

const program = Effect.gen(function*() {
  const differences = yield* dryRun(yield* Config.string("FEISHU_FOLDER"))
  if (!(yield* Config.withDefault(Config.boolean("APPLY"), false))) {
    return yield* Console.error(`${differences.length} differences. Nothing was changed: set APPLY=true to do so.`)
  }
  const left = yield* enforce(differences, progress)
  for (const { difference, outcome, ...why } of left) {
    yield* Console.error(outcome, PermissionBaseline.describe(difference), "error" in why ? why.error.message : "")
  }
})

NodeRuntime.runMain(Effect.provide(program, Live))
