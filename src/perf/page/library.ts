/**
 * The charts' library, as it lies in its package: uPlot, 53 KB.
 *
 * @module
 */
import { readPackageFile } from "../../base/package_file.ts";
import type { ChartLibrary } from "./types.ts";

/** Reads it. @throws {InferenceError} FILE */
export async function chartLibrary(): Promise<ChartLibrary> {
  const [script, style] = await Promise.all([
    readPackageFile(import.meta.resolve("uplot/dist/uPlot.iife.min.js")),
    readPackageFile(import.meta.resolve("uplot/dist/uPlot.min.css")),
  ]);
  const decoder = new TextDecoder();
  return { script: decoder.decode(script), style: decoder.decode(style) };
}

/** Never called: it brings the package into the module graph, so that Deno fetches it. */
export const fetchedPackage = (): Promise<unknown> => import("uplot/dist/uPlot.esm.js");
