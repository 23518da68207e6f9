// The same calls by everybody who is compared: one that reads (the collaborators of a document) and one that writes (its settings).

const document = "doxcnBKyYQe1kTgPPnTIDaQeLKh"
const settings = { external_access_entity: "closed", link_share_entity: "tenant_readable", share_entity: "same_tenant" }

const calls = {
  read: {
    method: "GET",
    path: `/open-apis/drive/v1/permissions/${document}/members?type=docx`,
    official: (client) => client.drive.permissionMember.list({ path: { token: document }, params: { type: "docx" } }),
    ours: ({ PermissionMember }) => [PermissionMember.list, { token: document, type: "docx" }]
  },
  write: {
    method: "PATCH",
    path: `/open-apis/drive/v2/permissions/${document}/public?type=docx`,
    body: settings,
    official: (client) => client.drive.v2.permissionPublic.patch({ path: { token: document }, params: { type: "docx" }, data: settings }),
    ours: ({ PermissionPublic }) => [PermissionPublic.patch, { token: document, type: "docx", ...settings }]
  }
}

const headersOf = ({ body }) => ({
  accept: "application/json",
  authorization: "Bearer t-bench-000000000000000000000001",
  ...body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }
})

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

const raw = async (url, { call: name = "read" } = {}) => {
  const { request, Agent } = await import("undici")
  const dispatcher = new Agent()
  const { body, method, path } = calls[name]
  const headers = headersOf(calls[name])
  const call = async () => {
    const response = await request(url + path, {
      dispatcher,
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body)
    })
    const { code, data } = await response.body.json()
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

const effect = async (url, options) => {
  const Effect = await import("effect/Effect")
  const { call } = await raw(url, options)
  const wrapped = () => Effect.tryPromise(call)
  return { call: () => Effect.runPromise(wrapped()), run: fibers(Effect, Effect.runPromise, wrapped) }
}

const official = async (url, { call: name = "read" } = {}) => {
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
    const { code, data } = await calls[name].official(client)
    if (code !== 0) throw new Error(String(code))
    return data
  }
  return { call, run: loops(call) }
}

/** The layers of `@effect/platform` that a program without us would take, and our own. */
const transports = {
  fetch: async () => (await import("@effect/platform/FetchHttpClient")).layer,
  "node:http": async () => (await import("@effect/platform-node/NodeHttpClient")).layer,
  "platform-undici": async () => (await import("@effect/platform-node/NodeHttpClient")).layerUndici,
  undici: async () => (await import("@effect-feishu/core/UndiciTransport")).layer
}

/** A stock layer, bare: the request, and the answer as JSON. */
const bare = (transport) => async (url, { call: name = "read" } = {}) => {
  const [Effect, ManagedRuntime, HttpClient, HttpClientRequest, Http] = await Promise.all([
    import("effect/Effect"),
    import("effect/ManagedRuntime"),
    import("@effect/platform/HttpClient"),
    import("@effect/platform/HttpClientRequest"),
    transports[transport]()
  ])
  const runtime = ManagedRuntime.make(Http)
  const { body, method, path } = calls[name]
  const requestOf = () => {
    const request = HttpClientRequest.make(method)(url + path, { headers: headersOf(calls[name]) })
    return body === undefined ? request : HttpClientRequest.bodyUnsafeJson(request, body)
  }
  const call = () =>
    Effect.flatMap(HttpClient.HttpClient, (client) =>
      Effect.flatMap(client.execute(requestOf()), (response) =>
        Effect.flatMap(response.json, ({ code, data }) => code === 0 ? Effect.succeed(data) : Effect.fail(code))))
  const whole = (self) => runtime.runPromise(Effect.withTracerEnabled(self, false))
  return { call: () => whole(call()), run: fibers(Effect, whole, call) }
}

/** `limit` per second, where the limits of the platform are what is measured; otherwise one that nobody meets, but that is kept. */
const ours = ({ spans = false, transport = "undici" } = {}) => async (url, { call: name = "read", limit = 100_000 } = {}) => {
  const [Effect, Layer, ManagedRuntime, Redacted, core, drive, Http] = await Promise.all([
    import("effect/Effect"),
    import("effect/Layer"),
    import("effect/ManagedRuntime"),
    import("effect/Redacted"),
    import("@effect-feishu/core"),
    import("@effect-feishu/drive"),
    transports[transport]()
  ])
  const { AccessToken, FeishuClient, FeishuConfig, Operation, RateLimit } = core
  const [{ spec }, request] = calls[name].ours(drive)
  const operation = Operation.make(`bench.${name}`, { ...spec, accepts: "tenant", rateLimit: RateLimit.of([limit, "1 second"]) })
  const runtime = ManagedRuntime.make(
    Layer.mergeAll(FeishuClient.layer, AccessToken.layerTenant).pipe(
      Layer.provide(Http),
      Layer.provide(FeishuConfig.layer({ appId: "cli_bench", appSecret: Redacted.make("bench-secret-of-the-app"), baseUrl: url }))
    )
  )
  const call = () => operation(request)
  const whole = (self) => runtime.runPromise(spans ? self : Effect.withTracerEnabled(self, false))
  return { call: () => whole(call()), run: fibers(Effect, whole, call) }
}

export const clients = {
  undici: raw,
  effect,
  official,
  ours: ours(),
  "ours+spans": ours({ spans: true }),
  fetch: bare("fetch"),
  "ours+fetch": ours({ transport: "fetch" }),
  "node:http": bare("node:http"),
  "ours+node:http": ours({ transport: "node:http" }),
  "platform-undici": bare("platform-undici"),
  "ours+platform-undici": ours({ transport: "platform-undici" })
}
