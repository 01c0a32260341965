/**
 * A raw HTTP/2 server for tests that do what no proper server does: each test reads the client's frames
 * one by one and writes whatever bytes it likes.
 *
 * @module
 */
import type { Address } from "../../../base/address.ts";
import type { Header } from "../../types.ts";
import {
  CLIENT_PREFACE,
  Flag,
  frame,
  FRAME_HEADER,
  FrameType,
  settingsPayload,
  uint32At,
} from "../../http2/frames.ts";
import { HpackDecoder } from "../../http2/hpack_decoder.ts";
import { HpackEncoder } from "../../http2/hpack_encoder.ts";

/** A frame that the client sent. */
export interface ClientFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Uint8Array;
}

/** A request: headers decoded, messages still framed. */
export interface ClientRequest {
  readonly streamId: number;
  readonly headers: Header[];
  readonly body: Uint8Array;
  /** Octets of the header block. */
  readonly blockLength: number;
}

/** One connection of a client. */
export class Peer {
  readonly #conn: Deno.Conn;
  readonly #decoder = new HpackDecoder();
  readonly encoder = new HpackEncoder();
  #bytes = new Uint8Array(0);
  #headers: Header[] = [];

  constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  async #read(count: number): Promise<Uint8Array | undefined> {
    while (this.#bytes.length < count) {
      const chunk = new Uint8Array(65_536);
      const n = await this.#conn.read(chunk);
      if (n === null) return undefined;
      const whole = new Uint8Array(this.#bytes.length + n);
      whole.set(this.#bytes);
      whole.set(chunk.subarray(0, n), this.#bytes.length);
      this.#bytes = whole;
    }
    const taken = this.#bytes.slice(0, count);
    this.#bytes = this.#bytes.slice(count);
    return taken;
  }

  /** Reads the client's preface. */
  async preface(): Promise<Uint8Array | undefined> {
    return await this.#read(CLIENT_PREFACE.length);
  }

  /** The next frame; undefined when the client has closed the connection. */
  async frame(): Promise<ClientFrame | undefined> {
    const head = await this.#read(FRAME_HEADER);
    if (head === undefined) return undefined;
    const payload = await this.#read(uint32At(head, 0) >>> 8);
    if (payload === undefined) return undefined;
    const type = head[3]!;
    if (type === FrameType.HEADERS) {
      this.#headers = this.#decoder.decode(payload, 0, payload.length);
    }
    return { type, flags: head[4]!, streamId: uint32At(head, 5), payload };
  }

  /** The next frame of this type; others are read over. */
  async next(type: number): Promise<ClientFrame> {
    for (;;) {
      const next = await this.frame();
      if (next === undefined) throw new Error(`no frame of type ${type} came`);
      if (next.type === type) return next;
    }
  }

  /** The next request to its end; frames of other streams are read over. */
  async request(): Promise<ClientRequest> {
    const head = await this.next(FrameType.HEADERS);
    const headers = this.#headers;
    const body: number[] = [];
    for (let flags = head.flags; (flags & Flag.END_STREAM) === 0;) {
      const data = await this.next(FrameType.DATA);
      if (data.streamId !== head.streamId) continue;
      body.push(...data.payload);
      flags = data.flags;
    }
    return {
      streamId: head.streamId,
      headers,
      body: Uint8Array.from(body),
      blockLength: head.payload.length,
    };
  }

  /** Writes bytes; those that the client does not take any more are lost. */
  async write(...parts: Uint8Array[]): Promise<void> {
    try {
      for (const part of parts) {
        for (let at = 0; at < part.length;) at += await this.#conn.write(part.subarray(at));
      }
    } catch {
      // The client has closed the connection, as it should when the test broke the rules.
    }
  }

  /** Sends SETTINGS, after the client's preface came. */
  async greet(...settings: [id: number, value: number][]): Promise<void> {
    await this.preface();
    await this.write(frame(FrameType.SETTINGS, 0, 0, settingsPayload(settings)));
  }

  /** A HEADERS frame with the whole block. */
  headers(streamId: number, headers: readonly Header[], end = false): Uint8Array {
    const flags = Flag.END_HEADERS | (end ? Flag.END_STREAM : 0);
    return frame(FrameType.HEADERS, flags, streamId, this.encoder.encode(headers));
  }

  /** The headers that begin every proper answer. */
  answerHead(streamId: number): Uint8Array {
    return this.headers(streamId, [[":status", "200"], ["content-type", "application/grpc"]]);
  }

  trailers(streamId: number, status = 0, message = ""): Uint8Array {
    const details: Header[] = message === "" ? [] : [["grpc-message", message]];
    return this.headers(streamId, [["grpc-status", String(status)], ...details], true);
  }

  /** A whole answer: headers, one message, status OK. */
  answer(streamId: number, message: Uint8Array): Uint8Array[] {
    return [
      this.answerHead(streamId),
      frame(FrameType.DATA, 0, streamId, framed(message)),
      this.trailers(streamId),
    ];
  }

  /** Reads until the client closes the connection. */
  async drained(): Promise<void> {
    try {
      while (await this.frame() !== undefined);
    } catch {
      // Closed with bytes of ours unread.
    }
  }
}

/** A message with its gRPC prefix. */
export function framed(message: Uint8Array, flag = 0): Uint8Array {
  const bytes = new Uint8Array(5 + message.length);
  bytes[0] = flag;
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, 5);
  return bytes;
}

/** A listening server. */
export interface ScriptedServer {
  readonly address: Address;
  /** Connections made so far. */
  readonly connections: number;
  /** Stops listening; throws what a script threw. */
  stop(): Promise<void>;
}

/**
 * Starts a server that plays `script` on each connection, `index` counting them from 0, and closes the
 * connection after.
 */
export function scriptedServer(
  script: (peer: Peer, index: number) => Promise<void>,
): ScriptedServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const scripts: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) {
      conn.setNoDelay(true);
      const played = script(new Peer(conn), scripts.length).finally(() => conn.close());
      // `stop` throws it.
      played.catch(() => {});
      scripts.push(played);
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  return {
    address: { host: "127.0.0.1", port, tls: false, basePath: "" },
    get connections() {
      return scripts.length;
    },
    async stop() {
      listener.close();
      await accepting;
      await Promise.all(scripts);
    },
  };
}
