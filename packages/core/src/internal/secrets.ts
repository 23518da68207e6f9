/** Nothing that reaches an error may carry a credential, whoever echoed it. */

const tokenLike = /\b(?:Bearer\s+\S+|[tuar]{1,2}-[\w.-]{16,}|eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]+)?)/g

export const removed = "<redacted>"

/** Text without the secrets named, and without what looks like a token. */
export const scrub = (text: string, secrets: ReadonlyArray<string>): string =>
  secrets.reduce(
    (clean, secret) => secret === "" ? clean : clean.replaceAll(secret, removed),
    text
  ).replace(tokenLike, removed)
