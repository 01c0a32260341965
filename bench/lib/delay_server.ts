/**
 * A test double that answers inference requests after known delays and measures how long each one
 * really took, from reading it until its answer was handed to the system. It knows just enough of
 * HTTP/1.1 and HTTP/2 for that; the answers are those of the embedded server, which also runs here for
 * all other questions. A line `DELAY WIRE` on standard input gets the times since the last one, as JSON.
 *
 * @module
 */
import { concatBytes } from "../../src/base/bytes.ts";
import { connectProtocol } from "../../src/client/connect.ts";
import { planRequest } from "../../src/perf/load/plan.ts";
import type { EncodedHttpRequest, InferRequest, Wire } from "../../src/protocol/types.ts";
import { startServer } from "../../src/server/server.ts";

/** How long a request waits, in milliseconds, by its number. */
export const DELAYS: Readonly<Record<string, (request: number) => number>> = {
  "2 ms": () => 2,
  "5 ms": () => 5,
  "20 ms": () => 20,
  // A hair above 1 %: with exactly 1 % the 99th percentile would be the slowest of the others.
  "5 ms, 1.05 % 100 ms": (request) => request % 95 === 94 ? 100 : 5,
};

/** What the double saw of each request, in milliseconds: when it was read and when it was answered. */
export type Times = readonly (readonly [begin: number, end: number])[];

/** Where everything listens; the addresses of the delays are `DELAY WIRE`. */
export interface DelayAddresses {
  readonly queries: Readonly<Record<Wire, string>>;
  readonly load: Readonly<Record<string, string>>;
}

type Answer = (write: () => void) => void;

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function readAll(conn: Deno.Conn, take: (bytes: Uint8Array) => number): Promise<void> {
  let pending: Uint8Array = new Uint8Array(0);
  const buffer = new Uint8Array(65536);
  try {
    for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
      pending = concatBytes([pending, buffer.subarray(0, n)]);
      pending = pending.slice(take(pending));
    }
  } catch {
    // The client is done.
  }
}

/** One request after the other, of the length that their head says. */
async function serveHttp(conn: Deno.Conn, reply: Uint8Array, answer: Answer) {
  let size = 0;
  await readAll(conn, (bytes) => {
    if (size === 0) {
      // Every request of a run has the same size.
      const head = new TextDecoder("latin1").decode(bytes);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return 0;
      size = end + 4 + Number(/content-length: *(\d+)/i.exec(head)![1]);
    }
    if (bytes.length < size) return 0;
    answer(() => void conn.write(reply).catch(() => {}));
    return size;
  });
}

function frame(
  type: number,
  flags: number,
  stream: number,
  payload: Uint8Array = new Uint8Array(0),
) {
  const head = new Uint8Array(9);
  new DataView(head.buffer).setUint32(0, payload.length << 8 | type);
  head[4] = flags;
  new DataView(head.buffer).setUint32(5, stream);
  return concatBytes([head, payload]);
}

const PREFACE_SIZE = 24;
const [DATA, HEADERS, SETTINGS, PING, WINDOW_UPDATE] = [0, 1, 4, 6, 8];
const [END_STREAM, ACK, END_HEADERS] = [1, 1, 4];
const text = (value: string) => concatBytes([Uint8Array.of(value.length), bytesOf(value)]);
const REPLY_HEAD = concatBytes([Uint8Array.of(0x88, 0x0f, 0x10), text("application/grpc")]);
const TRAILERS = concatBytes([Uint8Array.of(0), text("grpc-status"), text("0")]);

async function serveGrpc(conn: Deno.Conn, message: Uint8Array, answer: Answer) {
  let greeted = false;
  const prefix = new Uint8Array(5);
  new DataView(prefix.buffer).setUint32(1, message.length);
  const body = concatBytes([prefix, message]);
  // A write of so few bytes is done when it returns, so that the next one may follow at once.
  const write = (...frames: Uint8Array[]) => void conn.write(concatBytes(frames)).catch(() => {});
  await readAll(conn, (bytes) => {
    let at = 0;
    if (!greeted) {
      if (bytes.length < PREFACE_SIZE) return 0;
      greeted = true;
      at = PREFACE_SIZE;
      const window = Uint8Array.of(0x3f, 0, 0, 0);
      write(frame(SETTINGS, 0, 0), frame(WINDOW_UPDATE, 0, 0, window));
    }
    while (bytes.length - at >= 9) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + at);
      const length = view.getUint32(0) >>> 8;
      if (bytes.length - at < 9 + length) break;
      const [type, flags, stream] = [bytes[at + 3], bytes[at + 4], view.getUint32(5)];
      if (type === SETTINGS && !(flags! & ACK)) write(frame(SETTINGS, ACK, 0));
      if (type === PING && !(flags! & ACK)) {
        write(frame(PING, ACK, 0, bytes.slice(at + 9, at + 17)));
      }
      if (type === DATA && flags! & END_STREAM) {
        answer(() =>
          write(
            frame(HEADERS, END_HEADERS, stream, REPLY_HEAD),
            frame(DATA, 0, stream, body),
            frame(HEADERS, END_HEADERS | END_STREAM, stream, TRAILERS),
          )
        );
      }
      at += 9 + length;
    }
    return at;
  });
}

function listen(serve: (conn: Deno.Conn) => Promise<void>): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  (async () => {
    for await (const conn of listener) {
      conn.setNoDelay();
      serve(conn);
    }
  })();
  return `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`;
}

/** The bytes of the embedded server's answer. */
async function rawExchange(address: string, wire: EncodedHttpRequest): Promise<Uint8Array> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(address.split(":")[1]) });
  const headers = wire.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = `POST ${wire.path} HTTP/1.1\r\nHost: ${address}\r\n${headers}` +
    `Content-Length: ${wire.byteLength}\r\n\r\n`;
  await conn.write(concatBytes([bytesOf(head), ...wire.body]));
  const buffer = new Uint8Array(65536);
  const size = await conn.read(buffer);
  conn.close();
  return buffer.slice(0, size ?? 0);
}

if (import.meta.main) {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  const queries = { http: server.httpAddress!, grpc: server.grpcAddress! };
  const tensor = (name: string) => (
    { name, dataType: "INT32", shape: [16], data: [new Uint8Array(64)] } as const
  );
  const request: InferRequest = planRequest(
    {
      ...{ modelName: "simple", batchSize: 1, batched: true, outputs: ["OUTPUT0", "OUTPUT1"] },
      ...{ streams: [], streamLimit: 0, decoupled: false, timeoutMs: 0, seed: 1 },
    },
    [tensor("INPUT0"), tensor("INPUT1")],
    {},
  );
  const http = await connectProtocol({ url: queries.http, api: "v1" });
  const httpReply = await rawExchange(queries.http, http.encode(request) as EncodedHttpRequest);
  const grpc = await connectProtocol({ url: queries.grpc, wire: "grpc", api: "v1" });
  const reply = await grpc.send(grpc.encode(request)) as unknown as { message: Uint8Array };
  const times = new Map<string, (readonly [number, number])[]>();
  const load: Record<string, string> = {};
  for (const [name, delayOf] of Object.entries(DELAYS)) {
    for (const wire of ["http", "grpc"] as const) {
      const own: (readonly [number, number])[] = [];
      let requests = 0;
      const answer: Answer = (write) => {
        const begin = performance.now();
        setTimeout(() => {
          write();
          own.push([begin, performance.now()]);
        }, delayOf(requests++));
      };
      times.set(`${name} ${wire}`, own);
      load[`${name} ${wire}`] = listen((conn) =>
        wire === "http"
          ? serveHttp(conn, httpReply, answer)
          : serveGrpc(conn, reply.message, answer)
      );
    }
  }
  console.log(JSON.stringify({ queries, load }));
  for await (const lines of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    for (const name of lines.trim().split("\n")) {
      console.log(JSON.stringify(times.get(name)!.splice(0)));
    }
  }
  Deno.exit(0);
}
