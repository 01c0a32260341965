/**
 * `--fail-if 'top1<75%'`: when a run counts as not good enough.
 *
 * @module
 */
import { usageError } from "../../../cli/usage.ts";
import type { Tally } from "./tally.ts";

/** A condition under which the run fails. */
export interface FailIf {
  readonly text: string;
  /** The value that broke it, in words; undefined when it holds or nothing is known. */
  broken(tally: Tally): string | undefined;
}

type Metric = "top1" | "top5" | "failed";
const COMPARE = {
  "<": (a: number, b: number) => a < b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  ">=": (a: number, b: number) => a >= b,
};

/**
 * Reads a condition: `top1`, `top5` or `failed`, one of `<`, `<=`, `>` and `>=`, and a share in per cent or
 * from 0 to 1; `failed` also takes a number of pictures.
 *
 * @throws {InferenceError} USAGE
 */
export function readFailIf(text: string, hasTruth: boolean): FailIf {
  const match = /^(top-?1|top-?5|failed)(<=?|>=?)(\d{1,12}(?:\.\d{1,12})?)(%?)$/i
    .exec(text.replaceAll(/\s/g, ""));
  if (match === null) {
    throw usageError(
      `--fail-if: expected a condition such as 'top1<75%' or 'failed>0', got "${text}"`,
    );
  }
  const metric = match[1]!.toLowerCase().replace("-", "") as Metric;
  if (metric !== "failed" && !hasTruth) {
    throw usageError(`--fail-if: ${metric} is known only with --truth`);
  }
  const percent = match[4] === "%";
  const number = Number(match[3]);
  if (metric !== "failed" && !percent && number > 1) {
    throw usageError(`--fail-if: ${metric} is a share, such as 75% or 0.75, got "${match[3]}"`);
  }
  const limit = percent ? number / 100 : number;
  const compare = COMPARE[match[2] as keyof typeof COMPARE];
  return {
    text: text.trim(),
    broken: (tally) => {
      const { part, whole } = measured(metric, tally);
      const isCount = metric === "failed" && !percent;
      // Nothing to judge by is not good enough.
      if (whole === 0 && metric !== "failed") return "no picture was compared";
      const value = isCount ? part : whole === 0 ? 0 : part / whole;
      if (!compare(value, limit)) return undefined;
      return isCount ? String(part) : `${(100 * value).toFixed(1)} % (${part} of ${whole})`;
    },
  };
}

function measured(metric: Metric, tally: Tally): { part: number; whole: number } {
  if (metric === "failed") return { part: tally.failed, whole: tally.rows };
  const hits = tally.total();
  return { part: hits[metric], whole: hits.count };
}
