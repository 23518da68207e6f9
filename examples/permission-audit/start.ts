/** Audits `FEISHU_FOLDER`: a table on a terminal, lines of JSON into a file or a pipe. */
import { NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect } from "effect"
import { Live } from "../live.ts"
import { report } from "./audit.ts"

const write = (text: string) =>
  Effect.async<void>((resume) => {
    process.stdout.write(text, () => resume(Effect.void))
  })

const program = Effect.gen(function*() {
  const folder = yield* Config.string("FEISHU_FOLDER")
  const { findings, open, unseen } = yield* report(folder, process.stdout.isTTY ? "table" : "ndjson", write)
  yield* Console.error(`${findings} findings, ${open} open to everybody, ${unseen} that could not be seen altogether`)
})

NodeRuntime.runMain(Effect.provide(program, Live))
