/**
 * What a measurement was made with and on.
 *
 * @module
 */
import type { Protocol, ServerStatus } from "../protocol/types.ts";
import type { PerfEnvironment } from "./types.ts";

/**
 * Describes this program, this machine and the server.
 *
 * @param startedAt when the measurement began
 */
export function describeEnvironment(
  protocol: Pick<Protocol, "address" | "api" | "wire">,
  server: Pick<ServerStatus, "id" | "version"> | undefined,
  toolVersion: string,
  startedAt: Date,
): PerfEnvironment {
  return {
    tool: "trtis",
    toolVersion,
    runtime: `deno ${Deno.version.deno}`,
    os: Deno.build.os,
    arch: Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    startedAt: startedAt.toISOString(),
    address: protocol.address,
    api: protocol.api,
    wire: protocol.wire,
    serverId: server?.id,
    serverVersion: server?.version,
  };
}
