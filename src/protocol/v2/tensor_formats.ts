/**
 * How a server takes its tensors over HTTP: as the caller says, else as its extensions say.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { QueryOptions, TensorFormats, TensorWire } from "../types.ts";
import type { ServerMetadataResponse } from "./generated/messages.js";

const BINARY_EXTENSIONS: ReadonlySet<string> = new Set(["binary_tensor_data", "binary_data"]);

/** What the caller has chosen. */
export interface ChosenFormats {
  readonly inputTensorFormat?: TensorWire;
  readonly outputTensorFormat?: TensorWire;
}

/**
 * The formats of one server. Until `ask` has been answered, and for a server that doesn't tell its
 * extensions, what wasn't chosen is binary.
 *
 * @param metadata asks the server; it is asked once, and not at all when both directions were chosen
 */
export function tensorFormats(
  { inputTensorFormat: input, outputTensorFormat: output }: ChosenFormats,
  metadata: (options?: QueryOptions) => Promise<ServerMetadataResponse>,
): { formats: () => TensorFormats; ask: (options?: QueryOptions) => Promise<TensorFormats> } {
  let known: TensorFormats = { input: input ?? "binary", output: output ?? "binary" };
  let isAsked = input !== undefined && output !== undefined;
  return {
    formats: () => known,
    async ask(options) {
      if (isAsked) return known;
      const fallback = await wireOfServer(metadata, options);
      isAsked = true;
      known = { input: input ?? fallback, output: output ?? fallback };
      return known;
    },
  };
}

async function wireOfServer(
  metadata: (options?: QueryOptions) => Promise<ServerMetadataResponse>,
  options?: QueryOptions,
): Promise<TensorWire> {
  try {
    const { extensions, name } = await metadata(options);
    // A list that is left out says nothing; one that is there says what the server has.
    if (extensions === undefined || name === undefined) return "binary";
    return extensions.some((extension) => BINARY_EXTENSIONS.has(extension)) ? "binary" : "json";
  } catch (error) {
    // Restricted, or nothing that can be read: Triton's own clients send binary data then.
    const isAnswer = error instanceof InferenceError &&
      (error.answered || error.code === "PROTOCOL");
    if (isAnswer) return "binary";
    throw error;
  }
}
