import { PermissionMember, PermissionPublic } from "@effect-feishu/drive"
import { assert, describe, it } from "@effect/vitest"
import { violations } from "../../core/test/violations.ts"

const roles = ["wiki_space_member", "wiki_space_viewer", "wiki_space_editor"]
const noRole = (at = "type") =>
  `${at}: must be one of wiki_space_member, wiki_space_viewer, wiki_space_editor where member_type is wikispaceid`
const noFullAccess = (at = "perm") => `${at}: must not be full_access: minutes do not have it yet`

describe("the members of a wiki space", () => {
  const base = { token: "t", file_type: "wiki", member_id: "7008061636015512345", member_type: "wikispaceid" }
  const operations = {
    create: (fields: object) => violations(PermissionMember.create, { ...base, perm: "view", ...fields }),
    update: (fields: object) => violations(PermissionMember.update, { ...base, perm: "view", ...fields }),
    delete: (fields: object) => violations(PermissionMember.delete, { ...base, ...fields })
  }

  for (const [name, check] of Object.entries(operations)) {
    it(`are named by a role in ${name}`, () => {
      for (const type of roles) assert.deepStrictEqual(check({ type }), [])
      assert.deepStrictEqual(check({}), [noRole()])
      assert.deepStrictEqual(check({ type: "user" }), [noRole()])
    })

    it(`are the only ones who need one in ${name}`, () => {
      for (const member_type of ["email", "openid", "unionid", "openchat", "opendepartmentid", "userid", "groupid", "appid"]) {
        assert.deepStrictEqual(check({ member_type }), [])
        assert.deepStrictEqual(check({ member_type, type: "user" }), [])
      }
      assert.lengthOf(check({ member_type: "open_id" }), 1)
      assert.lengthOf(check({ member_type: undefined }), 1)
    })
  }

  it("are named by a role in batchCreate", () => {
    const add = (...members: ReadonlyArray<object>) =>
      violations(PermissionMember.batchCreate, {
        token: "t",
        type: "wiki",
        members: members.map((member) => ({ member_id: "1", perm: "view", ...member }))
      })
    assert.deepStrictEqual(add(...roles.map((type) => ({ member_type: "wikispaceid", type }))), [])
    assert.deepStrictEqual(
      add({ member_type: "openid" }, { member_type: "wikispaceid" }, { member_type: "wikispaceid", type: "group" }),
      [noRole("members[1].type"), noRole("members[2].type")]
    )
  })
})

describe("minutes", () => {
  const member = { member_type: "openid", member_id: "ou_1" }

  it("have no full access", () => {
    for (const operation of [PermissionMember.create, PermissionMember.update]) {
      const give = (file_type: string, perm: string) => violations(operation, { token: "t", file_type, perm, ...member })
      assert.deepStrictEqual(give("minutes", "view"), [])
      assert.deepStrictEqual(give("minutes", "edit"), [])
      assert.deepStrictEqual(give("minutes", "full_access"), [noFullAccess()])
      assert.deepStrictEqual(give("docx", "full_access"), [])
    }
    const add = (type: string, ...perms: ReadonlyArray<string>) =>
      violations(PermissionMember.batchCreate, { token: "t", type, members: perms.map((perm) => ({ ...member, perm })) })
    assert.deepStrictEqual(add("minutes", "view", "edit"), [])
    assert.deepStrictEqual(add("minutes", "view", "full_access"), [noFullAccess("members[1].perm")])
    assert.deepStrictEqual(add("docx", "full_access"), [])
  })

  it("have no password", () => {
    for (const operation of [PermissionPublic.createPassword, PermissionPublic.updatePassword, PermissionPublic.deletePassword]) {
      assert.deepStrictEqual(violations(operation, { token: "t", type: "docx" }), [])
      assert.deepStrictEqual(violations(operation, { token: "t", type: "minutes" }), [
        `type: must be one of "doc", "sheet", "file", "wiki", "bitable", "docx", "mindnote", "slides"`
      ])
    }
  })
})

describe("drive.permission.member.batchCreate", () => {
  const add = (count: number) =>
    violations(PermissionMember.batchCreate, {
      token: "t",
      type: "docx",
      members: Array.from({ length: count }, (_, index) => ({ member_type: "openid", member_id: `ou_${index}`, perm: "view" }))
    })

  it("takes ten members", () => {
    assert.deepStrictEqual(add(10), [])
    assert.deepStrictEqual(add(11), ["members: must be at most 10"])
  })
})

describe("drive.permission.member.list", () => {
  const list = (fields: unknown) => violations(PermissionMember.list, { token: "t", type: "docx", fields })

  it("takes all fields or some of them", () => {
    const wrong = ["fields: must be * or some of name, type, avatar, external_label, separated by commas"]
    for (const fields of ["*", "name", "name,avatar", "external_label,type,name,avatar", undefined]) {
      assert.deepStrictEqual(list(fields), [])
    }
    for (const fields of ["", ",", "name,", "name, avatar", "name,*", "perm", "name,name", "NAME"]) {
      assert.deepStrictEqual(list(fields), wrong)
    }
    assert.deepStrictEqual(list(["name"]), ["fields: must be a string"])
  })
})

describe("drive.permission.member.transferOwner", () => {
  const transfer = (fields: object) =>
    violations(PermissionMember.transferOwner, { token: "t", type: "docx", member_type: "openid", member_id: "ou_1", ...fields })

  it("names the new owner by one of four ids", () => {
    for (const member_type of ["email", "openid", "userid", "appid"]) assert.deepStrictEqual(transfer({ member_type }), [])
    assert.deepStrictEqual(transfer({ member_type: "openchat" }), [
      `member_type: must be one of "email", "openid", "userid", "appid"`
    ])
  })

  it("lets a setting through that has no effect", () => {
    assert.deepStrictEqual(transfer({ remove_old_owner: true, old_owner_perm: "view" }), [])
    assert.deepStrictEqual(transfer({ need_notification: false, stay_put: true }), [])
  })
})

describe("drive.permission.public.patch", () => {
  const patch = (fields: object) => violations(PermissionPublic.patch, { token: "t", type: "docx", ...fields })
  const link_share_entities = ["anyone_readable", "anyone_editable"]

  it("shares with anyone only where sharing outside is open", () => {
    for (const link_share_entity of link_share_entities) {
      assert.deepStrictEqual(patch({ link_share_entity }), [])
      assert.deepStrictEqual(patch({ link_share_entity, external_access_entity: "open" }), [])
      for (const external_access_entity of ["closed", "allow_share_partner_tenant"]) {
        assert.deepStrictEqual(patch({ link_share_entity, external_access_entity }), [
          `link_share_entity: must not be ${link_share_entity} where external_access_entity is ${external_access_entity}`
        ])
        assert.deepStrictEqual(patch({ link_share_entity: "tenant_readable", external_access_entity }), [])
      }
    }
  })

  it("changes nothing it is not given", () => {
    assert.deepStrictEqual(patch({}), [])
    assert.deepStrictEqual(patch({ perm_type: {} }), [])
    assert.deepStrictEqual(patch({ lock_switch: true }), ["lock_switch: is unexpected"])
  })
})

describe("drive.v1.permission.public.patch", () => {
  const patch = (type: string, fields: object) => violations(PermissionPublic.patchV1, { token: "t", type, ...fields })

  it("leaves to a wiki what is the wiki's", () => {
    for (const setting of [{ external_access: false }, { share_entity: "anyone" }, { invite_external: true }]) {
      assert.deepStrictEqual(patch("docx", setting), [])
      assert.deepStrictEqual(patch("wiki", setting), [`${Object.keys(setting)[0]}: must be absent where type is wiki`])
    }
    for (const link_share_entity of ["anyone_readable", "anyone_editable"]) {
      assert.deepStrictEqual(patch("docx", { link_share_entity }), [])
      assert.deepStrictEqual(patch("wiki", { link_share_entity }), [
        `link_share_entity: must not be ${link_share_entity} where type is wiki`
      ])
    }
    assert.deepStrictEqual(patch("wiki", { link_share_entity: "tenant_readable", comment_entity: "anyone_can_view" }), [])
  })

  it("reports every setting a wiki does not have", () => {
    const all = { external_access: true, share_entity: "anyone", invite_external: true, link_share_entity: "anyone_readable" }
    assert.deepStrictEqual(patch("wiki", all).map((violation) => violation.split(":")[0]), [
      "external_access",
      "share_entity",
      "invite_external",
      "link_share_entity"
    ])
  })
})
