/**
 * A test double for load on a schedule, over HTTP: answers every inference request after a moment,
 * may freeze for a while in every ten seconds, and writes down when each request came. It answers all
 * other questions with the words of the embedded server, so that any load generator can use it.
 *
 *     deno run -A bench/lib/schedule_server.ts
 *
 * It says its address on standard output. A line `MODE` on standard input (`1 ms`, `stall`, `0 ms`)
 * starts anew; an empty line gets the arrivals since then, in milliseconds, as JSON.
 *
 * @module
 */
import { concatBytes } from "../../src/base/bytes.ts";
import { startServer } from "../../src/server/server.ts";

/** How long a request waits, in milliseconds, by the time since the first request. */
const MODES: Readonly<Record<string, (at: number) => number>> = {
  "0 ms": () => 0,
  "1 ms": () => 1,
  // Well for 9 s, then frozen for 1.0 s; late answers come at once.
  "stall": (at) => at % 10_000 < 9000 ? 1 : 10_001 - at % 10_000,
};

const text = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
const bytesOf = (value: string) => new TextEncoder().encode(value);

const origin = await startServer({ httpPort: 0, grpcPort: false });
let mode = MODES["1 ms"]!;
let first = NaN;
let arrivals: number[] = [];

/** What the embedded server answers to an inference request, once for each way of asking. */
interface Reply {
  readonly bytes: Uint8Array;
  /** Where the request's id stands in it; -1 where there is none. */
  readonly idAt: number;
}
const replies = new Map<string, Reply>();

/** The id of a request, which stands at the beginning of its JSON; clients tell answers apart by it. */
const idOf = (body: Uint8Array) => /^\{"id":"([^"]*)"/.exec(text(body.subarray(0, 200)))?.[1] ?? "";

/** The reply to a request of the same length, with this one's id. */
function replyTo({ bytes, idAt }: Reply, id: string): Uint8Array {
  if (idAt < 0) return bytes;
  const own = bytes.slice();
  own.set(bytesOf(id), idAt);
  return own;
}

/** The answer to a question about statistics, with what was answered here added to every count. */
function counted(answer: Uint8Array): Uint8Array {
  const { model_stats: [model] } = JSON.parse(new TextDecoder().decode(answer));
  const count = arrivals.length;
  for (const key of ["inference_count", "execution_count"]) model[key] += count;
  for (const key of ["success", "queue", "compute_input", "compute_infer", "compute_output"]) {
    model.inference_stats[key].count += count;
  }
  for (const key of ["success", "compute_infer"]) model.inference_stats[key].ns += count * 1e6;
  return bytesOf(JSON.stringify({ model_stats: [model] }));
}

async function relay(head: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const [line = "", ...lines] = head.split("\r\n");
  const [method = "GET", path = "/"] = line.split(" ");
  const headers = lines.filter((one) =>
    one !== "" && !/^(host|connection|content-length)/i.test(one)
  )
    .map((one) =>
      [one.slice(0, one.indexOf(":")), one.slice(one.indexOf(":") + 1).trim()] as const
    );
  const response = await fetch(`http://${origin.httpAddress}${path}`, {
    ...{ method, headers: headers.map(([name, value]): [string, string] => [name, value]) },
    body: method === "GET" ? undefined : body,
  });
  const said = new Uint8Array(await response.arrayBuffer());
  const answer = path.endsWith("/stats") ? counted(said) : said;
  const kept = [...response.headers].filter(([name]) => !/^content-(length|encoding)$/.test(name))
    .map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const status = `HTTP/1.1 ${response.status} ${response.statusText || "OK"}\r\n`;
  return concatBytes([bytesOf(`${status}${kept}content-length: ${answer.length}\r\n\r\n`), answer]);
}

/** A request's head and its whole length; undefined while bytes are missing. */
function whole(bytes: Uint8Array): { head: string; from: number; to: number } | undefined {
  const seen = text(bytes.subarray(0, 2048));
  const end = seen.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = seen.slice(0, end);
  const size = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  return bytes.length < end + 4 + size ? undefined : { head, from: end + 4, to: end + 4 + size };
}

async function serve(conn: Deno.Conn): Promise<void> {
  let pending: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  const buffer = new Uint8Array(65536);
  const write = (bytes: Uint8Array) => void conn.write(bytes).catch(() => {});
  try {
    for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
      const now = performance.now();
      pending = pending.length === 0
        ? buffer.slice(0, n)
        : concatBytes([pending, buffer.subarray(0, n)]) as Uint8Array<ArrayBuffer>;
      for (let one = whole(pending); one !== undefined; one = whole(pending)) {
        const { head, from, to } = one;
        const line = head.slice(0, head.indexOf("\r\n"));
        const kind = `${line}${/inference-header-content-length: *(\d+)/i.exec(head)?.[1] ?? ""}`;
        if (!/^POST \S*infer/.test(line)) write(await relay(head, pending.slice(from, to)));
        else {
          arrivals.push(now);
          if (Number.isNaN(first)) first = now;
          const id = idOf(pending.subarray(from));
          let known = replies.get(kind);
          if (known === undefined) {
            const bytes = await relay(head, pending.slice(from, to));
            const idAt = id === "" ? -1 : text(bytes).indexOf(`"id":"${id}"`);
            known = { bytes, idAt: idAt < 0 ? -1 : idAt + '"id":"'.length };
            replies.set(kind, known);
          }
          const reply = replyTo(known, id);
          const wait = mode(now - first);
          if (wait <= 0) write(reply);
          else setTimeout(write, wait, reply);
        }
        pending = pending.slice(to);
      }
    }
  } catch {
    // The client is done.
  }
}

if (import.meta.main) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  (async () => {
    while (true) {
      try {
        const conn = await listener.accept();
        conn.setNoDelay();
        serve(conn);
      } catch {
        // Out of file descriptors: a client that opens thousands of connections waits for a free one.
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  })();
  console.log(`127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
  let rest = "";
  for await (const part of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    rest += part;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const word = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (word !== "") {
        mode = MODES[word]!;
        first = NaN;
        arrivals = [];
        console.log("ready");
      } else console.log(JSON.stringify(arrivals));
    }
  }
  Deno.exit(0);
}
