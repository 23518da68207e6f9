// What the library means to keep, and whether it does.

const target = (what, is, most) => ({ what, is, most, met: is <= most })

export const targets = ({ cold, cpu, decoding, faulty, imports, layers, limited, memory, revoked, size, types }) => [
  target("CPU per call, spans off: ratio to raw undici", cpu[64].ours.ratio.median, 2.5),
  target("CPU per call, spans on: ratio to raw undici", cpu[64]["ours+spans"].ratio.median, 3.5),
  target("CPU per call: ratio to the official SDK", cpu[64].ours.ratio.median / cpu[64].official.ratio.median, 0.5),
  ...Object.entries(layers).map(([name, { ratio }]) => target(`CPU per call over ${name}: ratio to that layer bare`, ratio.median, 1.15)),
  target("reading 1 000 members: ratio to `JSON.parse` of the same bytes", decoding["the whole call"].ratio.median, 2),
  target("10 000 calls in flight: megabytes above idle", memory.ours.megabytes.median, 200),
  target("200 cold calls: token requests", cold.ours.tokenRequests, 1),
  target("a token revoked: failed calls", revoked.ours.failed, 0),
  target("faults: failed calls", faulty.ours.failed, 0),
  target("500 calls against 50 a second: failed calls", limited.ours.failed, 0),
  target("500 calls against 50 a second: rejected requests", limited.ours.rejected, 0),
  target("500 calls against 50 a second: ratio to the ideal time", limited.ours.seconds / limited.ours.idealSeconds, 1.05),
  target("importing one module of vc: milliseconds", imports["one module of `vc`"].ms.median, 10),
  target("importing all operations: milliseconds", imports["all of both"].ms.median, 60),
  target("bundle of one operation, ours: kB gzipped", size["… of that, ours"].gzippedKilobytes, 4),
  target("bundle of one operation, in all: kB gzipped", size["one operation, imported by module"].gzippedKilobytes, 80),
  target(
    "type instantiations of all declarations, in millions",
    ["core", "vc", "drive"].reduce((sum, name) => sum + types[`all of \`${name}\``].instantiations, 0) / 1e6,
    1.2
  )
]
