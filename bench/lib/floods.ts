/**
 * What a hostile client does to a server: `floods.ts NAME HTTP-ADDRESS GRPC-ADDRESS`. Each flood has an
 * end; who runs it may end it before.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { encodeMessage } from "../../src/protocol/message.ts";
import { ModelInferRequest } from "../../src/protocol/v2/generated/messages.js";
import { encodeStrings } from "../../src/tensor/strings.ts";
import {
  CLIENT_PREFACE,
  Flag,
  frame,
  FrameType,
  putUint32,
} from "../../src/transport/http2/frames.ts";
import { HpackEncoder } from "../../src/transport/http2/hpack_encoder.ts";
import type { Header } from "../../src/transport/types.ts";

const MB = 1 << 20;
const utf8 = new TextEncoder();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where the server listens. */
interface Target {
  readonly http: string;
  readonly grpc: string;
}

async function open(address: string): Promise<Deno.Conn> {
  const at = address.lastIndexOf(":");
  return await Deno.connect({
    hostname: address.slice(0, at),
    port: Number(address.slice(at + 1)),
  });
}

/** Sends all of it; false when the server takes no more. */
async function send(conn: Deno.Conn, bytes: Uint8Array): Promise<boolean> {
  try {
    for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
    return true;
  } catch {
    return false;
  }
}

/** Reads until the server ends the connection, or for so long. */
async function drain(conn: Deno.Conn, ms: number): Promise<void> {
  const timer = setTimeout(() => conn.close(), ms);
  try {
    const buffer = new Uint8Array(65_536);
    while (await conn.read(buffer) !== null);
  } catch {
    // It is over.
  }
  clearTimeout(timer);
}

/** As many connections at once, each with these bytes, held open for a while. */
async function crowd(address: string, count: number, bytes: Uint8Array, ms: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, async () => {
    const conn = await open(address);
    if (await send(conn, bytes)) await drain(conn, ms);
  }));
}

function post(path: string, headers: string, body: Uint8Array | string = ""): Uint8Array {
  const head = utf8.encode(`POST ${path} HTTP/1.1\r\nHost: h\r\n${headers}\r\n`);
  const rest = typeof body === "string" ? utf8.encode(body) : body;
  const whole = new Uint8Array(head.length + rest.length);
  whole.set(head);
  whole.set(rest, head.length);
  return whole;
}

/** A v2 request with binary inputs. */
function inferV2(model: string, inputs: readonly object[], data: readonly Uint8Array[], more = {}) {
  const json = utf8.encode(JSON.stringify({
    inputs: inputs.map((input, i) => ({
      ...input,
      parameters: { binary_data_size: data[i]!.length },
    })),
    ...more,
  }));
  const body = new Blob([json, ...data] as BlobPart[]);
  return async () =>
    post(
      `/v2/models/${model}/infer`,
      `Inference-Header-Content-Length: ${json.length}\r\nContent-Length: ${body.size}\r\n`,
      await body.bytes(),
    );
}

/** One HTTP/2 connection that knows how to open calls. */
class Http2 {
  readonly conn: Deno.Conn;
  readonly #encoder = new HpackEncoder();
  #next = 1;

  private constructor(conn: Deno.Conn) {
    this.conn = conn;
  }

  static async open(address: string, reads: boolean): Promise<Http2> {
    const conn = await open(address);
    await send(conn, CLIENT_PREFACE);
    await send(conn, frame(FrameType.SETTINGS, 0, 0));
    if (reads) drain(conn, 60_000);
    return new Http2(conn);
  }

  /** HEADERS of a new call, and DATA for it. */
  call(path: string, data?: Uint8Array, more: readonly Header[] = [], end = true): Uint8Array[] {
    const id = this.#next;
    this.#next += 2;
    const block = this.#encoder.encode([
      ...[[":method", "POST"], [":scheme", "http"], [":path", path]] as const,
      ...[["te", "trailers"], ["content-type", "application/grpc"]] as const,
      ...more,
    ]);
    const frames = [frame(FrameType.HEADERS, Flag.END_HEADERS, id, block)];
    const all = data ?? new Uint8Array(0);
    for (let at = 0; at < all.length; at += MB) {
      const last = end && at + MB >= all.length;
      const part = all.slice(at, at + MB);
      frames.push(frame(FrameType.DATA, last ? Flag.END_STREAM : 0, id, part));
    }
    return frames;
  }

  reset(frames: readonly Uint8Array[]): Uint8Array {
    const id = new Uint8Array(frames[0]!.subarray(5, 9));
    const bytes = frame(FrameType.RST_STREAM, 0, 0, Uint8Array.of(0, 0, 0, 8));
    bytes.set(id, 5);
    return bytes;
  }

  async send(frames: readonly Uint8Array[]): Promise<boolean> {
    const whole = await new Blob([...frames] as BlobPart[]).bytes();
    return await send(this.conn, whole);
  }
}

function prefixed(message: Uint8Array, flag = 0): Uint8Array {
  const bytes = new Uint8Array(message.length + 5);
  bytes[0] = flag;
  putUint32(bytes, 1, message.length);
  bytes.set(message, 5);
  return bytes;
}

const INFER = "/inference.GRPCInferenceService/ModelInfer";
const STREAM = "/inference.GRPCInferenceService/ModelStreamInfer";
const GZIP = [["grpc-encoding", "gzip"]] as const;

function slowRequest(): Uint8Array {
  return prefixed(encodeMessage(ModelInferRequest, {
    modelName: "slow",
    inputs: [{ name: "INPUT0", datatype: "FP32", shape: [1n, 16n] }],
    rawInputContents: [new Uint8Array(64)],
  }));
}

async function openStreams(address: string, count: number, data: Uint8Array): Promise<void> {
  const http2 = await Http2.open(address, true);
  for (let sent = 0; sent < count; sent += 1000) {
    const frames = Array.from(
      { length: Math.min(1000, count) },
      () => http2.call(INFER, data, [], false),
    );
    if (!await http2.send(frames.flat())) return;
  }
  await sleep(3000);
}

async function bombs(
  address: string,
  path: string,
  count: number,
  messages: number,
): Promise<void> {
  const bomb = prefixed(gzipSync(new Uint8Array(1 << 30)), 1);
  const http2 = await Http2.open(address, true);
  for (let i = 0; i < count; i++) {
    const all = new Uint8Array(bomb.length * messages);
    for (let k = 0; k < messages; k++) all.set(bomb, k * bomb.length);
    if (!await http2.send(http2.call(path, all, GZIP))) return;
  }
  await sleep(8000);
}

const FLOODS: Record<string, (target: Target) => Promise<void>> = {
  "length 64 MB, 45 bytes, x 20": ({ http }) =>
    crowd(http, 20, post("/v2", "Content-Length: 67108864\r\n", "x"), 3000),
  "length 64 MB, 45 bytes, x 500": ({ http }) =>
    crowd(http, 500, post("/v2", "Content-Length: 67108864\r\n", "x"), 3000),
  "4000 connections that say nothing": ({ http }) => crowd(http, 4000, utf8.encode("GET"), 3000),
  "header with 60,000 spaces x 20": ({ http }) =>
    crowd(http, 20, post("/v2", `X: a${" ".repeat(60_000)}b\r\nConnection: close\r\n`), 5000),
  "4 gzip messages of 1 GB": ({ grpc }) => bombs(grpc, INFER, 4, 1),
  "50 gzip messages of 1 GB": ({ grpc }) => bombs(grpc, INFER, 50, 1),
  "a stream of 50 gzip messages of 1 GB": ({ grpc }) => bombs(grpc, STREAM, 1, 50),
  "127 MB of digits as gzip x 8": async ({ http }) => {
    const digits = "1".repeat(127 * MB);
    const json = `{"inputs":[{"name":"INPUT0","datatype":"FP32","shape":[1],"data":[${digits}]}]}`;
    const body = gzipSync(utf8.encode(json));
    const headers =
      `Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\nConnection: close\r\n`;
    await crowd(http, 8, post("/v2/models/identity_fp32/infer", headers, body), 10_000);
  },
  "60 MB of JSON numbers as gzip x 8": async ({ http }) => {
    const json = `{"inputs":[{"name":"A","datatype":"FP32","shape":[1],"data":[${
      "1,".repeat(30 * MB)
    }1]}]}`;
    const body = gzipSync(utf8.encode(json));
    const headers =
      `Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\nConnection: close\r\n`;
    await crowd(http, 8, post("/v2/models/identity_fp32/infer", headers, body), 10_000);
  },
  "319,000 JSON values x 8": async ({ http }) => {
    const json = `{"inputs":[{"name":"INPUT0","datatype":"FP32","shape":[1,318990],"data":[${
      "1,".repeat(318_989)
    }1234567890123456789]}]}`;
    const headers = `Content-Length: ${json.length}\r\nConnection: close\r\n`;
    await crowd(http, 8, post("/v2/models/identity_fp32/infer", headers, json), 10_000);
  },
  'an error of 80 KB of \\" in JSON': async ({ http }) => {
    const json = `{"inputs":"${'\\"'.repeat(40_000)}`;
    await crowd(
      http,
      4,
      post("/v2/models/simple/infer", `Content-Length: ${json.length}\r\n`, json),
      5000,
    );
  },
  "200,000 open streams": ({ grpc }) => openStreams(grpc, 200_000, new Uint8Array(0)),
  "1000 streams that promise 2 GB": ({ grpc }) =>
    openStreams(grpc, 1000, Uint8Array.of(0, 0x7f, 0xff, 0xff, 0xff)),
  "100,000 tiny prefixes on 500 streams": async ({ grpc }) => {
    const http2 = await Http2.open(grpc, true);
    const many = new Uint8Array(5 * 200);
    for (let i = 0; i < 500; i++) {
      if (!await http2.send(http2.call(STREAM, many, [], false))) return;
    }
    await sleep(3000);
  },
  "20,000 calls of slow, reset at once": async ({ grpc }) => {
    const request = slowRequest();
    for (let round = 0; round < 20; round++) {
      const http2 = await Http2.open(grpc, true);
      const frames = Array.from({ length: 1000 }, () => {
        const call = http2.call(INFER, request);
        return [...call, http2.reset(call)];
      });
      await http2.send(frames.flat());
    }
    await sleep(3000);
  },
  "repeat 100,000 answers, none read": async ({ grpc }) => {
    const data = new Uint8Array(40_000);
    const message = encodeMessage(ModelInferRequest, {
      modelName: "repeat",
      inputs: [
        { name: "IN", datatype: "INT32", shape: [10_000n] },
        { name: "COUNT", datatype: "UINT32", shape: [1n] },
      ],
      rawInputContents: [data, new Uint8Array(Uint32Array.of(100_000).buffer)],
    });
    const http2 = await Http2.open(grpc, false);
    for (let i = 0; i < 4; i++) await http2.send(http2.call(STREAM, prefixed(message), [], false));
    await sleep(5000);
  },
  "simple_string with 8 MB of digits": async ({ http }) => {
    const zeros = encodeStrings(Array.from({ length: 16 }, () => "0"));
    const digits = encodeStrings(["9".repeat(8 * MB), ...Array.from({ length: 15 }, () => "0")]);
    const input = (name: string) => ({ name, datatype: "BYTES", shape: [1, 16] });
    const make = inferV2("simple_string", [input("INPUT0"), input("INPUT1")], [digits, zeros]);
    await crowd(http, 1, await make(), 20_000);
  },
  "classes of identity_large": async ({ http }) => {
    const data = new Uint8Array(4 * MB);
    new Float32Array(data.buffer).forEach((_, i, values) => values[i] = (i * 7919) % 65_537);
    const input = { name: "INPUT0", datatype: "FP32", shape: [1, MB] };
    for (const classification of [MB, 10_000]) {
      const outputs = [{ name: "OUTPUT0", parameters: { classification } }];
      const make = inferV2("identity_large", [input], [data], { outputs });
      await crowd(http, 2, await make(), 8000);
    }
  },
  "16 MB of empty strings in a message": async ({ grpc }) => {
    // inputs = 5, its contents = 5, bytes_contents = 8; each string is a tag and a length of 0.
    const strings = new Uint8Array(16 * MB);
    for (let i = 0; i < strings.length; i += 2) strings[i] = 0x42;
    const varint = (n: number) => {
      const bytes = [];
      for (; n > 127; n = Math.floor(n / 128)) bytes.push(n % 128 | 128);
      return [...bytes, n];
    };
    const contents = [0x2a, ...varint(strings.length)];
    const input = [0x2a, ...varint(contents.length + strings.length), ...contents];
    const message = new Uint8Array(input.length + strings.length);
    message.set(input);
    message.set(strings, input.length);
    const http2 = await Http2.open(grpc, true);
    await http2.send(http2.call(INFER, prefixed(message)));
    await sleep(5000);
  },
};

/** The names of the floods. */
export const FLOOD_NAMES: readonly string[] = Object.keys(FLOODS);

if (import.meta.main) {
  const [name = "", http = "", grpc = ""] = Deno.args;
  await FLOODS[name]!({ http, grpc });
  Deno.exit(0);
}
