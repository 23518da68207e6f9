/** Copies what is in a folder into another. Run again, it goes on where it stopped. */
import { CopyTree } from "@effect-feishu/drive"
import { Console, Effect, Stream } from "effect"

/** Prints what fails, and answers how much was copied, was there already or is left out, and failed. */
export const copy = (from: string, to: string) =>
  CopyTree.copy({ from, to, existing: "skip" }).pipe(
    Stream.tap((outcome) =>
      outcome._tag === "Failed"
        ? Console.error(`${outcome.path}: ${outcome.error.message}`)
        : Effect.logDebug(outcome.path, outcome._tag)),
    Stream.runFold({ Copied: 0, Skipped: 0, Failed: 0 }, (counts, { _tag }) => ({ ...counts, [_tag]: counts[_tag] + 1 }))
  )
