/**
 * `--mix FILE`: several models as one load.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readWhole } from "../../base/read_file.ts";
import { DEFAULT_PORT } from "../../client/connect.ts";
import type { InputSettings, MixEntry, PerfSettings } from "../../perf/types.ts";
import { isDataType } from "../../tensor/data_type.ts";
import { splitUrls } from "../shared/connection.ts";
import type { PerfOptions } from "./flags.ts";
import { readInputData } from "./settings.ts";

/** A file of models is short. */
const MAX_BYTES = 1_000_000;
const MAX_MODELS = 100;

type Fail = (why: string) => InferenceError;

/** What a model's object may say, and what it must be. */
const KEYS = {
  model: "a text",
  name: "a text",
  version: "a whole number",
  share: "a number above 0",
  batch_size: "a whole number above 0",
  input_data: "a text, or a list of texts",
  shape: "an object of lists of whole numbers",
  datatype: "an object of data types",
  string_length: "a whole number",
  string_data: "a text",
  url: "an address, or several with commas",
} as const;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isWhole = (value: unknown, from: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= from;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const CHECKS: Readonly<Record<keyof typeof KEYS, (value: unknown) => boolean>> = {
  model: isText,
  name: isText,
  version: (value) => isWhole(value, 0),
  share: (value) => typeof value === "number" && value > 0 && Number.isFinite(value),
  batch_size: (value) => isWhole(value, 1),
  input_data: (value) => isText(value) || Array.isArray(value) && value.every(isText),
  shape: (value) =>
    isObject(value) &&
    Object.values(value).every((shape) =>
      Array.isArray(shape) && shape.every((size) => isWhole(size, 0))
    ),
  datatype: (value) =>
    isObject(value) && Object.values(value).every((type) => isText(type) && isDataType(type)),
  string_length: (value) => isWhole(value, 0),
  string_data: (value) => typeof value === "string",
  url: isText,
};

/** Flags that say of one model what a mix says of each. */
const OF_ONE = {
  model: "-m",
  modelVersion: "-x",
  dataDirectory: "--data-directory",
  stringData: "--string-data",
} as const;

/**
 * The settings with the models of `--mix FILE`, if it is given.
 *
 * @param isDirectory tells directories from files
 * @throws {InferenceError} USAGE for flags or a file that can't be used, FILE for one that can't be read
 */
export async function withMix(
  settings: PerfSettings,
  options: PerfOptions,
  isDirectory: (path: string) => Promise<boolean>,
): Promise<PerfSettings> {
  const { mix: path } = options;
  if (path === undefined) return settings;
  checkFlags(options);
  const fail: Fail = (why) =>
    new InferenceError("USAGE", `Cannot use the mix ${path}: ${why}`, {
      hint: "docs/mix.md says what a mix is",
    });
  const mix: MixEntry[] = [];
  const urls = options.url ?? `localhost:${DEFAULT_PORT[options.protocol ?? "http"]}`;
  for (const [i, entry] of (await readModels(path, fail)).entries()) {
    mix.push(await readEntry(entry, i, { settings, urls, isDirectory, fail }));
  }
  const names = mix.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw fail(`two models are called '${twice}': give one another "name"`);
  const addresses = [...new Set(mix.flatMap((entry) => entry.addresses))];
  return { ...settings, modelName: names.join(" + "), mix, addresses };
}

function checkFlags(options: PerfOptions): void {
  const given = Object.entries(OF_ONE)
    .find(([key]) => options[key as keyof typeof OF_ONE] !== undefined)?.[1] ??
    (options.inputData.length > 0 ? "--input-data" : undefined) ??
    (options.shapes.length > 0 ? "--shape" : undefined) ??
    (options.inputImages.length > 0 ? "--input-images" : undefined) ??
    (options.streaming ? "--streaming" : undefined);
  if (given === undefined) return;
  throw new InferenceError("USAGE", `--mix can't be combined with ${given}`, {
    hint: given === "--streaming" ? undefined : "the mix says it of each model",
  });
}

async function readModels(path: string, fail: Fail): Promise<unknown[]> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(
      await readWhole(path, { doing: "Cannot read the mix", maxBytes: MAX_BYTES }),
    );
  } catch (error) {
    if (error instanceof TypeError) throw fail("it is not UTF-8");
    throw error;
  }
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw fail(`it is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(file) || !Array.isArray(file.models)) throw fail('expected {"models": [...]}');
  const other = Object.keys(file).find((key) => key !== "models");
  if (other !== undefined) throw fail(`"${other}" means nothing beside "models"`);
  if (file.models.length === 0) throw fail("it has no models");
  if (file.models.length > MAX_MODELS) throw fail(`it has more than ${MAX_MODELS} models`);
  return file.models;
}

interface EntryContext {
  readonly settings: PerfSettings;
  /** Where models are that say nothing else. */
  readonly urls: string;
  readonly isDirectory: (path: string) => Promise<boolean>;
  readonly fail: Fail;
}

async function readEntry(
  entry: unknown,
  index: number,
  { settings, urls, isDirectory, fail }: EntryContext,
): Promise<MixEntry> {
  const place = `model ${index + 1}`;
  if (!isObject(entry)) throw fail(`${place} is not an object`);
  for (const [key, value] of Object.entries(entry)) {
    if (!Object.hasOwn(KEYS, key)) {
      throw fail(`${place} says "${key}"; known are ${Object.keys(KEYS).join(", ")}`);
    }
    const known = key as keyof typeof KEYS;
    if (!CHECKS[known](value)) throw fail(`"${key}" of ${place} must be ${KEYS[known]}`);
  }
  if (entry.model === undefined) throw fail(`${place} lacks "model"`);
  const said = entry as Partial<Record<keyof typeof KEYS, never>>;
  const texts: readonly string[] = [said.input_data ?? []].flat();
  const input: InputSettings = {
    ...await readInputData(texts, isDirectory),
    shapes: said.shape ?? {},
    dataTypes: said.datatype ?? {},
    stringLength: said.string_length ?? settings.input.stringLength,
    stringData: said.string_data,
    seed: settings.input.seed,
  };
  return {
    name: said.name ?? said.model!,
    modelName: said.model!,
    modelVersion: said.version === undefined ? undefined : BigInt(said.version),
    share: said.share ?? 1,
    batchSize: said.batch_size ?? settings.batchSize,
    input,
    addresses: splitUrls(said.url ?? urls),
  };
}
