/**
 * An address with a scheme is read wherever an address is taken, and a load run against a server that
 * lets nobody in ends at once.
 *
 * @module
 */
import { assertEquals, assertMatch } from "@std/assert";
import { connectProtocol, InferenceClient, startServer } from "../mod.ts";
import { runCommand } from "./run_command.ts";

Deno.test("grpc:// in -u means gRPC; -i http beside it is refused", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const http = server.httpAddress!;
  const grpc = server.grpcAddress!;
  const good: string[][] = [
    ["health", "-u", `grpc://${grpc}`],
    ["health", "-u", `GRPC://${grpc}`, "-i", "grpc"],
    ["health", "-u", `http://${http}`],
    ["health", "-u", `http://${grpc}`, "-i", "grpc"],
    ["simple_client", "-u", `grpc://${grpc}`],
    ["simple_sequence_client", "-u", `grpc://${grpc}`],
    [
      ...["perf_client", "-m", "simple", "-u", `grpc://${grpc}`, "--streaming"],
      ...["--request-count", "10"],
    ],
  ];
  for (const argv of good) {
    const { code, stderr } = await runCommand(argv);
    assertEquals([code, stderr.match(/error:.*/)], [0, null], argv.join(" "));
  }
  const { code, stderr } = await runCommand(["health", "-u", `grpc://${grpc}`, "-i", "http"]);
  assertEquals(code, 2);
  assertMatch(
    stderr,
    /^error: Cannot reach "grpc:.*" over HTTP: grpc:\/\/ means gRPC; .*\(-i grpc/,
  );
});

Deno.test("grpc:// in a description means gRPC too", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await using client = await InferenceClient.connect({ url: `grpc://${server.grpcAddress}` });
  assertEquals(client.wire, "grpc");
  const protocol = await connectProtocol({ url: `grpc://${server.grpcAddress}`, api: "v2" });
  assertEquals([protocol.wire, protocol.api], ["grpc", "v2"]);
  protocol.close();
});

Deno.test("a wrong password ends a load run; it is no passing trouble", async () => {
  await using server = denyingServer();
  for (const api of ["v1", "v2"]) {
    const { code, stderr } = await runCommand([
      ...["perf_client", "-m", "simple", "-u", server.address, "--api", api],
    ]);
    assertEquals(code, 1, stderr);
    assertMatch(stderr, /error: .*check the headers sent with the request \(-H NAME:VALUE\)/s);
  }
});

/** Answers 401 to everything. */
function denyingServer(): AsyncDisposable & { readonly address: string } {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("no", { status: 401 }),
  );
  return {
    address: `127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
