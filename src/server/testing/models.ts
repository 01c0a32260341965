/**
 * Models and requests for tests of the server's core.
 *
 * @module
 */
import type { ModelConfig } from "../core/config.ts";
import type { ModelInstance, ModelRequest, ModelResult } from "../core/model.ts";
import type { Outcome } from "../core/scheduler.ts";

/** A configuration of one FP32 input and output of 1 element, changed where the caller says so. */
export function testConfig(change: Partial<ModelConfig> = {}): ModelConfig {
  return {
    name: "m",
    platform: "custom",
    maxBatchSize: 8,
    input: [{ name: "IN", dataType: "TYPE_FP32", dims: [1n] }],
    output: [{ name: "OUT", dataType: "TYPE_FP32", dims: [1n] }],
    ...change,
  };
}

/** A request whose input's first byte is a mark to know it by. */
export function testRequest(mark: number, change: Partial<ModelRequest> = {}): ModelRequest {
  return {
    batchSize: 1,
    inputs: [{ name: "IN", shape: [1], data: Uint8Array.of(mark, 0, 0, 0) }],
    outputs: ["OUT"],
    ...change,
  };
}

/** The mark of a request. */
export function markOf(request: ModelRequest): number {
  return request.inputs[0]!.data[0]!;
}

/** An instance that keeps every execution until the test ends it; outputs are the inputs. */
export class HeldInstance implements ModelInstance {
  /** Marks of the requests of each execution, with the slot where there is one. */
  readonly batches: string[] = [];
  #finish: (() => void)[] = [];

  execute(batch: readonly ModelRequest[]): Promise<readonly ModelResult[]> {
    this.batches.push(
      batch.map((request) => {
        const slot = request.slot === undefined ? "" : `@${request.slot}`;
        return `${markOf(request)}${slot}`;
      }).join(" "),
    );
    return new Promise((resolve) => {
      this.#finish.push(() =>
        resolve(batch.map(({ inputs }) => [{ ...inputs[0], name: "OUT" }] as ModelResult))
      );
    });
  }

  /** How many executions are in progress. */
  get running(): number {
    return this.#finish.length;
  }

  /** Ends the oldest execution. */
  finish(): void {
    this.#finish.shift()!();
  }
}

/** Collects outcomes by the marks of their requests. */
export class Outcomes {
  readonly byMark = new Map<number, Outcome>();

  /** What to give to a scheduler as `done`. */
  of(mark: number): (outcome: Outcome) => void {
    return (outcome) => {
      if (this.byMark.has(mark)) throw new Error(`request ${mark} is done twice`);
      this.byMark.set(mark, outcome);
    };
  }

  /** The marks of those that are done, in that order. */
  get done(): number[] {
    return [...this.byMark.keys()];
  }

  /** The error message of a request; undefined when it went well or is not done. */
  error(mark: number): string | undefined {
    const result = this.byMark.get(mark)?.result;
    return result instanceof Error ? result.message : undefined;
  }
}
