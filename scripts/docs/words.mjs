// The words of the generated tables. English takes an operation's line from its docstring; Chinese has its own here.

const chinese = {
  "vc.meeting.recording.setPermission": "把会议录制的观看权限授予用户、群、整个租户或公网，或者收回。",
  "vc.reserveConfig.patch": "修改会议室（或层级下的会议室）谁可以预定、何时可以预定、由谁审批。",
  "vc.reserveConfig.form.patch": "修改预定会议室时填写的表单，以及通知谁。",
  "drive.permission.member.create": "添加一个协作者。",
  "drive.permission.member.batchCreate": "一次添加多个协作者，每个请求最多 10 个。",
  "drive.permission.member.update": "修改协作者的权限。",
  "drive.permission.member.list": "列出协作者。",
  "drive.permission.member.delete": "移除协作者。",
  "drive.permission.member.transferOwner": "转移所有者。",
  "drive.permission.member.auth": "查询调用者对文档有无某项权限。",
  "drive.permission.public.get": "读取公共设置（v2）。",
  "drive.permission.public.patch": "修改公共设置（v2）。",
  "drive.permission.public.password.create": "启用密码，并得到它。",
  "drive.permission.public.password.update": "换一个新密码，旧密码随即失效。",
  "drive.permission.public.password.delete": "停用密码。",
  "drive.v1.permission.public.get": "按旧版（v1）字段读取公共设置。",
  "drive.v1.permission.public.patch": "按旧版（v1）字段修改公共设置。"
}

export const en = {
  headings: {
    operation: "Operation",
    http: "HTTP",
    credential: "Credential",
    limit: "Limit",
    repeatable: "Repeatable",
    failures: "Failures",
    scopes: "Scopes, any one of",
    tag: "Tag",
    codes: "Code",
    status: "HTTP status",
    category: "Category",
    meaning: "Meaning",
    answeredBy: "Answered by"
  },
  credential: { tenant: "tenant", user: "user", either: "either" },
  repeatable: { true: "yes", false: "no" },
  unstated: "not stated",
  deprecated: " (deprecated)",
  all: "all",
  allBut: "all but",
  perWindow: (limit, unit) => `${limit} / ${unit}`,
  units: { second: "s", minute: "min", hour: "h", day: "day" },
  separator: ", ",
  describe: (_, summary) => summary
}

export const zh = {
  headings: {
    operation: "操作",
    http: "HTTP",
    credential: "凭证",
    limit: "频率限制",
    repeatable: "可重发",
    failures: "错误"
  },
  credential: { tenant: "租户", user: "用户", either: "两者皆可" },
  repeatable: { true: "是", false: "否" },
  unstated: "文档未写明",
  deprecated: "（已弃用）",
  perWindow: (limit, unit) => `${limit} 次/${unit}`,
  units: { second: "秒", minute: "分钟", hour: "小时", day: "天" },
  separator: "、",
  describe: (id) => {
    if (chinese[id] === undefined) throw new Error(`scripts/docs/words.mjs: no Chinese line for ${id}`)
    return chinese[id]
  }
}
