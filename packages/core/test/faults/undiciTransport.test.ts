import * as UndiciTransport from "@effect-feishu/core/UndiciTransport"
import { describeFaults } from "./run.ts"
import { describeSeries } from "./series.ts"

describeFaults("UndiciTransport", UndiciTransport.layer)
describeSeries("UndiciTransport", UndiciTransport.layer)
