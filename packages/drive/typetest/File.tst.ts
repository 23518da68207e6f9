import type { AccessToken, CallError, FeishuClient, Operation, Waiter } from "@effect-feishu/core"
import type { ActivityError, ExplorerError, FileError, MetaError, VersionError } from "@effect-feishu/drive"
import { Explorer, File, FileLike, FileStatistics, FileVersion, FileViewRecord, Folder, Media, Meta, Search } from "@effect-feishu/drive"
import type { Effect, Redacted, Stream } from "effect"
import { describe, expect, test } from "tstyche"

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

type Either = AccessToken.AnyAccessToken

/** What the platform lists for files and folders alike, but for its own faults. */
type FileFailure =
  | FileError.DriveFileInvalidParam
  | FileError.DriveFileNotFound
  | FileError.DriveFileNoPermission
  | FileError.DriveFileAuthFailed
  | FileError.DriveFileDeleted
  | FileError.DriveFileContended
  | FileError.DriveNodeNoPermission
  | FileError.DriveSubNodeNoPermission
  | FileError.DriveFolderFull
  | FileError.DriveSourceFolderNoPermission
  | FileError.DriveTargetFolderNoPermission
  | FileError.DrivePageSizeExceeded
  | FileError.DriveCrossTenantUnsupported
  | FileError.DriveCrossBrandUnsupported
  | FileError.DriveSourceNotFound

describe("files", () => {
  test("fail as documented; what must not be repeated never ends in a fault", () => {
    expect(File.copy({ file_token: "f", name: "a", type: "docx", folder_token: "d" })).type.toBe<
      Effect.Effect<File.CopyResponse, FileFailure | CallError.CallError, FeishuClient.FeishuClient | Either>
    >()
    expect(Folder.create({ name: "a", folder_token: "" })).type.toBe<
      Effect.Effect<Folder.CreateResponse, FileFailure | CallError.CallError, FeishuClient.FeishuClient | Either>
    >()
    expect(File.move({ file_token: "f", type: "folder" })).type.toBe<
      Effect.Effect<
        File.TaskResponse,
        FileFailure | FileError.DriveFileInternalError | CallError.CallError,
        FeishuClient.FeishuClient | Either
      >
    >()
  })

  test("are listed one by one", () => {
    expect(File.list.items({ folder_token: "d" })).type.toBe<
      Stream.Stream<
        File.File,
        FileFailure | FileError.DriveFileInternalError | CallError.CallError | Operation.PaginationLoop,
        FeishuClient.FeishuClient | Either
      >
    >()
  })

  test("are of the kinds each operation takes", () => {
    const copy = taking(File.copy)
    expect(copy).type.toBeCallableWith({ file_token: "f", name: "a", type: "slides", folder_token: "d" })
    expect(copy).type.not.toBeCallableWith({ file_token: "f", name: "a", type: "folder", folder_token: "d" })
    expect(copy).type.not.toBeCallableWith({ file_token: "f", name: "a", folder_token: "d" })
    const move = taking(File.move)
    expect(move).type.toBeCallableWith({ file_token: "f", type: "folder", folder_token: "d" })
    expect(move).type.not.toBeCallableWith({ file_token: "f", type: "shortcut", folder_token: "d" })
    expect(move).type.not.toBeCallableWith({ file_token: "f", folder_token: "d" })
    const remove = taking(File.delete)
    expect(remove).type.toBeCallableWith({ file_token: "f", type: "shortcut", async: true })
    expect(remove).type.not.toBeCallableWith({ file_token: "f", type: "wiki" })
    const shortcut = taking(File.createShortcut)
    expect(shortcut).type.toBeCallableWith({ parent_token: "d", refer_entity: { refer_token: "f", refer_type: "docx" } })
    expect(shortcut).type.not.toBeCallableWith({ parent_token: "d", refer_entity: { refer_token: "f", refer_type: "folder" } })
  })

  test("are listed in the documented ways only", () => {
    const list = taking(File.list)
    expect(list).type.toBeCallableWith({})
    expect(list).type.toBeCallableWith({ order_by: "CreatedTime", direction: "ASC", option: "get_all_children_unsort" })
    expect(list).type.not.toBeCallableWith({ order_by: "Name" })
    expect(list).type.not.toBeCallableWith({ next_page_token: "p" })
  })
})

describe("Folder.wait", () => {
  test("fails as the task, as asking for it, or in time", () => {
    expect(Folder.wait({ task_id: "1" }, { timeout: "1 minute" })).type.toBe<
      Effect.Effect<
        void,
        | Folder.FolderTaskFailed
        | Waiter.WaitTimeout
        | FileFailure
        | FileError.DriveFileInternalError
        | CallError.CallError,
        FeishuClient.FeishuClient | Either
      >
    >()
  })

  test("needs a task: what was done at once has none", () => {
    const wait = taking(Folder.wait)
    expect(wait).type.toBeCallableWith({ task_id: "1" })
    expect(wait).type.not.toBeCallableWith({})
    expect(wait).type.not.toBeCallableWith({} as File.TaskResponse)
  })
})

describe("Explorer", () => {
  test("fails as documented", () => {
    expect(Explorer.getRootFolderMeta()).type.toBe<
      Effect.Effect<
        Explorer.GetRootFolderMetaResponse,
        ExplorerError.DriveExplorerFailed | ExplorerError.DriveExplorerForbidden | CallError.CallError,
        FeishuClient.FeishuClient | Either
      >
    >()
    const meta = taking(Explorer.getFolderMeta)
    expect(meta).type.toBeCallableWith({ folderToken: "d" })
    expect(meta).type.not.toBeCallableWith({ folder_token: "d" })
  })
})

describe("FileVersion", () => {
  test("fails as documented", () => {
    expect(FileVersion.create({ file_token: "f", name: "a", obj_type: "docx" })).type.toBe<
      Effect.Effect<
        FileVersion.Version,
        | VersionError.DriveVersionNoPermission
        | VersionError.DriveVersionTitleRefused
        | VersionError.DriveVersionParentNotFound
        | VersionError.DriveVersionFileTokenInvalid
        | VersionError.DriveVersionParamInvalid
        | CallError.CallError,
        FeishuClient.FeishuClient | Either
      >
    >()
    expect(FileVersion.delete({ file_token: "f", version_id: "v", obj_type: "docx" })).type.toBe<
      Effect.Effect<
        void,
        | VersionError.DriveVersionNoPermission
        | VersionError.DriveVersionNotFound
        | VersionError.DriveVersionParentNotFound
        | VersionError.DriveVersionFileTokenInvalid
        | VersionError.DriveVersionParamInvalid
        | VersionError.DriveVersionParamUnusable
        | VersionError.DriveVersionRequestFailed
        | CallError.CallError,
        FeishuClient.FeishuClient | Either
      >
    >()
  })

  test("takes what the pages call optional and then require", () => {
    const create = taking(FileVersion.create)
    expect(create).type.not.toBeCallableWith({ file_token: "f", obj_type: "docx" })
    expect(create).type.not.toBeCallableWith({ file_token: "f", name: "a" })
    expect(create).type.not.toBeCallableWith({ file_token: "f", name: "a", obj_type: "doc" })
    expect(taking(FileVersion.list)).type.not.toBeCallableWith({ file_token: "f", obj_type: "docx" })
  })
})

describe("visits and likes", () => {
  test("fail as documented", () => {
    type ActivityFailure =
      | ActivityError.DriveActivityInternalError
      | ActivityError.DriveActivityInvalidParam
      | ActivityError.DriveActivityNoPermission
      | ActivityError.DriveActivityFileNotFound
    expect(FileStatistics.get({ file_token: "f", file_type: "wiki" })).type.toBe<
      Effect.Effect<FileStatistics.GetResponse, ActivityFailure | CallError.CallError, FeishuClient.FeishuClient | Either>
    >()
    expect(FileViewRecord.list({ file_token: "f", file_type: "wiki", page_size: 1 })).type.toBe<
      Effect.Effect<FileViewRecord.ListResponse, ActivityFailure | CallError.CallError, FeishuClient.FeishuClient | Either>
    >()
    expect(FileLike.list({ file_token: "f", file_type: "doc" })).type.toBe<
      Effect.Effect<
        FileLike.ListResponse,
        | FileError.DriveFileInternalError
        | FileError.DriveFileInvalidParam
        | FileError.DriveFileNotFound
        | FileError.DriveFileNoPermission
        | FileError.DriveFileDeleted
        | CallError.CallError,
        FeishuClient.FeishuClient | Either
      >
    >()
  })

  test("are of the kinds each operation takes", () => {
    expect(taking(FileLike.list)).type.not.toBeCallableWith({ file_token: "f", file_type: "sheet" })
    expect(taking(FileViewRecord.list)).type.not.toBeCallableWith({ file_token: "f", file_type: "docx" })
    expect(taking(FileStatistics.get)).type.not.toBeCallableWith({ file_token: "f", file_type: "slides" })
  })
})

describe("Meta", () => {
  test("fails as documented", () => {
    expect(Meta.batchQuery({ request_docs: [{ doc_token: "f", doc_type: "docx" }] })).type.toBe<
      Effect.Effect<
        Meta.BatchQueryResponse,
        | MetaError.DriveMetaUserUnknown
        | MetaError.DriveMetaUnavailable
        | CallError.PartialSuccess<
          Meta.BatchQueryResponse,
          MetaError.DriveMetaUserUnknown | MetaError.DriveMetaUnavailable | CallError.CallError
        >
        | CallError.CallError,
        FeishuClient.FeishuClient | Either
      >
    >()
    // What the platform told nothing of is a failure of that document alone.
    type Failed = Effect.Effect.Success<ReturnType<typeof Meta.batchQuery.all>>["failed"][number]["error"]
    expect<Meta.FailedMeta>().type.toBeAssignableTo<Failed>()
    expect(taking(Meta.batchQuery)).type.not.toBeCallableWith({ request_docs: [{ doc_token: "f", doc_type: "shortcut" }] })
  })
})

describe("Search", () => {
  test("speaks for a user, and has no failure of its own", () => {
    expect(Search.search({ search_key: "a", count: 50, offset: 100 })).type.toBe<
      Effect.Effect<Search.SearchResponse, CallError.CallError, FeishuClient.FeishuClient | AccessToken.UserAccessToken>
    >()
    expect(taking(Search.search)).type.not.toBeCallableWith({ search_key: "a", docs_types: ["docx"] })
  })

  test("says where it is not all", () => {
    expect(Search.results({ search_key: "a" })).type.toBe<
      Stream.Stream<
        Search.FoundDoc,
        CallError.CallError | Operation.PagesIncomplete,
        FeishuClient.FeishuClient | AccessToken.UserAccessToken
      >
    >()
    const results = taking(Search.results)
    expect(results).type.toBeCallableWith({ search_key: "a", owner_ids: ["ou_1"] })
    expect(results).type.not.toBeCallableWith({ search_key: "a", offset: 10 })
  })
})

describe("Media", () => {
  test("answers links as secrets", () => {
    expect<Media.TmpDownloadUrl["tmp_download_url"]>().type.toBe<Redacted.Redacted>()
    expect(Media.batchGetTmpDownloadUrl({ file_tokens: ["f"] })).type.toBe<
      Effect.Effect<
        Media.BatchGetTmpDownloadUrlResponse,
        | FileError.DriveFileInvalidParam
        | CallError.CallError
        | CallError.PartialSuccess<Media.BatchGetTmpDownloadUrlResponse, FileError.DriveFileInvalidParam | CallError.CallError>,
        FeishuClient.FeishuClient | Either
      >
    >()
    expect(taking(Media.batchGetTmpDownloadUrl)).type.not.toBeCallableWith({ file_tokens: "f" })
  })
})
