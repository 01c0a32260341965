/**
 * A load whose tensors lie in memory that the server shares: inputs are written once, before the load, and
 * each place for a request has its own outputs.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { openSharedMemory, type SharedMemory } from "../../client/shared_memory.ts";
import type { InferInput, ModelInfo, Protocol, QueryOptions } from "../../protocol/types.ts";
import { byteSize, isVariable } from "../../tensor/shape.ts";
import type { LoadPlan, SharedOutputs, Step } from "./plan.ts";

/** What sharing needs. */
export interface ShareOptions {
  readonly model: ModelInfo;
  /** Requests of one thread at the same time, at most. */
  readonly slots: number;
  readonly threads: number;
  /** Bytes of an output of variable size. */
  readonly outputBytes: number;
  readonly query: QueryOptions;
}

/** A plan in shared memory. */
export interface SharedLoad {
  readonly plan: LoadPlan;
  /** Gives the memory back; a server that has gone meanwhile is no error. */
  close(): Promise<void>;
}

/** Tensors begin at multiples of it: cache lines, and any type's alignment. */
const ALIGNMENT = 64;

const aligned = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;

/**
 * Puts the tensors of a plan into shared memory. Memory for outputs is taken as they are written.
 *
 * @throws {InferenceError} as `openSharedMemory`
 */
export async function shareLoad(
  protocol: Protocol,
  plan: LoadPlan,
  options: ShareOptions,
): Promise<SharedLoad> {
  if (plan.truth !== undefined) {
    throw new InferenceError(
      "INVALID_ARG",
      "answers whose classes are checked can't be left in shared memory",
    );
  }
  const inputs = placeInputs(plan);
  const { stride, places } = placeOutputs(plan, options);
  const count = options.slots * options.threads;
  const total = Math.max(1, inputs.size + stride * count);
  const memory = await openSharedMemory(protocol, total, options.query);
  try {
    for (const [input, offset] of inputs.offsets) write(memory, input, offset);
  } catch (error) {
    await memory[Symbol.asyncDispose]();
    throw error;
  }
  const moved = (input: InferInput): InferInput => {
    const offset = inputs.offsets.get(input)!;
    return { ...input, data: [], sharedMemory: memory.place({ offset, byteSize: sizeOf(input) }) };
  };
  const sharedOutputs: SharedOutputs = {
    ...{ region: memory.name, offset: inputs.size, stride, places },
    ...{ slots: options.slots, first: 0 },
  };
  return {
    plan: {
      ...plan,
      streams: plan.streams.map((stream) => stream.map((step): Step => step.map(moved))),
      sharedOutputs,
    },
    close: () => memory[Symbol.asyncDispose](),
  };
}

function placeInputs({ streams }: LoadPlan) {
  const offsets = new Map<InferInput, number>();
  let size = 0;
  for (const input of streams.flat(2)) {
    if (offsets.has(input)) continue;
    offsets.set(input, size);
    size += aligned(sizeOf(input));
  }
  return { offsets, size };
}

function placeOutputs(
  { outputs, batchSize }: LoadPlan,
  { model, outputBytes }: ShareOptions,
): { readonly stride: number; readonly places: SharedOutputs["places"] } {
  const places: Record<string, { readonly offset: number; readonly byteSize: number }> = {};
  let stride = 0;
  for (const name of outputs) {
    const info = model.outputs.find((output) => output.name === name);
    const isKnown = info !== undefined && info.dataType !== "STRING" && !isVariable(info.shape);
    const size = isKnown ? byteSize(info.dataType, info.shape) * batchSize : outputBytes;
    places[name] = { offset: stride, byteSize: size };
    stride += aligned(size);
  }
  return { stride, places };
}

function sizeOf({ data }: InferInput): number {
  return data.reduce((sum, piece) => sum + piece.byteLength, 0);
}

function write(memory: SharedMemory, { data }: InferInput, offset: number): void {
  let at = offset;
  for (const piece of data) {
    memory.write(piece, at);
    at += piece.byteLength;
  }
}
