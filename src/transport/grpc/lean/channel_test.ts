import { channelContractTests } from "../contract_test_body.ts";
import { createLeanChannel } from "./channel.ts";

channelContractTests("lean", createLeanChannel);
