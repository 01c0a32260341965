/**
 * What stands between a request and a model's instances.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import type { ModelInstance, ModelRequest, ModelResult } from "./model.ts";
import { elapsedNs, type VersionStatistics } from "./statistics.ts";

/** What became of a request. */
export interface Outcome {
  readonly result: ModelResult;
  readonly queueNs: number;
  readonly computeNs: number;
  readonly executions: number;
}

/** Decides when a request runs, where and with which others. */
export interface Scheduler {
  /** `done` is called once, before `enqueue` returns or later. */
  enqueue(request: ModelRequest, done: (outcome: Outcome) => void): void;
  /** Requests that wait for an instance. */
  readonly pending: number;
  /** Fails what still waits; what runs is let finish. */
  close(): void;
}

/** A request in a queue. */
export interface Job {
  readonly request: ModelRequest;
  /** Milliseconds of the scheduler's clock. */
  readonly queuedAt: number;
  readonly done: (outcome: Outcome) => void;
}

/** An outcome of a request that never ran. */
export function refused(error: InferenceError): Outcome {
  return { result: error, queueNs: 0, computeNs: 0, executions: 0 };
}

/** Fails jobs whose model goes away. */
export function refuseAll(jobs: readonly Job[], modelName: string): void {
  const error = new InferenceError(
    "UNAVAILABLE",
    `Inference request for model '${modelName}' that is being unloaded`,
  );
  for (const job of jobs) job.done(refused(error));
}

/** The jobs whose callers still wait; the others are told that they are over. */
export function withoutGone(jobs: readonly Job[]): Job[] {
  return jobs.filter(({ request, done }) => {
    if (!request.caller?.gone) return true;
    done(refused(new InferenceError("CANCELLED", "The client has gone")));
    return false;
  });
}

function complete(
  jobs: readonly Job[],
  results: readonly ModelResult[],
  startedAt: number,
  clock: Clock,
  statistics: VersionStatistics,
): void {
  const computeNs = elapsedNs(startedAt, clock.now());
  let entries = 0;
  for (const job of jobs) entries += job.request.batchSize;
  statistics.executed(entries, computeNs);
  let executions = 1;
  for (let i = 0; i < jobs.length; i++) {
    const { queuedAt, done } = jobs[i]!;
    const result = results[i]!;
    const failed = result instanceof InferenceError;
    const queueNs = elapsedNs(queuedAt, startedAt);
    done({ result, queueNs, computeNs, executions: failed ? 0 : executions });
    if (!failed) executions = 0;
  }
}

/**
 * Runs jobs on an instance as one execution and tells each its outcome. Resolves at once, without a
 * promise, when the instance answers at once.
 */
export function runBatch(
  instance: ModelInstance,
  jobs: readonly Job[],
  clock: Clock,
  statistics: VersionStatistics,
): void | Promise<void> {
  const startedAt = clock.now();
  const finish = (results: readonly ModelResult[]) =>
    complete(jobs, results, startedAt, clock, statistics);
  const failAll = (thrown: unknown) => {
    const error = toInferenceError(thrown, "INTERNAL", "Cannot execute the model");
    finish(jobs.map(() => error));
  };
  let results: ReturnType<ModelInstance["execute"]>;
  try {
    results = instance.execute(jobs.map((job) => job.request));
  } catch (thrown) {
    return failAll(thrown);
  }
  return results instanceof Promise ? results.then(finish, failAll) : finish(results);
}
