/**
 * Gives the inputs of a request their bytes. Each wire has its own way, and its own words when the
 * bytes don't fit.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ResolvedInput } from "../core/resolve.ts";

/**
 * The bytes of each input, in order, as views.
 *
 * @throws {InferenceError} INVALID_ARG when there are too few or too many
 */
export type BindInputs = (inputs: readonly ResolvedInput[], modelName: string) => Uint8Array[];

/** HTTP: the inputs lie one after the other in the body. */
export function bindBody(body: Uint8Array): BindInputs {
  return (inputs, modelName) => {
    let position = 0;
    const data = inputs.map(({ name, byteSize }) => {
      const piece = body.subarray(position, position + byteSize);
      position += piece.byteLength;
      if (piece.byteLength === byteSize) return piece;
      throw new InferenceError(
        "INVALID_ARG",
        `unexpected size for input '${name}', expecting ${byteSize - piece.byteLength} bytes for ` +
          `model '${modelName}'`,
      );
    });
    if (position === body.byteLength) return data;
    throw new InferenceError(
      "INVALID_ARG",
      `unexpected additional input data for model '${modelName}'`,
    );
  };
}

/** gRPC: one piece an input. */
export function bindPieces(pieces: readonly Uint8Array[]): BindInputs {
  return (inputs, modelName) => {
    if (pieces.length !== inputs.length) {
      throw new InferenceError(
        "INVALID_ARG",
        `expected tensor data for ${inputs.length} inputs but got ${pieces.length} sets of data ` +
          `for model '${modelName}'`,
      );
    }
    return inputs.map(({ name, byteSize }, i) => {
      const piece = pieces[i]!;
      if (piece.byteLength === byteSize) return piece;
      throw new InferenceError(
        "INVALID_ARG",
        `unexpected size ${piece.byteLength} for input '${name}', expecting ${byteSize} for ` +
          `model '${modelName}'`,
      );
    });
  };
}
