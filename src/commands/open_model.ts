/**
 * Opens a model, or says why it can't be used in the words of r19.07's clients.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import type { InferenceClient } from "../client/inference_client.ts";
import type { InferModel } from "../client/model.ts";

/** @throws {InferenceError} "unable to create inference context: ..." */
export async function openModel(
  client: InferenceClient,
  name: string,
  version: bigint | undefined,
  signal: AbortSignal,
): Promise<InferModel> {
  try {
    return await client.model(name, version, { signal });
  } catch (error) {
    const cause = toInferenceError(error, "INTERNAL", `Cannot ask for model '${name}'`);
    throw new InferenceError(
      cause.code,
      `unable to create inference context: ${cause.describe()}`,
      { cause },
    );
  }
}
