/**
 * Rewrites bundled scripts, each for itself, by esbuild: to syntax that older engines have, and small.
 *
 * @module
 */
import * as esbuild from "esbuild";
import { describeError } from "../../src/base/errors.ts";
import { Failure } from "./failure.ts";

/** How scripts are rewritten. */
export interface TransformOptions {
  /**
   * Fewer bytes to embed, and a shorter start. Names stay, for stack traces. Short names with the long ones
   * kept beside them would name each function anew whenever it is made, which cost a fifth of
   * image_client's time.
   */
  readonly minify?: boolean;
}

/**
 * Scripts by path, rewritten. `await using`, which Node before 24 and QuickJS can't even load, becomes
 * `try` and `finally`; everything else that ES2024 has stays.
 *
 * @throws {Failure}
 */
export async function transformScripts(
  scripts: ReadonlyMap<string, string>,
  { minify = false }: TransformOptions = {},
): Promise<Map<string, string>> {
  const rewritten = new Map<string, string>();
  try {
    for (const [path, code] of scripts) {
      const options = { format: "esm", target: "es2024", supported: { using: false } } as const;
      const result = await esbuild.transform(code, {
        ...options,
        minifyWhitespace: minify,
        minifySyntax: minify,
      });
      rewritten.set(path, result.code);
    }
  } catch (error) {
    throw new Failure(`cannot rewrite the bundle: ${describeError(error)}`);
  } finally {
    // Its process would keep this one alive.
    await esbuild.stop();
  }
  return rewritten;
}
