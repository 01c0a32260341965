/**
 * The environment of the tests, and of the programs that they start: whatever proxy this machine uses, the
 * servers of the tests are reached without it; grpc-js is tested although it may end the process.
 *
 * @module
 */
import { PROXY_VARIABLES } from "../src/commands/shared/proxy.ts";

for (const name of PROXY_VARIABLES) {
  Deno.env.delete(name);
  Deno.env.delete(name.toUpperCase());
}
Deno.env.set("TRTIS_UNSAFE_GRPC_JS", "1");
