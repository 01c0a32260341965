/**
 * Readers of text: text protobuf, JSON of requests and answers, input files, .npy.
 *
 * @module
 */
import { parseJsonTensor } from "../../../src/commands/infer/json_values.ts";
import { parseExposition, seriesKey } from "../../../src/perf/metrics/exposition.ts";
import { readJsonData } from "../../../src/perf/input_data/json_file.ts";
import {
  formatText,
  type MessageName,
  parseText,
} from "../../../src/protocol/v1/text_format/text_format.ts";
import { readInferRequest } from "../../../src/server/v2/json_request.ts";
import { elementCount } from "../../../src/tensor/shape.ts";
import { readNpy } from "../../../src/tensor/npy.ts";
import { InferenceError } from "../../../src/base/errors.ts";
import type { Random } from "../../mutate.ts";
import { corpusOf, ensure, isRefusal, pieces, type Target } from "../target.ts";

const utf8 = new TextDecoder();

const JSON_TOKENS = [
  '"',
  "\\",
  '\\"',
  "\\u0000",
  "\\ud800",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  "null",
  "true",
  "NaN",
  "-Infinity",
  "1e999",
  "-0",
  "18446744073709551616",
  "0.1e-400",
  '{"b64":"AA=="}',
  '"__proto__":',
];

const MESSAGES: readonly MessageName[] = [
  "RequestStatus",
  "InferRequestHeader",
  "InferResponseHeader",
  "ServerStatus",
];

function canRead(name: MessageName, text: string): boolean {
  try {
    parseText(name, text);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

const textProtobuf: Target = {
  name: "text-protobuf",
  corpus: corpusOf("text-protobuf"),
  tokens: ["{", "}", "<", ">", ":", ";", ",", '"', "'", "\\377", "\\x", "#", "[", "-", "inf", "0x"]
    .concat(["code", "msg", "output", "raw", "18446744073709551615", "1e400", "\n", "true"]),
  run(input, random) {
    const first = Math.floor(random() * MESSAGES.length);
    const names = [...MESSAGES.slice(first), ...MESSAGES.slice(0, first)];
    const given = utf8.decode(input);
    const name = names.find((candidate) => canRead(candidate, given)) ?? names[0]!;
    const message = parseText(name, given);
    const text = formatText(name, message);
    ensure(formatText(name, parseText(name, text)) === text, "what is written is read again");
  },
};

const inputJson: Target = {
  name: "input-json",
  corpus: corpusOf("input-json"),
  tokens: JSON_TOKENS,
  run(input) {
    const { shape, elements, bytes } = parseJsonTensor(utf8.decode(input));
    ensure(bytes !== undefined || elementCount(shape) === elements.length, "the shape counts");
  },
};

const MODEL = {
  name: "m",
  versions: [],
  maxBatchSize: 8,
  inputs: [
    { name: "INPUT0", dataType: "INT32", shape: [16] },
    { name: "TEXT", dataType: "STRING", shape: [-1] },
    { name: "WIDE", dataType: "INT64", shape: [2, 2] },
  ],
  outputs: [],
};

const perfJson: Target = {
  name: "perf-json",
  corpus: corpusOf("perf-json"),
  tokens: [...JSON_TOKENS, '"data"', '"content"', '"shape"', '"INPUT0"', '"TEXT"', '"WIDE"'],
  async run(input, random: Random) {
    const all = async function* () {
      for (const piece of pieces(input, random)) yield await piece;
    };
    // deno-lint-ignore no-explicit-any
    const target: any = { model: MODEL, batchSize: 1, shapes: {}, made: new Map() };
    const { streams } = await readJsonData(all(), "x.json", target);
    ensure(streams.length > 0, "a file without data is refused");
  },
};

const npy: Target = {
  name: "npy",
  corpus: corpusOf("npy"),
  tokens: ["'shape'", "(3, 4)", "()", "(8 3)", "True", "'<f4'", "'|S5'", "'<U2'", "'|O'", "{", "}"]
    .concat(["999999999999", "0", ",", "\x93NUMPY"]),
  run(input) {
    const { shape, data } = readNpy(input, "x.npy");
    ensure(shape.every((dim) => Number.isSafeInteger(dim) && dim >= 0), "dimensions are counts");
    ensure(data.byteLength <= 8 * input.byteLength, "no more data than the file has");
  },
};

const prometheus: Target = {
  name: "prometheus",
  corpus: corpusOf("prometheus"),
  tokens: ["# TYPE ", "# HELP ", "counter", "gauge", "histogram", "summary", "_bucket", "_sum", "{"]
    .concat([
      "}",
      '="',
      '"',
      ",",
      "\\",
      "\\n",
      "NaN",
      "+Inf",
      "1e999",
      "\n",
      "\t",
      'le="+Inf"',
      "#",
    ]),
  run(input) {
    const keys = new Set<string>();
    let count = 0;
    for (const { name, samples } of parseExposition(utf8.decode(input))) {
      for (const sample of samples) {
        ensure(sample.name.startsWith(name), "a sample belongs to its family");
        keys.add(seriesKey(sample.name, sample.labels));
        count++;
      }
    }
    ensure(keys.size === count, "no series is there twice");
  },
};

const v2Json: Target = {
  name: "v2-json",
  corpus: corpusOf("v2-json"),
  tokens: [...JSON_TOKENS, '"inputs"', '"outputs"', '"shape"', '"datatype"', '"data"', '"INT64"']
    .concat(['"BYTES"', '"parameters"', '"binary_data_size"', '"classification"', "4294967296"]),
  run(input, random) {
    const length = random() < 0.5 ? undefined : String(Math.floor(random() * (input.length + 2)));
    readInferRequest(input, length, "simple");
  },
  // Triton calls JSON that is none an internal error, and so does the embedded server.
  refuses: (error) =>
    isRefusal(error) || error instanceof InferenceError && error.code === "INTERNAL",
};

/** The targets of this file. */
export const targets: readonly Target[] = [
  textProtobuf,
  inputJson,
  perfJson,
  npy,
  prometheus,
  prometheus,
  v2Json,
];
