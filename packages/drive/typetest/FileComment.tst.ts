import type { AccessToken, CallError, Download, FeishuClient, Operation, Waiter } from "@effect-feishu/core"
import type { CommentContent, CommentError, FileError, TaskError, UserSubscription } from "@effect-feishu/drive"
import { DocsAssistant, ExportTask, FileComment, FileCommentReply, FileSubscription, ImportTask } from "@effect-feishu/drive"
import type { Stream } from "effect"
import { Effect } from "effect"
import { describe, expect, test } from "tstyche"

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

declare const says: (...elements: ReadonlyArray<CommentContent.NewElement>) => void

const document = { file_token: "t", file_type: "docx" } as const
const content = { elements: [{ type: "text_run", text_run: { text: "so" } }] } as const

describe("what is said", () => {
  test("is of the kind that its type says", () => {
    expect(says).type.toBeCallableWith(
      { type: "text_run", text_run: { text: "so" } },
      { type: "docs_link", docs_link: { url: "u" } },
      { type: "person", person: { user_id: "ou_1" } }
    )
    expect(says).type.not.toBeCallableWith({ type: "text_run" })
    expect(says).type.not.toBeCallableWith({ type: "text_run", text_run: undefined })
    expect(says).type.not.toBeCallableWith({ type: "text_run", person: { user_id: "ou_1" } })
    expect(says).type.not.toBeCallableWith({ type: "docs_link", text_run: { text: "so" } })
    expect(says).type.not.toBeCallableWith({ type: "person", docs_link: { url: "u" } })
    expect(says).type.not.toBeCallableWith({ type: "image", text_run: { text: "so" } })
    expect(says).type.not.toBeCallableWith({ type: "person", person: {} })
    // What does not match the type is ignored, as the page says.
    expect(says).type.toBeCallableWith({ type: "text_run", text_run: { text: "so" }, person: { user_id: "ou_1" } })
  })

  test("is answered open", () => {
    expect<"sticker">().type.toBeAssignableTo<NonNullable<CommentContent.Element["type"]>>()
  })
})

describe("comments", () => {
  type Documented =
    | CommentError.DriveCommentFailed
    | CommentError.DriveCommentInvalidParam
    | CommentError.DriveCommentForbidden
    | CommentError.DriveCommentFileDeleted
    | CommentError.DriveCommentFileNotFound
    | CommentError.DriveCommentRefused
    | CommentError.DriveCommentNotFound
    | CommentError.DriveCommentLimit
    | CommentError.DriveCommentInternalError

  /** A write that must not be repeated never ends in a fault: it says that it does not know. */
  type Written = Exclude<Documented, CommentError.DriveCommentFailed | CommentError.DriveCommentInternalError>

  test("fail as documented", () => {
    expect(FileComment.get({ ...document, comment_id: "c" })).type.toBe<
      Effect.Effect<FileComment.Comment, Documented | CallError.CallError, FeishuClient.FeishuClient | AccessToken.AnyAccessToken>
    >()
    expect(FileComment.create(document)).type.toBe<
      Effect.Effect<
        FileComment.CreatedComment,
        Written | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
    expect<Operation.Operation.Error<typeof FileCommentReply.create>>().type.toBe<Written>()
    expect<Operation.Operation.Error<typeof FileCommentReply.delete>>().type.toBe<Documented>()
    expect<Operation.Operation.Error<typeof FileCommentReply.list>>().type.toBe<Documented | FileError.DriveMigrating>()
    expect<Operation.Operation.Error<typeof FileComment.updateReaction>>().type.toBe<
      | FileError.DriveFileInternalError
      | FileError.DriveFileInvalidParam
      | FileError.DriveFileNotFound
      | FileError.DriveFileNoPermission
    >()
  })

  test("are on documents that hold them", () => {
    const create = taking(FileComment.create)
    expect(create).type.toBeCallableWith({ ...document, reply_list: { replies: [{ content }] } })
    expect(create).type.not.toBeCallableWith({ file_token: "t", file_type: "sheet" })
    expect(create).type.not.toBeCallableWith({ file_token: "t" })
    const reply = taking(FileCommentReply.create)
    expect(reply).type.toBeCallableWith({ file_token: "t", file_type: "sheet", comment_id: "c", content })
    expect(reply).type.not.toBeCallableWith({ file_token: "t", file_type: "wiki", comment_id: "c", content })
    expect(reply).type.not.toBeCallableWith({ ...document, comment_id: "c" })
  })

  test("that were just made are comments", () => {
    expect<FileComment.CreatedComment>().type.toBeAssignableTo<FileComment.Comment>()
    expect<FileComment.LocatedComment>().type.toBeAssignableTo<FileComment.Comment>()
  })

  test("are reacted to with the reactions there are", () => {
    const react = taking(FileComment.updateReaction)
    expect(react).type.toBeCallableWith({ ...document, action: "add", reply_id: "r", reaction_type: "THUMBSUP" })
    expect(react).type.not.toBeCallableWith({ ...document, action: "add", reply_id: "r", reaction_type: "thumbsup" })
    expect(react).type.not.toBeCallableWith({ ...document, action: "remove", reply_id: "r", reaction_type: "THUMBSUP" })
  })
})

describe("subscriptions", () => {
  const event_type = "file.created_in_folder_v1"

  test("name the event of a folder", () => {
    const subscribe = taking(FileSubscription.subscribe)
    expect(subscribe).type.toBeCallableWith({ file_token: "t", file_type: "folder", event_type })
    expect(subscribe).type.toBeCallableWith(document)
    expect(subscribe).type.not.toBeCallableWith({ file_token: "t", file_type: "folder" })
    const status = taking(FileSubscription.status)
    expect(status).type.toBeCallableWith({ file_token: "t", file_type: "folder", event_type })
    expect(status).type.not.toBeCallableWith({ file_token: "t", file_type: "folder" })
    const unsubscribe = taking(FileSubscription.unsubscribe)
    expect(unsubscribe).type.toBeCallableWith({ file_token: "t", file_type: "folder", event_type })
    expect(unsubscribe).type.not.toBeCallableWith({ file_token: "t", file_type: "folder" })
  })

  test("name it to begin with for a folder only", () => {
    expect(taking(FileSubscription.subscribe)).type.not.toBeCallableWith({ ...document, event_type })
    expect(taking(FileSubscription.unsubscribe)).type.toBeCallableWith({ ...document, event_type })
  })

  test("of the docs assistant are a user's", () => {
    expect<Operation.Operation.Token<typeof DocsAssistant.get>>().type.toBe<AccessToken.UserAccessToken>()
    expect(taking(DocsAssistant.patch)).type.not.toBeCallableWith({ ...document, subscription_id: "s", is_subcribe: true })
  })

  test("of a user are told in one shape", () => {
    expect<Operation.Operation.Success<typeof UserSubscription.status>>().type.toBe<UserSubscription.Status>()
  })
})

describe("imports", () => {
  const create = taking(ImportTask.create)
  const file = { file_token: "f", point: { mount_type: 1, mount_key: "" } } as const

  test("make of a file what it can become", () => {
    expect(create).type.toBeCallableWith({ ...file, file_extension: "md", type: "docx" })
    expect(create).type.toBeCallableWith({ ...file, file_extension: "xlsx", type: "sheet" })
    expect(create).type.toBeCallableWith({ ...file, file_extension: "csv", type: "bitable" })
    expect(create).type.toBeCallableWith({ ...file, file_extension: "pptx", type: "slides" })
    expect(create).type.not.toBeCallableWith({ ...file, file_extension: "md", type: "sheet" })
    expect(create).type.not.toBeCallableWith({ ...file, file_extension: "xls", type: "bitable" })
    expect(create).type.not.toBeCallableWith({ ...file, file_extension: "pdf", type: "docx" })
    expect(create).type.not.toBeCallableWith({ file_token: "f", file_extension: "md", type: "docx" })
  })

  test("add to a Base only", () => {
    expect(create).type.toBeCallableWith({ ...file, file_extension: "xlsx", type: "bitable", token: "b" })
    expect(create).type.not.toBeCallableWith({ ...file, file_extension: "xlsx", type: "sheet", token: "s" })
  })

  test("end in a document, or say why not", () => {
    const wait = ImportTask.wait({ ticket: "1" })
    expect<Effect.Effect.Success<typeof wait>["token"]>().type.toBe<string>()
    expect<ImportTask.DriveImportFailed | Waiter.WaitTimeout | TaskError.DriveImportFileExpired>().type.toBeAssignableTo<
      Effect.Effect.Error<typeof wait>
    >()
    expect(Effect.catchTag(wait, "DriveImportFailed", ({ job_status }) => Effect.succeed(job_status))).type.not.toBe<typeof wait>()
  })
})

describe("exports", () => {
  const create = taking(ExportTask.create)

  test("make of a document what it can become", () => {
    expect(create).type.toBeCallableWith({ token: "t", type: "docx", file_extension: "pdf" })
    expect(create).type.toBeCallableWith({ token: "t", type: "sheet", file_extension: "xlsx" })
    expect(create).type.toBeCallableWith({ token: "t", type: "slides", file_extension: "pptx" })
    expect(create).type.not.toBeCallableWith({ token: "t", type: "docx", file_extension: "xlsx" })
    expect(create).type.not.toBeCallableWith({ token: "t", type: "sheet", file_extension: "base", sub_id: "s" })
  })

  test("make a csv of one table", () => {
    expect(create).type.toBeCallableWith({ token: "t", type: "bitable", file_extension: "csv", sub_id: "tbl" })
    expect(create).type.not.toBeCallableWith({ token: "t", type: "bitable", file_extension: "csv" })
  })

  test("leave the records out of a base only", () => {
    expect(create).type.toBeCallableWith({ token: "t", type: "bitable", file_extension: "base", only_schema: true })
    expect(create).type.not.toBeCallableWith({ token: "t", type: "bitable", file_extension: "xlsx", only_schema: true })
  })

  test("end in bytes, and fail with all that can go wrong on the way", () => {
    expect(ExportTask.fetch({ token: "t", type: "docx", file_extension: "pdf" })).type.toBe<
      Stream.Stream<
        Uint8Array,
        // Of starting, where a fault is `OutcomeUnknown`;
        | TaskError.DriveTaskNoPermission
        | TaskError.DriveTaskInvalidParam
        | TaskError.DriveTaskFileDeleted
        | TaskError.DriveTaskFileTokenInvalid
        | TaskError.DriveExportTypeMismatch
        | TaskError.DriveTaskTooManyRequests
        | TaskError.DriveExportMigrating
        // of waiting;
        | TaskError.DriveTaskInternalError
        | ExportTask.DriveExportFailed
        | Waiter.WaitTimeout
        // of downloading.
        | TaskError.DriveExportFileInvalid
        | Download.ContentError
        | CallError.CallError,
        FeishuClient.FeishuClient | AccessToken.AnyAccessToken
      >
    >()
  })
})
