import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { describeFaults } from "./run.ts"

describeFaults("UndiciTransport", UndiciTransport.layer)
