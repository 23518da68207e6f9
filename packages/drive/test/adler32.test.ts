import { assert, describe, it } from "@effect/vitest"
import { FastCheck } from "effect"
import * as Adler32 from "../src/internal/adler32.ts"

/** As the definition has it, byte by byte. */
const byDefinition = (bytes: Uint8Array): string => {
  let low = 1n
  let high = 0n
  for (const byte of bytes) {
    low = (low + BigInt(byte)) % 65_521n
    high = (high + low) % 65_521n
  }
  return String(high * 65_536n + low)
}

const ascii = (text: string) => new TextEncoder().encode(text)

describe("Adler-32", () => {
  it("is what is known of it", () => {
    assert.strictEqual(Adler32.of(new Uint8Array()), "1")
    assert.strictEqual(Adler32.of(ascii("a")), String(0x00620062))
    assert.strictEqual(Adler32.of(ascii("abc")), String(0x024d0127))
    assert.strictEqual(Adler32.of(ascii("Wikipedia")), String(0x11e60398))
    assert.strictEqual(Adler32.of(ascii("message digest")), String(0x29750586))
    assert.strictEqual(Adler32.of(ascii("1234567890".repeat(8))), String(0x97b61069))
  })

  it("does not overflow, however large the bytes", () => {
    for (const size of [3_839, 3_840, 3_841, 5_552, 65_521, 1_000_003]) {
      const bytes = new Uint8Array(size).fill(0xff)
      assert.strictEqual(Adler32.of(bytes), byDefinition(bytes), String(size))
    }
  })

  it("is the definition's, in one go and in pieces", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.uint8Array({ maxLength: 20_000 }), FastCheck.nat(), (bytes, cut) => {
        const at = bytes.length === 0 ? 0 : cut % bytes.length
        const whole = byDefinition(bytes)
        assert.strictEqual(Adler32.of(bytes), whole)
        assert.strictEqual(
          String(Adler32.update(Adler32.update(Adler32.empty, bytes.subarray(0, at)), bytes.subarray(at))),
          whole
        )
      }),
      { numRuns: 200 }
    )
  })
})
