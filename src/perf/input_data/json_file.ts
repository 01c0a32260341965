/**
 * Inputs from a JSON file in perf_analyzer's format: {"data": [step, ...]} or {"data": [[step, ...],
 * ...]} with one list for each sequence; a step maps each input's name to its values, to {"content",
 * "shape"}, or to {"b64"}.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, ModelInfo } from "../../protocol/types.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { checkAligned } from "./expected.ts";
import { makeInput, type WrittenInput } from "./json_input.ts";
import { readJson, type Token, type TokenConsumer, type TokenSink } from "./json_reader.ts";
import type { NumberRun } from "./number_run.ts";
import { type BuiltTensor, TensorBuilder } from "./tensor_builder.ts";
import type { TensorRole } from "./tensor_input.ts";

/** What the values are made for. */
export interface JsonTarget {
  readonly model: ModelInfo & { readonly role?: TensorRole };
  readonly batchSize: number;
  /** Shapes given on the command line, by input name. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Inputs that have values where a step has none. */
  readonly made?: ReadonlyMap<string, InferInput>;
}

const invalid = (why: string) => new InferenceError("INVALID_ARG", why);

/** The streams of a file, each a list of steps; and those of the outputs that it expects. */
export interface JsonData {
  readonly streams: InferInput[][][];
  /** As many streams and steps as there are of inputs; an output that isn't checked is left out. */
  readonly expected?: InferInput[][][];
}

/**
 * Reads a file.
 *
 * @param path for messages
 * @throws {InferenceError} FILE naming the file and the step that can't be used
 */
export async function readJsonData(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  target: JsonTarget,
): Promise<JsonData> {
  const place: Place = { list: "data", stream: undefined, step: undefined };
  try {
    return await readJson(pieces, documentOf(target, place));
  } catch (error) {
    if (!(error instanceof InferenceError) || error.code === "CANCELLED") throw error;
    const where = place.step === undefined
      ? ""
      : place.stream === undefined
      ? `step ${place.step}: `
      : `step ${place.step} of stream ${place.stream}: `;
    const list = where !== "" && place.list !== "data" ? `"${place.list}", ` : "";
    throw new InferenceError(
      "FILE",
      `Cannot use '${path}' as input: ${list}${where}${error.message}`,
      {
        cause: error,
        hint: error.hint,
      },
    );
  }
}

/** Where the reading is. */
interface Place {
  list: "data" | "validation_data";
  stream: number | undefined;
  step: number | undefined;
}

const noData = (list: Place["list"]) => invalid(`it has no list "${list}" with a step`);

function* documentOf(target: JsonTarget, place: Place): TokenConsumer<JsonData> {
  const found: { data?: InferInput[][][]; validation_data?: InferInput[][][] } = {};
  const first = yield;
  if (first.kind !== "{") throw noData("data");
  for (let key = yield* nextKey(true); key !== undefined; key = yield* nextKey(false)) {
    if (key !== "data" && key !== "validation_data") {
      throw invalid(
        `it has ${quoted(key)}, where only "data" and "validation_data" are known`,
      );
    }
    if (found[key] !== undefined) throw invalid(`it has "${key}" twice`);
    place.list = key;
    found[key] = yield* dataOf(key === "data" ? target : outputsOf(target), place);
    [place.stream, place.step] = [undefined, undefined];
  }
  const { data, validation_data: expected } = found;
  if (data === undefined) throw noData("data");
  if (expected !== undefined) checkAligned(data, expected);
  return { streams: data, expected };
}

/** The outputs of the model, in the place of its inputs. */
function outputsOf({ model, batchSize }: JsonTarget): JsonTarget {
  return { model: { ...model, inputs: model.outputs, role: "output" }, batchSize, shapes: {} };
}

function* dataOf(target: JsonTarget, place: Place): TokenConsumer<InferInput[][][]> {
  if ((yield).kind !== "[") throw noData(place.list);
  const streams: InferInput[][][] = [];
  const steps: InferInput[][] = [];
  let token = yield;
  if (token.kind === "]") throw noData(place.list);
  while (true) {
    if (token.kind === "[" && steps.length === 0) {
      [place.stream, place.step] = [streams.length, undefined];
      streams.push(yield* streamOf(target, place));
    } else if (token.kind !== "[" && streams.length === 0) {
      place.step = steps.length;
      steps.push(yield* stepOf(token, target));
    } else {
      place.step = undefined;
      throw invalid(`"${place.list}" mixes steps and lists`);
    }
    const after = yield;
    if (after.kind === "]") return streams.length > 0 ? streams : [steps];
    if (after.kind !== ",") throw unexpected(after);
    token = yield;
  }
}

function* streamOf(target: JsonTarget, place: Place): TokenConsumer<InferInput[][]> {
  const steps: InferInput[][] = [];
  let token = yield;
  if (token.kind === "]") throw invalid(`list ${place.stream} of "${place.list}" is empty`);
  while (true) {
    place.step = steps.length;
    steps.push(yield* stepOf(token, target));
    const after = yield;
    if (after.kind === "]") return steps;
    if (after.kind !== ",") throw unexpected(after);
    token = yield;
  }
}

function* stepOf(first: Token, target: JsonTarget): TokenConsumer<InferInput[]> {
  const { model, made } = target;
  const { role = "input" } = model;
  if (first.kind !== "{") throw invalid(`it is not an object of ${role}s`);
  const given = new Map<string, InferInput>();
  for (let name = yield* nextKey(true); name !== undefined; name = yield* nextKey(false)) {
    const info = model.inputs.find((input) => input.name === name);
    if (info === undefined) throw invalid(`model '${model.name}' has no ${role} '${name}'`);
    if (given.has(name)) throw invalid(`${role} '${name}' is given twice`);
    try {
      given.set(name, makeInput(yield* inputOf(info.dataType), info, target));
    } catch (error) {
      if (!(error instanceof InferenceError) || error.message.includes(`${role} '${name}'`)) {
        throw error;
      }
      throw new InferenceError(error.code, `${role} '${name}': ${error.message}`, { cause: error });
    }
  }
  return model.inputs.flatMap((info) => {
    const input = given.get(info.name) ?? made?.get(info.name);
    if (input === undefined && !info.optional && role === "input") {
      throw invalid(`input '${info.name}' is missing`);
    }
    return input === undefined ? [] : [input];
  });
}

/** An input's values, or the object that holds them. */
function* inputOf(dataType: DataType): TokenConsumer<WrittenInput> {
  const first = yield;
  if (first.kind !== "{") return { dataType, values: yield* valuesOf(first, dataType) };
  const found: { -readonly [K in keyof WrittenInput]: WrittenInput[K] } = { dataType };
  const seen = new Set<string>();
  for (let key = yield* nextKey(true); key !== undefined; key = yield* nextKey(false)) {
    if (seen.has(key)) throw invalid(`it has ${quoted(key)} twice`);
    seen.add(key);
    const token = yield;
    if (key === "shape") found.shape = yield* shapeOf(token);
    else if (key === "b64") found.base64 = textOf(token);
    else if (key !== "content") {
      throw invalid(`${quoted(key)} is unknown; expected "content", "shape" or "b64"`);
    } else if (token.kind !== "{") found.values = yield* valuesOf(token, dataType);
    else {
      if ((yield* nextKey(true)) !== "b64") throw invalid(`"content" has neither values nor "b64"`);
      found.base64 = textOf(yield);
      if ((yield).kind !== "}") throw invalid(`"content" has more than "b64"`);
    }
  }
  if (
    found.values !== undefined && found.base64 !== undefined ||
    seen.has("content") && seen.has("b64")
  ) {
    throw invalid(`it has both "content" and "b64"; give one of them`);
  }
  if (found.values === undefined && found.base64 === undefined) {
    throw invalid(`it has neither values nor "b64"`);
  }
  return found;
}

function* valuesOf(first: Token, dataType: DataType): TokenConsumer<BuiltTensor> {
  const values = new ValueSink(dataType);
  if (!values.take(first)) yield values;
  return values.builder.finish();
}

/** The tokens of nested lists of values, or of a single value. */
class ValueSink implements TokenSink {
  readonly builder: TensorBuilder;
  readonly #isNumeric: boolean;
  #before: Token["kind"] = ",";

  constructor(dataType: DataType) {
    this.builder = new TensorBuilder(dataType);
    this.#isNumeric = dataType !== "STRING";
  }

  get takesNumbers(): boolean {
    const { depth } = this.builder;
    return this.#isNumeric && depth > 0 && (this.#before === "[" || this.#before === ",");
  }

  takeNumbers({ values, open }: NumberRun): void {
    this.builder.addAll(values);
    this.#before = open ? "," : "value";
  }

  take(token: Token): boolean {
    const { builder } = this;
    const { kind } = token;
    const before = this.#before;
    this.#before = kind;
    if (before === "value" || before === "]") {
      if (kind === "]") builder.close();
      else if (kind !== ",") throw unexpected(token);
      return builder.depth === 0;
    }
    if (kind === "value") {
      if (token.value === null) throw invalid("null is not a tensor element");
      builder.add(token.value);
    } else if (kind === "[") builder.open();
    else if (kind === "]" && before === "[") builder.close();
    else throw unexpected(token);
    return builder.depth === 0;
  }
}

function* shapeOf(first: Token): TokenConsumer<number[]> {
  const bad = () => invalid("its shape is not a list of whole numbers");
  if (first.kind !== "[") throw bad();
  const shape: number[] = [];
  let token = yield;
  while (token.kind !== "]") {
    if (token.kind !== "value" || !Number.isSafeInteger(token.value)) throw bad();
    shape.push(token.value as number);
    token = yield;
    if (token.kind === ",") token = yield;
    else if (token.kind !== "]") throw unexpected(token);
  }
  return shape;
}

function textOf(token: Token): string {
  if (token.kind === "value" && typeof token.value === "string") return token.value;
  throw invalid(`"b64" is not a string`);
}

/** The next key of an object with its colon; undefined after the last one. */
function* nextKey(isFirst: boolean): TokenConsumer<string | undefined> {
  let token = yield;
  if (token.kind === "}") return undefined;
  if (!isFirst) {
    if (token.kind !== ",") throw unexpected(token);
    token = yield;
  }
  if (token.kind !== "value" || typeof token.value !== "string") throw unexpected(token);
  const key = token.value;
  const colon = yield;
  if (colon.kind !== ":") throw unexpected(colon);
  return key;
}

function unexpected(token: Token): InferenceError {
  if (token.kind === "end") return invalid("it is not valid JSON: it ends too early");
  const what = token.kind === "value" ? quoted(String(token.value)) : `"${token.kind}"`;
  return invalid(`it is not valid JSON: ${what} was not expected`);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
