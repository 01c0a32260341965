/**
 * The flags of perf_client that say what is sent.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";

const data = "Input data";

/** Inputs, parameters and sequences. */
export const inputFlags = {
  inputData: {
    kind: "list",
    section: data,
    long: "input-data",
    value: "SOURCE",
    help:
      "random, zero, a directory with one file per input, or a .json file; for a single input " +
      "zero:NAME, random:NAME or random:NAME=LOW..HIGH",
  },
  zero: {
    kind: "boolean",
    section: data,
    long: "zero-input",
    short: "z",
    help: "send zeros instead of random values",
  },
  dataDirectory: {
    kind: "string",
    section: data,
    long: "data-directory",
    value: "DIR",
    path: "directory",
    help: "directory with one file per input, named after the input",
  },
  shapes: {
    kind: "list",
    section: data,
    long: "shape",
    value: "NAME:d1,d2",
    help: "shape of a variable-size input, without the batch dimension; " +
      "with it, too, for a server that doesn't tell max_batch_size",
  },
  datatype: {
    kind: "list",
    section: data,
    long: "datatype",
    value: "NAME:TYPE",
    help: "type of an input that the model doesn't declare, as x:FP32; with --input-images " +
      "the type to send: FP32, FP16, BF16, UINT8 or INT8",
  },
  sharedMemory: {
    kind: "choice",
    section: data,
    long: "shared-memory",
    choices: ["none", "system", "cuda"],
    default: "none",
    help: "system: tensors lie in memory that this machine's server shares (v2, Linux), unsent; " +
      "cuda is refused",
  },
  outputSharedMemorySize: {
    kind: "integer",
    section: data,
    long: "output-shared-memory-size",
    value: "BYTES",
    min: 1,
    help: "shared memory for each output of variable size",
    defaultHelp: "102400",
  },
  tolerance: {
    kind: "number",
    section: data,
    long: "tolerance",
    value: "X",
    default: 0,
    min: 0,
    help: "how far floats may be from the expected outputs; relative where those are above 1",
  },
  stringLength: {
    kind: "integer",
    section: data,
    long: "string-length",
    value: "N",
    default: 128,
    min: 0,
    help: "length of random strings",
  },
  stringData: {
    kind: "string",
    section: data,
    long: "string-data",
    value: "TEXT",
    help: "text for all strings, instead of random ones",
  },
  seed: {
    kind: "integer",
    section: data,
    long: "random-seed",
    value: "N",
    default: 1,
    min: 0,
    help: "seed for random values; the same seed gives the same values",
  },
  parameters: {
    kind: "list",
    section: data,
    long: "request-parameter",
    value: "NAME:VALUE:TYPE",
    help: "parameter sent with every request (v2); TYPE is int, uint, bool, double or string",
  },
  sequenceLength: {
    kind: "integer",
    section: data,
    long: "sequence-length",
    value: "N",
    min: 1,
    help: "requests per sequence, for stateful models",
    defaultHelp: "20",
  },
  sequenceVariation: {
    kind: "number",
    section: data,
    long: "sequence-length-variation",
    value: "PERCENT",
    default: 20,
    min: 0,
    help: "how much the length of a sequence may vary",
  },
  sequenceIds: {
    kind: "string",
    section: data,
    long: "sequence-id-range",
    value: "START[:END]",
    help: "correlation IDs to use: START, START + 1 and so on, up to but not including END",
    defaultHelp: "starting at a random number, so that runs don't collide",
  },
} as const satisfies FlagTable;
