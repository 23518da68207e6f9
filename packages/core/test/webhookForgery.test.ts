// Nothing but the platform is believed: RELIABILITY S9 to S15.
import { Event, Shape, Webhook, WebhookConfig } from "@effect-feishu/core"
import { WebhookTest } from "@effect-feishu/core/testing"
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, FastCheck, Layer, Logger, LogLevel, Redacted, Schema, TestClock } from "effect"
import { createHash } from "node:crypto"
import { inspect } from "node:util"
import * as Forgeries from "./forgeries.ts"
import { sha256 } from "./sha256.ts"

class Ready extends Shape.Struct<Ready>()(() => ({ url: Schema.optional(Schema.String) })) {}

const ready = Event.make("test.thing.ready_v1", { payload: Ready, scopes: [] })

const secrets = {
  encryptKey: Redacted.make("canary-secret-encrypt-key-0123"),
  verificationToken: Redacted.make("canary-secret-verification-token")
}
const platform = WebhookTest.make(secrets)
const now = 1_760_000_000_000
const quiet = Logger.replace(Logger.defaultLogger, Logger.none)

const handled: Array<string> = []
const Live = Webhook.layer({
  handlers: [Webhook.on(ready, ({ header }) => Effect.sync(() => handled.push(header.event_id ?? "")))]
}).pipe(Layer.provide(platform.layerConfig), Layer.provideMerge(quiet))

const refusal = { status: 401, headers: { "content-type": "application/json; charset=utf-8" }, body: "{\"msg\":\"refused\"}" }

const expected = JSON.stringify(refusal)

/** Receives forgeries, and says how many were answered otherwise than with the one refusal. */
const refuse = (forgeries: Iterable<Forgeries.Forgery>) =>
  Effect.gen(function*() {
    const { receive } = yield* Webhook.Webhook
    const counts: Record<string, number> = {}
    for (const { delivery, kind } of forgeries) {
      const reply = yield* receive(delivery)
      if (JSON.stringify(reply) !== expected) assert.deepStrictEqual(reply, refusal, kind)
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    return counts
  })

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

it("has the test vector of the platform", () =>
  Effect.runPromise(Effect.gen(function*() {
    const key = Redacted.make("test key")
    const clear = yield* WebhookTest.decrypt(key, "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")
    assert.strictEqual(text(clear), "hello world")
    const again = yield* WebhookTest.encrypt(key, new TextEncoder().encode("hello world"))
    assert.strictEqual(text(yield* WebhookTest.decrypt(key, again)), "hello world")
  })))

it.effect("signs as the platform does: over timestamp, nonce, key and the body's bytes", () =>
  Effect.gen(function*() {
    const { body, headers } = yield* platform.sign(new TextEncoder().encode("{\"encrypt\":\"会议\"}"), {
      timestamp: "1760000000",
      nonce: "n"
    })
    const expected = createHash("sha256").update(`1760000000n${Redacted.value(secrets.encryptKey)}`).update(body).digest("hex")
    assert.strictEqual(headers["x-lark-signature"], expected)
  }))

describe("forgeries", () => {
  it.effect("more than 20 000 of them, and none is accepted", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      handled.length = 0
      const counts: Record<string, number> = {}
      const count = (some: Readonly<Record<string, number>>) =>
        Object.entries(some).forEach(([kind, number]) => counts[kind] = (counts[kind] ?? 0) + number)

      for (const url of ["https://a", "会议 \u{1F3A5} \"\\\n", "x".repeat(600)]) {
        const message = yield* platform.event(ready, { url })
        const genuine = yield* platform.deliver(message)
        count(yield* refuse(Forgeries.flips(genuine)))
        count(yield* refuse(Forgeries.boundaries(genuine)))
        count(yield* refuse(Forgeries.incomplete(genuine)))
        count(yield* refuse(yield* Forgeries.wrongKeys(secrets, message)))
        count(yield* refuse(Forgeries.paddings(yield* platform.deliverChallenge())))
        const chance = FastCheck.sample(FastCheck.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { numRuns: 5000, seed: 1 })
        let drawn = 0
        const random = () => chance[drawn++ % chance.length]!
        count(yield* refuse(Array.from({ length: 500 }, () => Forgeries.scrambled(genuine, random))))
      }
      const total = Object.values(counts).reduce((sum, number) => sum + number, 0)
      assert.isAtLeast(total, 20_000, JSON.stringify(counts))
      assert.deepStrictEqual(handled, [])
    }).pipe(Effect.provide(Live)))

  it.effect("what was forged is accepted as it was", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      handled.length = 0
      const genuine = yield* platform.deliver(yield* platform.event(ready, {}, { eventId: "genuine" }))
      assert.strictEqual((yield* Webhook.receive(genuine)).status, 200)
      assert.strictEqual((yield* Webhook.receive(yield* platform.deliverChallenge("c"))).body, "{\"challenge\":\"c\"}")
      assert.deepStrictEqual(handled, ["genuine"])
    }).pipe(Effect.provide(Live)))

  it.effect("appended to under a digest that is right", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      const message = yield* platform.event(ready, {})
      const genuine = yield* platform.deliver(message)
      const key = Redacted.value(secrets.encryptKey)
      const second = text(genuine.body)
      const tails = ["", " ", "\n", "}", second, `,${second}`, ...Array.from({ length: 100 }, (_, at) => `${" ".repeat(at)}${second}`)]
      const forgeries = [...Forgeries.extensions(genuine, key.length, tails)]
      for (const { delivery: { body, headers } } of forgeries) {
        const signed = createHash("sha256")
          .update(`${headers["x-lark-request-timestamp"]}${headers["x-lark-request-nonce"]}${key}`)
          .update(body)
        assert.strictEqual(headers["x-lark-signature"], signed.digest("hex"))
      }
      assert.deepStrictEqual(yield* refuse(forgeries), { "length extension": tails.length })
      assert.strictEqual(sha256(genuine.body), createHash("sha256").update(genuine.body).digest("hex"))
    }).pipe(Effect.provide(Live)))

  it.effect("bodies that are more, or less, than one JSON value, by somebody who knows the key", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      const genuine = text((yield* platform.deliver(yield* platform.event(ready, {}))).body)
      const bodies = ["", " ", "null", "1", "[]", "\"encrypt\"", "{}", `${genuine}${genuine}`, `${genuine}x`, `\uFEFF${genuine}`, genuine.slice(0, -1),
        "{\"encrypt\":1}", "{\"encrypt\":\"\"}", "{\"encrypt\":\"%\"}", "{\"encrypt\":\"AAAA\"}", "[".repeat(500_000), "{\"schema\":\"2.0\"}"]
      const signed = yield* Effect.forEach(bodies, (body) => platform.sign(new TextEncoder().encode(body)))
      const invalidUtf8 = yield* platform.sign(Uint8Array.of(0x22, 0xff, 0x22))
      yield* refuse([...signed, invalidUtf8].map((delivery) => ({ kind: text(delivery.body).slice(0, 40), delivery })))
      // White space around the value is JSON.
      assert.strictEqual((yield* Webhook.receive(yield* platform.sign(new TextEncoder().encode(` ${genuine}\n`)))).status, 200)
    }).pipe(Effect.provide(Live)))

  it.effect("timestamps that are no ten digits, too old, or of the future", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      const message = yield* platform.event(ready, {})
      const seconds = now / 1000
      const wrong = ["", " ", "0", `${seconds} `, ` ${seconds}`, `+${seconds}`, `-${seconds}`, `${seconds}0`, `${now}`, "1.76e9", "0x68e7c800", "١٧٦٠٠٠٠٠٠٠",
        `${seconds}\n`, `${seconds}.0`, "176000000", `${seconds - 8 * 3600 - 1}`, `${seconds + 301}`, "0000000000", "9999999999"]
      const forged = yield* Effect.forEach(wrong, (timestamp) => platform.deliver(message, { timestamp }))
      yield* refuse(forged.map((delivery, at) => ({ kind: JSON.stringify(wrong[at]), delivery })))
      for (const timestamp of [`${seconds - 8 * 3600}`, `${seconds + 300}`]) {
        assert.strictEqual((yield* Webhook.receive(yield* platform.deliver(message, { timestamp }))).status, 200)
      }
    }).pipe(Effect.provide(Live)))

  it.effect("for somebody else: the wrong token, the wrong application, a challenge that is not ours", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      const others = ["", "x", "canary-secret-verification-toke", "canary-secret-verification-token ", "X".repeat(32)].map((token) =>
        WebhookTest.make({ ...secrets, verificationToken: Redacted.make(token) })
      )
      const forged = yield* Effect.forEach(others, (other) =>
        Effect.all([
          Effect.flatMap(other.event(ready, {}), other.deliver),
          Effect.flatMap(other.event(ready, {}, { version: "1.0" }), other.deliver),
          other.deliver(other.challenge()),
          other.deliverChallenge()
        ]))
      const stranger = WebhookTest.make({ ...secrets, appId: "cli_other" })
      const apps = yield* Effect.all([
        Effect.flatMap(stranger.event(ready, {}), stranger.deliver),
        Effect.flatMap(stranger.event(ready, {}, { version: "1.0" }), stranger.deliver),
        Effect.flatMap(platform.event(ready, {}, { header: { app_id: undefined } }), platform.deliver)
      ])
      yield* refuse([...forged.flat(), ...apps].map((delivery) => ({ kind: "somebody else's", delivery })))
    }).pipe(Effect.provide(Live)))

  it.effect("in the clear, where deliveries are to be encrypted", () =>
    Effect.gen(function*() {
      yield* TestClock.setTime(now)
      const clear = WebhookTest.make({ verificationToken: secrets.verificationToken })
      const message = yield* clear.event(ready, {})
      yield* refuse([
        { kind: "event", delivery: yield* clear.deliver(message) },
        { kind: "challenge", delivery: yield* clear.deliverChallenge() },
        { kind: "signed", delivery: yield* platform.sign(new TextEncoder().encode(JSON.stringify(message))) }
      ])
    }).pipe(Effect.provide(Live)))

  it.effect("encrypted, where there is nothing to decrypt them with; and tokens that differ", () =>
    Effect.gen(function*() {
      const clear = WebhookTest.make({ verificationToken: secrets.verificationToken })
      const other = WebhookTest.make({ verificationToken: Redacted.make("other") })
      const Clear = Webhook.layer({ handlers: [] }).pipe(Layer.provide(clear.layerConfig), Layer.provideMerge(quiet))
      yield* Effect.gen(function*() {
        yield* refuse([
          { kind: "encrypted", delivery: yield* platform.deliver(yield* platform.event(ready, {})) },
          { kind: "token", delivery: yield* other.deliver(yield* other.event(ready, {})) },
          { kind: "v1 token", delivery: yield* other.deliver(yield* other.event(ready, {}, { version: "1.0" })) },
          { kind: "challenge", delivery: yield* other.deliverChallenge() }
        ])
        assert.strictEqual((yield* Webhook.receive(yield* clear.deliver(yield* clear.event(ready, {})))).status, 200)
        assert.strictEqual((yield* Webhook.receive(yield* clear.deliverChallenge("c"))).body, "{\"challenge\":\"c\"}")
      }).pipe(Effect.provide(Clear))
    }))
})

describe("secrets", () => {
  const all = [...Object.values(secrets).map(Redacted.value), "canary-secret-ticket"]

  it.effect("are in nothing that is logged, traced, printed or answered", () =>
    Effect.gen(function*() {
      const sinks: Array<unknown> = []
      const keep = Logger.make((entry) => {
        sinks.push(inspect(entry, { depth: 20 }), Cause.pretty(entry.cause))
      })
      const Noisy = Layer.mergeAll(Logger.replace(Logger.defaultLogger, keep), Logger.minimumLogLevel(LogLevel.All))
      yield* Effect.gen(function*() {
        const { receive } = yield* Webhook.Webhook
        const ticket = yield* platform.event(Event.appTicket, { app_id: "cli_fake", app_ticket: Redacted.make("canary-secret-ticket") })
        const stray = yield* platform.event(ready, {}, { header: { event_type: "test.stray_v1" } })
        const invalid = { ...(yield* platform.event(ready, {})), event: { url: all } }
        for (const message of [ticket, stray, invalid, platform.challenge()]) {
          const genuine = yield* platform.deliver(message)
          sinks.push(yield* receive(genuine), yield* receive(WebhookTest.flip(genuine, "signature", 0)))
          sinks.push(yield* receive(yield* platform.sign(new TextEncoder().encode(JSON.stringify(message)))))
        }
        sinks.push(yield* Webhook.Webhook, yield* WebhookConfig.WebhookConfig)
      }).pipe(
        Effect.withSpan("test"),
        Effect.provide(
          Webhook.layer({
            handlers: [Webhook.on(Event.appTicket, (event) => Effect.fail(event)), Webhook.on(ready, (event) => Effect.log(event))]
          }).pipe(Layer.provideMerge(platform.layerConfig), Layer.provideMerge(Noisy))
        )
      )
      sinks.push(yield* Effect.exit(Layer.build(WebhookConfig.layer({ ...secrets, verification: "none" }))))
      const said = sinks.map((sink) => typeof sink === "string" ? sink : `${inspect(sink, { depth: 20 })} ${JSON.stringify(sink)} ${String(sink)}`)
      assert.isAbove(said.length, 20)
      for (const secret of all) assert.deepStrictEqual(said.filter((text) => text.includes(secret)), [])
    }).pipe(Effect.scoped))
})

describe("the settings of a webhook", () => {
  const refused = (options: WebhookConfig.Options) =>
    Effect.map(Effect.exit(Layer.build(WebhookConfig.layer(options))), (exit) => Exit.isFailure(exit) ? Cause.pretty(exit.cause) : "built")

  it.scoped("must verify something, unless it is spelt out that they do not", () =>
    Effect.gen(function*() {
      assert.match(yield* refused({}), /must be set/)
      assert.match(yield* refused({ appId: "cli_a" }), /must be set/)
      assert.match(yield* refused({ encryptKey: Redacted.make(" ") }), /must not be empty/)
      assert.match(yield* refused({ ...secrets, verificationToken: Redacted.make("") }), /must not be empty/)
      assert.match(yield* refused({ ...secrets, verification: "none" }), /beside a secret/)
      assert.strictEqual(yield* refused({ verification: "none" }), "built")
      assert.strictEqual(yield* refused(secrets), "built")
    }))
})
