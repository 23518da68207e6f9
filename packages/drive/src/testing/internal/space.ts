/** The state behind everything: what a test put in, and what it can look at. */
import * as Directory from "@effect-feishu/core/testing/Directory"
import * as FakeFeishu from "@effect-feishu/core/testing/FakeFeishu"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Struct from "effect/Struct"
import type * as DriveFake from "../DriveFake.ts"
import * as Activity from "./activity.ts"
import * as Comments from "./comments.ts"
import * as Contents from "./contents.ts"
import * as Documents from "./documents.ts"
import * as People from "./people.ts"
import * as Tasks from "./tasks.ts"
import * as Uploads from "./uploads.ts"

/** What lies in no folder unless it is put into one. */
const elsewhere = ["apps", "minutes", "wiki"]

const ownerOf = (open_id: string | undefined): People.Principal =>
  open_id === undefined ? { kind: "app", id: FakeFeishu.defaultApp.appId } : { kind: "user", id: open_id }

const actOf = ({ at, by }: { readonly by: string; readonly at: number }, number: number): Documents.Act => ({
  by: ownerOf(by),
  at,
  number
})

const nodeOf = ({ parent, target, ...document }: Documents.Document): DriveFake.Node => ({
  ...Struct.pick(document, "createdAt", "deleted", "modifiedAt", "name", "owner", "token", "type"),
  folder: parent?.token,
  target: target?.token
})

const treeOf = ({ inside, name, token, type }: Documents.Document): DriveFake.Tree => ({
  token,
  type,
  name,
  inside: [...inside].map(treeOf)
})

const elementText = (element: Comments.Element): string => {
  switch (element.type) {
    case "text_run":
      return element.text_run.text
    case "docs_link":
      return element.docs_link.url
    case "person":
      return `@${element.person.user_id}`
  }
}

const discussionOf = ({ id, quote, replies, solved }: Comments.Comment): DriveFake.Discussion => ({
  comment_id: id,
  quote,
  solvedBy: solved?.by,
  replies: replies.map(({ by, elements, id, reactions }) => ({
    reply_id: id,
    by,
    text: elements.map(elementText).join(""),
    reactions: Object.fromEntries([...reactions].map(([key, users]) => [key, users.length]))
  }))
})

export const make = (
  { blockSize, comments: discussions = [], documents: contents = [], limits = {}, partnersOnly = false, tasks: times = {} }:
    DriveFake.Contents
): Effect.Effect<DriveFake.Service, never, Directory.Directory> =>
  Effect.gen(function*() {
    const directory = yield* Directory.Directory
    const documents = Documents.make({ folder: limits.folder ?? 1_500, depth: limits.depth ?? 15 })
    const commentState = Comments.make(limits.replies ?? 10)
    const tasks = Tasks.make({
      export: times.export ?? "1 second",
      folder: times.folder ?? "1 second",
      import: times.import ?? "1 second"
    })
    const notifications: Array<DriveFake.Notification> = []

    const contentsOnly = Contents.make()
    const stored: Contents.Contents = {
      ...contentsOnly,
      // One space has one kind of tokens, however a thing comes into it.
      put: ({ token = documents.next("file"), ...content }) => contentsOnly.put({ ...content, token })
    }

    /** Puts what was uploaded into its folder; media are only kept. */
    const created = ({ caller, file_name: name, file_token: token, kind, parent_node, replaced, size }: Uploads.Created) =>
      Effect.map(documents.now, (at) => {
        const owner = People.ofCaller(caller)
        const known = documents.all.get(token)
        if (kind === "media") {
          tasks.media.set(token, { name, size, at })
        } else if (replaced && known !== undefined) {
          known.name = name
          known.modifiedAt = at
          known.modifier = owner
        } else {
          const folder = documents.all.get(parent_node)
          documents.add({ token, type: "file", name, owner, parent: folder?.deleted === false ? folder : undefined, at })
        }
      })

    /** A token that a test names. One that is not there is a mistake of the test. */
    const named = (token: string) =>
      Effect.orDieWith(Effect.fromNullable(documents.all.get(token)), () => new Error(`DriveFake: nothing has the token ${token}`))

    const addOne = (document: DriveFake.Document) =>
      Effect.gen(function*() {
        const { content, folder, members = [], settings = {}, target, token, type = "docx" } = document
        const owner = ownerOf(document.owner)
        const collaborators = yield* Effect.forEach(members, (member) =>
          Effect.map(People.resolve(member), (principal): Documents.Collaborator => ({
            principal,
            perm: member.perm,
            perm_type: member.perm_type ?? "container"
          })))
        const parent = folder !== undefined
          ? yield* named(folder)
          : document.personal ?? !elsewhere.includes(type)
          ? documents.rootOf(owner)
          : undefined
        documents.add({
          ...Struct.pick(document, "memberLimit", "modifiedAt"),
          exported: content,
          visits: document.visits?.map(actOf),
          likes: document.likes?.map(actOf),
          token,
          type,
          name: document.name ?? token,
          owner,
          parent,
          at: document.createdAt ?? (yield* documents.now),
          target: target === undefined ? undefined : Struct.pick(yield* named(target), "token", "type"),
          members: collaborators,
          settings: Documents.given(settings)
        })
        if (type === "file") stored.put({ kind: "file", name: document.name ?? token, pieces: [content ?? new Uint8Array()], token })
        // A test that names a member its directory does not have is wrong.
      }).pipe(Effect.provideService(Directory.Directory, directory), Effect.orDie)

    /** Those first that others of them are in or lead to. */
    const add = (more: ReadonlyArray<DriveFake.Document>): Effect.Effect<void> => {
      const waits = ({ folder, target }: DriveFake.Document) => more.some(({ token }) => token === folder || token === target)
      const [first, rest] = [more.filter((one) => !waits(one)), more.filter(waits)]
      return Effect.zipRight(
        Effect.forEach(first.length === 0 ? rest : first, addOne, { discard: true }),
        first.length === 0 || rest.length === 0 ? Effect.void : Effect.suspend(() => add(rest))
      )
    }

    const look = <A>(token: string, at: (document: Documents.Document) => A) =>
      Effect.map(documents.now, () => Option.map(Option.fromNullable(documents.all.get(token)), at))

    const comment = ({ by, comment_id, quote, replies = [], solved, text, token }: DriveFake.Comment) =>
      Effect.map(Effect.zipRight(named(token), documents.now), (at) => {
        const said = (one: { readonly reply_id?: string | undefined; readonly by?: string | undefined; readonly text: string }) => ({
          id: one.reply_id,
          by: ownerOf(one.by),
          elements: [{ type: "text_run" as const, text_run: { text: one.text } }]
        })
        commentState.add({ id: comment_id, token, by: ownerOf(by), at, quote, solved, replies: [{ by, text }, ...replies].map(said) })
      })

    yield* add(contents)
    yield* Effect.forEach(discussions, comment, { discard: true })
    return {
      add: (...more) => add(more),
      remove: (token) =>
        Effect.map(documents.now, () => {
          const document = documents.all.get(token)
          if (document !== undefined) documents.remove(document)
        }),
      document: (token) =>
        look(token, (document) => ({
          ...Struct.pick(document, "deleted", "members", "owner", "settings"),
          space: Documents.spaceOf(document),
          password: Option.fromNullable(document.password)
        })),
      file: (token) => look(token, nodeOf),
      tree: (owner) => Effect.map(documents.now, () => treeOf(documents.rootOf(ownerOf(owner)))),
      content: (token) => Effect.sync(() => stored.bytes(token)),
      comment: (...more) => Effect.forEach(more, comment, { discard: true }),
      comments: (token) => Effect.sync(() => commentState.on(token).map(discussionOf)),
      failNext: (kind, job_status = 3) => Effect.sync(() => tasks.failNext(kind, job_status)),
      notifications: Effect.sync(() => [...notifications]),
      documents,
      commentState,
      activity: Activity.make(),
      tasks,
      stored,
      uploads: Uploads.make({ stored, blockSize, onCreated: created }),
      notify: (token, to) => void notifications.push({ token, to }),
      partnersOnly
    }
  })

