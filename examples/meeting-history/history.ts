/** What was held under a meeting number, as a table. Knows of no token and of no platform. */
import { Time } from "@effect-feishu/core"
import { MeetingHistory } from "@effect-feishu/vc"
import { Console, Data, DateTime, Duration, Effect, Option, Stream } from "effect"

export class Usage extends Data.TaggedError("Usage")<{ readonly wrong: string }> {
  override get message() {
    return `${this.wrong}; give a meeting number of 9 digits, a beginning and an end, for example: 123456789 2026-09-01 2026-10-01`
  }
}

const timeOf = (what: string, text = "") =>
  Effect.mapError(DateTime.make(text), () => new Usage({ wrong: `"${text}" is no ${what}` }))

const requestOf = ([meeting_no = "", from, to]: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    if (!/^\d{9}$/.test(meeting_no)) return yield* new Usage({ wrong: `"${meeting_no}" is no meeting number` })
    const request = { meeting_no, from: yield* timeOf("beginning", from), to: yield* timeOf("end", to) }
    return DateTime.lessThan(request.from, request.to) ? request : yield* new Usage({ wrong: "the beginning is not before the end" })
  })

const day = (time: DateTime.DateTime) => DateTime.formatIso(time).slice(0, 16).replace("T", " ")

const when = (seconds: string | undefined) => Option.match(Time.fromUnixSeconds(seconds), { onNone: () => "?", onSome: day })

const recordingOf = (recording: MeetingHistory.Recording) => {
  switch (recording._tag) {
    case "Ready": {
      const { duration, minute_token, url } = recording
      const where = Option.match(minute_token, { onNone: () => url, onSome: (token) => `minutes ${token}` })
      return Option.match(duration, { onNone: () => where, onSome: (long) => `${where} (${Duration.format(long)})` })
    }
    case "Processing":
      return "still being made"
    case "None":
      return "none"
    case "Forbidden":
      return "not ours to see"
    case "Failed":
      return `unknown: ${recording.error._tag}`
  }
}

const header = ["began", "topic", "participants", "recording"]

const rowOf = (entry: MeetingHistory.Entry): ReadonlyArray<string> => {
  switch (entry._tag) {
    case "Held": {
      const { meeting, participants, recording } = entry
      const who = participants.map(({ id = "?", is_host }) => is_host === true ? `${id} (host)` : id)
      return [when(meeting.start_time), meeting.topic ?? "", who.join(", "), recordingOf(recording)]
    }
    case "Unread":
      return ["?", entry.meeting.topic ?? "", "?", `unknown: ${entry.error._tag}`]
    case "OutOfReach":
      return [day(entry.from), `(nothing is told of what was before ${day(entry.to)})`, "", ""]
  }
}

const table = (rows: ReadonlyArray<ReadonlyArray<string>>) => {
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()).join("\n")
}

/** Prints it, and waits for recordings that are being made. */
export const printHistory = (args: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const request = yield* requestOf(args)
    const rows = yield* MeetingHistory.read(request, { wait: { timeout: "15 minutes" } }).pipe(
      Stream.map(rowOf),
      Stream.runCollect
    )
    yield* Console.log(table([header, ...rows]))
  })
