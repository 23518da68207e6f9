// Uploads a large file to a fake in another process, through faults and deaths, and downloads it again, through cuts.
//
//   node scripts/transfers.mjs [64MiB] [fetch|undici]
//
// Fails unless one file is there in the end, it is the one that was sent, and no process needed much memory for it.
// Needs the build: `npm run build`.
import { fork } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { finished } from "node:stream/promises"
import { fileURLToPath } from "node:url"

const mebibyte = 1024 * 1024
const blockSize = 4 * mebibyte

/** How much more than when it has nothing to do a process may take. */
const allowed = 96

/** By what it goes unless told. */
const usual = "undici"

/** Of how many parts one meets a fault. */
const faultEvery = 20

const fileName = "large.bin"
const folder = "fldtransfers"

const mib = (bytes) => `${(bytes / mebibyte).toFixed(0)} MiB`

// --- the platform ----------------------------------------------------------------

const serve = async () => {
  const { FakeFeishu, FakeServer, Fault } = await import("@effect-feishu/core/testing")
  const { DriveFake } = await import("@effect-feishu/drive/testing")
  const { Effect, Layer, ManagedRuntime } = await import("effect")
  const documents = [{ token: folder, type: "folder" }]
  const runtime = ManagedRuntime.make(
    FakeServer.layer({ domains: [DriveFake.domainOf({ documents })], rateLimits: false }).pipe(Layer.orDie)
  )
  const fake = await runtime.runPromise(FakeFeishu.FakeFeishu)
  const faults = { reset: Fault.reset, lost: Fault.resetMidBody, cut: Fault.truncate("length"), gateway: Fault.maintenance, broken: Fault.truncatedJson }
  const answers = {
    fault: ({ fault, operation }) => Effect.as(fake.script(operation, faults[fault]), {}),
    report: () =>
      Effect.gen(function*() {
        const space = yield* DriveFake.DriveFake
        const root = yield* space.tree()
        const inside = root.inside.find(({ token }) => token === folder)?.inside ?? []
        const requests = yield* fake.requests
        const of = (operation) => requests.filter((one) => one.operation === operation).length
        return {
          files: inside.map(({ name, token }) => ({ name, token })),
          parts: of("drive.file.uploadPart"),
          downloads: of("drive.file.download"),
          contended: requests.filter(({ code }) => code === 1061045 || code === 99991400).length
        }
      })
  }
  process.on("message", ({ id, ask, ...rest }) => {
    void runtime.runPromise(answers[ask](rest)).then((answer) => process.send({ id, answer }))
  })
  process.send({ baseUrl: fake.baseUrl })
}

// --- a process that transfers ------------------------------------------------------

const transfer = async ({ baseUrl, directory, file_token, transport, what }) => {
  const { AccessToken, Admission, FeishuClient, FeishuConfig, Retry } = await import("@effect-feishu/core")
  const UndiciTransport = await import("@effect-feishu/core/UndiciTransport")
  const { FileDownload, FileUpload, UploadCheckpoint, UploadSource } = await import("@effect-feishu/drive")
  const { FetchHttpClient, FileSystem, KeyValueStore } = await import("@effect/platform")
  const { NodeContext } = await import("@effect/platform-node")
  const { Effect, Layer, Option, Redacted, Schedule, Stream } = await import("effect")

  // The turns are kept and the documented rates are not: there is no time for five parts a second.
  const turns = Layer.effect(
    Admission.Admission,
    Effect.map(Admission.makeMemory(), ({ admit, pause }) => ({
      admit: (request) => admit({ ...request, windows: [] }),
      pause: (request, wait) => pause({ ...request, windows: [] }, wait)
    }))
  )
  const world = Layer.mergeAll(FeishuClient.layerWithoutAdmission.pipe(Layer.provide(turns)), AccessToken.layerTenant).pipe(
    Layer.provide(transport === "undici" ? UndiciTransport.layer : FetchHttpClient.layer),
    Layer.provide(FeishuConfig.layer({
      appId: "cli_fake",
      appSecret: Redacted.make("canary-fake-app-secret"),
      baseUrl,
      retryBudget: 1_000_000,
      timeouts: { headers: "2 minutes", body: "2 minutes", total: "10 minutes" }
    })),
    Layer.merge(KeyValueStore.layerFileSystem(join(directory, "checkpoints"))),
    Layer.provideMerge(NodeContext.layer)
  )

  let idle = 0
  let most = 0
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss())
  }
  const tell = (message) => new Promise((resolve) => process.send({ ...message, idle, most }, resolve))

  const checkpoints = UploadCheckpoint.inKeyValueStore("large")
  const upload = Effect.gen(function*() {
    const request = {
      file_name: fileName,
      parent_node: folder,
      source: yield* UploadSource.fromFile(join(directory, "source")),
      checkpoints
    }
    const all = FileUpload.progress(request).pipe(
      Stream.tap((progress) => Effect.promise(() => tell({ parts: progress.parts }))),
      Stream.runLast,
      Effect.map((last) => Option.getOrThrow(last).result.file_token)
    )
    return yield* Effect.catchTag(all, "UploadOutcomeUnknown", ({ checkpoint }) =>
      Effect.gen(function*() {
        const found = yield* FileUpload.reconcile({ ...checkpoint, since: checkpoint.started_at })
        yield* Option.isSome(found) ? checkpoints.clear : UploadCheckpoint.reopen(checkpoints)
        return Option.isSome(found) ? found.value : yield* all
      }))
  })
  const download = Effect.map(
    FileDownload.toFile({ file_token }, join(directory, "back"), { schedule: Schedule.recurs(5) }),
    ({ bytes }) => bytes
  )

  const program = Effect.gen(function*() {
    // Everything that is there without a transfer: modules, a connection, a token.
    const { exists } = yield* FileSystem.FileSystem
    yield* exists(directory)
    yield* Effect.either(FileDownload.download({ file_token: "none" })).pipe(Effect.scoped)
    yield* Effect.sleep("200 millis")
    idle = process.memoryUsage.rss()
    const watch = setInterval(look, 20)
    const result = yield* what === "upload" ? upload : download
    look()
    clearInterval(watch)
    yield* Effect.promise(() => tell({ result }))
  })
  await Effect.runPromise(program.pipe(Retry.using(Retry.make({ base: "20 millis" })), Effect.provide(world)))
  process.disconnect()
}

// --- the examiner ----------------------------------------------------------------

const self = fileURLToPath(import.meta.url)

const child = (role) => fork(self, [role], { stdio: ["ignore", "inherit", "inherit", "ipc"] })

const platform = async () => {
  const server = child("--serve")
  const waiting = new Map()
  let count = 0
  const { baseUrl } = await new Promise((resolve, reject) => {
    server.once("message", resolve)
    server.once("exit", () => reject(new Error("the platform does not start")))
  })
  server.on("message", ({ answer, id }) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  return {
    baseUrl,
    ask: (ask, rest = {}) =>
      new Promise((resolve) => {
        const id = ++count
        waiting.set(id, resolve)
        server.send({ id, ask, ...rest })
      }),
    close: () => server.kill("SIGKILL")
  }
}

/** What stands between: resets connections after so many bytes from the platform, while `cuts` has any. */
const between = async (baseUrl, cuts) => {
  const { port } = new URL(baseUrl)
  const server = createServer((near) => {
    const far = connect(Number(port), "127.0.0.1")
    let left = Number.POSITIVE_INFINITY
    const end = () => {
      near.destroy()
      far.destroy()
    }
    near.on("error", end).on("close", end)
    far.on("error", end).on("close", () => near.destroySoon())
    near.pipe(far)
    far.on("data", (bytes) => {
      // Only what is long enough to be a file is cut.
      if (left === Number.POSITIVE_INFINITY && bytes.byteLength > 16_384 && cuts.length > 0) left = cuts.shift()
      left -= bytes.byteLength
      if (left <= 0) return near.resetAndDestroy()
      if (!near.write(bytes)) far.pause()
    })
    near.on("drain", () => far.resume())
  })
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { baseUrl: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

/** Runs a transfer until it ends; `told` hears how far it is, and may kill it. */
const worker = (task, told = () => {}) =>
  new Promise((resolve, reject) => {
    const process = child("--transfer")
    const last = {}
    process.on("message", (message) => {
      Object.assign(last, message)
      told(message, () => process.kill("SIGKILL"))
    })
    process.on("exit", (code, signal) =>
      code === 0 || signal === "SIGKILL"
        ? resolve({ ...last, killed: signal === "SIGKILL" })
        : reject(new Error(`a transfer ended with ${code ?? signal}`)))
    process.send(task)
  })

const hashOf = async (path) => {
  const hash = createHash("sha256")
  for await (const bytes of createReadStream(path, { highWaterMark: mebibyte })) hash.update(bytes)
  return hash.digest("hex")
}

const makeSource = async (path, size) => {
  const out = createWriteStream(path)
  for (let left = size; left > 0; left -= mebibyte) {
    if (!out.write(randomBytes(Math.min(left, mebibyte)))) await new Promise((resolve) => out.once("drain", resolve))
  }
  out.end()
  await finished(out)
}

const random = (from, to) => from + Math.floor(Math.random() * (to - from + 1))

const sizeOf = (text) => {
  const [, number, unit] = /^(\d+)(KiB|MiB|GiB)?$/.exec(text) ?? []
  if (number === undefined) throw new Error(`${text} is no size: 64MiB and 1GiB are`)
  return Number(number) * { KiB: 1024, MiB: mebibyte, GiB: 1024 * mebibyte }[unit ?? "MiB"]
}

const examine = async (size, transport) => {
  const directory = await mkdtemp(join(tmpdir(), "transfers-"))
  const server = await platform()
  const wrong = []
  const expect = (holds, what) => {
    console.log(`${holds ? "ok   " : "WRONG"} ${what}`)
    if (!holds) wrong.push(what)
  }
  try {
    await makeSource(join(directory, "source"), size)
    const hash = await hashOf(join(directory, "source"))
    const parts = Math.ceil(size / blockSize)

    const kinds = ["reset", "lost", "cut", "gateway", "broken"]
    const faults = Math.max(1, Math.floor(parts / faultEvery))
    const kills = [...new Set(Array.from({ length: Math.min(8, Math.floor(parts / 4)) }, () => random(1, parts - 4)))].sort((a, b) => a - b)
    console.log(`${mib(size)} in ${parts} parts, ${faults} faults, killed after parts ${kills.join(", ")}`)

    const began = performance.now()
    let ended = {}
    let memory = 0
    let dead = 0
    const scripted = new Set(Array.from({ length: faults }, () => random(0, parts - 1)))
    const met = scripted.size
    do {
      ended = await worker({ what: "upload", baseUrl: server.baseUrl, directory, transport: transport ?? usual }, ({ parts: confirmed }, kill) => {
        if (confirmed === undefined) return
        for (const at of scripted) {
          if (at > confirmed) continue
          scripted.delete(at)
          void server.ask("fault", { fault: kinds[random(0, kinds.length - 1)], operation: "drive.file.uploadPart" })
        }
        if (kills[dead] !== undefined && confirmed >= kills[dead]) {
          dead++
          // Wherever it is by then.
          void sleep(random(0, 15)).then(kill)
        }
      })
      if (ended.idle !== undefined) memory = Math.max(memory, ended.most - ended.idle)
    } while (ended.killed)
    const uploaded = await server.ask("report")
    console.log(`uploaded in ${((performance.now() - began) / 1_000).toFixed(1)} s, ${dead} processes killed`)
    expect(uploaded.files.length === 1 && uploaded.files[0].name === fileName, `${uploaded.files.length} file in the folder`)
    expect(uploaded.files[0]?.token === ended.result, "it is the one that was answered")
    expect(uploaded.parts <= parts + dead + met, `${uploaded.parts} parts sent for ${parts}, ${dead} kills and ${met} faults`)
    expect(uploaded.contended === 0, `${uploaded.contended} calls at once`)
    expect(memory / mebibyte <= allowed, `${mib(memory)} above idle while it was sent, ${allowed} MiB allowed`)

    const cuts = Array.from({ length: 8 }, () => random(1, Math.ceil(size / 12)))
    const proxy = await between(server.baseUrl, cuts)
    const back = performance.now()
    const saved = await worker({ what: "download", baseUrl: proxy.baseUrl, directory, file_token: ended.result, transport: transport ?? usual })
    proxy.close()
    const report = await server.ask("report")
    console.log(`downloaded in ${((performance.now() - back) / 1_000).toFixed(1)} s, ${8 - cuts.length} connections cut`)
    expect(report.downloads > 8 && cuts.length === 0, `${report.downloads} requests`)
    expect(saved.result === size, `${saved.result} bytes`)
    expect((await hashOf(join(directory, "back"))) === hash, `SHA-256 ${hash.slice(0, 16)}… of what was sent and of what came back`)
    const most = saved.most - saved.idle
    expect(most / mebibyte <= allowed, `${mib(most)} above idle while it came back, ${allowed} MiB allowed`)
  } finally {
    server.close()
    await rm(directory, { recursive: true, force: true })
  }
  return wrong.length
}

switch (process.argv[2]) {
  case "--serve":
    await serve()
    break
  case "--transfer":
    process.once("message", (task) => {
      void transfer(task).catch((error) => {
        console.error(error)
        process.exit(1)
      })
    })
    break
  default:
    process.exit((await examine(sizeOf(process.argv[2] ?? "64MiB"), process.argv[3])) === 0 ? 0 : 1)
}
