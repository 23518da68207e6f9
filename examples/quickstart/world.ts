/** The tenant the quickstart works in: a fake platform on a real socket, and who and what there is. */
import { FakeServer, Fault } from "@effect-feishu/core/testing"
import { DriveFake } from "@effect-feishu/drive/testing"
import { VcFake } from "@effect-feishu/vc/testing"

export const room = "omm_4de32cf10a4358788ff4e09e37ebbf9c"
export const contract = "doxcnBKgoMyY5OMbUG6FioTXuBe"
export const foreign = "doxcnOfSomebodyElse000000000"
export const meeting = "6911188411932033028"
export const chat = "oc_5ad11d72b830411d72b836c20"

export const administrator = { open_id: "ou_administrator", name: "Ada" }
export const approver = { open_id: "ou_approver", name: "Grace" }
export const colleagues = Array.from({ length: 12 }, (_, index) => ({ open_id: `ou_colleague_${index + 1}` }))
/** Left the company: the directory does not know her any more. */
export const former = "ou_former_colleague"

const documents = DriveFake.domainOf({
  documents: [{ token: contract }, { token: foreign, owner: approver.open_id }]
})

const meetings = VcFake.domainOf({
  rooms: [{ room_id: room, form: true }],
  meetings: [{ meeting_id: meeting, owner: administrator.open_id, recording: "2 seconds" }]
})

/** Everything a program needs besides an `HttpClient`; the administrator is signed in. */
export const layer = FakeServer.layerClient({
  domains: [documents, meetings],
  directory: {
    users: [administrator, approver, ...colleagues],
    chats: [{ chat_id: chat, members: [administrator.open_id], bot: true }]
  },
  user: administrator
})

/** The platform says that it is asked too often, and to come back in two seconds. */
export const throttled = Fault.throttled({ reset: "2" })

/** The platform forgets the token it issued. */
export const tokenLost = Fault.tokenRevoked()
