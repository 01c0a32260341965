/**
 * The flags of perf_client that say what is sent.
 *
 * @module
 */
import type { FlagTable } from "../../command/flag.ts";

const data = "Input data";

/** Inputs, parameters and sequences. */
export const inputFlags = {
  inputData: {
    kind: "list",
    section: data,
    long: "input-data",
    value: "SOURCE",
    help: "random, zero, a directory with one file for each input, or a .json file",
  },
  zero: {
    kind: "boolean",
    section: data,
    long: "zero-input",
    short: "z",
    help: "zeros instead of random values",
  },
  dataDirectory: {
    kind: "string",
    section: data,
    long: "data-directory",
    value: "DIR",
    path: "directory",
    help: "one file for each input, named as the input, with the bytes of one batch entry",
  },
  shapes: {
    kind: "list",
    section: data,
    long: "shape",
    value: "NAME:d1,d2",
    help: "shape of an input whose size varies, without the batch dimension",
  },
  stringLength: {
    kind: "integer",
    section: data,
    long: "string-length",
    value: "N",
    default: 128,
    min: 0,
    help: "characters of random strings",
  },
  stringData: {
    kind: "string",
    section: data,
    long: "string-data",
    value: "TEXT",
    help: "every string, instead of random ones",
  },
  seed: {
    kind: "integer",
    section: data,
    long: "random-seed",
    value: "N",
    default: 1,
    min: 0,
    help: "the same seed makes the same random values",
  },
  parameters: {
    kind: "list",
    section: data,
    long: "request-parameter",
    value: "NAME:VALUE:TYPE",
    help: "parameter of every request (v2); the type is int, uint, bool, double or string",
  },
  sequenceLength: {
    kind: "integer",
    section: data,
    long: "sequence-length",
    value: "N",
    min: 1,
    help: "requests in a sequence of a stateful model",
    defaultHelp: "20",
  },
  sequenceVariation: {
    kind: "number",
    section: data,
    long: "sequence-length-variation",
    value: "PERCENT",
    default: 20,
    min: 0,
    help: "how far the length of a sequence may be from that",
  },
  sequenceIds: {
    kind: "string",
    section: data,
    long: "sequence-id-range",
    value: "START[:END]",
    help: "correlation ids to use: START, START + 1 and so on, before END",
    defaultHelp: "from a random number on, so that runs don't collide",
  },
} as const satisfies FlagTable;
