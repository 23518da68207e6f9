/**
 * Testing without the network: stubs in the operations' own types, and a fake
 * platform in memory or on a socket.
 *
 * @since 0.1.0
 */
export * as Directory from "./Directory.ts"
export * as FakeFeishu from "./FakeFeishu.ts"
export * as FakeServer from "./FakeServer.ts"
export * as Fault from "./Fault.ts"
export * as FeishuTest from "./FeishuTest.ts"
export * as WebhookTest from "./WebhookTest.ts"
