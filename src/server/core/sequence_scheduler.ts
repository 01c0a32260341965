/**
 * Requests of sequences: all of one sequence go, in order, to one slot of one instance, which keeps
 * the sequence's state. Every execution takes the next request of each slot. Sequences beyond the
 * slots wait in a backlog; one that stays idle for too long is forgotten.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import type { ModelSpec } from "./config.ts";
import type { ModelInstance, ModelRequest, SequencePlace } from "./model.ts";
import {
  type Job,
  type Outcome,
  refuseAll,
  refused,
  runBatch,
  type Scheduler,
  withoutGone,
} from "./scheduler.ts";
import type { VersionStatistics } from "./statistics.ts";

/** A shorter backlog isn't looked through. */
const MIN_PRUNED = 64;

interface Sequence {
  readonly id: bigint | string;
  jobs: Job[];
  /** No more requests will come: the slot is free once the jobs are done. */
  ended: boolean;
  lastSeenMs: number;
}

interface Batcher {
  readonly instance: ModelInstance;
  /** The sequence in each slot. */
  readonly slots: (Sequence | undefined)[];
  running: boolean;
}

/** Checks what a request of a sequence model must say, `known` = its sequence is in progress. */
function refusal(modelName: string, request: ModelRequest, known: boolean): string | undefined {
  if (request.batchSize !== 1) {
    return `inference request to model '${modelName}' must specify batch-size 1 due to ` +
      "requirements of sequence batcher";
  }
  const place = request.sequence;
  if (!place || place.id === 0n || place.id === "") {
    return `inference request to model '${modelName}' must specify a non-zero correlation ID`;
  }
  if (!place.start && !known) {
    return `inference request for sequence ${place.id} to model '${modelName}' must specify the ` +
      "START flag on the first request of the sequence";
  }
  return undefined;
}

/** The scheduler of models with `sequence_batching`. */
export class SequenceScheduler implements Scheduler {
  readonly #modelName: string;
  readonly #idleMs: number;
  readonly #batchers: readonly Batcher[];
  readonly #clock: Clock;
  readonly #statistics: VersionStatistics;
  /** Sequences that may get more requests. */
  readonly #open = new Map<bigint | string, Sequence>();
  #backlog: Sequence[] = [];
  #pruneAt = MIN_PRUNED;
  #reaper: AbortController | undefined;

  constructor(
    spec: ModelSpec,
    instances: readonly ModelInstance[],
    clock: Clock,
    statistics: VersionStatistics,
  ) {
    const slots = Math.max(1, spec.config.maxBatchSize);
    const idleUs = spec.config.sequenceBatching?.maxSequenceIdleMicroseconds ?? 0n;
    this.#modelName = spec.config.name;
    this.#idleMs = Number(idleUs) / 1000;
    this.#batchers = instances.map((instance) => ({
      instance,
      slots: new Array<Sequence | undefined>(slots).fill(undefined),
      running: false,
    }));
    this.#clock = clock;
    this.#statistics = statistics;
  }

  enqueue(request: ModelRequest, done: (outcome: Outcome) => void): void {
    const id = request.sequence?.id ?? 0n;
    const known = this.#open.get(id);
    const message = refusal(this.#modelName, request, known !== undefined);
    if (message) return done(refused(new InferenceError("INVALID_ARG", message)));
    const queuedAt = this.#clock.now();
    const sequence = known ?? this.#begin(id, queuedAt);
    sequence.jobs.push({ request, queuedAt, done });
    sequence.lastSeenMs = queuedAt;
    if ((request.sequence as SequencePlace).end) this.#end(sequence);
    for (const batcher of this.#batchers) this.#dispatch(batcher);
  }

  get pending(): number {
    const sequences = [...this.#backlog, ...this.#batchers.flatMap(({ slots }) => slots)];
    return sequences.reduce((sum, sequence) => sum + (sequence?.jobs.length ?? 0), 0);
  }

  close(): void {
    this.#reaper?.abort();
    this.#open.clear();
    const waiting = [...this.#backlog, ...this.#batchers.flatMap((batcher) => batcher.slots)];
    this.#backlog = [];
    for (const sequence of waiting) {
      if (sequence) refuseAll(sequence.jobs.splice(0), this.#modelName);
    }
  }

  #begin(id: bigint | string, now: number): Sequence {
    const sequence: Sequence = { id, jobs: [], ended: false, lastSeenMs: now };
    this.#open.set(id, sequence);
    for (const { slots } of this.#batchers) {
      const free = slots.indexOf(undefined);
      if (free < 0) continue;
      slots[free] = sequence;
      this.#watch();
      return sequence;
    }
    this.#backlog.push(sequence);
    if (this.#backlog.length > this.#pruneAt) this.#prune();
    return sequence;
  }

  /** Forgets the sequences that wait for a slot although nobody waits for them. */
  #prune(): void {
    this.#backlog = this.#backlog.filter((sequence) => {
      if (sequence.jobs.length === 0) return true;
      sequence.jobs = withoutGone(sequence.jobs);
      if (sequence.jobs.length > 0) return true;
      this.#end(sequence);
      return false;
    });
    this.#pruneAt = Math.max(MIN_PRUNED, 2 * this.#backlog.length);
  }

  #end(sequence: Sequence): void {
    sequence.ended = true;
    this.#open.delete(sequence.id);
  }

  /** Gives the slots of sequences that are over to the ones that wait. */
  #refill({ slots }: Batcher): void {
    for (let slot = 0; slot < slots.length; slot++) {
      const sequence = slots[slot];
      if (sequence?.ended && sequence.jobs.length === 0) {
        const next = slots[slot] = this.#backlog.shift();
        if (!next) continue;
        next.lastSeenMs = this.#clock.now();
        this.#watch();
      }
    }
  }

  #dispatch(batcher: Batcher): void {
    while (!batcher.running) {
      this.#refill(batcher);
      const jobs: Job[] = [];
      batcher.slots.forEach((sequence, slot) => {
        const job = sequence?.jobs.shift();
        if (job) jobs.push({ ...job, request: { ...job.request, slot } });
      });
      if (jobs.length === 0) return;
      batcher.running = true;
      const running = runBatch(batcher.instance, jobs, this.#clock, this.#statistics);
      if (running) {
        running.then(() => {
          batcher.running = false;
          this.#dispatch(batcher);
        });
        return;
      }
      batcher.running = false;
    }
  }

  /** Keeps one timer for the sequence that has been idle longest. */
  #watch(): void {
    if (this.#reaper || this.#idleMs <= 0) return;
    const reaper = this.#reaper = new AbortController();
    this.#clock.sleep(this.#idleMs, reaper.signal).then(() => this.#reap(reaper.signal));
  }

  async #reap(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.#clock.now();
      for (const sequence of this.#seated()) {
        if (sequence.lastSeenMs + this.#idleMs <= now) this.#end(sequence);
      }
      for (const batcher of this.#batchers) this.#dispatch(batcher);
      const oldest = this.#seated().reduce(
        (oldest, { lastSeenMs }) => Math.min(oldest, lastSeenMs),
        Infinity,
      );
      if (oldest === Infinity) break;
      await this.#clock.sleep(oldest + this.#idleMs - now, signal);
    }
    if (!signal.aborted) this.#reaper = undefined;
  }

  /** The sequences that hold a slot and may get more requests. */
  #seated(): Sequence[] {
    return this.#batchers.flatMap(({ slots }) =>
      slots.filter((sequence) => sequence !== undefined && !sequence.ended) as Sequence[]
    );
  }
}
