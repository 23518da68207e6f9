// The same call, "list the collaborators of a document", by everybody who is compared.

const document = "doxcnBKyYQe1kTgPPnTIDaQeLKh"
const path = `/open-apis/drive/v1/permissions/${document}/members?type=docx`

/** `count` calls, `inFlight` at a time, by loops of promises. */
const loops = (call) => async (count, inFlight) => {
  let left = count
  let failed = 0
  const loop = async () => {
    while (left-- > 0) {
      try {
        await call()
      } catch {
        failed++
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, loop))
  return failed
}

const raw = async (url) => {
  const { request, Agent } = await import("undici")
  const dispatcher = new Agent()
  const headers = { accept: "application/json", authorization: "Bearer t-bench-000000000000000000000001" }
  const call = async () => {
    const { body } = await request(url + path, { dispatcher, headers })
    const { code, data } = await body.json()
    if (code !== 0) throw new Error(String(code))
    return data
  }
  return { call, run: loops(call) }
}

/** `count` calls of an effect, `inFlight` fibers at a time. */
const fibers = (Effect, runPromise, call) => (count, inFlight) => {
  let left = count
  let failed = 0
  const one = Effect.matchEffect(Effect.suspend(call), {
    onFailure: () => Effect.sync(() => void failed++),
    onSuccess: () => Effect.void
  })
  const loop = Effect.whileLoop({ while: () => left-- > 0, body: () => one, step: () => {} })
  return runPromise(
    Effect.forEach(Array.from({ length: Math.min(inFlight, count) }), () => loop, { concurrency: "unbounded", discard: true })
  ).then(() => failed)
}

const effect = async (url) => {
  const Effect = await import("effect/Effect")
  const { call } = await raw(url)
  const wrapped = () => Effect.tryPromise(call)
  return { call: () => Effect.runPromise(wrapped()), run: fibers(Effect, Effect.runPromise, wrapped) }
}

const official = async (url) => {
  const lark = await import("@larksuiteoapi/node-sdk")
  const silent = () => {}
  const client = new lark.Client({
    appId: "cli_bench",
    appSecret: "bench-secret-of-the-app",
    domain: url,
    loggerLevel: lark.LoggerLevel.fatal,
    // Some of its lines ignore the level.
    logger: { error: silent, warn: silent, info: silent, debug: silent, trace: silent }
  })
  const call = async () => {
    const { code, data } = await client.drive.permissionMember.list({ path: { token: document }, params: { type: "docx" } })
    if (code !== 0) throw new Error(String(code))
    return data
  }
  return { call, run: loops(call) }
}

/** `limit` per second, where the limits of the platform are what is measured; otherwise one that nobody meets, but that is kept. */
const ours = ({ spans, transport = "undici" }) => async (url, { limit = 100_000 } = {}) => {
  const [Effect, Layer, ManagedRuntime, Redacted, core, { PermissionMember }] = await Promise.all([
    import("effect/Effect"),
    import("effect/Layer"),
    import("effect/ManagedRuntime"),
    import("effect/Redacted"),
    import("@effect-feishu/core"),
    import("@effect-feishu/drive")
  ])
  const { AccessToken, FeishuClient, FeishuConfig, RateLimit } = core
  const Http = transport === "undici"
    ? (await import("@effect-feishu/core/UndiciTransport")).layer
    : (await import("@effect/platform/FetchHttpClient")).layer
  const list = PermissionMember.list
  const { Operation } = core
  const operation = Operation.make("bench.member.list", {
    method: "GET",
    url: "/open-apis/drive/v1/permissions/:token/members",
    accepts: "tenant",
    scopes: [],
    idempotent: true,
    rateLimit: RateLimit.of([limit, "1 second"]),
    request: list.spec.request,
    response: list.spec.response,
    errors: list.spec.errors
  })
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide(Http),
      Layer.provide(FeishuConfig.layer({ appId: "cli_bench", appSecret: Redacted.make("bench-secret-of-the-app"), baseUrl: url }))
    )
  )
  const call = () => operation({ token: document, type: "docx" })
  const whole = (self) => runtime.runPromise(spans ? self : Effect.withTracerEnabled(self, false))
  return { call: () => whole(call()), run: fibers(Effect, whole, call), close: () => runtime.dispose(), Effect, whole, effect: call }
}

export const clients = {
  undici: raw,
  effect,
  official,
  ours: ours({ spans: false }),
  "ours+spans": ours({ spans: true }),
  "ours+fetch": ours({ spans: false, transport: "fetch" })
}
