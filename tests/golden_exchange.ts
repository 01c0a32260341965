/**
 * HTTP exchanges as `curl -v` recorded them, and sending the same bytes again.
 *
 * @module
 */

/** A recorded exchange. */
export interface Exchange {
  /** Method, path with query and version. */
  readonly requestLine: string;
  /** In the order in which they were sent. */
  readonly requestHeaders: readonly string[];
  readonly requestBody: Uint8Array;
  /** Status line and header lines of the answer, in their order. */
  readonly head: readonly string[];
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body when it was dumped in hex; the beginning of it when it was too long. */
  readonly bodyBytes: Uint8Array;
  /** The body when it was printed as text. */
  readonly bodyText: string;
}

/** What came back. */
export interface Reply {
  /** Status line and header lines, in their order. */
  readonly head: readonly string[];
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** Whether `100 Continue` came first. */
  readonly continued: boolean;
}

const encoder = new TextEncoder();
const latin1 = new TextDecoder("latin1");

function hexDump(lines: readonly string[]): Uint8Array {
  const hex = lines.flatMap((line) => /^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} )+)/.exec(line)?.[1] ?? []);
  return Uint8Array.from(hex.join("").replaceAll(" ", "").match(/../g) ?? [], (byte) => {
    return parseInt(byte, 16);
  });
}

function headerMap(lines: readonly string[]): Map<string, string> {
  return new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
}

/** The body as the command line says it; `@name` is a file. */
function sentBody(command: string, readFile: (name: string) => Uint8Array): Uint8Array {
  const data = /(?:--data-binary|-d) (\S+)/.exec(command)?.[1];
  if (data === undefined) return new Uint8Array(0);
  return data.startsWith("@") ? readFile(data.slice(1)) : encoder.encode(data);
}

/** Reads a recording. Curl's own remarks may stand in the middle of a line of the body. */
export function parseExchange(
  recording: string,
  readFile: (name: string) => Uint8Array,
): Exchange {
  const lines = recording.replace(/\* Connection #0 .*\n/g, "").split("\n");
  const marked = (mark: string) =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length).trim());
  const [requestLine = "", ...requestHeaders] = marked(">").filter((line) => line !== "");
  const answers = marked("<").filter((line) => line !== "" && !line.includes(" 100 "));
  const end = lines.findLastIndex((line) => line.startsWith("<"));
  const body = lines.slice(end + 1).filter((line) => !line.startsWith("* "));
  return {
    requestLine,
    requestHeaders,
    requestBody: sentBody(lines[0]!, readFile),
    head: answers,
    status: Number(answers[0]!.split(" ")[1]!),
    headers: headerMap(answers.slice(1)),
    bodyBytes: hexDump(body),
    bodyText: body.join("\n"),
  };
}

/** Reads from a connection until enough is there. */
class Reader {
  readonly #connection: Deno.Conn;
  #buffer = new Uint8Array(0);

  constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  async head(): Promise<string[]> {
    while (true) {
      const end = latin1.decode(this.#buffer).indexOf("\r\n\r\n");
      if (end >= 0) return latin1.decode(this.#take(end + 4)).trimEnd().split("\r\n");
      await this.#more();
    }
  }

  async bytes(count: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for (let left = count; left > 0;) {
      if (this.#buffer.length === 0) await this.#more();
      const piece = this.#take(Math.min(left, this.#buffer.length));
      pieces.push(piece);
      left -= piece.length;
    }
    return new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
  }

  #take(count: number): Uint8Array {
    const taken = this.#buffer.slice(0, count);
    this.#buffer = this.#buffer.slice(count);
    return taken;
  }

  async #more(): Promise<void> {
    const chunk = new Uint8Array(65536);
    const count = await this.#connection.read(chunk);
    if (count === null) throw new Error("the server closed the connection");
    const joined = new Uint8Array(this.#buffer.length + count);
    joined.set(this.#buffer);
    joined.set(chunk.subarray(0, count), this.#buffer.length);
    this.#buffer = joined;
  }
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

/** Sends the recorded request to another server. */
export async function replay(exchange: Exchange, address: string): Promise<Reply> {
  const { requestLine, requestHeaders, requestBody } = exchange;
  const [hostname, port] = address.split(":");
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const reader = new Reader(connection);
  const chunked = requestHeaders.includes("Transfer-Encoding: chunked");
  const expects = requestHeaders.includes("Expect: 100-continue");
  await writeAll(connection, encoder.encode([requestLine, ...requestHeaders, "", ""].join("\r\n")));
  const continued = expects && (await reader.head())[0]!.includes(" 100 ");
  if (chunked) {
    await writeAll(connection, encoder.encode(`${requestBody.length.toString(16)}\r\n`));
    await writeAll(connection, requestBody);
    await writeAll(connection, encoder.encode("\r\n0\r\n\r\n"));
  } else await writeAll(connection, requestBody);
  const head = (await reader.head()).map((line) => line.trimEnd());
  const [statusLine, ...headerLines] = head;
  const headers = headerMap(headerLines);
  const length = requestLine.startsWith("HEAD") ? 0 : Number(headers.get("content-length"));
  return {
    head,
    status: Number(statusLine!.split(" ")[1]),
    headers,
    body: await reader.bytes(length),
    continued,
  };
}
