/**
 * Asks the server for the statistics of a model and, for an ensemble, of the models in it.
 *
 * @module
 */
import type { ModelInfo, Protocol } from "../protocol/types.ts";
import type { QueryOptions } from "../protocol/types.ts";
import { type ModelNode, nodeKey, type ServerSnapshot } from "./server_stats.ts";

/**
 * The model with everything it is made of, each model once on every level.
 *
 * @throws {InferenceError} when the server does not describe a composing model
 */
export async function modelTree(
  protocol: Protocol,
  model: ModelInfo,
  version: bigint | undefined,
  options: QueryOptions = {},
): Promise<ModelNode> {
  return await expand(protocol, model, version, [], options);
}

async function expand(
  protocol: Protocol,
  model: ModelInfo,
  version: bigint | undefined,
  path: readonly string[],
  options: QueryOptions,
): Promise<ModelNode> {
  const composing: ModelNode[] = [];
  for (const { modelName, modelVersion } of model.steps) {
    const stepVersion = modelVersion < 0n ? undefined : modelVersion;
    const known = composing.some((node) => node.name === modelName && node.version === stepVersion);
    if (known || modelName === model.name || path.includes(modelName)) continue;
    const info = await protocol.model(modelName, stepVersion, options);
    composing.push(await expand(protocol, info, stepVersion, [...path, model.name], options));
  }
  const { name, instances } = model;
  return { name, version, composing, ...instances === undefined ? {} : { instances } };
}

/**
 * The model with those that it calls by itself, beside its tree.
 *
 * @throws {InferenceError} when the server does not know one of them
 */
export async function withCalled(
  protocol: Protocol,
  tree: ModelNode,
  called: readonly { readonly name: string; readonly version?: bigint }[] = [],
  options: QueryOptions = {},
): Promise<ModelNode> {
  if (called.length === 0) return tree;
  const nodes = await Promise.all(called.map(async ({ name, version }) => {
    const info = await protocol.model(name, version, options);
    return await modelTree(protocol, info, version, options);
  }));
  return { ...tree, composing: [...tree.composing, ...nodes], callsThem: true };
}

/**
 * The statistics of all models of a tree, one after the other.
 *
 * @throws {InferenceError} when the server gives none
 */
export async function readServer(
  protocol: Protocol,
  root: ModelNode,
  options: QueryOptions = {},
): Promise<ServerSnapshot> {
  const snapshot = new Map<string, Awaited<ReturnType<Protocol["statistics"]>>>();
  const visit = async (node: ModelNode): Promise<void> => {
    const key = nodeKey(node);
    if (!snapshot.has(key)) {
      snapshot.set(key, await protocol.statistics(node.name, node.version, options));
    }
    for (const child of node.composing) await visit(child);
  };
  await visit(root);
  return snapshot;
}
