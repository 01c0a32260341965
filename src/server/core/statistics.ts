/**
 * Counters of the server and its models, as both protocols report them.
 *
 * @module
 */

/** Events and their time together. */
export class Counter {
  count = 0;
  ns = 0;

  add(ns: number): void {
    this.count++;
    this.ns += ns;
  }
}

/** Requests of one batch size. */
export class RequestStatistics {
  readonly success = new Counter();
  readonly failed = new Counter();
  readonly compute = new Counter();
  readonly queue = new Counter();
}

/** How long a request took, and how many executions are counted to it. */
export interface RequestTimes {
  readonly requestNs: number;
  readonly queueNs: number;
  readonly computeNs: number;
  /** 1 for the first request of an execution, 0 for the others. */
  readonly executions: number;
}

/** Counters of one version of a model. */
export class VersionStatistics {
  executionCount = 0;
  /** Batch entries inferred. */
  inferenceCount = 0;
  /** Milliseconds since 1970 of the last success; 0 = none yet. */
  lastInferenceMs = 0;
  readonly byBatchSize = new Map<number, RequestStatistics>();
  /** Executions by the batch entries in them. */
  readonly executions = new Map<number, Counter>();

  #of(batchSize: number): RequestStatistics {
    let entry = this.byBatchSize.get(batchSize);
    if (!entry) this.byBatchSize.set(batchSize, entry = new RequestStatistics());
    return entry;
  }

  /** Counts a request that was answered. */
  succeeded(batchSize: number, times: RequestTimes): void {
    this.executionCount += times.executions;
    this.inferenceCount += batchSize;
    this.lastInferenceMs = Date.now();
    const entry = this.#of(batchSize);
    entry.success.add(times.requestNs);
    entry.compute.add(times.computeNs);
    entry.queue.add(times.queueNs);
  }

  /** Counts a request that failed; `batchSize` 0 = before its batch size was accepted. */
  failed(batchSize: number, requestNs: number): void {
    this.#of(batchSize).failed.add(requestNs);
  }

  /** Counts an execution of `entries` batch entries. */
  executed(entries: number, computeNs: number): void {
    let counter = this.executions.get(entries);
    if (!counter) this.executions.set(entries, counter = new Counter());
    counter.add(computeNs);
  }
}

/** Nanoseconds between two moments in milliseconds. */
export function elapsedNs(fromMs: number, toMs: number): number {
  return Math.max(0, Math.round((toMs - fromMs) * 1e6));
}
