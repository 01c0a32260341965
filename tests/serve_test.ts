/**
 * `trtis serve` as a command: what it prints, how it ends, what it logs, and ports that are taken.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { systemClock } from "../src/base/clock.ts";
import { dispatch } from "../src/cli/dispatch.ts";
import { program } from "../src/commands/program.ts";
import { runCommand } from "./run_command.ts";

/** Runs the command until `use` is done with it. */
async function serve(
  args: readonly string[],
  use: (http: string, grpc: string) => Promise<void>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ["", ""];
  const started = Promise.withResolvers<void>();
  const terminal = {
    out(text: string) {
      stdout += text;
      started.resolve();
    },
    err: (text: string) => void (stderr += text),
    ...{ outIsTerminal: false, errIsTerminal: false, color: false, errColor: false },
    ...{ canRedraw: false, columns: () => 80 },
  };
  const stop = new AbortController();
  const context = { terminal, clock: systemClock, signal: stop.signal, os: Deno.build.os };
  const running = dispatch(
    ["serve", "--http-port", "0", "--grpc-port", "0", ...args],
    context,
    program,
  );
  await started.promise;
  const [, http] = /^HTTP +http:\/\/(\S+)$/m.exec(stdout)!;
  const [, grpc] = /^gRPC +(\S+)$/m.exec(stdout)!;
  await use(http!, grpc!);
  stop.abort();
  return { code: await running, stdout, stderr };
}

Deno.test("serve prints its addresses and models, logs requests, and ends in order", async () => {
  const { code, stdout, stderr } = await serve(["--log"], async (http, grpc) => {
    assertEquals((await runCommand(["health", "-u", http])).code, 0);
    assertEquals((await runCommand(["health", "-i", "grpc", "-u", grpc])).code, 0);
  });
  assertEquals(code, 0);
  assertMatch(stdout, /^models: .*\bsimple\b.*\bcolors\b.*$/m);
  assertStringIncludes(stdout, "Ctrl-C stops the server.");
  assertMatch(stderr, /^HTTP GET \/api\/health\/\S+ 200 /m);
  assertMatch(stderr, /^gRPC \S+ 0 [\d.]+ ms$/m);
});

Deno.test("serve says which port it can't have", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = String((taken.addr as Deno.NetAddr).port);
  const { code, stdout, stderr } = await runCommand(["serve", "--http-port", port]);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(
    stderr,
    new RegExp(
      `^error: Cannot listen for HTTP on 127\\.0\\.0\\.1:${port}: the port is already in use;`,
    ),
  );
});
