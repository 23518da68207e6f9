/** SHA-256 that can go on from a digest: what an attacker uses to append to what they cannot read. */

const primes = (count: number) => {
  const found: Array<number> = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

/** The first 32 bits behind the point. */
const fraction = (x: number) => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0

const constants = primes(64).map((prime) => fraction(Math.cbrt(prime)))
const start = primes(8).map((prime) => fraction(Math.sqrt(prime)))

const rotate = (x: number, by: number) => (x >>> by) | (x << (32 - by))

const compress = (state: ReadonlyArray<number>, block: DataView): Array<number> => {
  const w = Array.from({ length: 16 }, (_, at) => block.getInt32(at * 4))
  for (let at = 16; at < 64; at++) {
    const [a, b] = [w[at - 15]!, w[at - 2]!]
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
    w.push((w[at - 16]! + s0 + w[at - 7]! + s1) | 0)
  }
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number]
  for (let at = 0; at < 64; at++) {
    const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[at]! + w[at]!) | 0
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + state[at]!) | 0)
}

/** What is put behind a message of so many bytes before it is digested. */
export const padding = (length: number): Uint8Array => {
  const bytes = new Uint8Array(((119 - (length % 64)) % 64) + 9)
  bytes[0] = 0x80
  new DataView(bytes.buffer).setBigUint64(bytes.length - 8, BigInt(length) * 8n)
  return bytes
}

const digest = (from: ReadonlyArray<number>, before: number, tail: Uint8Array): string => {
  const end = padding(before + tail.length)
  const bytes = new Uint8Array(tail.length + end.length)
  bytes.set(tail)
  bytes.set(end, tail.length)
  let state = from
  for (let at = 0; at < bytes.length; at += 64) state = compress(state, new DataView(bytes.buffer, at, 64))
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("")
}

export const sha256 = (bytes: Uint8Array): string => digest(start, 0, bytes)

/** The digest of a message, its padding and a tail, from the message's digest and length alone. */
export const extend = (known: string, length: number, tail: Uint8Array): string => {
  const state = Array.from({ length: 8 }, (_, at) => Number.parseInt(known.slice(at * 8, at * 8 + 8), 16) | 0)
  return digest(state, length + padding(length).length, tail)
}
