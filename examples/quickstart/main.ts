/**
 * `npm start`: an administrator's backend at work, against the fake platform on a real socket.
 *
 * With FEISHU_APP_ID and FEISHU_APP_SECRET (and FEISHU_BASE_URL) set, the reading part of it against the real one.
 */
import { Config, Effect, Option } from "effect"
import * as Fake from "./fake.ts"
import * as Real from "./real.ts"

const program = Effect.flatMap(Config.option(Config.string("FEISHU_APP_ID")), Option.match({
  onNone: () => Fake.program,
  onSome: () => Real.program
}))

process.exitCode = await Effect.runPromise(Effect.map(program, (asExpected) => asExpected ? 0 : 1))
