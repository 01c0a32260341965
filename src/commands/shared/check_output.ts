/**
 * The file that a command makes of others.
 *
 * @module
 */
import { checkOutputFile } from "../../base/write_file.ts";
import { usageError } from "../../cli/usage.ts";

/** @throws {InferenceError} when it can't be written, or is one of those that it is to be made of */
export async function checkOutput(
  output: string,
  paths: readonly string[],
  purpose: string,
): Promise<void> {
  const real = async (path: string) => await Deno.realPath(path).catch(() => path);
  const target = await real(output);
  for (const path of paths) {
    if (await real(path) !== target) continue;
    throw usageError(
      `-o ${output} is one of the files to ${purpose}`,
      "give the result another name",
    );
  }
  await checkOutputFile(output);
}
