/**
 * Tasks that meet at an address: the first one listens there, the others connect and wait for its word.
 *
 * @module
 */
import { wallMs } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import { BarrierLine, clockAhead, type Word } from "./barrier_line.ts";
import { type Meeting, notAll } from "./meeting.ts";

/** Where tasks meet. */
export interface Place {
  /** Empty: this machine alone. */
  readonly host: string;
  readonly port: number;
}

/** Between two tries to connect. */
const RETRY_MS = 50;
/** From the moment at which all are there until the start. */
const LEAD_MS = 300;
/**
 * Waits for all others.
 *
 * @returns the moment to begin, by this task's own clock
 * @throws {InferenceError} TIMEOUT with the shards that are missing; CONNECTION
 */
export async function meetAtAddress(
  { host, port }: Place,
  meeting: Meeting,
): Promise<{ readonly at: number; readonly clockSkewMs?: number }> {
  const place = { host: host.replace(/^\[|\]$/g, "") || "127.0.0.1", port };
  return await (meeting.shard.index === 0 ? lead(place, meeting) : follow(place, meeting));
}

type Start = Awaited<ReturnType<typeof meetAtAddress>>;

/** A task that has come. */
interface Guest {
  readonly line: BarrierLine;
  readonly aheadMs: number;
}

async function lead(place: Place, meeting: Meeting): Promise<Start> {
  const { shard: { count }, timeoutMs, clock, signal } = meeting;
  const name = `${place.host}:${place.port}`;
  let listener: Deno.TcpListener;
  try {
    listener = Deno.listen({ hostname: place.host, port: place.port });
  } catch (error) {
    throw new InferenceError("CONNECTION", `Cannot listen at the barrier ${name}`, {
      cause: error,
      hint: "take an address of the machine that shard 0 runs on, and a free port",
    });
  }
  const there = new Map<number, Guest>();
  const open = new Set<BarrierLine>();
  const greet = async (line: BarrierLine) => {
    open.add(line);
    try {
      const word = await line.hear();
      const index = word?.shard;
      if (!Number.isInteger(index) || index! < 1 || index! >= count || word!.count !== count) {
        return await refuse(line, `this barrier is for ${count} shards`);
      }
      if (there.has(index!)) return await refuse(line, `shard ${index} is here already`);
      // This ends when the task goes away.
      for (let said; (said = await line.hear()) !== undefined;) {
        if (said.ping !== undefined) await line.say({ now: wallMs() });
        else if (typeof said.aheadMs !== "number" || !Number.isFinite(said.aheadMs)) break;
        else if (there.has(index!)) return await refuse(line, `shard ${index} is here already`);
        else there.set(index!, { line, aheadMs: said.aheadMs });
      }
    } catch {
      // It has gone.
    }
    for (const [index, guest] of there) if (guest.line === line) there.delete(index);
  };
  const accepting = (async () => {
    try {
      for await (const connection of listener) void greet(new BarrierLine(connection));
    } catch {
      // It was closed.
    }
  })();
  try {
    const end = clock.now() + timeoutMs;
    while (there.size < count - 1 && !signal.aborted) {
      if (clock.now() >= end) {
        const missing = Array.from({ length: count - 1 }, (_, i) => i + 1).filter((i) =>
          !there.has(i)
        );
        await Promise.allSettled([...there.values()].map(({ line }) => line.say({ missing })));
        throw notAll(name, missing, meeting);
      }
      await clock.sleep(5, signal);
    }
    const ahead = [0, ...[...there.values()].map(({ aheadMs }) => aheadMs)];
    const clockSkewMs = Math.max(...ahead) - Math.min(...ahead);
    const at = wallMs() + LEAD_MS;
    await Promise.allSettled(
      [...there.values()].map(({ line }) => line.say({ at, skewMs: clockSkewMs })),
    );
    return { at, clockSkewMs };
  } finally {
    listener.close();
    for (const line of open) line.close();
    await accepting;
  }
}

async function follow(place: Place, meeting: Meeting): Promise<Start> {
  const { timeoutMs, clock, signal } = meeting;
  const name = `${place.host}:${place.port}`;
  const end = clock.now() + timeoutMs;
  while (!signal.aborted && clock.now() < end) {
    let line: BarrierLine;
    try {
      line = new BarrierLine(await Deno.connect({ hostname: place.host, port: place.port }));
    } catch {
      await clock.sleep(RETRY_MS, signal);
      continue;
    }
    const giveUp = () => line.close();
    signal.addEventListener("abort", giveUp, { once: true });
    // The first task tells who is missing, and has a moment longer for it.
    const timer = setTimeout(giveUp, end - clock.now() + 2000);
    try {
      const { aheadMs, word } = await wait(line, meeting);
      if (typeof word?.at === "number") {
        return { at: word.at + aheadMs!, clockSkewMs: Number(word.skewMs) || 0 };
      }
      if (Array.isArray(word?.missing)) {
        throw notAll(name, word.missing.filter(Number.isInteger), meeting);
      }
      if (typeof word?.refused === "string") {
        throw new InferenceError(
          "CONNECTION",
          `The barrier ${name} refused this task: ${word.refused}`,
        );
      }
    } catch (error) {
      if (error instanceof InferenceError) throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      line.close();
    }
    await clock.sleep(RETRY_MS, signal);
  }
  if (signal.aborted) return { at: wallMs() };
  throw notAll(name, [0], meeting);
}

/** Says who is here, compares the clocks, and waits for the first task's word. */
async function wait(
  line: BarrierLine,
  { shard: { index, count } }: Meeting,
): Promise<{ readonly aheadMs?: number; readonly word?: Word }> {
  await line.say({ shard: index, count });
  const { aheadMs, word } = await clockAhead(line, wallMs);
  if (aheadMs === undefined) return { word };
  await line.say({ aheadMs });
  return { aheadMs, word: await line.hear() };
}

async function refuse(line: BarrierLine, refused: string): Promise<void> {
  await line.say({ refused });
  line.close();
}
