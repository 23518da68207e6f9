/**
 * How far an upload is, written down after every part, so that another process
 * can go on with it.
 *
 * @since 0.1.0
 */
import * as Shape from "@effect-feishu/core/Shape"
import type { PlatformError } from "@effect/platform/Error"
import * as KeyValueStore from "@effect/platform/KeyValueStore"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Ref from "effect/Ref"
import * as Schema from "effect/Schema"

const Count = Schema.Int.pipe(Schema.nonNegative())

/**
 * @since 0.1.0
 * @category schemas
 */
export const UploadCheckpoint = Schema.Struct({
  /** Whether it is a file in a folder, or media in a document. */
  kind: Schema.Literal("file", "media"),
  file_name: Schema.String,
  parent_type: Schema.String,
  parent_node: Schema.String,
  /** The file that gets a new version. */
  file_token: Schema.optional(Schema.String),
  extra: Schema.optional(Schema.String),
  /** How long the file is, in bytes. */
  size: Count,
  /** The version of the source, if it has one. */
  version: Schema.optional(Schema.String),
  /** Names the upload for the platform; nothing where the file goes in one request. */
  upload_id: Schema.optional(Schema.String),
  block_size: Count,
  block_num: Count,
  /** How many parts the platform has confirmed. */
  confirmed: Count,
  /** The Adler-32 of those, where the source has no version. */
  checksum: Count,
  /** When the upload was begun, in Unix milliseconds. */
  started_at: Schema.Number,
  /** Whether the platform has been told to make the file, and has not refused. */
  finishing: Schema.Boolean
})

/**
 * What is uploaded where to, and how far it is.
 *
 * @since 0.1.0
 * @category models
 */
export type UploadCheckpoint = typeof UploadCheckpoint.Type

/**
 * Where the checkpoint of one upload is kept. To fail to save fails the upload.
 *
 * @since 0.1.0
 * @category models
 */
export interface Store<out E = never, out R = never> {
  /** What was saved last, unless it was cleared. */
  readonly load: Effect.Effect<Option.Option<UploadCheckpoint>, E, R>
  /** Returns when the checkpoint is where it is to be. */
  readonly save: (checkpoint: UploadCheckpoint) => Effect.Effect<void, E, R>
  readonly clear: Effect.Effect<void, E, R>
}

/**
 * Nowhere: an upload that ends before its time begins again.
 *
 * @since 0.1.0
 * @category stores
 */
export const none: Store = { load: Effect.succeedNone, save: () => Effect.void, clear: Effect.void }

/**
 * In memory: for uploads that are tried again by the same process.
 *
 * @since 0.1.0
 * @category stores
 */
export const inMemory: Effect.Effect<Store> = Effect.map(Ref.make(Option.none<UploadCheckpoint>()), (ref) => ({
  load: Ref.get(ref),
  save: (checkpoint) => Ref.set(ref, Option.some(checkpoint)),
  clear: Ref.set(ref, Option.none())
}))

/** A checkpoint in one of two places. */
class Entry extends Shape.Struct<Entry>()(() => ({ revision: Count, checkpoint: UploadCheckpoint })) {}

const revisionOf = ({ revision }: Entry) => revision

/**
 * Under a key of the `KeyValueStore`, which its `layerFileSystem` keeps in
 * files. A process may end in the middle of writing: there are two entries, and
 * the older one is overwritten.
 *
 * @since 0.1.0
 * @category stores
 */
export const inKeyValueStore = (key: string): Store<PlatformError, KeyValueStore.KeyValueStore> => {
  const json = Schema.parseJson(Entry)
  const read = Schema.decodeOption(json)
  const write = Schema.encodeSync(json)
  /** Both places, the one written last first. */
  const entries = Effect.flatMap(KeyValueStore.KeyValueStore, (store) =>
    Effect.map(
      Effect.forEach(["a", "b"], (suffix) => {
        const place = `${key}.${suffix}`
        return Effect.map(store.get(place), (text) => {
          const entry = Option.flatMap(text, read)
          return { place, written: Option.isSome(text), entry, revision: Option.match(entry, { onNone: () => 0, onSome: revisionOf }) }
        })
      }),
      (both) => both.toSorted((one, other) => other.revision - one.revision)
    ))
  return {
    load: Effect.map(entries, ([newest]) => Option.map(newest?.entry ?? Option.none(), ({ checkpoint }) => checkpoint)),
    save: (checkpoint) =>
      Effect.flatMap(entries, ([newest, oldest]) =>
        Effect.flatMap(KeyValueStore.KeyValueStore, (store) =>
          store.set(
            oldest?.place ?? `${key}.a`,
            write({ revision: (newest?.revision ?? 0) + 1, checkpoint })
          ))),
    // The older one first: left alone it would say that the file is still to be made.
    clear: Effect.flatMap(entries, (both) =>
      Effect.flatMap(KeyValueStore.KeyValueStore, (store) =>
        Effect.forEach(both.filter(({ written }) => written).toReversed(), ({ place }) => store.remove(place), {
          discard: true
        })))
  }
}

/**
 * Lets an upload go on whose outcome was unknown, once it was seen that there is
 * no file: the next `upload` with this store makes it.
 *
 * @since 0.1.0
 * @category combinators
 */
export const reopen = <E, R>(store: Store<E, R>): Effect.Effect<void, E, R> =>
  Effect.flatMap(
    store.load,
    Option.match({
      onNone: () => Effect.void,
      onSome: (checkpoint) =>
        checkpoint.upload_id === undefined ? store.clear : store.save({ ...checkpoint, finishing: false })
    })
  )
