// The platform, as far as the measurements need one: in a process of its own, so that what it costs is nobody's cost.
import { createServer } from "node:http"

const pageOf = (count) =>
  Buffer.from(JSON.stringify({
    code: 0,
    msg: "success",
    data: {
      items: Array.from({ length: count }, (_, at) => ({
        member_type: "openid",
        member_id: `ou_7dab8a3d3cdcc9da365777c7ad535d${String(at).padStart(4, "0")}`,
        perm: at % 2 === 0 ? "view" : "edit",
        perm_type: "container",
        type: "user",
        name: `Member ${at}`,
        avatar: "https://example.com/avatar.jpg",
        external_label: false
      }))
    }
  }))

const patched = Buffer.from(JSON.stringify({
  code: 0,
  msg: "success",
  data: { permission_public: { external_access_entity: "closed", link_share_entity: "tenant_readable", share_entity: "same_tenant", lock_switch: false } }
}))

const defaults = { members: 2, limit: 0, fault5xx: 0, reset: 0, holdMs: 0, checkToken: false }

let mode = defaults
let answer = pageOf(mode.members)
let issued = 0
let stats = { calls: 0, tokens: 0, rejected: 0, refused: 0, failed: 0, reset: 0 }
let seed = 1
/** The times of the last calls that were let in, for the limit. */
let admitted = []

/** The same faults for everybody: a linear congruential generator, begun anew for each of them. */
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

const token = () => `t-bench-${String(issued).padStart(24, "0")}`

const json = (response, status, body, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "content-length": body.length, ...headers })
  response.end(body)
}

const said = (response, status, code, msg, headers) => json(response, status, Buffer.from(JSON.stringify({ code, msg })), headers)

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  request.resume()
  if (request.url.includes("tenant_access_token")) {
    stats.tokens++
    // As slow as a token endpoint is, so that whoever asks twice at once is seen.
    setTimeout(() => {
      if (issued === 0) issued = 1
      json(response, 200, Buffer.from(JSON.stringify({ code: 0, msg: "ok", tenant_access_token: token(), expire: 7200 })))
    }, 20)
    return
  }
  stats.calls++
  if (mode.checkToken && request.headers.authorization !== `Bearer ${token()}`) {
    stats.refused++
    return said(response, 400, 99991663, "Invalid access token for authorization. Please make a test attempt to check.")
  }
  if (mode.limit > 0) {
    const now = performance.now()
    while (admitted.length > 0 && admitted[0] <= now - 1000) admitted.shift()
    if (admitted.length >= mode.limit) {
      stats.rejected++
      return said(response, 429, 99991400, "request trigger frequency limit", { "x-ogw-ratelimit-reset": "1" })
    }
    admitted.push(now)
  }
  if (mode.reset > 0 || mode.fault5xx > 0) {
    const drawn = random()
    if (drawn < mode.reset) {
      stats.reset++
      return request.socket.destroy()
    }
    if (drawn < mode.reset + mode.fault5xx) {
      stats.failed++
      return said(response, 503, 2200, "internal error")
    }
  }
  const log = { "x-tt-logid": "20231018151234ABCDEF0123456789" }
  const body = request.method === "PATCH" ? patched : answer
  if (mode.holdMs > 0) setTimeout(() => json(response, 200, body, log), mode.holdMs)
  else json(response, 200, body, log)
})

process.on("message", ({ id, set, revoke, take }) => {
  if (set !== undefined) {
    mode = { ...defaults, ...set }
    answer = pageOf(mode.members)
    seed = 1
    admitted = []
  }
  if (revoke) issued++
  const told = { ...stats }
  if (take) stats = { calls: 0, tokens: 0, rejected: 0, refused: 0, failed: 0, reset: 0 }
  process.send({ id, value: told })
})

process.on("disconnect", () => process.exit())

server.listen({ port: 0, host: "127.0.0.1", backlog: 16_384 }, () => process.send({ id: 0, value: server.address().port }))
