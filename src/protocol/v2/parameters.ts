/**
 * Request parameters, among them the place in a sequence.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferRequest, ParameterValue, SequenceOptions, SharedMemoryPlace } from "../types.ts";

const INT64_MIN = -(1n << 63n);
const UINT64_MAX = (1n << 64n) - 1n;

/**
 * All parameters of a request: the user's, then those of its sequence.
 *
 * @throws {InferenceError} INVALID_ARG for values that the protocol has no type for
 */
export function requestParameters(request: InferRequest): Map<string, ParameterValue> {
  const parameters = new Map<string, ParameterValue>();
  for (const [name, value] of Object.entries(request.parameters ?? {})) {
    checkValue(name, value);
    parameters.set(name, value);
  }
  if (request.sequence) addSequence(parameters, request.sequence);
  return parameters;
}

/** The parameters of a tensor that lies in shared memory. */
export function memoryParameters(
  place: SharedMemoryPlace | undefined,
): (readonly [name: string, value: ParameterValue])[] {
  if (place === undefined) return [];
  return [
    ["shared_memory_region", place.region],
    ["shared_memory_byte_size", BigInt(place.byteSize)],
    // Without an offset it is the region's beginning.
    ...place.offset === 0 ? [] : [["shared_memory_offset", BigInt(place.offset)] as const],
  ];
}

/** Where an output lies, by its parameters; undefined when it is in the answer. */
export function memoryPlace(
  parameters: Readonly<Record<string, unknown>>,
): SharedMemoryPlace | undefined {
  const { shared_memory_region: region } = parameters;
  if (typeof region !== "string") return undefined;
  const number = (value: unknown) => {
    const whole = Number(value ?? 0);
    return Number.isSafeInteger(whole) && whole >= 0 ? whole : 0;
  };
  return {
    region,
    offset: number(parameters.shared_memory_offset),
    byteSize: number(parameters.shared_memory_byte_size),
  };
}

function addSequence(
  parameters: Map<string, ParameterValue>,
  { id, start, end }: SequenceOptions,
): void {
  if (typeof id === "bigint" && (id < 0n || id > UINT64_MAX)) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot use ${id} as a sequence id: it is not an unsigned 64-bit number`,
    );
  }
  parameters.set("sequence_id", id);
  if (start) parameters.set("sequence_start", true);
  if (end) parameters.set("sequence_end", true);
}

function checkValue(name: string, value: ParameterValue): void {
  const bad = (why: string) =>
    new InferenceError("INVALID_ARG", `Cannot send the request parameter "${name}": ${why}`);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw bad(`${value} is not a number the protocol can carry`);
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw bad(`${value} is beyond 2^53: give it as a bigint`);
    }
  }
  if (typeof value === "bigint" && (value < INT64_MIN || value > UINT64_MAX)) {
    throw bad(`${value} does not fit into 64 bits`);
  }
}
