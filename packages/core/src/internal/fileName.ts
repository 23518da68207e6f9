/** What a file is called, out of a header anybody may have written, as a name that can do no harm. */
import * as Either from "effect/Either"

const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder("utf-8", { fatal: true })

const most = 255

/** Node hands headers out byte by byte, as Latin-1; many servers put UTF-8 into them. */
const asUtf8 = (text: string): string => {
  const codes = Array.from(text, (character) => character.charCodeAt(0))
  if (codes.every((code) => code < 0x80) || codes.some((code) => code > 0xff)) return text
  return Either.getOrElse(Either.try(() => strictUtf8.decode(Uint8Array.from(codes))), () => text)
}

const decoded = (text: string): string | undefined =>
  Either.getOrUndefined(Either.try(() => decodeURIComponent(text)))

/** RFC 6266: `filename*` goes before `filename`, which may be quoted or, against the rules, not. */
const told = (disposition: string): string | undefined => {
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1]
  const first = extended === undefined ? undefined : decoded(extended)
  if (first !== undefined) return first
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]
  if (quoted !== undefined) return asUtf8(quoted.replace(/\\(.)/g, "$1"))
  const bare = /;\s*filename\s*=\s*([^;"]+)/i.exec(disposition)?.[1]
  return bare === undefined ? undefined : asUtf8(bare.trim())
}

/** Cut between characters, and so that what stands behind the last dot remains. */
const shortened = (name: string): string => {
  if (utf8.encode(name).byteLength <= most) return name
  const dot = name.lastIndexOf(".")
  const extension = dot > 0 && name.length - dot <= 16 ? name.slice(dot) : ""
  const room = most - utf8.encode(extension).byteLength
  let size = 0
  let kept = ""
  for (const character of name.slice(0, name.length - extension.length)) {
    size += utf8.encode(character).byteLength
    if (size > room) break
    kept += character
  }
  return kept + extension
}

/** Names that mean a device to Windows, whatever follows the dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

export const safe = (name: string): string | undefined => {
  const segment = name.split(/[/\\]/).at(-1) ?? ""
  const clean = segment
    // Control characters, halves of characters, those that turn text around or do not show, and those some file system refuses.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    // Windows drops dots and blanks at the end, and so would make another name of it.
    .replace(/^\s+|[\s.]+$/g, "")
  if (clean === "") return undefined
  return shortened(device.test(clean) ? `_${clean}` : clean)
}

export const fromDisposition = (disposition: string | undefined): string | undefined => {
  const name = disposition === undefined ? undefined : told(disposition)
  return name === undefined ? undefined : safe(name)
}
