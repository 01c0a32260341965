import { channelContractTests } from "../grpc/contract_test_body.ts";
import { createGrpcJsChannel } from "./channel.ts";

channelContractTests("grpc-js", createGrpcJsChannel, {
  failedConnectionLeavesTimers:
    "grpc-js never clears the back-off and happy-eyeballs timers of a closed channel; they are unref'd",
});
