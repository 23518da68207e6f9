import { plugin } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import * as Compiled from "../../core/test/compiled.ts"

const password = "(string <-> Redacted(<redacted>)) | undefined"
const newPassword = "({ string | filter } <-> Redacted(<redacted>)) | undefined"

describe("compiled schemas", () => {
  it("leave to ParseResult what has another form on the wire, and nothing else", () => {
    assert.deepStrictEqual(Compiled.leftOutOf(plugin), {
      "vc.alert.list": ["(ReadonlyArray<<declaration schema>> <-> ReadonlyArray<number>) | undefined"],
      "vc.bot.join": [password],
      "vc.meeting.get": [password],
      "vc.meeting.listByNo": [password],
      "vc.reserve.apply": ["Redacted(<redacted>) | undefined", newPassword, password],
      "vc.reserve.get": [password],
      "vc.reserve.getActiveMeeting": [password],
      "vc.reserve.update": ["Redacted(<redacted>) | undefined", newPassword, password],
      "vc.roomConfig.setCheckboardAccessCode": ["(string <-> Redacted(<redacted>))"],
      "vc.roomConfig.setRoomAccessCode": ["(string <-> Redacted(<redacted>))"]
    })
  })

  for (const { id, spec: { request, response } } of plugin.operations) {
    it(`of ${id} take, make and refuse what ParseResult does`, () => {
      if (request !== undefined) Compiled.agreesWithParseResult(request, "written", 200)
      if (response !== undefined) Compiled.agreesWithParseResult(response, "read", 200)
    })
  }
})
