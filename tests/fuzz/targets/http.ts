/**
 * Readers of HTTP/1.1, client's and server's.
 *
 * @module
 */
import { HttpRefusal } from "../../../src/server/http/message.ts";
import { ConnectionEnded, RequestReader } from "../../../src/server/http/request_reader.ts";
import { ChunkedDecoder } from "../../../src/transport/http1/chunked.ts";
import { ResponseReader } from "../../../src/transport/http1/client/reader.ts";
import type { Random } from "../../mutate.ts";
import { corpusOf, ensure, isRefusal, pieces, sourceOf, type Target } from "../target.ts";

const ADDRESS = { host: "h", port: 1, tls: false, basePath: "" };
const TOKENS = [
  "\r\n",
  "\n",
  "\r",
  "\r\n\r\n",
  "\0",
  " ",
  "\t",
  ":",
  ",",
  ";",
  "0\r\n\r\n",
  "5\r\nhello\r\n",
  "ffffffffffff",
  "HTTP/1.1 ",
  "HTTP/1.0 200 OK\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n",
  "Content-Length: 5\r\n",
  "Content-Length: 67108864\r\n",
  "Content-Length: 5, 5\r\n",
  "Transfer-Encoding: chunked\r\n",
  "Connection: close\r\n",
  "Connection: keep-alive\r\n",
  "Expect: 100-continue\r\n",
  "POST / HTTP/1.1\r\n",
  "Host: h\r\n",
];

const httpAnswer: Target = {
  name: "http-answer",
  corpus: corpusOf("http-answer"),
  tokens: TOKENS,
  async run(input, random) {
    const reader = new ResponseReader(ADDRESS, sourceOf(input, random), { maxBodyBytes: 1 << 20 });
    for (let answers = 0; answers < 50; answers++) {
      const times = { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 };
      const answer = await reader.read(times, random() < 0.5);
      ensure(answer.body.length <= input.length, "no more body than came");
      ensure(answer.status >= 100 && answer.status <= 999, "a status of three digits");
      answer.header("nv-status");
      if (!reader.keepAlive) return;
    }
  },
};

const httpRequest: Target = {
  name: "http-request",
  corpus: corpusOf("http-request"),
  tokens: TOKENS,
  async run(input, random) {
    const reader = new RequestReader(sourceOf(input, random));
    for (let requests = 0; requests < 50; requests++) {
      const head = await reader.head();
      if (head === undefined) return;
      ensure(!head.path.includes("\n"), "a path is one line");
      for (const value of head.headers.values()) ensure(!value.includes("\n"), "so is a value");
      const body = await reader.body(head);
      ensure(body.length <= input.length, "no more body than came");
    }
  },
  refuses: (error) =>
    error instanceof HttpRefusal || error instanceof ConnectionEnded || isRefusal(error),
};

/** What a decoder makes of these pieces: the body, or undefined where it refuses. */
function unchunk(parts: Iterable<Uint8Array>): string | undefined {
  const decoder = new ChunkedDecoder();
  let body = "";
  try {
    for (const part of parts) {
      decoder.decode(part, 0, part.length, (from, to) => {
        body += part.subarray(from, to).toHex();
      });
    }
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return undefined;
  }
  return `${decoder.done} ${body}`;
}

/** Chunks that are right more often than not. */
function makeChunks(random: Random): Uint8Array {
  let text = "";
  for (let chunks = Math.floor(random() * 5); chunks > 0; chunks--) {
    const size = 1 + Math.floor(random() * 40);
    const digits = size.toString(16).padStart(Math.floor(random() * 6), "0");
    const extension = random() < 0.2 ? ";a=b" : "";
    text += `${digits}${extension}\r\n${"x".repeat(random() < 0.9 ? size : size + 1)}\r\n`;
  }
  return new TextEncoder().encode(text + (random() < 0.8 ? "0\r\n\r\n" : "0\r\nA: b\r\n\r\n"));
}

const chunked: Target = {
  name: "chunked",
  corpus: corpusOf("chunked"),
  tokens: ["\r\n", "\n", "\r", ";", "0", "5", " ", "ffffffffffff", "0\r\n\r\n", "0\rjunk"],
  make: makeChunks,
  run(input, random) {
    ensure(unchunk([input]) === unchunk(pieces(input, random)), "pieces make no difference");
  },
};

/** The targets of this file. */
export const targets: readonly Target[] = [httpAnswer, httpRequest, chunked];
