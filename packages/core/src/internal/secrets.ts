/** Nothing that reaches an error may carry a credential, whoever echoed it. */

/** Every alternative that begins to match goes on to match, or fails within a few characters: nothing here is quadratic. */
const tokenLike = /\b(?:Bearer\s+\S+|[tuar]{1,2}-[\w.-]{16,}|eyJ[\w-]{8,}(?:\.[\w-]+){0,2})/g

/** No credential is shorter, and a shorter text occurs in others by chance. */
const shortest = 8

export const removed = "<redacted>"

/** Text without the secrets named, and without what looks like a token. */
export const scrub = (text: string, secrets: ReadonlyArray<string>): string =>
  secrets.reduce(
    (clean, secret) => secret.length < shortest ? clean : clean.replaceAll(secret, removed),
    text
  ).replace(tokenLike, removed)
