import { plugin } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import * as Compiled from "../../core/test/compiled.ts"

describe("compiled schemas", () => {
  it("leave to ParseResult what has another form on the wire, and nothing else", () => {
    assert.deepStrictEqual(Compiled.leftOutOf(plugin), {
      "drive.file.uploadAll": ["Uint8ArrayFromSelf"],
      "drive.file.uploadPart": ["Uint8ArrayFromSelf"],
      "drive.media.batchGetTmpDownloadUrl": ["(string <-> Redacted(<redacted>))"],
      "drive.media.uploadAll": ["Uint8ArrayFromSelf"],
      "drive.media.uploadPart": ["Uint8ArrayFromSelf"],
      "drive.permission.public.password.create": ["(string <-> Redacted(<redacted>))"],
      "drive.permission.public.password.update": ["(string <-> Redacted(<redacted>))"],
      "drive.user.subscriptionStatus": [
        "({ { readonly is_subscribe?: boolean | undefined; readonly data?: { readonly is_subscribe?: boolean | undefined } | undefined } | filter } <-> { readonly is_subscribe: boolean })"
      ]
    })
  })

  for (const { id, spec: { request, response } } of plugin.operations) {
    it(`of ${id} take, make and refuse what ParseResult does`, () => {
      if (request !== undefined) Compiled.agreesWithParseResult(request, "written", 200)
      if (response !== undefined) Compiled.agreesWithParseResult(response, "read", 200)
    })
  }
})
