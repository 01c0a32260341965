/**
 * One target's inputs, in a process of its own, which main.ts watches. It prints a line of JSON now and
 * then, and one at the end.
 *
 * @module
 */
import { inputOf, randomOf } from "./inputs.ts";
import { isRefusal, type Target } from "./target.ts";
import { loadTarget } from "./targets.ts";

/** What a run is asked for. */
export interface RunOptions {
  readonly target: string;
  readonly seed: number;
  /** Number of the first input. */
  readonly from: number;
  /** Inputs at most. */
  readonly inputs: number;
  readonly seconds: number;
}

/** A line that a run prints. */
export interface RunReport {
  readonly inputs: number;
  /** Inputs that were refused as documented. */
  readonly refused: number;
  readonly seconds: number;
  /** The longest that one took. */
  readonly slowestMs: number;
  readonly slowestInput: number;
  readonly done: boolean;
  readonly finding?: { readonly input: number; readonly bytes: string; readonly error: string };
}

const REPORT_EVERY_MS = 500;
/** One small input that takes so long is a finding, on a busy machine too. */
const MAX_INPUT_MS = 5000;

if (import.meta.main) {
  await run(JSON.parse(Deno.args[0]!), await loadTarget(JSON.parse(Deno.args[0]!).target));
}

async function run(options: RunOptions, target: Target): Promise<void> {
  const refuses = target.refuses ?? isRefusal;
  const start = performance.now();
  let [refused, slowestMs, slowestInput, count] = [0, 0, 0, 0];
  let reported = start;
  const report = (done: boolean, finding?: RunReport["finding"]) => {
    const seconds = (performance.now() - start) / 1000;
    const line: RunReport = {
      inputs: count,
      refused,
      seconds,
      slowestMs,
      slowestInput,
      done,
      finding,
    };
    console.log(JSON.stringify(line));
  };
  let before = start;
  while (count < options.inputs) {
    const index = options.from + count;
    const random = randomOf(options.seed, index);
    const input = inputOf(target, random);
    const finding = (error: unknown) => ({
      input: index,
      bytes: Array.from(input.subarray(0, 4096), (byte) => String.fromCharCode(byte)).join(""),
      error: error instanceof Error ? error.stack ?? error.message : String(error),
    });
    try {
      const running = target.run(input, random);
      if (running !== undefined) await running;
    } catch (error) {
      if (!refuses(error)) return report(true, finding(error));
      refused++;
    }
    count++;
    const now = performance.now();
    if (now - before > slowestMs) [slowestMs, slowestInput] = [now - before, index];
    if (now - before > MAX_INPUT_MS) return report(true, finding(`it took ${now - before} ms`));
    before = now;
    if (now - reported > REPORT_EVERY_MS) {
      reported = now;
      report(false);
      if (now - start > options.seconds * 1000) break;
      before = performance.now();
    }
  }
  report(true);
  Deno.exit(0);
}
