import { Time } from "@effect-feishu/core"
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Duration, Either, Option, ParseResult } from "effect"

const iso = (time: Option.Option<DateTime.Utc>) => Option.getOrUndefined(Option.map(time, DateTime.formatIso))

describe("times of the wire", () => {
  it("are read in their unit", () => {
    assert.strictEqual(iso(Time.fromUnixSeconds("1608885566")), "2020-12-25T08:39:26.000Z")
    assert.strictEqual(iso(Time.fromUnixSeconds(1608885566)), "2020-12-25T08:39:26.000Z")
    assert.strictEqual(iso(Time.fromUnixMillis("1608885566123")), "2020-12-25T08:39:26.123Z")
    assert.deepStrictEqual(Time.millis("30000"), Option.some(Duration.seconds(30)))
    assert.deepStrictEqual(Time.seconds("120"), Option.some(Duration.minutes(2)))
    assert.deepStrictEqual(Time.minutes("60"), Option.some(Duration.hours(1)))
  })

  it("are none where the platform tells nothing", () => {
    for (const told of [undefined, "", "-1", "1.5", "1e9", " 1", "2020-12-25", "9".repeat(16), -1, 1.5, Number.NaN]) {
      for (const read of [Time.fromUnixSeconds, Time.fromUnixMillis, Time.millis, Time.seconds, Time.minutes]) {
        const value: Option.Option<unknown> = read(told)
        assert.isTrue(Option.isNone(value), String(told))
      }
    }
    assert.isTrue(Option.isNone(Time.fromUnixSeconds("999999999999999")))
  })

  it("are written in their unit", () => {
    const time = DateTime.unsafeMake("2020-12-25T08:39:26.999Z")
    assert.strictEqual(Time.toUnixSeconds(time), "1608885566")
    assert.strictEqual(Time.toUnixMillis(time), "1608885566999")
  })

  it("are whole numbers of their unit in a request", () => {
    const takes = (schema: typeof Time.UnixSeconds) => (value: unknown) =>
      Either.isRight(ParseResult.encodeUnknownEither(schema)(value))
    for (const [schema, last] of [[Time.UnixSeconds, 253_402_300_799], [Time.UnixMillis, 253_402_300_799_000]] as const) {
      assert.deepStrictEqual(["0", "1608885566", String(last)].map(takes(schema)), [true, true, true])
      assert.deepStrictEqual(["", "-1", "1.5", "1e3", String(last + 1), 1608885566].map(takes(schema)), Array(6).fill(false))
    }
  })
})
