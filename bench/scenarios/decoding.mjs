// 1 000 members: reading the text as JSON, and then as what the operation answers.
import { PermissionMember } from "@effect-feishu/drive"
import * as Schema from "effect/Schema"
import { spread } from "../statistics.mjs"

const text = JSON.stringify({
  code: 0,
  data: {
    items: Array.from({ length: 1000 }, (_, at) => ({
      member_type: "openid",
      member_id: `ou_7dab8a3d3cdcc9da365777c7ad535d${at}`,
      perm: "view",
      perm_type: "container",
      type: "user",
      name: `Member ${at}`,
      avatar: "https://example.com/avatar.jpg",
      external_label: false
    }))
  }
})

const timed = (count, run) => {
  const before = process.cpuUsage()
  for (let at = 0; at < count; at++) run()
  const { system, user } = process.cpuUsage(before)
  return (system + user) / count
}

export const decoding = ({ rounds }) => {
  const decode = Schema.decodeUnknownSync(PermissionMember.list.spec.response)
  const parse = () => JSON.parse(text)
  const both = () => decode(JSON.parse(text).data)
  timed(100, parse)
  timed(100, both)
  const pairs = Array.from({ length: rounds }, () => [timed(200, parse), timed(200, both)])
  return {
    "JSON.parse": { micros: spread(pairs.map(([alone]) => alone)), ratio: spread([1]) },
    "JSON.parse and decode": { micros: spread(pairs.map(([, all]) => all)), ratio: spread(pairs.map(([alone, all]) => all / alone)) }
  }
}
