/**
 * A decoupled model: as many answers to a request as it asks for.
 *
 * @module
 */
import type { ModelRequest, ServerModel } from "../core/model.ts";
import { bytesOf, inputOf, int32Of, tensorConfig } from "./instance.ts";

/** More than any test wants. */
const MAX_COUNT = 100_000;

async function answer(request: ModelRequest): Promise<void> {
  const { shape, data } = inputOf(request, "IN");
  const count = Math.min(int32Of(inputOf(request, "COUNT").data)[0]! >>> 0, MAX_COUNT);
  for (let index = 0; index < count && !request.caller?.gone; index++) {
    const room = request.respond?.(
      request.outputs.map((name) =>
        name === "OUT"
          ? { name, shape, data }
          : { name, shape: [1], data: bytesOf(Int32Array.of(index)) }
      ),
    );
    // A client that reads slowly is waited for.
    if (room) await room;
  }
}

/** Answers a request COUNT times: OUT is IN, INDEX counts from 0. */
export function repeatModel(name: string): ServerModel {
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 0,
      input: [tensorConfig("IN", "TYPE_INT32", [-1]), tensorConfig("COUNT", "TYPE_UINT32", [1])],
      output: [tensorConfig("OUT", "TYPE_INT32", [-1]), tensorConfig("INDEX", "TYPE_UINT32", [1])],
      modelTransactionPolicy: { decoupled: true },
    },
    createInstance: () => ({
      execute: (batch) =>
        Promise.all(batch.map(async (request) => {
          await answer(request);
          return [];
        })),
    }),
  };
}
