/** All that a program shows of a call: failures in every rendering, logs of every level, spans. */
import { Cause, Exit, Layer, Logger, LogLevel, Option, Tracer } from "effect"
import { inspect } from "node:util"

/** What must be nowhere: planted secrets, and tokens as the fake issues them. */
const secret = /canary[\w-]*secret[\w-]*|canary-fake-app|\b[tu]-fake\d{8,}|Bearer\s+[^\s<]/i

const renderings = (u: unknown): ReadonlyArray<string> => [
  String(u),
  inspect(u, { depth: 20, showHidden: true, getters: true }),
  JSON.stringify(u) ?? "",
  u instanceof Error ? `${u.stack}` : ""
]

export const make = () => {
  const shown: Array<string> = []
  const logger = Logger.make(({ annotations, cause, message, spans }) => {
    shown.push(inspect(message, { depth: 20 }), inspect([...annotations], { depth: 20 }), inspect([...spans]), Cause.pretty(cause))
  })
  const tracer = Tracer.make({
    span: (name, parent, context, links, startTime, kind) => {
      const attributes = new Map<string, unknown>()
      shown.push(name)
      return {
        _tag: "Span",
        name,
        spanId: name,
        traceId: "faults",
        parent,
        context,
        links,
        kind,
        attributes,
        sampled: true,
        status: { _tag: "Started", startTime },
        attribute: (key, value) => {
          attributes.set(key, value)
          shown.push(`${key}=${inspect(value, { depth: 20 })}`)
        },
        event: (name, _, attributes) => {
          shown.push(name, inspect(attributes, { depth: 20 }))
        },
        addLinks: () => {},
        end: (_, exit) => {
          if (Exit.isFailure(exit)) shown.push(Cause.pretty(exit.cause, { renderErrorCause: true }))
        }
      }
    },
    context: (run) => run()
  })
  return {
    layer: Layer.mergeAll(
      Logger.replace(Logger.defaultLogger, logger),
      Logger.minimumLogLevel(LogLevel.All),
      Layer.setTracer(tracer)
    ),
    /** The first secret that was shown, by the logs, the spans, or by how the call ended. */
    leak: (exit: Exit.Exit<unknown, unknown>): string | undefined => {
      const ended = Exit.isSuccess(exit)
        ? []
        : [
          Cause.pretty(exit.cause, { renderErrorCause: true }),
          inspect(exit, { depth: 20 }),
          ...Option.match(Cause.failureOption(exit.cause), { onNone: () => [], onSome: renderings })
        ]
      return [...shown, ...ended].find((text) => secret.test(text))
    },
    /** How much was shown: nothing would prove nothing. */
    size: () => shown.length
  }
}
