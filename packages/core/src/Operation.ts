/**
 * An operation is declared once, as data, and is the function you call.
 *
 * Its types, wire form, error union, credential, pacing, span, fake and
 * documentation are all read from that one declaration.
 *
 * @since 0.1.0
 */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type * as AccessToken from "./AccessToken.ts"
import type * as ApiError from "./ApiError.ts"
import type { CallError, PartialSuccess } from "./CallError.ts"
import type { ContentError, Download } from "./Download.ts"
import { FeishuClient } from "./FeishuClient.ts"
import * as Batches from "./internal/batches.ts"
import * as Downloads from "./internal/download.ts"
import { json } from "./internal/encode.ts"
import * as Multipart from "./internal/multipart.ts"
import * as Pages from "./internal/pages.ts"
import type { EncodeBody, Envelope, Method, SchemaOf, Spec, WireField } from "./internal/spec.ts"
import type * as RateLimit from "./RateLimit.ts"

/**
 * @since 0.1.0
 * @category symbols
 */
export const TypeId: unique symbol = Symbol.for("@effect-feishu/core/Operation")

/**
 * @since 0.1.0
 * @category symbols
 */
export type TypeId = typeof TypeId

/**
 * One documented API: call it, or read what it is.
 *
 * @since 0.1.0
 * @category models
 */
export interface Operation<in Request, out Success, out Error, out Token> extends Description {
  (request: Request): Effect.Effect<Success, Error | CallError, FeishuClient | Token>
}

/**
 * What a declaration says, as data.
 *
 * @since 0.1.0
 * @category models
 */
export interface Description {
  readonly [TypeId]: TypeId
  /** The documentation's resource path, for example `vc.meeting.recording.setPermission`. */
  readonly id: string
  readonly method: Method
  /** The path, with `:name` for every value it takes. */
  readonly url: string
  readonly accepts: AccessToken.Accepts
  /** The scopes that allow it: any one of them. */
  readonly scopes: ReadonlyArray<string>
  /** Whether calling twice is calling once, so that it may be sent again when the answer was lost. */
  readonly idempotent: boolean
  /** Whether the platform forbids calling it in parallel. */
  readonly serial: boolean
  readonly rateLimit: RateLimit.RateLimit
  readonly quota: RateLimit.RateLimit | undefined
  /** The documented failures, besides the platform's common ones. */
  readonly errors: ReadonlyArray<ApiError.AnyClass>
  readonly deprecated: boolean
  /** Everything the way of a call needs, schemas included. */
  readonly spec: Spec
}

/**
 * @since 0.1.0
 * @category models
 */
export declare namespace Operation {
  /** @since 0.1.0 @category models */
  type Any = Operation<never, unknown, unknown, unknown>
  /** @since 0.1.0 @category models */
  type Request<O> = O extends Operation<infer A, infer _1, infer _2, infer _3> ? A : never
  /** @since 0.1.0 @category models */
  type Success<O> = O extends Operation<infer _0, infer A, infer _2, infer _3> ? A : never
  /** @since 0.1.0 @category models */
  type Error<O> = O extends Operation<infer _0, infer _1, infer A, infer _3> ? A : never
  /** @since 0.1.0 @category models */
  type Token<O> = O extends Operation<infer _0, infer _1, infer _2, infer A> ? A : never
}

/**
 * An operation that answers page by page: called, it answers one page.
 *
 * @since 0.1.0
 * @category models
 */
export interface Paged<in Request, out Success, out Item, out Error, out Token, out Incomplete = never>
  extends Operation<Request, Success, Error, Token>
{
  /** Every page, from the one asked for. A page that fails fails the stream. */
  readonly pages: (request: Request) => Stream.Stream<Success, Error | CallError | Pages.PaginationLoop | Incomplete, FeishuClient | Token>
  /** Every item of every page. */
  readonly items: (request: Request) => Stream.Stream<Item, Error | CallError | Pages.PaginationLoop | Incomplete, FeishuClient | Token>
}

/**
 * An operation that takes many items, up to a documented number: called, it
 * sends one request.
 *
 * @since 0.1.0
 * @category models
 */
export interface Batched<in Request, out Success, in out Item, out Answer, out Error, out Token, out Refusal = never>
  extends Operation<Request, Success, Error | PartialSuccess<Success, Error | CallError>, Token>
{
  /**
   * Any number of items, in as many requests as that takes, one after another.
   *
   * Every item ends in exactly one of `succeeded`, `failed` and `missing`; what
   * was done before a failure is never lost. A failure that the next request
   * would meet as well (credential, permission, quota, not found) ends the work,
   * and the items that were not sent carry it.
   */
  readonly all: (
    request: Request
  ) => Effect.Effect<Batches.Outcome<Item, Answer, Error | CallError | Refusal>, never, FeishuClient | Token>
  /**
   * `all`, request by request: what became of its items as soon as that is
   * known, for showing progress and for keeping what is done. The next request
   * is sent when its outcome is asked for; every item is in exactly one of them.
   */
  readonly stream: (
    request: Request
  ) => Stream.Stream<Batches.Outcome<Item, Answer, Error | CallError | Refusal>, never, FeishuClient | Token>
}

/**
 * An operation that answers a file: called, it answers what the file is and its
 * content, which stays open as long as the scope.
 *
 * @since 0.1.0
 * @category models
 */
export interface Downloading<in Request, out Error, out Token> extends Operation<Request, Download, Error, Token | Scope.Scope> {
  /** The content alone, closed with the stream. */
  readonly stream: (
    request: Request
  ) => Stream.Stream<Uint8Array, Error | CallError | ContentError, FeishuClient | Token>
}

export {
  /**
   * More items are said to be there than the pages held: the stream ends with
   * this after the last of them. Of lists that end at a documented number.
   *
   * @since 0.1.0
   * @category errors
   */
  PagesIncomplete,
  /**
   * The platform handed out a page token twice: the stream ends rather than run forever.
   *
   * @since 0.1.0
   * @category errors
   */
  PaginationLoop
} from "./internal/pages.ts"

type PathParams<Url extends string> = Url extends `${string}:${infer Name}/${infer Rest}` ? Name | PathParams<`/${Rest}`>
  : Url extends `${string}:${infer Name}` ? Name
  : never

/** The fields of any member of a union. */
type FieldOf<Request> = Request extends unknown ? keyof Request & string : never

type HasPathParams<Url extends string, Request> = Exclude<PathParams<Url>, FieldOf<Request>> extends infer Missing
  ? [Missing] extends [never] ? unknown : { readonly "the url names a field the request lacks": Missing }
  : never

/**
 * Classes of documented failures; what several operations have in common can
 * stand among them as a list.
 *
 * @since 0.1.0
 * @category models
 */
export type Errors = ReadonlyArray<ApiError.AnyClass | ReadonlyArray<ApiError.AnyClass>>

type Listed<Error> = Error extends ReadonlyArray<infer Class> ? Class : Error

type Instance<Error> = Listed<Error> extends infer Class extends ApiError.AnyClass ? InstanceType<Class> : never

/**
 * The documented failures a call can end in. A write that must not be repeated
 * never ends in a `Fault`: whether it took effect is unknown then, and the call
 * says so with `OutcomeUnknown`.
 *
 * @since 0.1.0
 * @category models
 */
export type Failure<Of extends Errors, Idempotent extends boolean> = Idempotent extends true ? Instance<Of[number]>
  : Exclude<Instance<Of[number]>, { readonly category: "Fault" }>

/**
 * What is written to declare an operation.
 *
 * @since 0.1.0
 * @category models
 */
export interface Declaration<Request, Success, Accepts, Of, Idempotent, Url extends string> {
  readonly method: Method
  /** `:name` stands for the request's field of that name. */
  readonly url: Url & HasPathParams<Url, Request>
  /** The credential the documentation allows. */
  readonly accepts: Accepts
  /** Any one of them is enough. */
  readonly scopes: ReadonlyArray<string>
  /** Whether calling twice is calling once: decided for each operation, never by method. */
  readonly idempotent: Idempotent
  /**
   * Whether calls must not run in parallel: with each other, or, where it is a
   * name, with those of any operation that gives the same one.
   */
  readonly serial?: boolean | string
  /** How often. */
  readonly rateLimit: RateLimit.RateLimit
  /** How many in all, where the documentation sets an allowance per day. */
  readonly quota?: RateLimit.RateLimit
  readonly request?: SchemaOf<Request>
  /** Fields that travel in the query. Those of a GET all do, unless it has a body; elsewhere the rest is the body. */
  readonly query?: ReadonlyArray<FieldOf<Request> | readonly [field: FieldOf<Request>, wireName: string]>
  /** Fields that travel in headers. */
  readonly headers?: ReadonlyArray<FieldOf<Request> | readonly [field: FieldOf<Request>, wireName: string]>
  /**
   * For a GET that the platform wants a body of: what is in neither query nor
   * headers travels there. `fetch` cannot send such a request.
   *
   * @default false
   */
  readonly carriesBody?: boolean
  readonly response?: SchemaOf<Success>
  /** @default "data" */
  readonly envelope?: Envelope
  readonly errors: Of
  /** HTTP statuses by code, where this operation's page differs from the class. */
  readonly statuses?: Readonly<Record<number, number>>
  readonly deprecated?: boolean
}

/** A declaration without the types of its schemas, which nothing below asks for. */
type Untyped =
  & Omit<
    Declaration<unknown, unknown, AccessToken.Accepts, Errors, boolean, string>,
    "url" | "query" | "headers" | "request" | "response"
  >
  & {
    readonly url: string
    readonly query?: ReadonlyArray<WireField>
    readonly headers?: ReadonlyArray<WireField>
    readonly request?: Schema.Schema.All
    readonly response?: Schema.Schema.All
  }

/** What only some operations have. */
interface Parts {
  readonly partial?: Spec["partial"]
  readonly file?: Spec["file"]
  readonly body?: EncodeBody
}

const describe = (id: string, declaration: Untyped, { body = json, file, partial }: Parts = {}): Description => {
  const spec: Spec = {
    id,
    method: declaration.method,
    url: declaration.url,
    accepts: declaration.accepts,
    scopes: declaration.scopes,
    idempotent: declaration.idempotent,
    serial: declaration.serial !== undefined && declaration.serial !== false,
    lane: typeof declaration.serial === "string" ? declaration.serial : undefined,
    rateLimit: declaration.rateLimit,
    quota: declaration.quota,
    // Sound: a declaration takes schemas without requirements only.
    request: declaration.request as Schema.Schema.AnyNoContext | undefined,
    query: declaration.query ?? [],
    headers: declaration.headers ?? [],
    body: declaration.method === "GET" && declaration.carriesBody !== true ? undefined : body,
    response: declaration.response as Schema.Schema.AnyNoContext | undefined,
    envelope: declaration.envelope ?? "data",
    file,
    errors: declaration.errors.flat(),
    statuses: declaration.statuses ?? {},
    deprecated: declaration.deprecated ?? false,
    partial
  }
  return {
    [TypeId]: TypeId,
    id: spec.id,
    method: spec.method,
    url: spec.url,
    accepts: declaration.accepts,
    scopes: spec.scopes,
    idempotent: spec.idempotent,
    serial: spec.serial,
    rateLimit: spec.rateLimit,
    quota: spec.quota,
    errors: spec.errors,
    deprecated: spec.deprecated,
    spec
  }
}

const callable = <Request, Success, Error, Token>(description: Description): Operation<Request, Success, Error, Token> => {
  const call = (request: Request) => Effect.flatMap(FeishuClient, (client) => client.execute(operation, request))
  const operation: Operation<Request, Success, Error, Token> = Object.assign(call, description)
  return operation
}

/**
 * Declares an operation.
 *
 * @example
 * ```ts
 * import * as ApiError from "@effect-feishu/core/ApiError"
 * import * as Operation from "@effect-feishu/core/Operation"
 * import * as RateLimit from "@effect-feishu/core/RateLimit"
 * import * as Shape from "@effect-feishu/core/Shape"
 * import * as Schema from "effect/Schema"
 *
 * class MinutesNotFound
 *   extends ApiError.define("MinutesNotFound", { code: 2091002, status: 404, category: "NotFound" })
 * {}
 *
 * class GetRequest extends Shape.Struct<GetRequest>()(() => ({ minute_token: Schema.String })) {}
 *
 * class GetResponse extends Shape.Struct<GetResponse>()(() => ({ title: Schema.optional(Schema.String) })) {}
 *
 * export const get = Operation.make("minutes.minute.get", {
 *   method: "GET",
 *   url: "/open-apis/minutes/v1/minutes/:minute_token",
 *   accepts: "either",
 *   scopes: ["minutes:minutes:readonly"],
 *   idempotent: true,
 *   rateLimit: RateLimit.of([5, "1 second"]),
 *   request: GetRequest,
 *   response: GetResponse,
 *   errors: [MinutesNotFound]
 * })
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = <
  const Accepts extends AccessToken.Accepts,
  const Of extends Errors,
  const Idempotent extends boolean,
  const Url extends `/open-apis/${string}`,
  Request = void,
  Success = void
>(
  id: string,
  declaration: Declaration<Request, Success, Accepts, Of, Idempotent, Url>
): Operation<Request, Success, Failure<Of, Idempotent>, AccessToken.Requirement<Accepts>> =>
  callable(describe(id, declaration))

type ItemOf<Success, Key extends keyof Success> = NonNullable<Success[Key]> extends ReadonlyArray<infer Item> ? Item : never

/**
 * Declares an operation with more behind a page token.
 *
 * @since 0.1.0
 * @category constructors
 */
export const paged = <
  const Accepts extends AccessToken.Accepts,
  const Of extends Errors,
  const Idempotent extends boolean,
  const Url extends `/open-apis/${string}`,
  Success,
  const Key extends keyof Success & string,
  Request = void,
  const Total extends (keyof Success & string) | undefined = undefined
>(
  id: string,
  declaration: Declaration<Request, Success, Accepts, Of, Idempotent, Url> & {
    /**
     * Where the items are, and where the next page's token is: `page_token`
     * unless said otherwise. `total` is where a list that ends at a documented
     * number of items says how many there are: then it does not end in silence.
     */
    readonly page: { readonly items: Key; readonly next?: keyof Success & string; readonly total?: Total }
  }
): Paged<
  Request,
  Success,
  ItemOf<Success, Key>,
  Failure<Of, Idempotent>,
  AccessToken.Requirement<Accepts>,
  Total extends string ? Pages.PagesIncomplete : never
> => {
  const operation = callable<Request, Success, Failure<Of, Idempotent>, AccessToken.Requirement<Accepts>>(
    describe(id, declaration)
  )
  const { items, next, total } = declaration.page
  // Sound: `ItemOf` is what the list under this key holds.
  const itemsOf = (page: Success) => (page[items] ?? []) as ReadonlyArray<ItemOf<Success, Key>>
  const pages = Pages.walk(operation, {
    // Sound: a page without the field reads as the last one.
    next: next ?? "page_token" as keyof Success & string,
    countOf: (page) => itemsOf(page).length,
    total
  })
  // Sound: without a `total` no walk ends as incomplete.
  return Object.assign(operation, { pages, items: Pages.items(pages, itemsOf) }) as unknown as Paged<
    Request,
    Success,
    ItemOf<Success, Key>,
    Failure<Of, Idempotent>,
    AccessToken.Requirement<Accepts>,
    Total extends string ? Pages.PagesIncomplete : never
  >
}

/**
 * Declares an operation that takes many items and may do only some of them.
 *
 * @since 0.1.0
 * @category constructors
 */
export const batched = <
  const Accepts extends AccessToken.Accepts,
  const Of extends Errors,
  const Idempotent extends boolean,
  const Url extends `/open-apis/${string}`,
  Request,
  Success,
  const Key extends FieldOf<Request>,
  Answer,
  Refusal = never
>(
  id: string,
  declaration: Declaration<Request, Success, Accepts, Of, Idempotent, Url> & {
    readonly batch: Batches.Batch<Request, Success, Key, Answer, Refusal>
  }
): Batched<
  Request,
  Success,
  Batches.Item<Request, Key>,
  Answer,
  Failure<Of, Idempotent>,
  AccessToken.Requirement<Accepts>,
  Refusal
> => {
  const { batch } = declaration
  const operation = callable<
    Request,
    Success,
    Failure<Of, Idempotent> | PartialSuccess<Success, Failure<Of, Idempotent> | CallError>,
    AccessToken.Requirement<Accepts>
  >(describe(id, declaration, { partial: (data: Success) => batch.done(data).length > 0 }))
  const stream = Batches.stream(operation, batch)
  return Object.assign(operation, { all: (request: Request) => Batches.collect(stream(request)), stream })
}

/**
 * Declares an operation that answers a file.
 *
 * @since 0.1.0
 * @category constructors
 */
export const download = <
  const Accepts extends AccessToken.Accepts,
  const Of extends Errors,
  const Idempotent extends boolean,
  const Url extends `/open-apis/${string}`,
  Request = void
>(
  id: string,
  declaration: Omit<Declaration<Request, Download, Accepts, Of, Idempotent, Url>, "response" | "envelope">
): Downloading<Request, Failure<Of, Idempotent>, AccessToken.Requirement<Accepts>> => {
  const operation = callable<
    Request,
    Download,
    Failure<Of, Idempotent>,
    AccessToken.Requirement<Accepts> | Scope.Scope
  >(describe(id, declaration, { file: Downloads.answer }))
  return Object.assign(operation, {
    stream: (request: Request) => Stream.unwrapScoped(Effect.map(operation(request), ({ content }) => content))
  })
}

/**
 * Declares an operation that takes a file: its request is sent as a form, in
 * which a field that holds a `Uint8Array` is the file.
 *
 * @since 0.1.0
 * @category constructors
 */
export const upload = <
  const Accepts extends AccessToken.Accepts,
  const Of extends Errors,
  const Idempotent extends boolean,
  const Url extends `/open-apis/${string}`,
  Request = void,
  Success = void
>(
  id: string,
  declaration: Declaration<Request, Success, Accepts, Of, Idempotent, Url>
): Operation<Request, Success, Failure<Of, Idempotent>, AccessToken.Requirement<Accepts>> =>
  callable(describe(id, declaration, { body: Multipart.encode }))

/**
 * @since 0.1.0
 * @category guards
 */
export const isOperation = (u: unknown): u is Operation.Any => Predicate.hasProperty(u, TypeId)
