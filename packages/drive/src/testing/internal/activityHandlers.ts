/** What is kept about documents besides themselves: versions, subscriptions, visits and likes. */
import type { Caller } from "@effect-feishu/core/testing/FakeFeishu"
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as ActivityError from "../../ActivityError.ts"
import * as DocsAssistant from "../../DocsAssistant.ts"
import * as FileError from "../../FileError.ts"
import * as FileLike from "../../FileLike.ts"
import * as FileStatistics from "../../FileStatistics.ts"
import * as FileSubscription from "../../FileSubscription.ts"
import * as FileVersion from "../../FileVersion.ts"
import * as FileViewRecord from "../../FileViewRecord.ts"
import * as UserSubscription from "../../UserSubscription.ts"
import * as VersionError from "../../VersionError.ts"
import type { Service } from "../DriveFake.ts"
import * as Access from "./access.ts"
import * as Activity from "./activity.ts"
import { seconds } from "./documents.ts"
import * as Pages from "./pages.ts"
import * as People from "./people.ts"
import * as Refusals from "./refusals.ts"

const ofVersions = {
  deleted: VersionError.DriveVersionParentNotFound,
  denied: VersionError.DriveVersionNoPermission,
  invalid: VersionError.DriveVersionParamInvalid,
  mistyped: VersionError.DriveVersionParamInvalid,
  unknown: VersionError.DriveVersionFileTokenInvalid
} as const

const ofVersion = { ...ofVersions, nothing: VersionError.DriveVersionNotFound } as const

const ofActivity = {
  deleted: ActivityError.DriveActivityFileNotFound,
  denied: ActivityError.DriveActivityNoPermission,
  invalid: ActivityError.DriveActivityInvalidParam,
  mistyped: ActivityError.DriveActivityInvalidParam,
  unknown: ActivityError.DriveActivityFileNotFound
} as const

const ofAssistant = {
  deleted: ActivityError.DriveAssistantFileNotFound,
  denied: ActivityError.DriveAssistantNoPermission,
  mistyped: ActivityError.DriveAssistantInvalidParam,
  nothing: ActivityError.DriveAssistantInvalidParam,
  unknown: ActivityError.DriveAssistantFileNotFound
} as const

/** One that was just made is not told when it was changed. */
const described = (version: Activity.Version, user_id_type: People.UserIdType, fresh: boolean) =>
  Effect.zipWith(
    People.idAs(user_id_type, version.owner),
    People.idAs(user_id_type, version.creator),
    (owner_id, creator_id): FileVersion.Version => ({
      name: version.name,
      version: version.id,
      parent_token: version.token,
      owner_id,
      creator_id,
      create_time: seconds(version.at),
      ...fresh ? {} : { update_time: seconds(version.at) },
      status: FileVersion.Status.normal,
      obj_type: version.type,
      parent_type: version.type
    })
  )

const answered = ({ file_type, id, subscribed }: Activity.Subscription): DocsAssistant.Subscription => ({
  subscription_id: id,
  subscription_type: "comment_update",
  is_subcribe: subscribed,
  file_type
})

interface OnFile {
  readonly file_token: string
  readonly file_type: string
}

export const handlers = <R>(state: Effect.Effect<Service, never, R>) => {
  const activity = Effect.map(state, ({ activity }) => activity)

  const now = Effect.flatMap(state, ({ documents }) => documents.now)

  /** A document the caller may do so much with. */
  const open = (token: string, type: string, caller: Caller, needed: "edit" | "full_access" | "view") =>
    Effect.tap(
      Effect.flatMap(state, ({ documents }) => documents.find(token, type)),
      (document) => Access.requireLevel(document, caller, needed)
    )

  const managed = ({ file_token, file_type }: OnFile, caller: Caller) => open(file_token, file_type, caller, "full_access")

  const version = ({ file_token, version_id }: FileVersion.VersionRequest) =>
    Effect.flatMap(activity, ({ versions }) => {
      const found = versions.find(({ id, token }) => id === version_id && token === file_token)
      return found === undefined ? Refusals.refuse("nothing", "there is no such version") : Effect.succeed(found)
    })

  const subscription = ({ file_token, subscription_id }: DocsAssistant.GetRequest | DocsAssistant.PatchRequest, caller: Caller) =>
    Effect.flatMap(activity, ({ subscriptions }) => {
      const found = subscriptions.find(({ id, token, user }) =>
        id === subscription_id && token === file_token && People.same(user, People.ofCaller(caller)))
      return found === undefined ? Refusals.refuse("nothing", "there is no such subscription") : Effect.succeed(found)
    })

  const nameOf = ({ id }: People.Principal) =>
    Effect.map(Effect.flatMap(Directory.Directory, ({ user }) => user("open_id", id)), Option.flatMapNullable(({ name }) => name))

  return [
    FakeFeishu.handler(FileVersion.create, ({ file_token, name, obj_type, user_id_type }, caller) =>
      Refusals.as(FileVersion.create, ofVersions)(Effect.gen(function*() {
        const { owner } = yield* open(file_token, obj_type, caller, "edit")
        const { addVersion } = yield* activity
        const at = yield* now
        const made = addVersion({ token: file_token, type: obj_type, name, owner, creator: People.ofCaller(caller), at })
        return yield* described(made, user_id_type, true)
      }))),

    FakeFeishu.handler(FileVersion.get, (request, caller) =>
      Refusals.as(FileVersion.get, ofVersion)(Effect.gen(function*() {
        yield* open(request.file_token, request.obj_type, caller, "view")
        return yield* described(yield* version(request), request.user_id_type, false)
      }))),

    FakeFeishu.handler(FileVersion.list, ({ file_token, obj_type, user_id_type, ...asked }, caller) =>
      Refusals.as(FileVersion.list, ofVersions)(Effect.gen(function*() {
        yield* open(file_token, obj_type, caller, "view")
        const { versions } = yield* activity
        const page = yield* Pages.cut(versions.filter(({ token }) => token === file_token), ({ number }) => [-number, 0], asked)
        return Pages.told(page, yield* Effect.forEach(page.items, (one) => described(one, user_id_type, false)))
      }))),

    FakeFeishu.handler(FileVersion.delete, (request, caller) =>
      Refusals.as(FileVersion.delete, ofVersion)(Effect.gen(function*() {
        yield* open(request.file_token, request.obj_type, caller, "edit")
        const { removeVersion } = yield* activity
        removeVersion(yield* version(request))
      }))),

    FakeFeishu.handler(FileSubscription.subscribe, (request, caller) =>
      Refusals.as(FileSubscription.subscribe, ofActivity)(Effect.gen(function*() {
        yield* managed(request, caller)
        const { fileEvents } = yield* activity
        fileEvents.add(Activity.keyOf(caller, request.file_token))
      }))),

    FakeFeishu.handler(FileSubscription.status, (request, caller) =>
      Refusals.as(FileSubscription.status, ofActivity)(Effect.gen(function*() {
        yield* managed(request, caller)
        const { fileEvents } = yield* activity
        return { is_subscribe: fileEvents.has(Activity.keyOf(caller, request.file_token)) }
      }))),

    FakeFeishu.handler(FileSubscription.unsubscribe, (request, caller) =>
      Refusals.as(FileSubscription.unsubscribe, { ...ofActivity, none: ActivityError.DriveNotSubscribed })(Effect.gen(function*() {
        yield* managed(request, caller)
        const { fileEvents } = yield* activity
        if (!fileEvents.delete(Activity.keyOf(caller, request.file_token))) {
          return yield* Refusals.refuse("none", "the document is not subscribed to")
        }
      }))),

    FakeFeishu.handler(UserSubscription.subscribe, (_, caller) =>
      Effect.map(activity, ({ userEvents }) => void userEvents.add(Activity.keyOf(caller)))),

    FakeFeishu.handler(UserSubscription.unsubscribe, (_, caller) =>
      Effect.map(activity, ({ userEvents }) => void userEvents.delete(Activity.keyOf(caller)))),

    FakeFeishu.handler(UserSubscription.status, (_, caller) =>
      Effect.map(activity, ({ userEvents }) => ({ is_subscribe: userEvents.has(Activity.keyOf(caller)) }))),

    FakeFeishu.handler(DocsAssistant.create, ({ file_token, file_type, is_subcribe = true, subscription_id }, caller) =>
      Refusals.as(DocsAssistant.create, ofAssistant)(Effect.gen(function*() {
        yield* open(file_token, file_type, caller, "view")
        const { addSubscription } = yield* activity
        const user = People.ofCaller(caller)
        return answered(addSubscription({ token: file_token, file_type, user, subscribed: is_subcribe }, subscription_id))
      }))),

    FakeFeishu.handler(DocsAssistant.get, (request, caller) =>
      Refusals.as(DocsAssistant.get, ofAssistant)(
        Effect.zipRight(open(request.file_token, request.file_type, caller, "view"), Effect.map(subscription(request, caller), answered))
      )),

    FakeFeishu.handler(DocsAssistant.patch, (request, caller) =>
      Refusals.as(DocsAssistant.patch, ofAssistant)(Effect.gen(function*() {
        yield* open(request.file_token, request.file_type, caller, "view")
        const found = yield* subscription(request, caller)
        found.subscribed = request.is_subscribe
        return answered(found)
      }))),

    FakeFeishu.handler(FileStatistics.get, (request, caller) =>
      Refusals.as(FileStatistics.get, ofActivity)(Effect.gen(function*() {
        const { likes, token, type, visits } = yield* managed(request, caller)
        return { file_token: token, file_type: type, statistics: Activity.statistics({ likes, type, visits }, yield* now) }
      }))),

    FakeFeishu.handler(FileViewRecord.list, ({ page_size, page_token, viewer_id_type, ...file }, caller) =>
      Refusals.as(FileViewRecord.list, ofActivity)(Effect.gen(function*() {
        const { visits } = yield* managed(file, caller)
        const page = yield* Pages.cut(Activity.lastOfEach(visits), ({ at, number }) => [-at, -number], { page_size, page_token })
        return Pages.told(page, yield* Effect.forEach(page.items, ({ at, by }) =>
          Effect.gen(function*() {
            const name = yield* nameOf(by)
            return {
              viewer_id: yield* People.idAs(viewer_id_type, by),
              ...Option.isNone(name) ? {} : { name: name.value },
              avatar_url: `https://avatar.example/${by.id}`,
              last_view_time: seconds(at)
            }
          })))
      }))),

    FakeFeishu.handler(FileLike.list, ({ file_token, file_type, page_size = 10, page_token, user_id_type }, caller) =>
      Refusals.as(FileLike.list, {
        deleted: FileError.DriveFileDeleted,
        denied: FileError.DriveFileNoPermission,
        invalid: FileError.DriveFileInvalidParam,
        mistyped: FileError.DriveFileInvalidParam,
        unknown: FileError.DriveFileNotFound
      })(Effect.gen(function*() {
        const { likes } = yield* open(file_token, file_type, caller, "view")
        const page = yield* Pages.cut(Activity.lastOfEach(likes), ({ at, number }) => [-at, -number], { page_size, page_token })
        return Pages.told(page, yield* Effect.forEach(page.items, ({ at, by }) =>
          Effect.gen(function*() {
            const name = yield* nameOf(by)
            return {
              user_id: yield* People.idAs(user_id_type, by),
              last_liked_time: seconds(at),
              ...Option.isNone(name) ? {} : { user_name: name.value },
              user_avatar_url: `https://avatar.example/${by.id}`,
              user_is_desensitized: false
            }
          })))
      })))
  ]
}
