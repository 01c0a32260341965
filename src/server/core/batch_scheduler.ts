/**
 * Requests in order of arrival onto a model's instances, one at a time or batched dynamically.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { batchPolicy, chooseBatch } from "./dynamic_batch.ts";
import type { ModelSpec } from "./config.ts";
import type { ModelInstance, ModelRequest } from "./model.ts";
import { type Job, type Outcome, refuseAll, runBatch, type Scheduler } from "./scheduler.ts";
import type { VersionStatistics } from "./statistics.ts";

/** The scheduler of models without sequences. */
export class BatchScheduler implements Scheduler {
  readonly #modelName: string;
  readonly #policy: ReturnType<typeof batchPolicy>;
  readonly #idle: ModelInstance[];
  readonly #clock: Clock;
  readonly #statistics: VersionStatistics;
  #queue: Job[] = [];
  #wait: AbortController | undefined;

  constructor(
    spec: ModelSpec,
    instances: readonly ModelInstance[],
    clock: Clock,
    statistics: VersionStatistics,
  ) {
    this.#modelName = spec.config.name;
    this.#policy = batchPolicy(spec.config);
    this.#idle = [...instances];
    this.#clock = clock;
    this.#statistics = statistics;
  }

  enqueue(request: ModelRequest, done: (outcome: Outcome) => void): void {
    this.#queue.push({ request, queuedAt: this.#clock.now(), done });
    this.#dispatch();
  }

  close(): void {
    this.#wait?.abort();
    refuseAll(this.#queue.splice(0), this.#modelName);
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && this.#idle.length > 0) {
      const count = this.#ready();
      if (count === 0) return;
      const jobs = this.#queue.splice(0, count);
      const instance = this.#idle.pop()!;
      const running = runBatch(instance, jobs, this.#clock, this.#statistics);
      if (running) running.then(() => this.#release(instance));
      else this.#idle.push(instance);
    }
  }

  #release(instance: ModelInstance): void {
    this.#idle.push(instance);
    this.#dispatch();
  }

  /** How many requests to run now; 0 = none yet, a timer is set. */
  #ready(): number {
    this.#wait?.abort();
    this.#wait = undefined;
    if (!this.#policy) return 1;
    const waited = this.#clock.now() - this.#queue[0].queuedAt;
    const { count, waitMs } = chooseBatch(this.#queue, this.#policy, waited);
    if (waitMs <= 0) return count;
    const wait = this.#wait = new AbortController();
    this.#clock.sleep(waitMs, wait.signal).then(() => {
      if (!wait.signal.aborted) this.#dispatch();
    });
    return 0;
  }
}
