/**
 * What the tasks read of the server: they all read the same counters, so they are taken once.
 *
 * @module
 */
import { addServers } from "../server_sum.ts";
import type { ServerFigures } from "../types.ts";
import type { PartLevel } from "./types.ts";

/** A task's view of a server. */
export interface ServerView {
  readonly address: string;
  readonly level: PartLevel;
}

/** Per server the view with the most requests; several servers are added up. */
export function mergeServers(views: readonly ServerView[]): ServerFigures | undefined {
  const best = new Map<string, ServerFigures>();
  for (const { address, level } of views) {
    const { server } = level.reported;
    if (server === undefined) continue;
    const before = best.get(address);
    if (before === undefined || server.requestCount > before.requestCount) {
      best.set(address, server);
    }
  }
  return addServers([...best.values()]);
}
