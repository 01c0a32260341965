/**
 * The worker of the null server: the embedded server on free ports, in a thread of its own.
 *
 * @module
 */
import { describeError } from "../base/errors.ts";
import { startServer } from "./server.ts";
import type { NullServerReply } from "./null_reply.ts";

const scope = self as unknown as { postMessage(reply: NullServerReply): void };

try {
  const { httpAddress, grpcAddress } = await startServer({ httpPort: 0, grpcPort: 0 });
  scope.postMessage({ http: httpAddress!, grpc: grpcAddress! });
} catch (error) {
  scope.postMessage({ error: describeError(error) });
}
