/** A form as it arrives: text, and files as bytes. */
import * as Either from "effect/Either"

const crlf = "\r\n"

/** One character for each byte, so that what is found in the text is there in the bytes. */
const latin1 = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes)

const indexOf = ({ buffer, byteLength, byteOffset }: Uint8Array, sought: Uint8Array, from: number): number =>
  Buffer.from(buffer, byteOffset, byteLength).indexOf(sought, from)

const ascii = (text: string) => new TextEncoder().encode(text)

const boundaryOf = (contentType: string): string | undefined =>
  /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType)?.slice(1).find((part) => part !== undefined)

export const isForm = (contentType: string | undefined): contentType is string =>
  contentType !== undefined && boundaryOf(contentType) !== undefined

export const parse = (contentType: string, body: Uint8Array): Either.Either<Readonly<Record<string, string | Uint8Array>>, string> => {
  const boundary = boundaryOf(contentType)
  if (boundary === undefined) return Either.left("the form has no boundary")
  const fields: Record<string, string | Uint8Array> = {}
  const between = ascii(`${crlf}--${boundary}`)
  let at = ascii(`--${boundary}`).byteLength
  if (latin1(body.subarray(0, at)) !== `--${boundary}`) return Either.left("the form does not begin with its boundary")
  while (latin1(body.subarray(at, at + 2)) === crlf) {
    const start = indexOf(body, ascii(crlf + crlf), at)
    const end = start === -1 ? -1 : indexOf(body, between, start + 4)
    if (end === -1) return Either.left("a part of the form does not end")
    const head = latin1(body.subarray(at + 2, start))
    const name = /^content-disposition:\s*form-data;.*\bname="([^"]*)"/im.exec(head)?.[1]
    if (name === undefined) return Either.left("a part of the form has no name")
    const content = body.subarray(start + 4, end)
    fields[name] = /;\s*filename="/i.test(head) ? content : new TextDecoder().decode(content)
    at = end + between.byteLength
  }
  return latin1(body.subarray(at, at + 2)) === "--" ? Either.right(fields) : Either.left("the form does not end")
}
