import { channelContractTests } from "../contract_test_body.ts";
import { createNativeChannel } from "./channel.ts";

channelContractTests("native", createNativeChannel);
