/** A form with a file in it, as the platform takes uploads. */
import * as Bytes from "./bytes.ts"
import type { Body } from "./spec.ts"

const utf8 = new TextEncoder()

const disposition = (name: string, value: unknown) =>
  value instanceof Uint8Array
    // The platform takes a part for a file by this; what the file is called, a field of its own says.
    ? `Content-Disposition: form-data; name="${name}"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\n`
    : `Content-Disposition: form-data; name="${name}"\r\n\r\n`

/** Fields in the order given, which is that of the declaration. */
export const encode = (fields: ReadonlyArray<readonly [name: string, value: unknown]>): Body => {
  const boundary = `effect-feishu-${crypto.randomUUID()}`
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    content: Bytes.concat([
      ...fields.flatMap(([name, value]) => [
        utf8.encode(`--${boundary}\r\n${disposition(name, value)}`),
        value instanceof Uint8Array ? value : utf8.encode(String(value)),
        utf8.encode("\r\n")
      ]),
      utf8.encode(`--${boundary}--\r\n`)
    ])
  }
}
