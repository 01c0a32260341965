/**
 * Requests in order of arrival onto a model's instances, one at a time or batched dynamically.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { batchPolicy, chooseBatch } from "./dynamic_batch.ts";
import type { ModelSpec } from "./config.ts";
import type { ModelInstance, ModelRequest } from "./model.ts";
import {
  type Job,
  type Outcome,
  refuseAll,
  runBatch,
  type Scheduler,
  withoutGone,
} from "./scheduler.ts";
import type { VersionStatistics } from "./statistics.ts";

/** Shorter queues aren't looked through. */
const MIN_PRUNED = 64;

/** The scheduler of models without sequences. */
export class BatchScheduler implements Scheduler {
  readonly #modelName: string;
  readonly #policy: ReturnType<typeof batchPolicy>;
  readonly #idle: ModelInstance[];
  readonly #clock: Clock;
  readonly #statistics: VersionStatistics;
  #queue: Job[] = [];
  #pruneAt = MIN_PRUNED;
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
    if (this.#queue.length > this.#pruneAt) this.#prune();
    this.#dispatch();
  }

  get pending(): number {
    return this.#queue.length;
  }

  close(): void {
    this.#wait?.abort();
    refuseAll(this.#queue.splice(0), this.#modelName);
  }

  /** Takes out the requests that nobody waits for; as seldom as keeps the queue at twice the others. */
  #prune(): void {
    this.#queue = withoutGone(this.#queue);
    this.#pruneAt = Math.max(MIN_PRUNED, 2 * this.#queue.length);
  }

  #dispatch(): void {
    if (this.#idle.length > 0 && this.#queue[0]?.request.caller?.gone) this.#prune();
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
    const waited = this.#clock.now() - this.#queue[0]!.queuedAt;
    const { count, waitMs } = chooseBatch(this.#queue, this.#policy, waited);
    if (waitMs <= 0) return count;
    const wait = this.#wait = new AbortController();
    this.#clock.sleep(waitMs, wait.signal).then(() => {
      if (!wait.signal.aborted) this.#dispatch();
    });
    return 0;
  }
}
