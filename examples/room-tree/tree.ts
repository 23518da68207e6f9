/** Prints the tree of rooms as it is read: every level, and under it the rooms and the levels on it. */
import { RoomTree } from "@effect-feishu/vc"
import { Console, Stream } from "effect"

const line = (node: RoomTree.Node): string => {
  switch (node._tag) {
    case "Level":
      return `${node.level.name}/`
    case "Room": {
      const { capacity, name, room_status } = node.room
      return `${name} (${capacity ?? "?"})${room_status?.status === false ? " disabled" : ""}`
    }
    case "Vanished":
      return `(deleted meanwhile: what is on ${node.level.name} is not, or not all, shown)`
  }
}

export const printTree = (room_level_id?: string) =>
  Stream.runForEach(RoomTree.walk({ room_level_id }), (node) =>
    Console.log("  ".repeat(node._tag === "Vanished" ? node.path.length + 1 : node.path.length) + line(node)))
