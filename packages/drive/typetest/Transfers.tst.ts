import type { AccessToken, ApiError, CallError, FeishuClient, Operation } from "@effect-feishu/core"
import type { FileError, Transfer } from "@effect-feishu/drive"
import { FileDownload, FileUpload, MediaDownload, MediaUpload, UploadCheckpoint, UploadSource } from "@effect-feishu/drive"
import type { Error as PlatformError, FileSystem, KeyValueStore } from "@effect/platform"
import { Context, Effect } from "effect"
import type { Option, Stream } from "effect"
import { describe, expect, test } from "tstyche"

type Calling = FeishuClient.FeishuClient | AccessToken.AnyAccessToken

class Disk extends Context.Tag("Disk")<Disk, null>() {}
class Spool extends Context.Tag("Spool")<Spool, null>() {}

declare const source: UploadSource.UploadSource
declare const needy: UploadSource.UploadSource<"unreadable", Disk>
declare const store: UploadCheckpoint.Store<"unwritable", Spool>

/** An operation as nothing but what it takes. */
declare const taking: <Request>(operation: (request: Request) => unknown) => (request: Request) => void

const file = { file_name: "a", parent_node: "fld", source }

/** Every failure of an upload of a file, the platform's common ones aside. */
type FileFailure =
  | FileError.DriveFileContended
  | FileError.DriveFileInternalError
  | FileError.DriveFileInvalidParam
  | FileError.DriveFileNameRefused
  | FileError.DriveFileNoPermission
  | FileError.DriveFileNoScope
  | FileError.DriveFileNotFound
  | FileError.DriveFileTooLarge
  | FileError.DriveFileVersionConflict
  | FileError.DriveFolderFull
  | FileError.DriveFolderTooDeep
  | FileError.DriveMigrating
  | FileError.DriveMountPointGone
  | FileError.DriveParentDeleted
  | FileError.DriveParentFull
  | FileError.DriveParentNotFound
  | FileError.DriveSpaceFull
  | FileError.DriveTenantQuotaExceeded
  | FileError.DriveUploadBlockMissing
  | FileError.DriveUploadBlockOutOfBounds
  | FileError.DriveUploadExpired
  | FileError.DriveUploadSizeMismatch
  | FileError.DriveUploadUserMismatch
  | FileError.DriveUserQuotaExceeded
  | Exclude<CallError.CallError, CallError.OutcomeUnknown>
  | Transfer.IntegrityMismatch
  | Transfer.SourceChanged
  | Transfer.UploadOutcomeUnknown

describe("upload", () => {
  test("fails with what the platform documents, but for what it mends or says better", () => {
    expect(FileUpload.upload(file)).type.toBe<Effect.Effect<FileUpload.Uploaded, FileFailure, Calling>>()
    type Media = MediaUpload.UploadError
    expect<FileError.DriveUploadDisconnected>().type.toBeAssignableTo<Media>()
    expect<FileError.DriveUploadChecksumInvalid>().type.not.toBeAssignableTo<Media>()
    expect<CallError.OutcomeUnknown>().type.not.toBeAssignableTo<Media>()
    expect<FileError.DriveMountPointGone>().type.not.toBeAssignableTo<Media>()
  })

  test("takes on what its source and its store need and fail with", () => {
    expect(FileUpload.upload({ ...file, source: needy, checkpoints: store })).type.toBe<
      Effect.Effect<FileUpload.Uploaded, FileFailure | "unreadable" | "unwritable", Calling | Disk | Spool>
    >()
    expect(FileUpload.progress({ ...file, checkpoints: UploadCheckpoint.inKeyValueStore("k") })).type.toBe<
      Stream.Stream<
        Transfer.Progress<FileUpload.Uploaded>,
        FileFailure | PlatformError.PlatformError,
        Calling | KeyValueStore.KeyValueStore
      >
    >()
    expect(UploadSource.fromFile("a")).type.toBe<
      Effect.Effect<UploadSource.UploadSource<PlatformError.PlatformError>, PlatformError.PlatformError, FileSystem.FileSystem>
    >()
  })

  test("keeps its types among others", () => {
    const both = Effect.all([FileUpload.upload(file), FileUpload.upload(file)], { concurrency: "unbounded" })
    expect(both).type.toBe<Effect.Effect<[FileUpload.Uploaded, FileUpload.Uploaded], FileFailure, Calling>>()
  })

  test("has a result at its end only", () => {
    type Progress = Transfer.Progress<FileUpload.Uploaded>
    expect<Extract<Progress, { _tag: "Uploaded" }>["result"]>().type.toBe<FileUpload.Uploaded>()
    expect<Extract<Progress, { _tag: "Uploading" }>>().type.not.toHaveProperty("result")
  })

  const upload = taking<FileUpload.UploadRequest>(FileUpload.upload)
  const media = taking<MediaUpload.UploadRequest>(MediaUpload.upload)

  test("takes places of its own kind only", () => {
    expect(upload).type.toBeCallableWith({ ...file, parent_type: "wiki" })
    expect(upload).type.not.toBeCallableWith({ ...file, parent_type: "docx_file" })
    expect(upload).type.not.toBeCallableWith({ file_name: "a", source })
    expect(media).type.toBeCallableWith({ ...file, parent_type: "docx_file" })
    expect(media).type.not.toBeCallableWith(file)
    expect(media).type.not.toBeCallableWith({ ...file, parent_type: "explorer" })
  })
})

describe("the steps", () => {
  test("that make a file never end in a fault, and those that can be repeated may", () => {
    type Error<O> = Operation.Operation.Error<O>
    for (const _ of [FileUpload.all, FileUpload.finish, MediaUpload.all, MediaUpload.finish]) {
      expect<Extract<Error<typeof _>, { category: "Fault" }>>().type.toBe<never>()
    }
    expect<Error<typeof FileUpload.part>>().type.toBe<
      | FileError.DriveFileInternalError
      | FileError.DriveFileInvalidParam
      | FileError.DriveFileNoScope
      | FileError.DriveUploadBlockMissing
      | FileError.DriveUploadBlockOutOfBounds
      | FileError.DriveUploadChecksumInvalid
      | FileError.DriveUploadExpired
      | FileError.DriveUploadSizeMismatch
      | FileError.DriveUploadUserMismatch
    >()
    expect<FileError.DriveCoverGenerating>().type.toBeAssignableTo<Error<typeof MediaUpload.part>>()
  })

  test("take bytes", () => {
    const part = taking(FileUpload.part)
    expect(part).type.toBeCallableWith({ upload_id: "7", seq: 0, size: 1, file: new Uint8Array(1) })
    expect(part).type.not.toBeCallableWith({ upload_id: "7", seq: 0, size: 1, file: "x" })
  })
})

describe("reconcile", () => {
  test("takes a checkpoint, and answers a token if there is one", () => {
    const look = (checkpoint: UploadCheckpoint.UploadCheckpoint) =>
      FileUpload.reconcile({ ...checkpoint, since: checkpoint.started_at })
    expect<Effect.Effect.Success<ReturnType<typeof look>>>().type.toBe<Option.Option<string>>()
    expect<Effect.Effect.Context<ReturnType<typeof look>>>().type.toBe<Calling>()
  })
})

describe("a download", () => {
  type Failure =
    | Exclude<CallError.CallError, never>
    | Transfer.IntegrityMismatch
    | Transfer.RemoteChanged

  test("fails as the call does, and as what comes may", () => {
    expect(FileDownload.stream({ file_token: "f" })).type.toBe<Stream.Stream<Uint8Array, Failure, Calling>>()
    expect(MediaDownload.stream({ file_token: "f", extra: "{}" })).type.toBe<Stream.Stream<Uint8Array, Failure, Calling>>()
    expect(FileDownload.toFile({ file_token: "f" }, "/tmp/f")).type.toBe<
      Effect.Effect<Transfer.Saved, Failure | PlatformError.PlatformError, Calling | FileSystem.FileSystem>
    >()
    // Documented codes it has none; those of any call it has.
    expect<ApiError.PathNotFound>().type.toBeAssignableTo<Failure>()
  })

  test("knows versions of files and extras of media, and not the other way round", () => {
    const file = taking((request: FileDownload.DownloadRequest) => FileDownload.stream(request))
    const media = taking((request: MediaDownload.DownloadRequest) => MediaDownload.stream(request))
    expect(file).type.toBeCallableWith({ file_token: "f", version: "7", range: "bytes=0-1" })
    expect(file).type.not.toBeCallableWith({ file_token: "f", extra: "{}" })
    expect(media).type.toBeCallableWith({ file_token: "f", extra: "{}" })
    expect(media).type.not.toBeCallableWith({ file_token: "f", version: "7" })
  })
})
