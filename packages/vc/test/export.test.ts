import { AccessToken, Download, Waiter } from "@effect-feishu/core"
import { FeishuTest } from "@effect-feishu/core/testing"
import { Export, VcError } from "@effect-feishu/vc"
import { assert, describe, it } from "@effect/vitest"
import { Chunk, Duration, Effect, Fiber, Layer, Redacted, Schedule, Sink, Stream, TestClock } from "effect"
import * as Stub from "../../core/test/stub.ts"
import * as Transport from "../../core/test/transport.ts"

const task = { task_id: "7108646852144136212" }
const file_token = "6yHu7Igp7Igy62Ez6fLr6IJz"

const processing: Export.GetResponse = { status: Export.TaskStatus.processing }
const done = { status: Export.TaskStatus.done, url: "https://file.example/x", file_token } as const
const failed: Export.GetResponse = { status: Export.TaskStatus.failed, fail_msg: "no permission" }

/** A platform where an export takes these states one after another, and stays in the last. */
const platform = (states: ReadonlyArray<Export.GetResponse>, ...more: Parameters<typeof FeishuTest.layer>) => {
  let looks = 0
  return Layer.merge(
    FeishuTest.layer(
      FeishuTest.on(Export.get, () => Effect.sync(() => states[Math.min(looks++, states.length - 1)]!)),
      ...more
    ),
    AccessToken.layerTenantOf(Redacted.make("t-stub"))
  )
}

const looked = Effect.map(FeishuTest.callsOf(Export.get), (calls) => calls.length)

const text = (bytes: Chunk.Chunk<Uint8Array>) => new TextDecoder().decode(Buffer.concat(Chunk.toReadonlyArray(bytes)))

describe("wait", () => {
  it.effect("asks until the export is done", () =>
    Effect.gen(function*() {
      const waiting = yield* Effect.fork(Export.wait(task))
      yield* TestClock.adjust("1 second")
      assert.strictEqual(yield* looked, 2)
      yield* TestClock.adjust("1499 millis")
      assert.strictEqual(yield* looked, 2)
      yield* TestClock.adjust("1 millis")
      const finished: Export.FinishedTask = yield* Fiber.join(waiting)
      assert.deepStrictEqual(finished, done)
      assert.deepStrictEqual(yield* FeishuTest.callsOf(Export.get), [task, task, task])
    }).pipe(Effect.provide(platform([processing, processing, done]))))

  it.effect("asks once where it is done already", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* Export.wait(task), done)
      assert.strictEqual(yield* looked, 1)
    }).pipe(Effect.provide(platform([done]))))

  it.effect("does not take a message for a failure: the documented example has one beside a file", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Export.wait(task)).file_token, file_token)
    }).pipe(Effect.provide(platform([{ ...done, fail_msg: "no permission" }]))))

  it.effect("fails with the platform's words when the export does", () =>
    Effect.gen(function*() {
      const waiting = yield* Effect.fork(Effect.flip(Export.wait(task)))
      yield* TestClock.adjust("1 second")
      const error = yield* Fiber.join(waiting)
      assert(error._tag === "ExportFailed")
      assert.strictEqual(error.task_id, task.task_id)
      assert.strictEqual(error.fail_msg, "no permission")
      assert.strictEqual(error.message, `export ${task.task_id} left no file: no permission`)
    }).pipe(Effect.provide(platform([processing, failed]))))

  for (
    const [name, state] of [
      ["failed without a word", { status: 2 }],
      ["failed with an empty word", { status: 2, fail_msg: "" }],
      ["is done and left no file", { status: 3 }],
      ["is done and left an empty token", { status: 3, file_token: "", fail_msg: "" }]
    ] as const
  ) {
    it.effect(`fails when the export ${name}`, () =>
      Effect.gen(function*() {
        const error = yield* Effect.flip(Export.wait(task))
        assert.strictEqual(error._tag, "ExportFailed")
        assert.strictEqual(error.message, `export ${task.task_id} left no file: the platform did not say why`)
      }).pipe(Effect.provide(platform([state]))))
  }

  it.effect("gives up in time, and can go on later", () =>
    Effect.gen(function*() {
      const waiting = yield* Effect.fork(Effect.flip(Export.wait(task, { timeout: "30 seconds" })))
      yield* TestClock.adjust("30 seconds")
      const error = yield* Fiber.join(waiting)
      assert.instanceOf(error, Waiter.WaitTimeout)
      assert.strictEqual(error.operation, "vc.export.get")
      assert.deepStrictEqual(error.after, Duration.seconds(30))
      const again = yield* Effect.fork(Export.wait(task))
      yield* TestClock.adjust("10 seconds")
      assert.deepStrictEqual(yield* Fiber.join(again), done)
    }).pipe(Effect.provide(platform([...Array.from({ length: 10 }, () => processing), done]))))

  it.effect("goes on over a state that is not documented yet, at a pace of one's own", () =>
    Effect.gen(function*() {
      const waiting = yield* Effect.fork(Export.wait(task, { schedule: Schedule.spaced("1 minute"), timeout: "1 hour" }))
      yield* TestClock.adjust("59 seconds")
      assert.strictEqual(yield* looked, 1)
      yield* TestClock.adjust("1 minute")
      assert.strictEqual(yield* looked, 2)
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* Fiber.join(waiting), done)
    }).pipe(Effect.provide(platform([processing, { status: 4 }, done]))))

  it.effect("fails as asking does", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(Export.wait(task))
      assert.strictEqual(error._tag, "VcDataNotFound")
    }).pipe(Effect.provide(platform([], FeishuTest.on(Export.get, () => FeishuTest.failure(Export.get, VcError.VcDataNotFound))))))
})

describe("progress", () => {
  const states = Effect.gen(function*() {
    const watching = yield* Effect.fork(Stream.runCollect(Export.progress(task)))
    yield* TestClock.adjust("10 minutes")
    return Chunk.toReadonlyArray(yield* Fiber.join(watching))
  })

  it.effect("shows every state up to the file", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* states, [processing, processing, done])
    }).pipe(Effect.provide(platform([processing, processing, done]))))

  it.effect("shows a failure as the last state", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* states, [processing, failed])
    }).pipe(Effect.provide(platform([processing, failed]))))

  it.effect("shows what it saw before it gave up", () =>
    Effect.gen(function*() {
      const seen: Array<Export.GetResponse> = []
      const watching = yield* Export.progress(task, { timeout: "2 seconds" }).pipe(
        Stream.runForEach((state) => Effect.sync(() => seen.push(state))),
        Effect.flip,
        Effect.fork
      )
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual((yield* Fiber.join(watching))._tag, "WaitTimeout")
      assert.deepStrictEqual(seen, [processing, processing])
    }).pipe(Effect.provide(platform([processing]))))
})

describe("file", () => {
  const content = FeishuTest.on(Export.download, ({ file_token }) =>
    Effect.succeed(Download.make(Stream.make("the file ", "of ", file_token).pipe(Stream.encodeText))))

  it.effect("waits for the export, then streams its file", () =>
    Effect.gen(function*() {
      const reading = yield* Effect.fork(Stream.runCollect(Export.file(task)))
      yield* TestClock.adjust("999 millis")
      assert.deepStrictEqual(yield* FeishuTest.callsOf(Export.download), [])
      yield* TestClock.adjust("1 millis")
      assert.strictEqual(text(yield* Fiber.join(reading)), `the file of ${file_token}`)
      assert.deepStrictEqual(yield* FeishuTest.callsOf(Export.download), [{ file_token }])
    }).pipe(Effect.provide(platform([processing, done], content))))

  it.effect("downloads nothing of an export that failed", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* Effect.flip(Stream.runDrain(Export.file(task))))._tag, "ExportFailed")
      assert.deepStrictEqual(yield* FeishuTest.callsOf(Export.download), [])
    }).pipe(Effect.provide(platform([failed], content))))

  it.effect("holds no more of a file than it is asked for", () => {
    let made = 0
    const endless = FeishuTest.on(Export.download, () =>
      Effect.succeed(Download.make(Stream.repeatEffect(Effect.sync(() => {
        made += 1
        return new Uint8Array(1024)
      })))))
    return Effect.gen(function*() {
      const size = yield* Export.file(task).pipe(
        Stream.take(3),
        Stream.run(Sink.foldLeft(0, (size, bytes: Uint8Array) => size + bytes.byteLength))
      )
      assert.strictEqual(size, 3 * 1024)
      assert.strictEqual(made, 3)
    }).pipe(Effect.provide(platform([done], endless)))
  })
})

describe("fetch", () => {
  const request = { start_time: "1655276858", end_time: "1655280458", user_id: "ou_1" } as const

  it.effect("starts, waits and downloads, each time it is run and not before", () =>
    Effect.gen(function*() {
      const bytes = Export.fetch(Export.meetingList(request))
      assert.deepStrictEqual(yield* FeishuTest.calls, [])
      for (const times of [1, 2]) {
        const reading = yield* Effect.fork(Stream.runCollect(bytes))
        yield* TestClock.adjust("10 seconds")
        assert.strictEqual(text(yield* Fiber.join(reading)), "meetings")
        assert.strictEqual((yield* FeishuTest.callsOf(Export.meetingList)).length, times)
      }
      assert.deepStrictEqual((yield* FeishuTest.calls).slice(0, 4), [
        { operation: "vc.export.meetingList", request },
        { operation: "vc.export.get", request: task },
        { operation: "vc.export.get", request: task },
        { operation: "vc.export.download", request: { file_token } }
      ])
    }).pipe(Effect.provide(platform(
      [processing, done],
      FeishuTest.on(Export.meetingList, () => Effect.succeed(task)),
      FeishuTest.on(Export.download, () => Effect.succeed(Download.make(new TextEncoder().encode("meetings"))))
    ))))

  it.effect("fails as starting does, and asks nothing more", () =>
    Effect.gen(function*() {
      const request = { room_level_id: "omb_1", start_time: "1655276858", end_time: "1655280458" }
      const error = yield* Effect.flip(Stream.runDrain(Export.fetch(Export.resourceReservationList(request))))
      assert.strictEqual(error._tag, "VcNoPermission")
      assert.strictEqual((yield* FeishuTest.calls).length, 1)
    }).pipe(Effect.provide(platform(
      [done],
      FeishuTest.on(Export.resourceReservationList, () => FeishuTest.failure(Export.resourceReservationList, VcError.VcNoPermission))
    ))))
})

describe("on the wire", () => {
  it.live("an export is a task, then a file, and speaks for whoever calls", () => {
    const sent: Array<readonly [method: string, url: string, token: string | undefined, body: string]> = []
    const world = Transport.layer(({ method, raw, text, token }) => {
      sent.push([method, raw.url, token, text])
      if (method === "POST") return Stub.ok(task)
      return raw.url.includes("/download")
        ? new Response("a,b\n1,2\n", { headers: { "content-type": "text/csv", "content-length": "8" } })
        : Stub.ok({ status: 3, file_token: "a+b/c==", added_in_2031: true })
    })
    const meeting = { meeting_start_time: "1655276858", meeting_end_time: "1655280458", meeting_no: "123456789" }
    return Effect.gen(function*() {
      const start = Export.participantList({ ...meeting, user_id_type: "union_id", room_id: "omm_1" })
      assert.strictEqual(text(yield* Stream.runCollect(Export.fetch(start))), "a,b\n1,2\n")
      const at = "https://open.feishu.cn/open-apis/vc/v1/exports"
      assert.deepStrictEqual(sent.map(([method, url]) => `${method} ${url}`), [
        `POST ${at}/participant_list?user_id_type=union_id`,
        `GET ${at}/${task.task_id}`,
        `GET ${at}/download?file_token=a%2Bb%2Fc%3D%3D`
      ])
      assert.deepStrictEqual(JSON.parse(sent[0]![3]), { ...meeting, room_id: "omm_1" })
      assert.deepStrictEqual([...new Set(sent.map(([, , token]) => token))], [Stub.tenantToken])

      yield* Stream.runDrain(Export.file(task)).pipe(AccessToken.asUser)
      assert.deepStrictEqual(sent.slice(3).map(([, , token]) => token), [Stub.userToken, Stub.userToken])
    }).pipe(Effect.provide(world))
  })

  it.live("a start whose answer was lost is not sent again", () => {
    let starts = 0
    const world = Transport.layer(() => {
      starts += 1
      return Stub.html(502)
    })
    return Effect.gen(function*() {
      const error = yield* Effect.flip(Export.meetingList({ start_time: "1655276858", end_time: "1655280458" }))
      assert.strictEqual(error._tag, "OutcomeUnknown")
      assert.strictEqual(starts, 1)
    }).pipe(Effect.provide(world))
  })
})
