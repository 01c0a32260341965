/**
 * Inputs from a directory: one file an input, named as the input, with the data of one batch entry or
 * of all of them.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { TensorInfo } from "../../protocol/types.ts";
import { fileTensor } from "../../tensor/file_tensor.ts";
import { entryShape } from "../../tensor/given_shape.ts";
import { byteSize, elementCount } from "../../tensor/shape.ts";
import { encodeStrings } from "../../tensor/strings.ts";
import { checkBools } from "../../tensor/typed_array.ts";
import type { TensorRole } from "./tensor_input.ts";

/** What a file's data is for. */
export interface EntryRequest {
  readonly info: TensorInfo;
  /** Of one batch entry. */
  readonly shape: readonly number[];
  readonly batchSize: number;
  readonly batched: boolean;
  /** @default "input" */
  readonly role?: TensorRole;
}

/**
 * The data of each batch entry: a file holds one, which all of them share, or as many as there are. A
 * `.npy` file is an array of the input's type and shape; strings stand one on a line; anything else is
 * the tensor's raw bytes.
 *
 * @param path for messages
 * @throws {InferenceError} FILE or INVALID_ARG naming the file
 */
export function directoryTensor(
  bytes: Uint8Array,
  path: string,
  request: EntryRequest,
): readonly Uint8Array[] {
  const { info, shape, batchSize } = request;
  const file = fileTensor(bytes, info.dataType, path);
  if (file.kind === "array") checkShape(file.shape, path, request);
  if (info.dataType === "STRING") {
    const count = elementCount(shape);
    if (file.kind === "array") return stringEntries(file.data, count, batchSize);
    return lineEntries(bytes, path, request, count);
  }
  const size = byteSize(info.dataType, shape);
  const { data } = file;
  const all = data.length === size * batchSize;
  if (data.length !== size && !all) throw wrongSize(data.length, size, path, request);
  if (info.dataType === "BOOL") checkBools(data);
  return Array.from(
    { length: batchSize },
    (_, entry) => all ? data.subarray(entry * size, (entry + 1) * size) : data,
  );
}

/** An array for one entry fits, and one with the batch in front. */
function checkShape(given: readonly number[], path: string, request: EntryRequest): void {
  const { shape, batchSize, batched } = request;
  const own = given.length === shape.length ? 1 : batchSize;
  try {
    entryShape(given, { shape, batchSize: own, batched }, false);
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    throw new InferenceError(
      error.code,
      `Cannot use '${path}' for ${
        request.role ?? "input"
      } '${request.info.name}': ${error.message}`,
      { cause: error },
    );
  }
}

function wrongSize(got: number, size: number, path: string, request: EntryRequest) {
  const { info, batchSize, role = "input" } = request;
  const requires = `${role} '${info.name}' requires ${size} bytes for each batch`;
  if (got < size) {
    return new InferenceError(
      "INVALID_ARG",
      `${requires}, but provided data only has ${got} bytes (file '${path}')`,
    );
  }
  const all = batchSize > 1 ? `, or ${size * batchSize} for the ${batchSize} of a batch` : "";
  return new InferenceError("INVALID_ARG", `${requires}${all}; file '${path}' has ${got} bytes`);
}

function stringEntries(data: Uint8Array, count: number, batchSize: number): Uint8Array[] {
  const ends = [0];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 0; at < data.length; ends.push(at)) at += 4 + view.getUint32(at, true);
  const own = ends.length - 1 === count ? 0 : count;
  return Array.from(
    { length: batchSize },
    (_, entry) => data.subarray(ends[entry * own], ends[entry * own + count]),
  );
}

function lineEntries(
  bytes: Uint8Array,
  path: string,
  { info, batchSize, role = "input" }: EntryRequest,
  count: number,
): Uint8Array[] {
  const lines = linesOf(bytes);
  // Where one string is wanted, what is no single line of text is the string as a whole.
  const whole = count === 1 && lines.length !== batchSize && lines.length !== 1;
  const elements = whole ? [bytes] : lines;
  if (elements.length === count) {
    return new Array<Uint8Array>(batchSize).fill(encodeStrings(elements));
  }
  if (elements.length === count * batchSize) {
    return Array.from(
      { length: batchSize },
      (_, entry) => encodeStrings(elements.slice(entry * count, (entry + 1) * count)),
    );
  }
  const all = batchSize > 1 ? `, or ${count * batchSize} for the ${batchSize} of a batch` : "";
  throw new InferenceError(
    "INVALID_ARG",
    `${role} '${info.name}' requires ${count} strings for each batch${all}, but file '${path}' has ` +
      `${lines.length} lines`,
  );
}

const [LINE_FEED, RETURN, ZERO] = [0x0a, 0x0d, 0];

/** The lines without their ends; bytes stay as they are. What holds a zero byte is not text. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes.includes(ZERO)) return [bytes];
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
    lines.push(bytes.subarray(from, end));
    from = end + 1;
  }
  if (from < bytes.length || lines.length === 0) lines.push(bytes.subarray(from));
  // A file of Windows ends every line so; a single one may belong to the string.
  const ended = lines.slice(0, from === bytes.length ? undefined : -1);
  if (ended.length === 0 || !ended.every((line) => line.at(-1) === RETURN)) return lines;
  return lines.map((line) => line.at(-1) === RETURN ? line.subarray(0, -1) : line);
}
