/**
 * The statistics of several servers and several models, added up a model each.
 *
 * @module
 */
import { describeError } from "../base/errors.ts";
import type { Protocol, QueryOptions } from "../protocol/types.ts";
import { readServer } from "./server_probe.ts";
import { type ModelNode, serverFigures, type ServerSnapshot } from "./server_stats.ts";
import { addServers } from "./server_sum.ts";
import type { ServerFigures } from "./types.ts";

/** A model and the servers that have it. */
export interface Probe {
  readonly tree: ModelNode;
  readonly protocols: readonly Protocol[];
}

/** A look at all models on all their servers; undefined where a server gave none. */
export type ProbeLook = readonly (readonly (ServerSnapshot | undefined)[])[];

/** Looks at all of them at the same time. A server that gives none is a warning. */
export async function lookAt(
  probes: readonly Probe[],
  query: QueryOptions,
  warnings: string[],
): Promise<ProbeLook> {
  return await Promise.all(
    probes.map(({ tree, protocols }) =>
      Promise.all(protocols.map(async (protocol) => {
        try {
          return await readServer(protocol, tree, query);
        } catch (error) {
          const why = describeError(error);
          warnings.push(`${protocol.address} gave no statistics of ${tree.name}: ${why}`);
          return undefined;
        }
      }))
    ),
  );
}

/**
 * The figures of each model over all its servers; undefined where no server told.
 *
 * @param elapsedMs time between the two looks
 */
export function lookFigures(
  probes: readonly Probe[],
  [before, after]: readonly [ProbeLook, ProbeLook],
  elapsedMs?: number,
): (ServerFigures | undefined)[] {
  return probes.map(({ tree }, i) => {
    const figures = before[i]!.flatMap((start, server) => {
      const end = after[i]![server];
      if (start === undefined || end === undefined) return [];
      return serverFigures(tree, start, end, elapsedMs) ?? [];
    });
    return addServers(figures);
  });
}
