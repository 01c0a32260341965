import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import { httpRefusal } from "../transport/grpc/http_refusal.ts";
import type { GrpcChannel, HttpTransport } from "../transport/types.ts";
import { detectGrpcApi, detectHttpApi } from "./detect.ts";

const address = parseAddress("h:1/base", 1);
const times = { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 };
type Answer = readonly [
  status: number,
  body?: string,
  nvStatus?: string,
  headers?: Readonly<Record<string, string>>,
];

function notUsed(): never {
  throw new Error("detection only asks one question after the other");
}

function http(answers: Record<string, Answer>): HttpTransport {
  return {
    address,
    request({ path }) {
      const answer = answers[path.slice("/base".length)] ?? answers["*"] ?? [404];
      const [status, body = "", nvStatus, headers = {}] = answer;
      return Promise.resolve({
        status,
        statusText: "",
        header: (name: string) => name === "nv-status" ? nvStatus : headers[name],
        body: new TextEncoder().encode(body),
        times,
      });
    },
    exchange: notUsed,
    close() {},
  };
}

Deno.test("which protocol an HTTP server speaks", async () => {
  const v1: Record<string, Answer> = { "/api/health/live": [200, "", "code: SUCCESS"] };
  const v2: Record<string, Answer> = { "/v2/health/live": [200] };
  const refused = '{"error":"This API is restricted"}';
  const table: [Record<string, Answer>, "v1" | "v2"][] = [
    [v1, "v1"],
    [{ "/api/health/live": [400, "", "code: SUCCESS"] }, "v1"],
    [v2, "v2"],
    [{ ...v1, ...v2 }, "v1"],
    [{ "/v2/health/live": [403, refused], "/v2": [200, '{"name":"triton"}'] }, "v2"],
    [{ "/v2/health/live": [403, refused], "/v2": [403, refused] }, "v2"],
  ];
  for (const [answers, api] of table) assertEquals(await detectHttpApi(http(answers), []), api);
  const others: Record<string, Answer>[] = [{}, { "/v2": [200, "<html>"] }];
  for (const other of others) {
    await assertRejects(() => detectHttpApi(http(other), []), InferenceError, "speaks neither");
  }
});

Deno.test("what a gateway says before an HTTP server is told as it says it", async () => {
  const page = (text: string) =>
    `<html><head><title>${text}</title></head><body>nginx</body></html>`;
  const rows: readonly (readonly [Answer, code: string, message: RegExp, hint: RegExp])[] = [
    [[401, page("Who?")], "UNAUTHENTICATED", /HTTP 401 .*but: Who\? nginx$/, /check the headers/],
    [[403, page("No")], "PERMISSION_DENIED", /HTTP 403 .*but: No nginx$/, /check the headers/],
    [[500], "INTERNAL", /answered GET \/base\/v2\/health\/live with HTTP 500/, /see its log/],
    [[421, "<p>Misdirected"], "PROTOCOL", /HTTP 421 .*but: Misdirected$/, /which one you mean/],
    [
      [400, page("The plain HTTP request was sent to HTTPS port")],
      "INVALID_ARG",
      /HTTP 400/,
      /wants TLS/,
    ],
    [
      [400, page("No required SSL certificate was sent")],
      "INVALID_ARG",
      /No required SSL certificate/,
      /a client's certificate that it trusts/,
    ],
    [
      [301, "", undefined, { location: "https://h/v2" }],
      "PROTOCOL",
      /HTTP 301: it is at https:\/\/h\/v2 now/,
      /give that address/,
    ],
  ];
  for (const [answer, code, message, hint] of rows) {
    const error = await assertRejects(
      () => detectHttpApi(http({ "*": answer }), []),
      InferenceError,
    );
    assertEquals([error.code, error.httpStatus], [code as never, answer[0]]);
    assertMatch(error.message, message);
    assertMatch(error.hint!, hint);
  }
});

Deno.test("a gateway that is busy, or whose server is away, is asked again", async () => {
  let asked = 0;
  const passing = (count: number, status: number) => {
    asked = 0;
    const busy = http({ "*": [status, "busy"] });
    const well = http({ "/v2/health/live": [200] });
    return {
      ...well,
      request: (request: Parameters<HttpTransport["request"]>[0]) =>
        (asked++ < count ? busy : well).request(request),
    };
  };
  for (const status of [429, 502, 503, 504]) {
    assertEquals(await detectHttpApi(passing(3, status), []), "v2");
  }
  const gone = passing(Infinity, 503);
  const limited = () => detectHttpApi(gone, [], { timeoutMs: 150 });
  assertEquals((await assertRejects(limited, InferenceError, "HTTP 503")).code, "UNAVAILABLE");
  // Whoever says to come back much later is not waited for.
  const later = http({ "*": [503, "", undefined, { "retry-after": "60" }] });
  const error = await assertRejects(() => detectHttpApi(later, []), InferenceError);
  assertEquals(error.retryAfterMs, 60_000);
});

Deno.test("a gateway's refusal over gRPC is no sign of a protocol", async () => {
  const refusal = httpRefusal("403", false, "h:1");
  const refused = await assertRejects(() => detectGrpcApi(grpc(() => refusal), []), InferenceError);
  assertEquals(refused, refusal);
  let calls = 0;
  const away = httpRefusal("502", false, "h:1");
  const unknown = new InferenceError("UNSUPPORTED", "unknown method");
  const coming = (method: string) =>
    calls++ < 2 ? away : method.startsWith("/nvidia.") ? unknown : undefined;
  assertEquals(await detectGrpcApi(grpc(coming), []), "v2");
});

function grpc(answer: (method: string) => InferenceError | undefined): GrpcChannel {
  return {
    address: parseAddress("h:1", 1),
    unary(method) {
      const error = answer(method);
      return error ? Promise.reject(error) : Promise.resolve({ message: new Uint8Array(), times });
    },
    exchange: notUsed,
    stream: notUsed,
    close() {},
  };
}

Deno.test("which protocol a gRPC server speaks", async () => {
  const unknown = new InferenceError("UNSUPPORTED", "unknown method");
  const restricted = new InferenceError("UNAVAILABLE", "this protocol is restricted", {
    answered: true,
  });
  const isV1 = (method: string) => method.startsWith("/nvidia.");
  assertEquals(await detectGrpcApi(grpc((m) => isV1(m) ? undefined : unknown), []), "v1");
  assertEquals(await detectGrpcApi(grpc((m) => isV1(m) ? unknown : undefined), []), "v2");
  assertEquals(await detectGrpcApi(grpc(() => undefined), []), "v1");
  assertEquals(await detectGrpcApi(grpc((m) => isV1(m) ? unknown : restricted), []), "v2");
  await assertRejects(
    () => detectGrpcApi(grpc(() => unknown), []),
    InferenceError,
    "speaks neither",
  );
  const broken = new InferenceError("CONNECTION", "refused");
  await assertRejects(() => detectGrpcApi(grpc(() => broken), []), InferenceError, "refused");
});
