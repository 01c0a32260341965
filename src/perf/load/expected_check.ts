/**
 * Whether an answer is the one that was expected.
 *
 * @module
 */
import { concatBytes } from "../../base/bytes.ts";
import { tensorAt } from "../../client/open_memories.ts";
import { InferenceError } from "../../base/errors.ts";
import type {
  InferInput,
  InferOutput,
  InferRequest,
  Protocol,
  Reply,
} from "../../protocol/types.ts";
import { firstDifference } from "../../tensor/difference.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Slot } from "./slot.ts";
import { type LoadPlan, planRequest } from "./plan.ts";

/** Compares answers with the outputs that their slots expect. */
export function expectedCheck(
  plan: LoadPlan,
  protocol: Pick<Protocol, "decode">,
): (slot: Slot, reply: Reply) => InferenceError | undefined {
  // Answers have the same form, but for outputs in shared memory: each slot has its own.
  const requests: InferRequest[] = [];
  const requestOf = (slot: number) =>
    requests[plan.sharedOutputs ? slot : 0] ??= planRequest(plan, [], { slot });
  const { tolerance = 0, batched, batchSize } = plan;
  const wholes = new WeakMap<InferInput, Uint8Array>();
  const whole = (wanted: InferInput): Uint8Array => {
    if (wanted.data.length === 1) return wanted.data[0]!;
    const known = wholes.get(wanted) ?? concatBytes(wanted.data);
    wholes.set(wanted, known);
    return known;
  };
  return ({ expected = [], index }, reply) => {
    if (expected.length === 0) return undefined;
    const answer = protocol.decode(reply, requestOf(index));
    if (answer.error !== undefined) return answer.error;
    for (const wanted of expected) {
      const output = answer.outputs.find(({ name }) => name === wanted.name);
      const shape = batched ? [batchSize, ...wanted.shape] : wanted.shape;
      const why = problemOf({ ...wanted, shape, data: whole(wanted) }, output, {
        tolerance,
        entry: batched ? 1 : 0,
      });
      if (why === undefined) continue;
      const text = `output '${wanted.name}' ${why}`;
      return new InferenceError("WRONG_ANSWER", text, { answered: true });
    }
    return undefined;
  };
}

/** An expected output as a whole. */
interface Wanted extends Pick<InferInput, "dataType" | "shape"> {
  readonly data: Uint8Array;
}

interface Comparison {
  readonly tolerance: number;
  /** Dimensions in front of those that the answer's outputs have. */
  readonly entry: number;
}

function problemOf(
  { dataType, shape, data: expected }: Wanted,
  output: InferOutput | undefined,
  { tolerance, entry }: Comparison,
): string | undefined {
  const got = output && (output.data ?? sharedBytes(output, shape));
  if (output === undefined || got === undefined) return "is missing";
  const wantedShape = shape.slice(entry);
  if (output.shape !== undefined && formatShape(output.shape) !== formatShape(wantedShape)) {
    return `has shape ${formatShape(output.shape)}, expected ${formatShape(wantedShape)}`;
  }
  if (output.dataType !== undefined && output.dataType !== dataType) {
    return `is ${output.dataType}, expected ${dataType}`;
  }
  if (dataType !== "STRING" && got.length !== expected.length) {
    return `has ${got.length} bytes, expected ${expected.length}`;
  }
  const difference = firstDifference({ dataType, expected, got }, tolerance);
  if (difference === undefined) return undefined;
  const { index, expected: wanted, got: given } = difference;
  return `is wrong at ${formatShape(placeOf(index, shape))}: expected ${wanted}, got ${given}`;
}

function sharedBytes(
  { sharedMemory, dataType }: InferOutput,
  shape: readonly number[],
): Uint8Array | undefined {
  const count = shape.reduce((product, dim) => product * dim, 1);
  return sharedMemory && tensorAt(sharedMemory, { dataType, count });
}

/** Where an element lies, dimension by dimension. */
function placeOf(index: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let rest = index;
  for (const dim of shape.toReversed()) {
    place.unshift(rest % dim);
    rest = Math.floor(rest / dim);
  }
  return place;
}
