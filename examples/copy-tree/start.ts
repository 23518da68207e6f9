/** Copies what is in `FEISHU_FROM` into `FEISHU_TO`, both tokens of folders. */
import { NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect } from "effect"
import { Live } from "../live.ts"
import { copy } from "./copy.ts"

const folders = Config.all({ from: Config.string("FEISHU_FROM"), to: Config.string("FEISHU_TO") })

const program = Effect.gen(function*() {
  const { from, to } = yield* folders
  const { Copied, Failed, Skipped } = yield* copy(from, to)
  yield* Console.log(`${Copied} copied, ${Skipped} skipped, ${Failed} failed`)
})

NodeRuntime.runMain(Effect.provide(program, Live))
