import type { GrpcChannelKind } from "../../src/client/connect.ts";
import { InferenceClient } from "../../src/client/inference_client.ts";
import type { Wire } from "../../src/protocol/types.ts";
import { contractTests } from "../contract/body.ts";
import { environment, hasTriton } from "./fixture.ts";
import { makeRepository } from "./server/repository.ts";
import { startTriton } from "./server/triton.ts";

/** What the contract's tests use; the fewer, the sooner the server is back. */
const MODELS = [
  "simple",
  "addsub_fp32",
  "simple_string",
  "simple_sequence",
  "identity_fp32",
  "identity_nobatch",
  "identity_large",
  "colors",
  "preprocess_colors",
  "preprocess_colors_ensemble",
  "slow",
];

const CASES: readonly (readonly [Wire, GrpcChannelKind?])[] = [
  ["http"],
  ["grpc", "grpc-js"],
  ["grpc", "native"],
];

for (const [wire, grpcChannel] of hasTriton ? CASES : []) {
  contractTests({
    name: `real Triton, v2 ${wire}${grpcChannel ? ` by ${grpcChannel}` : ""}`,
    api: "v2",
    wire,
    async start() {
      const repository = await Deno.makeTempDir();
      await makeRepository(repository, MODELS);
      let triton = await startTriton(environment(), { repository });
      const { ports } = triton;
      return {
        connect: () =>
          InferenceClient.connect({ url: triton[wire], wire, grpcChannel, unsafeGrpcJs: true }),
        async restart() {
          await triton.stop();
          triton = await startTriton(environment(), { repository, ports });
        },
        async close() {
          await triton.stop();
          await Deno.remove(repository, { recursive: true });
        },
      };
    },
  });
}
