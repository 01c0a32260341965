/**
 * The flags of infer.
 *
 * @module
 */
import type { FlagTable } from "../../command/flag.ts";
import { imageFlags } from "../classify/flags.ts";

/** Beside the server's. */
export const inferFlags = {
  model: { ...imageFlags.model, help: "model to run" },
  modelVersion: imageFlags.modelVersion,
  input: {
    kind: "list",
    long: "input",
    value: "NAME=VALUES",
    help: "values of an input: JSON, @FILE (.npy or raw bytes), zeros or random",
  },
  shape: {
    kind: "list",
    long: "shape",
    value: "NAME:d1,d2",
    help: "shape of an input whose size varies, without the batch dimension",
  },
  output: {
    kind: "list",
    long: "output",
    value: "NAME[:classes=K]",
    help: "output to ask for, as a tensor or as its K best classes; without it all come back",
  },
  batchSize: { ...imageFlags.batchSize, help: "batch entries in the inputs" },
  id: { kind: "string", long: "id", value: "ID", help: "request id, which comes back" },
  sequenceId: {
    kind: "string",
    long: "sequence-id",
    value: "ID",
    help: "sequence that the request belongs to (stateful models)",
  },
  sequenceStart: { kind: "boolean", long: "sequence-start", help: "the first of its sequence" },
  sequenceEnd: { kind: "boolean", long: "sequence-end", help: "the last of its sequence" },
  save: {
    kind: "string",
    long: "save",
    value: "DIR",
    path: "directory",
    help: "write each output to a file there: .npy, or .json for strings and classes",
  },
  json: { kind: "boolean", long: "json", help: "print the whole answer as JSON" },
  dumpCurl: {
    kind: "boolean",
    long: "dump-curl",
    help: "print the request as a curl command instead of sending it (HTTP)",
  },
} as const satisfies FlagTable;
