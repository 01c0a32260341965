/**
 * What tasks at an address say to one another: a line of JSON at a time.
 *
 * @module
 */

/** A line. */
export interface Word {
  /** Who comes. */
  readonly shard?: number;
  readonly count?: number;
  /** A question for the first task's clock, and its answer. */
  readonly ping?: number;
  readonly now?: number;
  /** A task is ready, and how far its clock is ahead of the first task's. */
  readonly aheadMs?: number;
  /** The moment to begin, by the first task's clock. */
  readonly at?: number;
  /** How far all clocks are apart. */
  readonly skewMs?: number;
  readonly missing?: readonly number[];
  readonly refused?: string;
}

/** No line of a task is longer. */
const LONGEST_LINE = 65_536;

/** One end of a connection. */
export class BarrierLine {
  readonly #connection: Deno.TcpConn;
  readonly #decoder = new TextDecoder();
  readonly #buffer = new Uint8Array(1024);
  #text = "";

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  async say(word: Word): Promise<void> {
    const bytes = new TextEncoder().encode(`${JSON.stringify(word)}\n`);
    for (let at = 0; at < bytes.length;) at += await this.#connection.write(bytes.subarray(at));
  }

  /** The next line; undefined when the other end goes away or says something else. */
  async hear(): Promise<Word | undefined> {
    for (;;) {
      const end = this.#text.indexOf("\n");
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return parsed(line);
      }
      if (this.#text.length >= LONGEST_LINE) return undefined;
      const count = await this.#connection.read(this.#buffer);
      if (count === null) return undefined;
      this.#text += this.#decoder.decode(this.#buffer.subarray(0, count), { stream: true });
    }
  }

  close(): void {
    try {
      this.#connection.close();
    } catch {
      // It is closed.
    }
  }
}

function parsed(line: string): Word | undefined {
  try {
    const word = JSON.parse(line);
    return typeof word === "object" && word !== null ? word : undefined;
  } catch {
    return undefined;
  }
}

/** Questions for the clock; the one that was answered fastest tells the most. */
const PINGS = 8;

/** How far this clock is ahead of the other end's; undefined when it doesn't answer. */
export async function clockAhead(
  line: BarrierLine,
  now: () => number,
): Promise<{ readonly aheadMs?: number; readonly word?: Word }> {
  let best = { took: Infinity, aheadMs: 0 };
  for (let ping = 0; ping < PINGS; ping++) {
    const asked = now();
    await line.say({ ping });
    const word = await line.hear();
    const heard = now();
    if (typeof word?.now !== "number") return { word };
    const took = heard - asked;
    if (took < best.took) best = { took, aheadMs: (asked + heard) / 2 - word.now };
  }
  return { aheadMs: best.aheadMs };
}
