/**
 * Time is kept from the first byte: every command that talks to a server ends within its time limit, or at
 * the first Ctrl-C, when the server accepts and is silent.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { runCommand } from "./run_command.ts";

const APPLE = fileURLToPath(new URL("../examples/images/apple_red.jpg", import.meta.url));
const ZEROS = ["--input", "INPUT0=zeros", "--input", "INPUT1=zeros"];
const COMMANDS: readonly (readonly string[])[] = [
  ["health"],
  ["status"],
  ["models", "--api", "v2"],
  ["types", "-m", "simple"],
  ["infer", "-m", "simple", ...ZEROS],
  ["image_client", "-m", "colors", "--workers", "0", APPLE],
  ["grpc_image_client", "-m", "colors", APPLE],
  ["ensemble_image_client", "-m", "colors", APPLE],
  ["perf_client", "-m", "simple"],
  ["simple_client"],
  ["simple_string_client"],
  ["simple_callback_client"],
  ["simple_sequence_client"],
];
/** Accepts, reads, says nothing. */
async function withSilentServer(body: (address: string) => Promise<void>): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Map<Deno.Conn, Promise<void>>();
  const accepting = (async () => {
    for await (const conn of listener) open.set(conn, readToEnd(conn));
  })();
  try {
    await body(`127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
  } finally {
    listener.close();
    await accepting;
    for (const conn of open.keys()) conn.close();
    await Promise.all(open.values());
  }
}

async function readToEnd(conn: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(4096);
  try {
    while (await conn.read(buffer) !== null);
  } catch {
    // The client broke it off, or the test is over.
  }
}

function variants(argv: readonly string[]): string[][] {
  const grpcOnly = argv[0] === "grpc_image_client" || argv[0] === "simple_sequence_client";
  const wires = grpcOnly ? [[]] : [["-i", "http"], ["-i", "grpc"]];
  const apis = argv.includes("--api") ? [[]] : [[], ["--api", "v1"], ["--api", "v2"]];
  return wires.flatMap((wire) => apis.map((api) => [...argv, ...wire, ...api]));
}

Deno.test({
  name: "--timeout ends every wait of every command",
  // A connection that is made in the moment of its abort may be there a little longer.
  sanitizeResources: false,
  fn: () => withSilentServer(everyTimeout),
});

async function everyTimeout(address: string): Promise<void> {
  const runs = COMMANDS.flatMap(variants).map(async (argv) => {
    const retries = argv[0]!.includes("image_client") && argv[0] !== "ensemble_image_client";
    const result = await runCommand([
      ...argv,
      ...["-u", address, "--timeout", "0.2", ...retries ? ["--retries", "0"] : []],
    ]);
    const text = argv.join(" ");
    assertEquals([text, result.code, result.stdout.includes("ready: true")], [text, 1, false]);
    // The limit that ended it is the one that was given, or what was left of it.
    assert(/within \d{1,3} ms/.test(result.stderr), `${text}: ${result.stderr}`);
  });
  await Promise.all(runs);
}

Deno.test("--connect-timeout is about connecting and the protocol alone", async () => {
  await withSilentServer(async (address) => {
    const { code, stderr } = await runCommand([
      ...["health", "-u", address, "--connect-timeout", "0.1"],
    ]);
    assertEquals(code, 1);
    assert(stderr.includes("within 100 ms"), stderr);
  });
});

Deno.test("a TLS handshake that nobody answers: the port may be a plain one", async () => {
  await withSilentServer(async (address) => {
    const flags = ["-u", address, "--tls", "--connect-timeout", "0.3"];
    for (const more of [["-i", "http"], ["-i", "grpc"], ["-i", "http", "--insecure"]]) {
      const { code, stderr } = await runCommand(["health", ...flags, ...more]);
      assertEquals(code, 1);
      assert(
        stderr.includes("connect without TLS (no --tls, and no https:// or grpcs://)"),
        stderr,
      );
    }
  });
});

Deno.test("the first Ctrl-C ends every wait of every command", async () => {
  await withSilentServer(async (address) => {
    const stop = new AbortController();
    const runs = COMMANDS.flatMap(variants).map(async (argv) => {
      const { code } = await runCommand([...argv, "-u", address], { signal: stop.signal });
      return `${argv.join(" ")}: ${code}`;
    });
    // Whether a command has begun to wait by now makes no difference.
    await new Promise((resolve) => setTimeout(resolve, 100));
    stop.abort();
    assertEquals((await Promise.all(runs)).filter((line) => !line.endsWith(": 130")), []);
  });
});
