/**
 * Which proxy a server is reached through, as the flags and the environment say.
 *
 * @module
 */
import type { Address } from "../../base/address.ts";
import { isListed, parseProxy } from "../../base/proxy.ts";
import { InferenceError } from "../../base/errors.ts";
import type { Wire } from "../../protocol/types.ts";

/** The variables that may name a proxy; the upper-case ones count where the others are not set. */
export const PROXY_VARIABLES = [
  "grpc_proxy",
  "https_proxy",
  "http_proxy",
  "all_proxy",
  "no_grpc_proxy",
  "no_proxy",
] as const;

/** What the flags say. */
export interface ProxyFlags {
  readonly proxy?: string;
  readonly noProxy?: string;
}

/** The server in question. */
export interface ProxiedServer {
  readonly address: Pick<Address, "host" | "port">;
  readonly tls: boolean;
  readonly wire: Wire;
}

/** A proxy, and what named it. */
export interface FoundProxy {
  readonly url: string;
  /** `--proxy`, or the variable's name. */
  readonly source: string;
}

/**
 * The proxy to use, if any. `--proxy` goes before the environment; `--no-proxy` limits both, and `no_proxy`
 * what the environment says. For gRPC the order is gRPC's own: grpc_proxy, https_proxy, http_proxy.
 *
 * @param read reads a variable of the environment
 * @throws {InferenceError} USAGE when what is named is no proxy that can be used
 */
export function findProxy(
  { proxy, noProxy }: ProxyFlags,
  server: ProxiedServer,
  read: (name: string) => string | undefined,
): FoundProxy | undefined {
  const { address, wire } = server;
  if (noProxy !== undefined && isListed(noProxy, address)) return undefined;
  if (proxy !== undefined) return checked({ url: proxy, source: "--proxy" });
  const variable = (name: string) => {
    for (const source of [name, name.toUpperCase()]) {
      const url = read(source)?.trim();
      if (url !== undefined && url !== "") return { url, source };
    }
  };
  const unproxied = (wire === "grpc" ? variable("no_grpc_proxy") : undefined) ??
    variable("no_proxy");
  if (unproxied !== undefined && isListed(unproxied.url, address)) return undefined;
  for (const name of candidates(server)) {
    const found = variable(name);
    if (found !== undefined) return checked(found);
  }
}

function candidates({ wire, tls }: ProxiedServer): readonly string[] {
  if (wire === "grpc") return ["grpc_proxy", "https_proxy", "http_proxy", "all_proxy"];
  return [tls ? "https_proxy" : "http_proxy", "all_proxy"];
}

function checked(found: FoundProxy): FoundProxy {
  try {
    parseProxy(found.url);
    return found;
  } catch (error) {
    const { message, hint } = error as InferenceError;
    const unset = found.source === "--proxy" ? hint : `${hint}, or go without it: --no-proxy '*'`;
    throw new InferenceError("USAGE", `${found.source}: ${message}`, { hint: unset });
  }
}
