/**
 * The data of all inputs of a model.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, ModelInfo, TensorInfo } from "../../protocol/types.ts";
import { elementCount } from "../../tensor/shape.ts";
import { createRandom } from "../random.ts";
import type { InputSettings } from "../types.ts";
import { directoryTensor } from "./directory.ts";
import { randomTensor, zeroTensor } from "./generate.ts";
import { parseJsonData } from "./json_file.ts";
import { entryShape, type ReadFile, tensorInput } from "./tensor_input.ts";

/**
 * Streams of steps, each step the inputs of one request. Only JSON files have more than one step.
 * Optional inputs are left out unless a JSON file or a given shape names them.
 *
 * @throws {InferenceError} INVALID_ARG or FILE naming the input or the file
 */
export async function loadInputData(
  settings: InputSettings,
  model: ModelInfo,
  batchSize: number,
  readFile: ReadFile = Deno.readFile,
): Promise<InferInput[][][]> {
  checkNames(settings, model);
  if (settings.source === "json") {
    const target = { model, batchSize, shapes: settings.shapes };
    const streams: InferInput[][][] = [];
    for (const path of settings.paths) {
      streams.push(...parseJsonData(await readText(path, readFile), path, target));
    }
    return streams;
  }
  const random = createRandom(settings.seed);
  const make = (info: TensorInfo, shape: readonly number[]) => {
    switch (settings.source) {
      case "directory":
        return directoryTensor(settings.paths[0], info, shape, readFile);
      case "zero":
        return zeroTensor(info.dataType, elementCount(shape), settings);
      default:
        return randomTensor(info.dataType, elementCount(shape), random, settings);
    }
  };
  const step: InferInput[] = [];
  for (const info of model.inputs) {
    const given = settings.shapes[info.name];
    if (info.optional && given === undefined) continue;
    const shape = entryShape(info, model.name, given);
    step.push(tensorInput(info, shape, await make(info, shape), batchSize));
  }
  return [[step]];
}

function checkNames({ shapes }: InputSettings, model: ModelInfo): void {
  const names = model.inputs.map((input) => input.name);
  const unknown = Object.keys(shapes).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new InferenceError(
    "INVALID_ARG",
    `a shape is given for input '${unknown}', which model '${model.name}' does not have`,
    { hint: `its inputs are ${names.join(", ")}` },
  );
}

async function readText(path: string, readFile: ReadFile): Promise<string> {
  try {
    return new TextDecoder().decode(await readFile(path));
  } catch (cause) {
    throw new InferenceError("FILE", `Cannot read the input data '${path}'`, { cause });
  }
}
