/**
 * Outputs that answers are compared with: perf_analyzer's `validation_data`, and files beside those of
 * the inputs.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readWhole } from "../../base/read_file.ts";
import type { InferInput, ModelInfo, TensorInfo } from "../../protocol/types.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import { fileTensor } from "../../tensor/file_tensor.ts";
import { isVariable } from "../../tensor/shape.ts";
import { directoryTensor } from "./directory.ts";
import { entryShape, tensorInput } from "./tensor_input.ts";

/**
 * Each step of inputs has one of outputs.
 *
 * @throws {InferenceError} INVALID_ARG with both numbers
 */
export function checkAligned(
  data: readonly (readonly unknown[])[],
  expected: readonly (readonly unknown[])[],
): void {
  const bad = (where: string, wanted: number, got: number, what: string) =>
    new InferenceError(
      "INVALID_ARG",
      `"validation_data"${where} has ${got} ${what}, "data" has ${wanted}`,
      { hint: "each step of inputs needs one of outputs, which may be {}" },
    );
  if (expected.length !== data.length) throw bad("", data.length, expected.length, "streams");
  for (const [i, stream] of data.entries()) {
    const own = expected[i]!;
    const where = data.length === 1 ? "" : `, stream ${i},`;
    if (own.length !== stream.length) throw bad(where, stream.length, own.length, "steps");
  }
}

/**
 * The outputs that have a file in the directory, named as the output; undefined when none has.
 *
 * @throws {InferenceError} FILE or INVALID_ARG naming the file
 */
export async function expectedFiles(
  directory: string,
  model: ModelInfo,
  batchSize: number,
  signal: AbortSignal | undefined,
): Promise<InferInput[] | undefined> {
  const step: InferInput[] = [];
  const isInput = new Set(model.inputs.map(({ name }) => name));
  for (const info of model.outputs) {
    // A file can't be both; the input was there first.
    if (isInput.has(info.name)) continue;
    const path = `${directory}/${info.name}`;
    const bytes = await contentsOf(path, signal);
    if (bytes === undefined) continue;
    const shape = fileShape(bytes, path, info, model);
    const batched = model.maxBatchSize > 0;
    const entry = { info, shape, batchSize, batched, role: "output" as const };
    const data = directoryTensor(bytes, path, entry);
    step.push({ ...tensorInput(info, shape, bytes, batchSize), data });
  }
  return step.length === 0 ? undefined : step;
}

async function contentsOf(
  path: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    return await readWhole(path, { doing: `failed to open file '${path}'`, signal });
  } catch (error) {
    const missing = error instanceof InferenceError && error.cause instanceof Deno.errors.NotFound;
    if (missing) return undefined;
    throw error;
  }
}

/** An output of any size is as large as its file says. */
function fileShape(
  bytes: Uint8Array,
  path: string,
  info: TensorInfo,
  { name, maxBatchSize }: ModelInfo,
): readonly number[] {
  const owner = { name, role: "output" } as const;
  if (!isVariable(info.shape)) return info.shape;
  const file = fileTensor(bytes, info.dataType, path);
  if (file.kind === "array") {
    const batch = maxBatchSize > 0 && file.shape.length > info.shape.length ? 1 : 0;
    return entryShape(info, owner, file.shape.slice(batch));
  }
  const others = info.shape.filter((dim) => dim !== -1).reduce((all, dim) => all * dim, 1);
  const open = file.data.length / elementByteSize(info.dataType) / others;
  const oneOpen = info.shape.filter((dim) => dim === -1).length === 1;
  if (oneOpen && Number.isInteger(open)) {
    return info.shape.map((dim) => dim === -1 ? open : dim);
  }
  throw new InferenceError(
    "INVALID_ARG",
    `Cannot tell the shape of output '${info.name}' from '${path}'`,
    { hint: "save it with numpy.save, as .npy" },
  );
}
