/** Exports of lists. */
import * as Download from "@effect-feishu/core/Download"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as FeishuTest from "@effect-feishu/core/testing/FeishuTest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Export from "../../Export.ts"
import * as VcError from "../../VcError.ts"
import type * as Exports from "./exports.ts"

interface State {
  readonly tasks: Exports.Exports
}

export const handlers = <R>(state: Effect.Effect<State, never, R>) => {
  const start = (kind: string) =>
    Effect.map(Effect.flatMap(state, ({ tasks }) => tasks.start(kind)), ({ id }) => ({ task_id: id }))

  const get = FakeFeishu.handler(Export.get, ({ task_id }) =>
    Effect.gen(function*() {
      const task = (yield* state).tasks.find(task_id)
      if (task === undefined) return yield* FeishuTest.failure(Export.get, VcError.VcDataNotFound)
      if (task.doneAt > (yield* Clock.currentTimeMillis)) return { status: Export.TaskStatus.processing }
      if (task.fails !== undefined) return { status: Export.TaskStatus.failed, fail_msg: task.fails }
      const { token } = task.file
      return { status: Export.TaskStatus.done, url: `https://files.feishu.cn/${token}`, file_token: token }
    }))

  const download = FakeFeishu.handler(Export.download, ({ file_token }) =>
    Effect.gen(function*() {
      const file = yield* (yield* state).tasks.file(file_token)
      if (file === undefined) return yield* FeishuTest.failure(Export.download, VcError.VcDataNotFound)
      return Download.make(file.content, { name: file.name })
    }))

  return [
    FakeFeishu.handler(Export.meetingList, () => start("meeting_list")),
    FakeFeishu.handler(Export.participantList, () => start("participant_list")),
    FakeFeishu.handler(Export.participantQualityList, () => start("participant_quality_list")),
    FakeFeishu.handler(Export.resourceReservationList, () => start("resource_reservation_list")),
    get,
    download
  ]
}
