/** What happened, a line for every call: read off the spans that the client makes of its own accord. */
import type { Span } from "effect/Tracer"
import { Console, Context, Duration, Effect, Layer, Ref, Tracer } from "effect"

/** One call, as its span tells it. */
export interface Call {
  readonly operation: string
  readonly credential: string
  readonly attempts: number
  readonly code: string
  readonly waited: Duration.Duration
  readonly took: Duration.Duration
}

/** Every call so far. */
export class Calls extends Context.Tag("examples/quickstart/Calls")<Calls, Ref.Ref<ReadonlyArray<Call>>>() {}

const text = (value: unknown) => typeof value === "string" || typeof value === "number" ? String(value) : "-"

const callOf = ({ attributes, name, status }: Span): Call => ({
  operation: name,
  credential: text(attributes.get("feishu.credential")),
  attempts: Number(attributes.get("feishu.attempts") ?? 0),
  code: text(attributes.get("feishu.code")),
  waited: Duration.millis(Number(attributes.get("feishu.waited_ms") ?? 0)),
  took: status._tag === "Ended" ? Duration.nanos(status.endTime - status.startTime) : Duration.zero
})

const line = ({ attempts, code, credential, operation, took, waited }: Call) => {
  const columns = [
    operation.padEnd(40),
    credential.padEnd(6),
    `${attempts} ${attempts === 1 ? "attempt" : "attempts"}`.padEnd(10),
    `code ${code}`.padEnd(13),
    `${Math.round(Duration.toMillis(took))} ms`.padStart(8)
  ]
  return `    ${columns.join(" ")}${Duration.toMillis(waited) >= 1 ? `, of which ${Duration.format(waited)} waiting` : ""}`
}

/** Prints and remembers every call that is made under it. */
export const layer: Layer.Layer<Calls> = Layer.unwrapEffect(Effect.gen(function*() {
  const calls = yield* Ref.make<ReadonlyArray<Call>>([])
  const native = yield* Effect.tracer
  const recording = Tracer.make({
    context: (run, fiber) => native.context(run, fiber),
    span: (...of) => {
      const span = native.span(...of)
      const end = span.end.bind(span)
      span.end = (endTime, exit) => {
        end(endTime, exit)
        if (!span.attributes.has("feishu.attempts")) return
        const call = callOf(span)
        Effect.runSync(Effect.zipRight(Ref.update(calls, (before) => [...before, call]), Console.log(line(call))))
      }
      return span
    }
  })
  return Layer.merge(Layer.succeed(Calls, calls), Layer.setTracer(recording))
}))
