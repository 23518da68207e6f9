/** Adler-32, the checksum that uploads are held against. */

/** The checksum of nothing. */
export const empty = 1

const modulus = 65_521

/** How many bytes can be added up before the sums leave 31 bits. */
const run = 3_840

/** The checksum of what had this one, with more bytes after it. */
export const update = (checksum: number, bytes: Uint8Array): number => {
  let low = checksum & 0xffff
  let high = checksum >>> 16
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(at + run, bytes.length)
    for (; at < end; at++) {
      low += bytes[at]!
      high += low
    }
    low %= modulus
    high %= modulus
  }
  return ((high << 16) | low) >>> 0
}

/** As the platform takes it: decimal. */
export const of = (bytes: Uint8Array): string => String(update(empty, bytes))
