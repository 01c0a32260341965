/**
 * Tasks that meet at an address: the first one listens there, the others connect and wait for its word.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
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
/** No line of a task is longer. */
const LONGEST_LINE = 65_536;

interface Word {
  readonly shard?: number;
  readonly count?: number;
  readonly startInMs?: number;
  readonly missing?: readonly number[];
  readonly refused?: string;
}

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
  return { at: await (meeting.shard.index === 0 ? lead(place, meeting) : follow(place, meeting)) };
}

async function lead(place: Place, meeting: Meeting): Promise<number> {
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
  const there = new Map<number, Deno.TcpConn>();
  const open = new Set<Deno.TcpConn>();
  const greet = async (connection: Deno.TcpConn) => {
    open.add(connection);
    try {
      const word = await readWord(connection);
      const index = word?.shard;
      if (!Number.isInteger(index) || index! < 1 || index! >= count || word!.count !== count) {
        return await refuse(connection, `this barrier is for ${count} shards`);
      }
      if (there.has(index!)) return await refuse(connection, `shard ${index} is here already`);
      there.set(index!, connection);
      // Nothing more is said: this ends when the task goes away.
      await connection.read(new Uint8Array(1));
      if (there.get(index!) === connection) there.delete(index!);
    } catch {
      for (const [index, one] of there) if (one === connection) there.delete(index);
    }
  };
  const accepting = (async () => {
    try {
      for await (const connection of listener) void greet(connection);
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
        await Promise.allSettled([...there.values()].map((one) => say(one, { missing })));
        throw notAll(name, missing, meeting);
      }
      await clock.sleep(5, signal);
    }
    const at = Date.now() + LEAD_MS;
    await Promise.allSettled(
      [...there.values()].map((one) => say(one, { startInMs: at - Date.now() })),
    );
    return at;
  } finally {
    listener.close();
    for (const connection of open) closeQuietly(connection);
    await accepting;
  }
}

async function follow(place: Place, meeting: Meeting): Promise<number> {
  const { shard: { index, count }, timeoutMs, clock, signal } = meeting;
  const name = `${place.host}:${place.port}`;
  const end = clock.now() + timeoutMs;
  while (!signal.aborted && clock.now() < end) {
    let connection: Deno.TcpConn;
    try {
      connection = await Deno.connect({ hostname: place.host, port: place.port });
    } catch {
      await clock.sleep(RETRY_MS, signal);
      continue;
    }
    const giveUp = () => closeQuietly(connection);
    signal.addEventListener("abort", giveUp, { once: true });
    // The first task tells who is missing, and has a moment longer for it.
    const timer = setTimeout(giveUp, end - clock.now() + 2000);
    try {
      await say(connection, { shard: index, count });
      const word = await readWord(connection);
      if (typeof word?.startInMs === "number") return Date.now() + word.startInMs;
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
      closeQuietly(connection);
    }
    await clock.sleep(RETRY_MS, signal);
  }
  if (signal.aborted) return Date.now();
  throw notAll(name, [0], meeting);
}

async function refuse(connection: Deno.TcpConn, refused: string): Promise<void> {
  await say(connection, { refused });
  closeQuietly(connection);
}

async function say(connection: Deno.TcpConn, word: Word): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(word)}\n`);
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** One line of JSON; undefined when the other end goes away or says something else. */
async function readWord(connection: Deno.TcpConn): Promise<Word | undefined> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1024);
  let text = "";
  while (text.length < LONGEST_LINE) {
    const count = await connection.read(buffer);
    if (count === null) return undefined;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    const end = text.indexOf("\n");
    if (end < 0) continue;
    try {
      return JSON.parse(text.slice(0, end)) ?? undefined;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It is closed.
  }
}
