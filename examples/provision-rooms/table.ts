/** A plan as a table: what is done first, then what is left alone and why. */
import type { RoomProvision } from "@effect-feishu/vc"

type Row = readonly [what: string, level: string, room: string, details: string]

const text = (value: unknown) => value === undefined || value === "" ? "(none)" : typeof value === "string" ? value : JSON.stringify(value)

const rowOf = (change: RoomProvision.Change): Row => {
  switch (change._tag) {
    case "Create":
      return ["create", change.wanted.room_level_id, change.wanted.name, `for ${change.wanted.capacity}`]
    case "Update": {
      const fields = change.fields.map(({ field, from, to }) => `${field}: ${text(from)} -> ${text(to)}`)
      return ["update", change.room.room_level_id ?? "", change.wanted.name, fields.join("; ")]
    }
    case "Delete":
      return ["delete", change.room.room_level_id ?? "", change.room.name ?? "", change.room.room_id]
  }
}

const reasons: { readonly [Reason in RoomProvision.Ambiguous["reason"]]: string } = {
  SeveralRooms: "could be any of",
  SeveralWanted: "is listed twice; could be",
  Elsewhere: "is on a level that is not listed:"
}

const rowsOf = ({ ambiguous, changes, unlisted }: RoomProvision.Plan): ReadonlyArray<Row> => [
  ...changes.map(rowOf),
  ...ambiguous.map(({ reason, rooms, wanted }): Row => [
    "unclear",
    wanted.room_level_id,
    wanted.name,
    `${reasons[reason]} ${rooms.map(({ room_id }) => room_id).join(", ")}`.trimEnd()
  ]),
  ...unlisted.map((room): Row => ["keep", room.room_level_id ?? "", room.name ?? "", "not listed"])
]

export const table = (plan: RoomProvision.Plan): string => {
  const rows: ReadonlyArray<Row> = [["what", "level", "room", "details"], ...rowsOf(plan)]
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd())
  return `${[...lines, "", `${plan.changes.length} to change, ${plan.unchanged.length} as wanted`].join("\n")}\n`
}
