/**
 * The file of a report of perf_client.
 *
 * @module
 */
import { readWhole } from "../../base/read_file.ts";

/** A report is read whole. */
const MAX_BYTES = 1 << 30;

/** Reads its text. @throws {InferenceError} FILE */
export async function readRunText(path: string, signal: AbortSignal): Promise<string> {
  const doing = `Cannot read ${path}`;
  return new TextDecoder().decode(await readWhole(path, { doing, maxBytes: MAX_BYTES, signal }));
}
