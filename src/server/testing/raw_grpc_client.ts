/**
 * For tests: a client that sends frames as it is told, and keeps what comes.
 *
 * @module
 */
import { FrameReader } from "../../transport/http2/frame_reader.ts";
import { CLIENT_PREFACE, Flag, frame, FrameType, putUint32 } from "../../transport/http2/frames.ts";
import { HpackDecoder } from "../../transport/http2/hpack_decoder.ts";
import { HpackEncoder } from "../../transport/http2/hpack_encoder.ts";
import type { Header } from "../../transport/types.ts";

/** What came on one stream. */
export interface Received {
  /** Header blocks in order: head, trailers. */
  readonly heads: Record<string, string>[];
  /** Messages with their prefixes, and what else was in DATA. */
  data: number[];
  ended: boolean;
  reset?: number;
}

/** A gRPC message with its prefix. */
export function prefixed(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(message.length + 5);
  putUint32(bytes, 1, message.length);
  bytes.set(message, 5);
  return bytes;
}

/** A connection to a server on this machine. */
export class RawClient {
  readonly #conn: Deno.Conn;
  readonly #encoder = new HpackEncoder();
  readonly #decoder = new HpackDecoder();
  readonly #streams = new Map<number, Received>();
  readonly pings: number[][] = [];
  goAway: number | undefined;
  /** The server hung up. */
  closed = false;
  #changed: (() => void)[] = [];

  private constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  /** Connects and sends `first`: the preface and empty SETTINGS unless said otherwise. */
  static async connect(
    address: string,
    first: readonly Uint8Array[] = [CLIENT_PREFACE, frame(FrameType.SETTINGS, 0, 0)],
  ): Promise<RawClient> {
    const [hostname, port] = address.split(":");
    const conn = await Deno.connect({ hostname, port: Number(port) });
    conn.setNoDelay(true);
    const client = new RawClient(conn);
    client.#read();
    await client.send(...first);
    return client;
  }

  /** What came on a stream so far. */
  stream(id: number): Received {
    let received = this.#streams.get(id);
    if (!received) this.#streams.set(id, received = { heads: [], data: [], ended: false });
    return received;
  }

  async send(...frames: readonly Uint8Array[]): Promise<void> {
    for (const bytes of frames) {
      for (let sent = 0; sent < bytes.length;) {
        sent += await this.#conn.write(bytes.subarray(sent));
      }
    }
  }

  /** HEADERS that open a call. */
  headers(id: number, path: string, end = false, more: readonly Header[] = []): Uint8Array {
    const block = this.#encoder.encode([
      [":method", "POST"],
      [":scheme", "http"],
      [":path", path],
      ["te", "trailers"],
      ...(more.some(([name]) => name === "content-type")
        ? []
        : [["content-type", "application/grpc"] as const]),
      ...more,
    ]);
    const flags = Flag.END_HEADERS | (end ? Flag.END_STREAM : 0);
    return frame(FrameType.HEADERS, flags, id, block);
  }

  /** Resolves when `condition` holds. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.closed) throw new Error("the server hung up before that");
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  /** Resolves when the server has hung up. */
  async untilClosed(): Promise<void> {
    if (!this.closed) await this.until(() => this.closed);
  }

  close(): void {
    this.#conn.close();
  }

  async #read(): Promise<void> {
    const reader = new FrameReader({
      onData: ({ streamId: id, bytes, from, to, end }) => {
        const stream = this.stream(id);
        stream.data.push(...bytes.subarray(from, to));
        stream.ended ||= end;
      },
      onHeaders: (id, bytes, from, to, end) => {
        const stream = this.stream(id);
        stream.heads.push(Object.fromEntries(this.#decoder.decode(bytes, from, to)));
        stream.ended ||= end;
      },
      onReset: (id, code) => this.stream(id).reset = code,
      onSettings: () => {},
      onPing: (payload) => this.pings.push([...payload]),
      onGoAway: (_last, code) => this.goAway = code,
      onWindowUpdate: () => {},
    });
    try {
      for (let count; (count = await this.#conn.read(reader.space())) !== null;) {
        reader.received(count);
        this.#wake();
      }
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted)) {
        if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
      }
    }
    this.closed = true;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}
