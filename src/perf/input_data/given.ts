/**
 * Inputs that the caller made: pictures, say.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ApiVersion, InferInput, ModelInfo } from "../../protocol/types.ts";
import type { LoadPlan } from "../load/plan.ts";
import { batchNumbers } from "./batch_steps.ts";

/** Values of a model's only input, and what the answers to them should be. */
export interface GivenInput {
  /** The input, without data. */
  readonly input: Omit<InferInput, "data">;
  /** Its bytes for one batch entry after the other; requests take them in turn. */
  readonly entries: readonly Uint8Array[];
  /** The class of each entry, by label or number, where it is known; answers are checked then. */
  readonly truth?: readonly (string | undefined)[];
  /** Labels by class, in place of the server's. */
  readonly labels?: readonly string[];
  /** Bytes of encoded requests that may be kept beside the entries. */
  readonly encodedLimit: number;
}

/** Makes the inputs of a model, before anything is sent. */
export type LoadInput = (model: ModelInfo, api: ApiVersion) => Promise<GivenInput>;

/**
 * The part of a plan that given inputs are.
 *
 * @throws {InferenceError} INVALID_ARG when answers can't be checked
 */
export function givenPlan(
  given: GivenInput,
  model: ModelInfo,
  batchSize: number,
): Pick<LoadPlan, "streams" | "truth" | "encodedLimit"> {
  const { input, entries, truth, labels, encodedLimit } = given;
  if (truth !== undefined && (model.scheduling === "sequence" || model.decoupled)) {
    const kind = model.decoupled ? "decoupled" : "stateful";
    throw new InferenceError(
      "INVALID_ARG",
      `cannot check the answers of the ${kind} model '${model.name}'`,
    );
  }
  const requests = batchNumbers(entries.length, batchSize);
  const byRequest = <T>(values: readonly T[]) =>
    requests.map((numbers) => numbers.map((number) => values[number]!));
  return {
    streams: [byRequest(entries).map((data) => [{ ...input, data }])],
    truth: truth && { byStep: byRequest(truth), labels },
    encodedLimit,
  };
}
