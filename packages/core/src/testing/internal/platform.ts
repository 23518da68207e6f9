/** The platform: what becomes of one request. All its time is the Clock's. */
import type * as Context from "effect/Context"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Monotonic from "../../internal/monotonic.ts"
import type { Spec } from "../../internal/spec.ts"
import type { RateLimit } from "../../RateLimit.ts"
import * as Fault from "../Fault.ts"
import type { Domain, Options, Service } from "../FakeFeishu.ts"
import * as Answers from "./answers.ts"
import * as Auth from "./auth.ts"
import * as Decode from "./decode.ts"
import * as Examples from "./examples.ts"
import * as Journal from "./journal.ts"
import * as Limits from "./limits.ts"
import * as Script from "./script.ts"
import * as TokenEndpoint from "./tokenEndpoint.ts"
import * as Tokens from "./tokens.ts"
import * as Wire from "./wire.ts"

export const tokenEndpoint = TokenEndpoint.id

export { ownTenant } from "./tokens.ts"

type Run = (request: unknown, caller: Tokens.Caller) => Effect.Effect<unknown, unknown>

interface Target {
  readonly spec: Spec
  readonly run: Run | undefined
  readonly domain: Pick<Domain.Any, "invalid" | "overlapping">
}

type Entry = ReturnType<Journal.Journal["open"]>

const targetsOf = (domains: ReadonlyArray<Pick<Domain.Any, "plugin" | "handlers" | "examples" | "invalid" | "overlapping">>, context: Context.Context<never>): ReadonlyArray<Target> =>
  domains.flatMap((domain) => {
    // Sound: the states of all domains were put into it, and a handler requires nothing else.
    const everything = context as Context.Context<unknown>
    const runs = new Map(domain.handlers.map(({ operation, run }) => [operation.id, run]))
    const documented = Examples.runs(domain)
    return domain.plugin.operations.map(({ id, spec }): Target => {
      const run = runs.get(id) ?? documented(spec)
      return {
        spec,
        domain,
        run: run === undefined
          ? undefined
          // Sound: a handler is given what its own operation's schema decoded.
          : (request, caller) => Effect.provide(run(request as never, caller), everything)
      }
    })
  })

const idOf = (of: string | { readonly id: string }) => typeof of === "string" ? of : of.id

export const make = (
  options: Options & Required<Pick<Options, "apps">>,
  context: Context.Context<never>
): Effect.Effect<Omit<Service, "apps" | "baseUrl" | "directory">> =>
  Effect.sync(() => {
    const apps = options.apps ?? []
    const lifetime = Duration.toMillis(options.tokenLifetime ?? "2 hours")
    const latency = Duration.decode(options.latency ?? 0)
    const refusedStatus = options.refusedTokenStatus ?? 400
    const tokens = Tokens.make(lifetime)
    const auth = Auth.make(apps, tokens, lifetime, options.auth)
    const admit = Limits.make()
    const limits = new Map<string, RateLimit>()
    const script = Script.make()
    const journal = Journal.make(options.keepRequests ?? Number.POSITIVE_INFINITY)
    const busy = new Map<string, number>()
    let tokenRequests = 0
    let rejected = 0
    let connections = 0

    const route = Decode.router<Target | Auth.Endpoint | undefined>([
      { method: "POST", url: TokenEndpoint.path, target: undefined },
      ...auth.routes,
      ...targetsOf([...options.domains ?? [], Auth.domain], context).map((target) => ({
        method: target.spec.method,
        url: target.spec.url,
        target
      }))
    ])

    /** Runs alone if the operation wants that, else says that it could not. */
    const inTurn = (key: string, { domain, spec }: Target, entry: Entry) => (act: Effect.Effect<Wire.Answer>) =>
      Effect.suspend(() => {
        if (!spec.serial) return act
        const others = busy.get(key) ?? 0
        if (others > 0) return Effect.succeed(Answers.overlapping(spec, domain.overlapping, entry.logId))
        busy.set(key, others + 1)
        return Effect.ensuring(act, Effect.sync(() => busy.delete(key)))
      })

    const operate = (target: Target, matched: Decode.Matched<unknown>, request: Wire.Request, entry: Entry) =>
      Effect.gen(function*() {
        const { domain, run, spec } = target
        const now = yield* Monotonic.millis
        const accepts = spec.accepts === "none" ? "either" : spec.accepts
        const caller = Tokens.authenticate(tokens, request.headers["authorization"], accepts, now)
        if ("code" in caller) return Wire.envelope(entry.logId, { status: refusedStatus, ...caller })

        const key = `${spec.id}|${caller.appId}|${caller.tenant}`
        const refusal = options.rateLimits === false
          ? undefined
          : admit(key, limits.get(spec.id) ?? spec.rateLimit, now)
        if (refusal !== undefined) {
          rejected++
          return Answers.throttled(options.throttledStatus ?? 429, refusal, entry.logId)
        }

        const decoded = Decode.decode(spec, request, matched.params)
        if (decoded._tag === "Left") return Answers.refused(spec, domain.invalid, decoded.left, entry.logId)
        if (run === undefined) return Answers.unhandled(spec, entry.logId)

        return yield* Effect.matchEffect(run(decoded.right, caller), {
          onFailure: (failure) =>
            Effect.map(Answers.failed(spec, failure, entry.logId), ({ acted, answer }) => {
              if (acted) journal.acted(spec.id)
              return answer
            }),
          onSuccess: (success) =>
            Effect.map(Answers.succeeded(spec, success, entry.logId), (answer) => {
              journal.acted(spec.id)
              return answer
            })
        }).pipe(inTurn(`${spec.lane ?? spec.id}|${caller.appId}|${caller.tenant}`, target, entry))
      })

    const act = (matched: Decode.Matched<Target | Auth.Endpoint | undefined> | undefined, request: Wire.Request, entry: Entry) =>
      matched === undefined
        ? Effect.succeed(Answers.notFound)
        : matched.target === undefined
        ? Effect.map(Monotonic.millis, (now) => {
          const { answer, issued } = TokenEndpoint.answer(apps, tokens, request, now, entry.logId)
          if (issued) journal.acted(TokenEndpoint.id)
          return answer
        })
        : "idOf" in matched.target
        ? Effect.map(matched.target.answer(request, entry.logId), ({ answer, issued }) => {
          if (issued) journal.acted(entry.operation ?? "")
          return answer
        })
        : operate(matched.target, matched, request, entry)

    /** A fault, and what it leaves of the answer. */
    const suffer = (
      fault: Fault.Fault,
      applied: boolean,
      answer: Effect.Effect<Wire.Answer>,
      request: Wire.Request,
      entry: Entry
    ): Effect.Effect<Wire.Reply> => {
      switch (fault._tag) {
        case "Answer": {
          const instead = Wire.whole(Wire.scripted(entry.logId, fault.answer))
          return applied ? Effect.as(answer, instead) : Effect.succeed(instead)
        }
        case "Delay": {
          const { duration, next } = fault
          const then = (answer: Effect.Effect<Wire.Answer>, applied: boolean) =>
            next === undefined ? Effect.map(answer, Wire.whole) : suffer(next, applied, answer, request, entry)
          return applied
            ? Effect.flatMap(answer, (made) => Effect.delay(then(Effect.succeed(made), true), duration))
            : Effect.delay(then(answer, next !== undefined && Fault.actsFirst(next)), duration)
        }
        case "TokenRevoked":
          return Effect.suspend(() => {
            tokens.revoke(Tokens.bearer(request.headers["authorization"]) ?? "", fault.reissue)
            return Effect.map(answer, Wire.whole)
          })
        case "Hang":
          return applied ? Effect.zipRight(answer, Effect.never) : Effect.never
        default:
          return Effect.map(applied ? answer : Effect.succeed(Answers.blank(entry.logId)), (answer) => ({
            answer,
            delivery: fault
          }))
      }
    }

    const handle = (request: Wire.Request): Effect.Effect<Wire.Reply> =>
      Effect.flatMap(Clock.currentTimeMillis, (at): Effect.Effect<Wire.Reply> => {
        const matched = route(request.method, request.path)
        const target = matched?.target
        const id = matched === undefined
          ? undefined
          : target === undefined ? TokenEndpoint.id : "idOf" in target ? target.idOf(request) : target.spec.id
        const scripted = script.take(id ?? "")
        if (scripted?.fault._tag === "Unreachable") {
          return Effect.succeed({ answer: Answers.notFound, delivery: scripted.fault })
        }
        if (id === TokenEndpoint.id) tokenRequests++
        const entry = journal.open(request, {
          operation: id,
          credential: Tokens.credentialOf(tokens, request.headers["authorization"]),
          at,
          fault: scripted?.fault._tag
        })
        const answer = act(matched, request, entry)
        const reply = scripted === undefined
          ? Effect.map(answer, Wire.whole)
          : suffer(scripted.fault, scripted.applied, answer, request, entry)
        return (Duration.toMillis(latency) === 0 ? reply : Effect.delay(reply, latency)).pipe(
          Effect.map(({ answer, delivery }) => {
            journal.close(entry, answer)
            return { delivery, answer: { ...answer, headers: { ...answer.headers, "x-tt-logid": entry.logId } } }
          }),
          Effect.onInterrupt(() => Effect.sync(() => entry.aborted = true))
        )
      })

    const issue = (caller: Tokens.Caller, life: Duration.DurationInput | undefined) =>
      Effect.map(Monotonic.millis, (now) =>
        Redacted.make(tokens.issue(caller, now, life === undefined ? lifetime : Duration.toMillis(life)).value))

    const appOf = (appId: string | undefined) => appId ?? apps[0]?.appId ?? ""

    return {
      handle,
      auth,
      connected: Effect.sync(() => {
        connections++
      }),
      script: (match, fault, { applied, times } = {}) =>
        Effect.sync(() =>
          script.add({ match: idOf(match), fault, applied: applied ?? Fault.actsFirst(fault), times: times ?? 1 })),
      unscript: Effect.sync(script.clear),
      unmet: Effect.sync(script.unmet),
      verify: Effect.suspend(() => {
        const faults = script.unmet()
        return faults.length === 0 ? Effect.void : new Script.FaultsUnmet({ faults })
      }),
      requests: Effect.sync(journal.requests),
      requestsOf: (operation) =>
        Effect.sync(() => journal.requests().filter((seen) => seen.operation === idOf(operation))),
      effects: Effect.sync(journal.effects),
      effectsOf: (operation) => Effect.sync(() => journal.effectsOf(idOf(operation))),
      tokenRequests: Effect.sync(() => tokenRequests),
      rejected: Effect.sync(() => rejected),
      connections: Effect.sync(() => connections),
      limit: (operation, rateLimit) => Effect.sync(() => void limits.set(idOf(operation), rateLimit)),
      issueTenantToken: (options) =>
        issue({ credential: "tenant", appId: appOf(options?.appId), tenant: Tokens.ownTenant }, options?.lifetime),
      issueUserToken: (user, options) =>
        issue({ credential: "user", appId: appOf(options?.appId), tenant: Tokens.ownTenant, user }, options?.lifetime),
      revoke: (token, options) => Effect.sync(() => tokens.revoke(Redacted.value(token), options?.reissue ?? false)),
      revokeAll: (options) => Effect.sync(() => tokens.revokeAll(options?.reissue ?? false))
    }
  })
