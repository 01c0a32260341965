/**
 * An HTTP server with a queue whose theory is known, in a process of its own: virtual slots take
 * requests in the order in which they are read, and each is answered at the end of its slot. A line
 * `FROM TO` on standard input (milliseconds since 1970) gets what it measured itself of the requests
 * that were answered in that time, as JSON. Questions other than inference go to the embedded server.
 *
 *     deno run -A bench/lib/queue_server.ts SLOTS exponential|constant SEED
 *
 * @module
 */
import { concatBytes } from "../../src/base/bytes.ts";
import { alarmWaker } from "../../src/perf/load/alarm.ts";
import { percentileOf } from "../../src/perf/percentile.ts";
import { exponentialService, virtualSlots } from "../../src/perf/testing/queue.ts";
import { startServer } from "../../src/server/server.ts";

/** What the server saw. */
export interface QueueRecord {
  readonly count: number;
  readonly perSecond: number;
  /** From reading a request to writing its answer. */
  readonly p99Ms: number;
  /** From the end of the slot to writing the answer: what the double itself adds. */
  readonly lateMs: number;
}

interface Waiting {
  readonly at: number;
  readonly answer: () => void;
}

const SERVICE_MS = 2;
const [slots, kind, seed] = Deno.args;
const service = kind === "constant"
  ? () => SERVICE_MS
  : exponentialService(SERVICE_MS, Number(seed));
const latencyAt = virtualSlots(Number(slots), service);
const behind = await startServer({ httpPort: 0, grpcPort: false });
const seen: [end: number, latency: number, late: number][] = [];
const waiting: Waiting[] = [];
// What is read late would be a time that no theory knows of.
const waker = alarmWaker(() => performance.now());

function wake(): void {
  while (waiting.length > 0 && waiting.at(-1)!.at <= performance.now()) waiting.pop()!.answer();
  if (waiting.length > 0) waker.at(waiting.at(-1)!.at, wake);
}

function later(at: number, answer: () => void): void {
  let i = waiting.length;
  while (i > 0 && waiting[i - 1]!.at < at) i--;
  waiting.splice(i, 0, { at, answer });
  waker.at(waiting.at(-1)!.at, wake);
}

/** The embedded server's answer, as bytes. */
async function forwarded(head: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const [method = "", path = ""] = head.split(" ");
  const headers = head.split("\r\n").slice(1).flatMap((line): [string, string][] => {
    const [, name = "", value = ""] = /^([^:]+): *(.*)$/.exec(line) ?? [];
    return /^(host|connection|content-length|)$/i.test(name) ? [] : [[name, value]];
  });
  const response = await fetch(`http://${behind.httpAddress}${path}`, {
    method,
    headers,
    body: method === "GET" ? undefined : body,
  });
  const content = new Uint8Array(await response.arrayBuffer());
  const kept = [...response.headers].filter(([name]) =>
    !/^(content-length|connection|date|transfer-encoding|content-encoding)$/.test(name)
  );
  const lines = [...kept, ["content-length", String(content.length)]];
  const text = `HTTP/1.1 ${response.status} ${response.statusText || "OK"}\r\n` +
    lines.map(([name, value]) => `${name}: ${value}\r\n`).join("") + "\r\n";
  return concatBytes([new TextEncoder().encode(text), content]);
}

let inference: Promise<Uint8Array> | undefined;
let answer: Uint8Array | undefined;

async function serve(conn: Deno.Conn): Promise<void> {
  let pending = new Uint8Array(0);
  const buffer = new Uint8Array(65536);
  try {
    for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
      const arrival = performance.now();
      pending = concatBytes([pending, buffer.subarray(0, n)]);
      const text = new TextDecoder("latin1").decode(pending);
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) continue;
      const head = text.slice(0, end);
      const size = end + 4 + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (pending.length < size) continue;
      const body = pending.slice(end + 4, size);
      pending = pending.slice(size);
      if (!/^POST \S*infer/.test(head)) {
        await conn.write(await forwarded(head, body));
        continue;
      }
      // All answers are alike; the first one is asked for.
      answer ??= await (inference ??= forwarded(head, body));
      const latency = latencyAt(arrival);
      later(arrival + latency, () => {
        void conn.write(answer!).catch(() => {});
        const written = performance.now();
        seen.push([written, written - arrival, written - arrival - latency]);
      });
    }
  } catch {
    // The client is done.
  }
}

function record(from: number, to: number): QueueRecord {
  const chosen = seen.filter(([end]) => end >= from && end < to);
  const at99 = (index: 1 | 2) =>
    percentileOf(chosen.map((row) => row[index]).sort((a, b) => a - b), 99);
  return {
    count: chosen.length,
    perSecond: chosen.length / (to - from) * 1000,
    p99Ms: at99(1),
    lateMs: at99(2),
  };
}

const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log(`127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
(async () => {
  for await (const conn of listener) {
    (conn as Deno.TcpConn).setNoDelay(true);
    void serve(conn);
  }
})();
let typed = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  typed += text;
  for (let end = typed.indexOf("\n"); end >= 0; end = typed.indexOf("\n")) {
    const [from, to] = typed.slice(0, end).split(" ").map((at) =>
      Number(at) - performance.timeOrigin
    );
    typed = typed.slice(end + 1);
    console.log(JSON.stringify(record(from!, to!)));
  }
}
Deno.exit(0);
