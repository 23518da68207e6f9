/** A backend of many users: whoever calls it is who Feishu sees. It knows of no token and no test. */
import { AccessToken, OAuth, UserInfo, UserTokens } from "@effect-feishu/core"
import { HttpMiddleware, HttpRouter, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import { Config, Context, Effect, Layer, Option, Ref } from "effect"

/** Sign-ins that began, by their state: in a real backend they live with the visitor's session. */
export class Pending extends Context.Tag("Pending")<Pending, Ref.Ref<ReadonlyMap<string, OAuth.Started>>>() {
  static readonly layer = Layer.effect(Pending, Ref.make<ReadonlyMap<string, OAuth.Started>>(new Map()))
}

const scopes = ["auth:user.id:read", "offline_access"]

const login = Effect.gen(function*() {
  const oauth = yield* OAuth.OAuth
  const redirectUri = yield* Config.string("REDIRECT_URI")
  const started = yield* oauth.start({ redirectUri, scopes })
  yield* Effect.flatMap(Pending, Ref.update((all) => new Map(all).set(started.state, started)))
  return HttpServerResponse.redirect(started.url)
})

/** The user is back: from now on they are known by a cookie, and their tokens by the same key. */
const callback = Effect.gen(function*() {
  const oauth = yield* OAuth.OAuth
  const request = yield* HttpServerRequest.HttpServerRequest
  const query = new URL(request.url, "http://backend").searchParams
  const state = query.get("state") ?? ""
  const pending = yield* Pending
  const started = yield* Ref.modify(pending, (all) => {
    const left = new Map(all)
    left.delete(state)
    return [all.get(state), left]
  })
  if (started === undefined) return HttpServerResponse.text("no such sign-in", { status: 400 })
  const grant = yield* oauth.exchange(yield* OAuth.codeOf(query, started), started)
  const { open_id = "" } = yield* UserInfo.get().pipe(
    Effect.provideService(AccessToken.UserAccessToken, AccessToken.of("user", grant.accessToken))
  )
  yield* Effect.flatMap(UserTokens.UserTokens, (users) => users.save(open_id, grant))
  // A real backend signs its cookie.
  return yield* HttpServerResponse.redirect("/me").pipe(
    HttpServerResponse.setCookie("user", open_id, { httpOnly: true, sameSite: "lax", path: "/" })
  )
})

const me = Effect.map(UserInfo.get(), ({ name, open_id }) => HttpServerResponse.unsafeJson({ name, open_id }))

/** Everything below acts as the user who is calling; who is not signed in, or no more, is sent to sign in. */
const asCaller = HttpMiddleware.make((app) =>
  Effect.gen(function*() {
    const { cookies } = yield* HttpServerRequest.HttpServerRequest
    const userKey = Option.fromNullable(cookies["user"])
    if (Option.isNone(userKey)) return HttpServerResponse.redirect("/login")
    return yield* Effect.catchIf(
      AccessToken.forUser(userKey.value)(app),
      UserTokens.mustSignIn,
      () => Effect.succeed(HttpServerResponse.redirect("/login"))
    )
  })
)

export const router = HttpRouter.empty.pipe(
  HttpRouter.get("/me", asCaller(me)),
  HttpRouter.get("/login", login),
  HttpRouter.get("/callback", callback),
  HttpRouter.catchTag("SignInRefused", ({ message }) => HttpServerResponse.text(message, { status: 403 }))
)
