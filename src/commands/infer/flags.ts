/**
 * The flags of infer.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";
import { imageFlags } from "../classify/flags.ts";

/** Beside the server's. */
export const inferFlags = {
  model: { ...imageFlags.model, help: "model to run" },
  modelVersion: imageFlags.modelVersion,
  input: {
    kind: "list",
    long: "input",
    value: "NAME=VALUES",
    help: "values for an input: JSON, @FILE (.npy or raw bytes), zeros or random; " +
      "NAME:FP32[1,4]=VALUES for one that the model doesn't declare",
  },
  shape: {
    kind: "list",
    long: "shape",
    value: "NAME:d1,d2",
    help: "shape of a variable-size input, without the batch dimension; " +
      "with it, too, for a server that doesn't tell max_batch_size",
  },
  datatype: {
    kind: "list",
    long: "datatype",
    value: "NAME:TYPE",
    help: "type of an input that the model doesn't declare, as x:FP32",
  },
  output: {
    kind: "list",
    long: "output",
    value: "NAME[:classes=K]",
    help: "output to return, as a tensor or as its top K classes; default: all outputs",
  },
  batchSize: { ...imageFlags.batchSize, help: "batch entries in the request" },
  id: { kind: "string", long: "id", value: "ID", help: "request ID; the answer repeats it" },
  sequenceId: {
    kind: "string",
    long: "sequence-id",
    value: "ID",
    help: "sequence the request belongs to (stateful models)",
  },
  sequenceStart: { kind: "boolean", long: "sequence-start", help: "first request of its sequence" },
  sequenceEnd: { kind: "boolean", long: "sequence-end", help: "last request of its sequence" },
  save: {
    kind: "string",
    long: "save",
    value: "DIR",
    path: "directory",
    help: "write each output to a file in DIR: .npy, or .json for strings and classes; " +
      "- writes the only output to standard output",
  },
  json: { kind: "boolean", long: "json", help: "print the complete answer as JSON" },
  dumpCurl: {
    kind: "boolean",
    long: "dump-curl",
    help: "print the request as a curl command instead of sending it (HTTP)",
  },
} as const satisfies FlagTable;
