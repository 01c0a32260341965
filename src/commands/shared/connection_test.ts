import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import {
  connectClient,
  describeServer,
  requestTimeoutMs,
  type ServerFlagOptions,
  wireOf,
} from "./connection.ts";

const options = (more: Partial<ServerFlagOptions>): ServerFlagOptions =>
  ({ headers: [], api: "auto", grpcChannel: "native", ...more }) as ServerFlagOptions;

Deno.test("the flags describe a server", async () => {
  const plain = await describeServer(options({ headers: ["X-Key: v"] }));
  assertEquals([plain.url, plain.wire, plain.tls], ["localhost:8000", "http", undefined]);
  assertEquals(plain.headers, [["X-Key", "v"]]);
  assertEquals((await describeServer(options({ protocol: "grpc" }))).url, "localhost:8001");
  assertEquals((await describeServer(options({}), "grpc")).wire, "grpc");
  assertEquals((await describeServer(options({ url: "grpcs://h:1" }))).tls, {});
  assertEquals(
    (await describeServer(options({ tls: true, serverName: "n" }))).tls?.serverName,
    "n",
  );
});

Deno.test("the wire is what -i or the address says, and they must agree", () => {
  assertEquals(wireOf({ url: "grpc://h:1", protocol: undefined }), "grpc");
  assertEquals(wireOf({ url: "h:1", protocol: "grpc" }), "grpc");
  assertEquals(wireOf({ url: undefined, protocol: undefined }), "http");
  const error = assertThrows(
    () => wireOf({ url: "grpc://h:1", protocol: "http" }),
    InferenceError,
    "grpc:// means gRPC",
  );
  assertEquals(error.code, "USAGE");
});

Deno.test("TLS material: both halves, files that can be read", async () => {
  const half = () => describeServer(options({ cert: "a.pem" }));
  assertEquals((await assertRejects(half, InferenceError, "both --cert and --key")).code, "USAGE");
  const missing = () => describeServer(options({ ca: "/nonexistent/ca.pem" }));
  const error = await assertRejects(
    missing,
    InferenceError,
    "Cannot read --ca /nonexistent/ca.pem",
  );
  assertEquals(error.code, "FILE");
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, "PEM");
    const { tls } = await describeServer(options({ ca: path, cert: path, key: path }));
    assertEquals([tls?.ca, tls?.cert, tls?.key], ["PEM", "PEM", "PEM"]);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("a server that isn't there: how to start one; times in milliseconds", async () => {
  const error = await assertRejects(
    () => connectClient({ url: "127.0.0.1:1", wire: "http" }),
    InferenceError,
    "connection refused",
  );
  assertEquals(error.hint?.includes("`trtis serve`"), true);
  assertEquals([requestTimeoutMs({ timeout: 1.5 }), requestTimeoutMs({ timeout: undefined })], [
    1500,
    undefined,
  ]);
});
