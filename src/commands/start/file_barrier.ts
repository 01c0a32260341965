/**
 * Tasks that meet at a file in a folder that all of them see. Each has a file of its own beside it, in
 * which a number grows while it waits: what an earlier run left there doesn't grow.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { fileError } from "../../base/file_error.ts";
import { writeWhole } from "../../base/write_file.ts";
import { type Meeting, notAll } from "./meeting.ts";

/** Between two beats of a task. */
const BEAT_MS = 200;
/** Between two looks. */
const LOOK_MS = 20;
/** How often a file that is held is tried. */
const HELD_TRIES = 50;
/** From the moment at which all are there until the start: shared folders are slow. */
const LEAD_MS = 1000;

/** A task's own file. */
interface Beat {
  readonly nonce: string;
  readonly beat: number;
  /** Its clock. */
  readonly now: number;
}

/** The file that all look at. */
interface Signal {
  readonly at: number;
  readonly nonces: readonly string[];
  readonly clockSkewMs: number;
}

/**
 * Waits for all others.
 *
 * @returns the moment to begin, by the clock of the first task
 * @throws {InferenceError} TIMEOUT with the shards that are missing; FILE
 */
export async function meetAtFile(
  path: string,
  meeting: Meeting,
): Promise<{ readonly at: number; readonly clockSkewMs?: number }> {
  const { shard, timeoutMs, clock, signal } = meeting;
  const nonce = crypto.randomUUID();
  const own = fileOf(path, shard.index);
  const end = clock.now() + timeoutMs;
  const watch = new Watch(path, shard.count);
  let nextBeat = 0;
  let beat = 0;
  try {
    while (!signal.aborted) {
      if (clock.now() >= nextBeat) {
        nextBeat = clock.now() + BEAT_MS;
        await write(own, { nonce, beat: beat++, now: Date.now() }, meeting);
      }
      if (shard.index === 0) await watch.look();
      if (shard.index === 0 && watch.missing().length === 0) {
        const start: Signal = { ...watch.agreed(), at: Date.now() + LEAD_MS };
        await write(path, start, meeting);
        return start;
      }
      const found = await readJson<Signal>(path);
      if (shard.index > 0 && found?.nonces?.[shard.index] === nonce) return found;
      if (clock.now() >= end) {
        await watch.look();
        // A task that is there beats once more meanwhile.
        await clock.sleep(3 * BEAT_MS, signal);
        await write(own, { nonce, beat: beat++, now: Date.now() }, meeting);
        await watch.look();
        throw notAll(path, watch.missing(), meeting);
      }
      await clock.sleep(LOOK_MS, signal);
    }
    return { at: Date.now() };
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    throw fileError(error, `Cannot use the barrier ${path}`);
  } finally {
    await Deno.remove(own).catch(() => {});
  }
}

/** On Windows a file that another task is reading can't be replaced; it is for a moment only. */
async function write(path: string, value: Beat | Signal, { clock, signal }: Meeting) {
  for (let tries = 1;; tries++) {
    try {
      return await writeWhole(path, JSON.stringify(value));
    } catch (error) {
      if (tries === HELD_TRIES || Deno.build.os !== "windows") throw error;
      await clock.sleep(LOOK_MS, signal);
    }
  }
}

function fileOf(path: string, index: number): string {
  return `${path}.${index}`;
}

/** Who is there: whose file has changed since it was first seen. */
class Watch {
  readonly #path: string;
  readonly #first: (Beat | undefined)[];
  readonly #alive: (Beat | undefined)[];
  readonly #skews: number[];

  constructor(path: string, count: number) {
    this.#path = path;
    this.#first = Array.from({ length: count });
    this.#alive = Array.from({ length: count });
    this.#skews = Array.from({ length: count }, () => 0);
  }

  async look(): Promise<void> {
    await Promise.all(this.#first.map(async (first, i) => {
      const now = await readJson<Beat>(fileOf(this.#path, i));
      if (typeof now?.nonce !== "string") return;
      if (first === undefined) this.#first[i] = now;
      else if (first.nonce !== now.nonce || first.beat !== now.beat) {
        // Beats are up to that old when they are seen.
        const ahead = now.now - Date.now();
        this.#skews[i] = ahead > 0 ? ahead : Math.max(0, -ahead - BEAT_MS - LOOK_MS);
        this.#alive[i] = now;
      }
    }));
  }

  missing(): number[] {
    return this.#alive.flatMap((beat, i) => beat === undefined ? [i] : []);
  }

  agreed(): Pick<Signal, "nonces" | "clockSkewMs"> {
    const nonces = this.#alive.map((beat) => beat!.nonce);
    return { nonces, clockSkewMs: Math.max(...this.#skews) };
  }
}

/** Undefined for what isn't there or isn't whole. */
async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path)) ?? undefined;
  } catch {
    return undefined;
  }
}
