/**
 * A TCP proxy that does to connections what networks and servers do on bad days, at random.
 *
 * @module
 */
import {
  frame,
  FrameType,
  goAwayPayload,
  Http2Error,
  uint32Payload,
} from "../../src/transport/http2/frames.ts";

/** What can happen. */
export const FAULTS = ["close", "half", "stall", "slow", "deaf", "goaway", "reset"] as const;
export type Fault = (typeof FAULTS)[number];

/** A running proxy. */
export interface ChaosProxy {
  readonly address: string;
  /** How often each fault has happened. */
  readonly happened: Readonly<Record<Fault, number>>;
  /** Octets that the server has answered so far. */
  readonly carried: number;
  /** Does something to a connection that is open, if there is one. */
  strike(random: () => number): void;
  close(): void;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One connection from a client to the server. */
class Line {
  readonly client: Deno.Conn;
  readonly server: Deno.Conn;
  readonly #isHttp2: boolean;
  /** What happens to the next bytes of the server. */
  fault: Fault | undefined;
  /** Until when the server's bytes, and the client's, are kept back. */
  stalledUntil = 0;
  slowUntil = 0;
  deafUntil = 0;
  /** Octets that came from the server. */
  carried = 0;
  /** Octets of the server's frame in progress that are still to come; its head so far. */
  #frameLeft = 0;
  #head: number[] = [];
  #lastStream = 1;

  constructor(client: Deno.Conn, server: Deno.Conn, isHttp2: boolean) {
    this.client = client;
    this.server = server;
    this.#isHttp2 = isHttp2;
  }

  async run(): Promise<void> {
    await Promise.race([this.#toServer(), this.#toClient()]).catch(() => {});
    this.end();
  }

  end(): void {
    for (const conn of [this.client, this.server]) {
      try {
        conn.close();
      } catch {
        // It is closed.
      }
    }
  }

  async #toServer(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (let count; (count = await this.client.read(buffer)) !== null;) {
      await this.#until(() => this.deafUntil);
      await write(this.server, buffer.subarray(0, count));
    }
  }

  async #toClient(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (let count; (count = await this.server.read(buffer)) !== null;) {
      this.carried += count;
      await this.#until(() => this.stalledUntil);
      const bytes = buffer.subarray(0, count);
      if (this.fault === "half") return await write(this.client, bytes.subarray(0, count >> 1));
      const step = performance.now() < this.slowUntil ? 100 : bytes.length;
      for (let at = 0; at < bytes.length; at += step) {
        await this.#forward(bytes.subarray(at, at + step));
        if (step < bytes.length) await sleep(5);
      }
    }
  }

  async #until(time: () => number): Promise<void> {
    for (let left; (left = time() - performance.now()) > 0;) await sleep(left);
  }

  /** Sends bytes on; between two frames, what the server has not said. */
  async #forward(bytes: Uint8Array): Promise<void> {
    if (!this.#isHttp2) return await write(this.client, bytes);
    for (let at = 0; at < bytes.length;) {
      if (this.#frameLeft === 0 && this.#head.length === 0) await this.#inject();
      const from = at;
      while (at < bytes.length && this.#head.length < 9) this.#head.push(bytes[at++]!);
      if (this.#head.length === 9 && this.#frameLeft === 0) {
        const [a, b, c] = this.#head as [number, number, number];
        this.#frameLeft = a << 16 | b << 8 | c;
        this.#lastStream = this.#head[7]! << 8 | this.#head[8]! || this.#lastStream;
      }
      const part = Math.min(this.#frameLeft, bytes.length - at);
      at += part;
      this.#frameLeft -= part;
      if (this.#frameLeft === 0 && this.#head.length === 9) this.#head = [];
      await write(this.client, bytes.subarray(from, at));
    }
  }

  async #inject(): Promise<void> {
    const { fault } = this;
    if (fault !== "goaway" && fault !== "reset") return;
    this.fault = undefined;
    const stream = this.#lastStream | 1;
    await write(
      this.client,
      fault === "goaway"
        ? frame(FrameType.GOAWAY, 0, 0, goAwayPayload(stream, Http2Error.NO_ERROR))
        : frame(FrameType.RST_STREAM, 0, stream, uint32Payload(Http2Error.INTERNAL_ERROR)),
    );
  }
}

async function write(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
}

/** Starts a proxy. @param isHttp2 whether frames can be put between the server's own */
export function startChaosProxy(target: string, isHttp2: boolean): ChaosProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [hostname, port] = target.split(":");
  const lines = new Set<Line>();
  const happened = Object.fromEntries(FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>;
  const faults = FAULTS.filter((fault) => isHttp2 || fault !== "goaway" && fault !== "reset");
  let carried = 0;
  const serve = async (client: Deno.Conn) => {
    let server: Deno.Conn;
    try {
      server = await Deno.connect({ hostname, port: Number(port) });
    } catch {
      return client.close();
    }
    const line = new Line(client, server, isHttp2);
    lines.add(line);
    await line.run();
    lines.delete(line);
    carried += line.carried;
  };
  (async () => {
    for await (const conn of listener) serve(conn);
  })().catch(() => {});
  return {
    address: `127.0.0.1:${listener.addr.port}`,
    happened,
    get carried() {
      return lines.values().reduce((sum, line) => sum + line.carried, carried);
    },
    strike(random) {
      const all = [...lines];
      const line = all[Math.floor(random() * all.length)];
      if (line === undefined) return;
      const fault = faults[Math.floor(random() * faults.length)]!;
      happened[fault]++;
      const until = performance.now() + 200 + 1500 * random();
      if (fault === "close") line.end();
      else if (fault === "stall") line.stalledUntil = until;
      else if (fault === "slow") line.slowUntil = until;
      else if (fault === "deaf") line.deafUntil = until;
      else line.fault = fault;
    },
    close() {
      listener.close();
      for (const line of lines) line.end();
    },
  };
}
