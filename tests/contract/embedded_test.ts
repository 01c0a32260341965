import { InferenceClient } from "../../src/client/inference_client.ts";
import type { GrpcChannelKind } from "../../src/client/connect.ts";
import type { ApiVersion, Wire } from "../../src/protocol/types.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { contractTests } from "./body.ts";

const CASES: readonly (readonly [ApiVersion, Wire, GrpcChannelKind?])[] = [
  ["v1", "http"],
  ["v1", "grpc", "grpc-js"],
  ["v1", "grpc", "native"],
  ["v2", "http"],
  ["v2", "grpc", "grpc-js"],
  ["v2", "grpc", "native"],
];

const port = (address: string) => Number(address.slice(address.lastIndexOf(":") + 1));

for (const [api, wire, grpcChannel] of CASES) {
  contractTests({
    name: `embedded server, ${api} ${wire}${grpcChannel ? ` by ${grpcChannel}` : ""}`,
    api,
    wire,
    async start() {
      let server: RunningServer = await startServer({ httpPort: 0, grpcPort: 0 });
      const ports = {
        httpPort: port(server.httpAddress!),
        grpcPort: port(server.grpcAddress!),
      };
      const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
      return {
        connect: () => InferenceClient.connect({ url, wire, api, grpcChannel, unsafeGrpcJs: true }),
        async restart() {
          await server.close();
          server = await startServer(ports);
        },
        close: () => server.close(),
      };
    },
  });
}
