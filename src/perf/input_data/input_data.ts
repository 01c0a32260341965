/**
 * The data of all inputs of a model.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readPieces, readWhole } from "../../base/read_file.ts";
import type { InferInput, ModelInfo, TensorInfo } from "../../protocol/types.ts";
import { createRandom, type Random } from "../random.ts";
import type { InputSettings } from "../types.ts";
import { batchSteps } from "./batch_steps.ts";
import { directoryTensor } from "./directory.ts";
import { madeTensor } from "./generate.ts";
import { expectedFiles } from "./expected.ts";
import { entryShape, tensorInput } from "./tensor_input.ts";

/** What reading files needs from outside. */
export interface InputReading {
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Hears how many bytes of a JSON file have been read. */
  readonly onProgress?: (path: string, bytes: number) => void;
}

/** What is sent, and what is expected to come back. */
export interface InputData {
  /** Streams of steps, each step the inputs of one request. */
  readonly streams: InferInput[][][];
  /** The outputs that the answers are compared with, step for step; undefined = none are. */
  readonly expected?: InferInput[][][];
}

/**
 * Streams of steps, each step the inputs of one request. Only JSON files have more than one step; with a
 * batch, a request takes as many steps as it has entries, and the next one goes on from there. Optional
 * inputs are left out unless a file, a given shape or a kind of its own names them.
 *
 * @throws {InferenceError} INVALID_ARG or FILE naming the input or the file
 */
export async function loadInputData(
  settings: InputSettings,
  model: ModelInfo,
  batchSize: number,
  reading: InputReading = {},
): Promise<InputData> {
  checkNames(settings, model);
  if (settings.source === "images") {
    throw new InferenceError("INVALID_ARG", "pictures as inputs have to be given ready-made");
  }
  const random = createRandom(settings.seed);
  if (settings.source === "json") {
    return await jsonStreams(settings, model, batchSize, random, reading);
  }
  const step: InferInput[] = [];
  for (const info of model.inputs) {
    const input = await inputOf(info, { settings, model, batchSize, random, reading });
    if (input !== undefined) step.push(input);
  }
  if (settings.source !== "directory") return { streams: [[step]] };
  const expected = await expectedFiles(settings.paths[0]!, model, batchSize, reading.signal);
  return { streams: [[step]], expected: expected && [[expected]] };
}

interface Making {
  readonly settings: InputSettings;
  readonly model: ModelInfo;
  readonly batchSize: number;
  readonly random: Random;
  readonly reading: InputReading;
}

async function inputOf(info: TensorInfo, making: Making): Promise<InferInput | undefined> {
  const { settings, model, batchSize } = making;
  const kind = settings.kinds?.[info.name];
  const given = settings.shapes[info.name];
  if (kind === undefined && settings.source === "directory") return await fileInput(info, making);
  if (info.optional && given === undefined && kind === undefined) return undefined;
  return madeInput(info, { settings, model, batchSize, random: making.random });
}

function madeInput(
  info: TensorInfo,
  { settings, model, batchSize, random }: Omit<Making, "reading">,
): InferInput {
  const shape = entryShape(info, model, settings.shapes[info.name]);
  const kind = settings.kinds?.[info.name] ??
    { kind: settings.source === "zero" ? "zero" : "random" };
  const bytes = madeTensor({ ...kind, dataType: info.dataType, shape }, random, settings);
  return tensorInput(info, shape, bytes, batchSize);
}

async function fileInput(
  info: TensorInfo,
  { settings, model, batchSize, reading }: Making,
): Promise<InferInput | undefined> {
  const path = `${settings.paths[0]}/${info.name}`;
  const shape = () => entryShape(info, model, settings.shapes[info.name]);
  let bytes: Uint8Array;
  try {
    bytes = await readWhole(path, {
      doing: `failed to open file '${path}'`,
      signal: reading.signal,
    });
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    if (info.optional && settings.shapes[info.name] === undefined) return undefined;
    throw new InferenceError("FILE", `failed to open file '${path}'`, {
      cause,
      hint: "the directory needs one file for each input, named as the input",
    });
  }
  const entry = { info, shape: shape(), batchSize, batched: model.maxBatchSize > 0 };
  const data = directoryTensor(bytes, path, entry);
  return { ...tensorInput(info, entry.shape, bytes, batchSize), data };
}

function isMissing(error: unknown): boolean {
  return error instanceof InferenceError && error.cause instanceof Deno.errors.NotFound;
}

async function jsonStreams(
  settings: InputSettings,
  model: ModelInfo,
  batchSize: number,
  random: Random,
  { signal, onProgress }: InputReading,
): Promise<InputData> {
  const made = new Map(
    model.inputs.filter(({ name }) => settings.kinds?.[name] !== undefined)
      .map((info) => [info.name, madeInput(info, { settings, model, batchSize, random })]),
  );
  const target = { model, batchSize, shapes: settings.shapes, made };
  // The parser is not needed otherwise.
  const { readJsonData } = await import("./json_file.ts");
  const streams: InferInput[][][] = [];
  const expected: InferInput[][][] = [];
  for (const path of settings.paths) {
    const pieces = readPieces(path, { doing: `Cannot read the input data '${path}'`, signal });
    const read = await readJsonData(counted(pieces, path, onProgress), path, target);
    streams.push(...read.streams);
    // Of several files some may have no outputs: their answers are not looked at.
    expected.push(...read.expected ?? read.streams.map((stream) => stream.map(() => [])));
  }
  // A sequence's steps are its requests; every entry of a batch has the same ones.
  const arranged = (all: InferInput[][][]) =>
    model.scheduling === "sequence" ? all : [batchSteps(all.flat(), batchSize)];
  const anyExpected = expected.some((stream) => stream.some((step) => step.length > 0));
  return {
    streams: arranged(streams),
    expected: anyExpected ? arranged(expected) : undefined,
  };
}

async function* counted(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
  onProgress: InputReading["onProgress"],
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    yield piece;
    onProgress?.(path, bytes += piece.length);
  }
}

function checkNames({ shapes, kinds = {} }: InputSettings, model: ModelInfo): void {
  const names = model.inputs.map((input) => input.name);
  const unknown = [...Object.keys(shapes), ...Object.keys(kinds)]
    .find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const what = unknown in shapes ? "a shape is" : "values are";
  throw new InferenceError(
    "INVALID_ARG",
    `${what} given for input '${unknown}', which model '${model.name}' does not have`,
    { hint: `its inputs are ${names.join(", ")}` },
  );
}
