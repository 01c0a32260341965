import { assertEquals, assertRejects } from "@std/assert";
import { parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import type { GrpcChannel, HttpTransport } from "../transport/types.ts";
import { detectGrpcApi, detectHttpApi } from "./detect.ts";

const address = parseAddress("h:1/base", 1);
const times = { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 };
type Answer = readonly [status: number, body?: string, nvStatus?: string];

function http(answers: Record<string, Answer>): HttpTransport {
  return {
    address,
    request({ path }) {
      const [status, body = "", nvStatus] = answers[path.slice("/base".length)] ?? [404];
      return Promise.resolve({
        status,
        statusText: "",
        header: (name: string) => name === "nv-status" ? nvStatus : undefined,
        body: new TextEncoder().encode(body),
        times,
      });
    },
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

function grpc(answer: (method: string) => InferenceError | undefined): GrpcChannel {
  return {
    address: parseAddress("h:1", 1),
    unary(method) {
      const error = answer(method);
      return error ? Promise.reject(error) : Promise.resolve({ message: new Uint8Array(), times });
    },
    stream() {
      throw new Error("no streams here");
    },
    close() {},
  };
}

Deno.test("which protocol a gRPC server speaks", async () => {
  const unknown = new InferenceError("UNSUPPORTED", "unknown method");
  const restricted = new InferenceError("UNAVAILABLE", "this protocol is restricted");
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
