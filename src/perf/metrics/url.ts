/**
 * Where a server's metrics are.
 *
 * @module
 */
import { type Address, parseAddress, schemeOf, withoutUser } from "../../base/address.ts";
import { InferenceError } from "../../base/errors.ts";

/** The port of Triton's metrics. */
export const METRICS_PORT = 8002;

const NAMING = { what: "metrics URL", hint: "write it as localhost:8002/metrics" };

/**
 * Reads where a page is: `host:port`, `host:port/path` or a whole URL; the path is `/metrics` where there
 * is none.
 *
 * @throws {InferenceError} USAGE when it can't be read
 */
export function parseMetricsUrl(text: string): Address & { readonly path: string } {
  const scheme = schemeOf(text);
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    throw new InferenceError(
      "USAGE",
      `Cannot read the ${NAMING.what} "${
        withoutUser(text)
      }": expected http:// or https://, got ${scheme}://`,
    );
  }
  const address = parseAddress(text, METRICS_PORT, NAMING);
  return { ...address, basePath: "", path: address.basePath || "/metrics" };
}
