/**
 * Stands in for src/server/server.ts in the npm package: the embedded server listens with Deno's own
 * HTTP server.
 *
 * @module
 */
import { InferenceError } from "../../../src/base/errors.ts";

/** Refuses on any runtime but Deno. */
export function startServer(): Promise<never> {
  return Promise.reject(
    new InferenceError("UNSUPPORTED", "Cannot start the embedded server: it needs Deno", {
      hint: "run `trtis serve` of the executable, or this package from JSR with Deno",
    }),
  );
}
