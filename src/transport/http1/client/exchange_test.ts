import { assert, assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import { callBack } from "../../exchange.ts";
import { serveTcp } from "../../../../tests/tcp_server.ts";
import type { CallOptions, HttpRequest, HttpResponse, HttpTransport } from "../../types.ts";
import { createHttp1Transport } from "./transport.ts";

const post = (body: Uint8Array, idempotent = false): HttpRequest => ({
  method: "POST",
  path: "/",
  headers: [],
  body: [body],
  idempotent,
});

/** What came back, its body copied while it was lent. */
interface Outcome {
  readonly status?: number;
  readonly body?: Uint8Array;
  readonly code?: string;
  readonly lent?: HttpResponse;
}

function send(
  transport: HttpTransport,
  request: HttpRequest,
  options: CallOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    let isInside = true;
    transport.exchange(request, options, (response, error) => {
      assert(!isInside, "called back from inside the call");
      if (response === undefined) return resolve({ code: error!.code });
      const { status } = response;
      resolve({ status, body: response.body.slice(), lent: response });
    });
    isInside = false;
  });
}

/** Answers every request with its own body, on at most `perConnection` requests a connection. */
function echo(perConnection = Infinity) {
  let connections = 0;
  const server = serveTcp(async (peer) => {
    connections++;
    let left = perConnection;
    for (let request; left-- > 0 && (request = await peer.request()) !== undefined;) {
      await peer.send(`HTTP/1.1 200 OK\r\nContent-Length: ${request.body.length}\r\n\r\n`);
      await peer.send(request.body);
    }
  });
  return { server, connections: () => connections };
}

Deno.test("exchange: bodies of every size; only the latest is good", async () => {
  const { server, connections } = echo();
  await using _server = server;
  const transport = createHttp1Transport({ address: server.address });
  const sizes = [0, 1, 100, 65_000, 70_000, 1 << 20, 300_000, 5];
  let before: HttpResponse | undefined;
  for (const size of sizes) {
    const sent = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
    const body = new Uint8Array(size);
    for (let at = 0; at < size; at += sent.length) {
      body.set(sent.subarray(0, Math.min(sent.length, size - at)), at);
    }
    const outcome = await send(transport, post(body));
    assertEquals([outcome.status, outcome.body?.length], [200, size]);
    assert(outcome.body!.every((byte, i) => byte === body[i]), `a body of ${size} bytes differs`);
    if (size === 300_000) {
      assertEquals(before!.body.buffer, outcome.lent!.body.buffer, "large bodies share memory");
    }
    before = outcome.lent;
  }
  assertEquals(connections(), 1);
  transport.close();
});

Deno.test("exchange: limits, refusals and a closed transport come back as errors", async () => {
  await using server = serveTcp(async (peer) => {
    while (await peer.request() !== undefined);
  });
  const transport = createHttp1Transport({ address: server.address });
  const body = new Uint8Array(3);
  assertEquals(await send(transport, post(body), { timeoutMs: 20 }), { code: "TIMEOUT" });
  const signal = AbortSignal.abort();
  assertEquals(await send(transport, post(body), { signal }), { code: "CANCELLED" });
  assertThrows(
    () => transport.exchange({ ...post(body), path: "no slash" }, {}, () => {}),
    InferenceError,
    "no slash",
  );
  const waiting = send(transport, post(body));
  transport.close();
  assertEquals((await waiting).code, "CLOSED");
  assertEquals((await send(transport, post(body))).code, "CLOSED");
});

Deno.test("exchange: a kept connection that is gone is replaced for what may be sent twice", async () => {
  const { server, connections } = echo(1);
  await using _server = server;
  const transport = createHttp1Transport({ address: server.address });
  const body = new Uint8Array(3);
  // The next request starts inside the callback, before the end of the connection can be seen.
  const outcomes = await new Promise<string[]>((resolve) => {
    const outcomes: string[] = [];
    const next = (idempotent: boolean) =>
      transport.exchange(post(body, idempotent), {}, (response, error) => {
        outcomes.push(response === undefined ? error!.code : String(response.status));
        if (outcomes.length === 4) resolve(outcomes);
        else next(outcomes.length < 3);
      });
    next(true);
  });
  assertEquals(outcomes, ["200", "200", "200", "CONNECTION"]);
  assertEquals(connections(), 3);
  transport.close();
});

Deno.test("exchange: a transport that only knows promises does as well", async () => {
  const answer = { status: 200, body: new Uint8Array(2) } as HttpResponse;
  const transport = (request: HttpTransport["request"]): HttpTransport => ({
    address: { host: "h", port: 1, tls: false, basePath: "" },
    request,
    exchange: (given, options, callback) => callBack(request(given, options), callback),
    close() {},
  });
  const body = new Uint8Array(1);
  const good = await send(transport(() => Promise.resolve(answer)), post(body));
  assertEquals([good.status, good.body], [200, new Uint8Array(2)]);
  const error = new InferenceError("TIMEOUT", "late");
  const bad = await send(transport(() => Promise.reject(error)), post(body));
  assertEquals(bad.code, "TIMEOUT");
});
