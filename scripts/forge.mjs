// Forged deliveries by the million: `node scripts/forge.mjs [count] [seed]`. The tests send 20 000 in every run; this is for
// changes to what verifies them. Every forgery must get the one refusal, and no handler may run.
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { register } from "tsx/esm/api"

register()
const core = new URL("../packages/core/", import.meta.url)
const load = (path) => import(new URL(path, core).href)
const [Event, Webhook, WebhookTest, Forgeries] = await Promise.all(
  ["src/Event.ts", "src/Webhook.ts", "src/testing/WebhookTest.ts", "test/forgeries.ts"].map(load)
)

/** Milliseconds in the middle of so many measurements of guesses with a wrong padding, and with a right one over garbage. */
const timings = (genuine) =>
  Effect.gen(function*() {
    const { receive } = yield* Webhook.Webhook
    const encrypted = Buffer.from(JSON.parse(new TextDecoder().decode(genuine.body)).encrypt, "base64")
    const guesses = [17, encrypted.length - 20].map((from) => {
      const bytes = Buffer.from(encrypted)
      bytes[bytes.length - from] ^= 0x80
      return { ...genuine, body: new TextEncoder().encode(JSON.stringify({ encrypt: bytes.toString("base64") })) }
    })
    const taken = [[], []]
    for (let n = 0; n < 10_000; n++) {
      const start = performance.now()
      yield* receive(guesses[n % 2])
      taken[n % 2].push(performance.now() - start)
    }
    return taken.map((all) => all.sort((a, b) => a - b)[all.length / 2])
  })

const count = Number(process.argv[2] ?? 1_000_000)
const seed = Number(process.argv[3] ?? 1)

/** Mulberry32: the same forgeries for the same seed. */
let state = seed
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

const secrets = { encryptKey: Redacted.make("an encrypt key"), verificationToken: Redacted.make("a verification token") }
const platform = WebhookTest.make(secrets)
const event = Event.make("test.thing.ready_v1", { payload: Schema.Struct({ n: Schema.Number }), scopes: [] })
const keyLength = Redacted.value(secrets.encryptKey).length

function* forgeriesOf(genuine, unsigned, keys) {
  yield* keys
  yield* Forgeries.boundaries(genuine)
  yield* Forgeries.incomplete(genuine)
  yield* Forgeries.paddings(unsigned)
  yield* Forgeries.extensions(genuine, keyLength, Array.from({ length: 100 }, (_, at) => `${" ".repeat(at)}{}`))
  yield* Forgeries.flips(genuine)
  for (let left = 40_000; left > 0; left--) yield Forgeries.scrambled(genuine, random)
}

let handled = 0
const Live = Webhook.layer({ handlers: [Webhook.on(event, () => Effect.sync(() => handled++))] }).pipe(
  Layer.provide(platform.layerConfig),
  Layer.provideMerge(Logger.replace(Logger.defaultLogger, Logger.none))
)

const started = performance.now()
const { accepted, kinds, sent, wrong, right } = await Effect.runPromise(
  Effect.gen(function*() {
    const { receive } = yield* Webhook.Webhook
    const kinds = {}
    let accepted = 0
    let sent = 0
    for (let n = 0; sent < count; n++) {
      const message = yield* platform.event(event, { n })
      const genuine = yield* platform.deliver(message)
      const keys = yield* Forgeries.wrongKeys(secrets, message)
      for (const { delivery, kind } of forgeriesOf(genuine, yield* platform.deliverChallenge(), keys)) {
        if (sent === count) break
        sent++
        kinds[kind] = (kinds[kind] ?? 0) + 1
        const { body, status } = yield* receive(delivery)
        if (status !== 401 || body !== "{\"msg\":\"refused\"}") accepted++
      }
    }
    const [wrong, right] = yield* timings(yield* platform.deliverChallenge("x".repeat(100)))
    return { accepted, kinds, sent, wrong, right }
  }).pipe(Effect.provide(Live))
)

for (const [kind, number] of Object.entries(kinds)) console.log(`${String(number).padStart(9)}  ${kind}`)
console.log(`${sent} forgeries, ${accepted + handled} accepted, seed ${seed}, ${((performance.now() - started) / 1000).toFixed(0)} s`)
console.log(`padding wrong ${(wrong * 1000).toFixed(0)} µs, right ${(right * 1000).toFixed(0)} µs, ${(100 * Math.abs(1 - wrong / right)).toFixed(1)} % apart`)
if (accepted + handled > 0) process.exitCode = 1
