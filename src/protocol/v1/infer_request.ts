/**
 * An inference request in r19.07's words.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferRequest } from "../types.ts";
import type { InferRequestHeader } from "./generated/messages.js";

const SEQUENCE_START = 1;
const SEQUENCE_END = 2;
const UINT64_MAX = (1n << 64n) - 1n;

/**
 * The header of a request. As the original does, dims are sent only where the caller set a shape, and
 * the byte size only where the data type doesn't tell it.
 *
 * @throws {InferenceError} INVALID_ARG for what r19.07 has no words for
 */
export function inferRequestHeader(request: InferRequest): InferRequestHeader {
  if (request.parameters && Object.keys(request.parameters).length > 0) {
    throw invalid("request parameters exist only in v2");
  }
  const header: InferRequestHeader = {
    batchSize: request.batchSize,
    input: request.inputs.map((input) => {
      const entry: InferRequestHeader.Input = { name: input.name };
      if (input.sharedMemory !== undefined) throw noSharedMemory();
      if (input.explicitShape) entry.dims = input.shape.map(BigInt);
      if (input.dataType === "STRING") {
        entry.batchByteSize = BigInt(input.data.reduce((sum, piece) => sum + piece.byteLength, 0));
      }
      if (input.dataType === "BF16") {
        throw invalid(`input '${input.name}' is BF16, a type that r19.07 doesn't have`);
      }
      return entry;
    }),
    output: request.outputs.map(({ name, classCount, sharedMemory }) => {
      if (sharedMemory !== undefined) throw noSharedMemory();
      return classCount === undefined ? { name } : { name, cls: { count: classCount } };
    }),
  };
  const id = request.id === undefined ? 0n : unsigned(request.id, "request id");
  if (id !== 0n) header.id = id;
  if (request.sequence) {
    const correlationId = unsigned(request.sequence.id, "correlation id");
    if (correlationId !== 0n) header.correlationId = correlationId;
    const flags = (request.sequence.start ? SEQUENCE_START : 0) |
      (request.sequence.end ? SEQUENCE_END : 0);
    if (flags !== 0) header.flags = flags;
  }
  return header;
}

const noSharedMemory = () => invalid("shared memory exists only in v2");

function unsigned(value: bigint | string, what: string): bigint {
  if (typeof value === "string" && !/^\d{1,20}$/.test(value)) {
    throw invalid(`${what} "${value}" is not a whole number >= 0`);
  }
  const number = BigInt(value);
  if (number < 0n || number > UINT64_MAX) {
    throw invalid(`${what} ${number} is not an unsigned 64-bit number`);
  }
  return number;
}

function invalid(why: string): InferenceError {
  return new InferenceError(
    "INVALID_ARG",
    `Cannot send this request to an r19.07 server (v1): ${why}`,
  );
}
