/**
 * InferResponseHeader and raw tensors -> {@linkcode InferResponse}.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { dimsToShape } from "./model_info.ts";
import type { InferClass, InferOutput, InferResponse } from "../types.ts";
import type { InferResponseHeader, RequestStatus } from "./generated/messages.js";

/** Bytes of the raw outputs together, in header order. */
export function rawByteSize(header: InferResponseHeader): number {
  let size = 0;
  for (const { raw } of header.output ?? []) size += Number(raw?.batchByteSize ?? 0n);
  return size;
}

/**
 * Cuts the raw part of an HTTP body into the outputs' pieces; class outputs get none.
 *
 * @throws {InferenceError} PROTOCOL when the header promises more bytes than there are
 */
export function cutRawOutputs(
  header: InferResponseHeader,
  body: Uint8Array,
): (Uint8Array | undefined)[] {
  let position = 0;
  return (header.output ?? []).map(({ name, raw }) => {
    if (!raw) return undefined;
    const size = Number(raw.batchByteSize ?? 0n);
    const piece = body.subarray(position, position + size);
    position += size;
    if (piece.byteLength === size) return piece;
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read output '${name}': the answer promises ${size} bytes and has ${piece.byteLength}`,
    );
  });
}

/** A good answer. `raw[i]` are the bytes of output i. */
export function inferResponse(
  header: InferResponseHeader,
  raw: readonly (Uint8Array | undefined)[],
  status: RequestStatus,
): InferResponse {
  return {
    ...responseFrame(header, status),
    outputs: (header.output ?? []).map((output, i) => toOutput(output, raw[i])),
  };
}

/** What an answer says of itself, a failed one too; a stream's carries the request's id. */
export function whoAnswered(
  header: InferResponseHeader,
  status: RequestStatus,
): Pick<InferResponse, "id" | "serverId" | "requestId"> {
  return { id: header.id, serverId: status.serverId, requestId: status.requestId };
}

function responseFrame(header: InferResponseHeader, status: RequestStatus) {
  return {
    ...whoAnswered(header, status),
    modelName: header.modelName ?? "",
    modelVersion: header.modelVersion?.toString() ?? "",
    batchSize: header.batchSize ?? 0,
    final: true,
  };
}

function toOutput(output: InferResponseHeader.Output, data: Uint8Array | undefined): InferOutput {
  const name = output.name ?? "";
  if (!output.raw) return { name, classes: (output.batchClasses ?? []).map(toClasses) };
  return { name, shape: dimsToShape(output.raw.dims ?? [], name), data: data ?? new Uint8Array() };
}

function toClasses({ cls }: InferResponseHeader.Output.Classes): InferClass[] {
  return (cls ?? []).map(({ idx = 0, value = 0, label = "" }) => ({ index: idx, value, label }));
}
