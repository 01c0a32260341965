/**
 * The main jobs with nothing installed: starts the embedded server on free ports, measures a model over
 * gRPC and classifies examples/images over HTTP, through the same program that a user runs, and ends.
 *
 * @module
 */
import { systemClock } from "../src/base/clock.ts";
import { program } from "../src/commands/program.ts";
import { dispatch } from "../src/cli/dispatch.ts";
import { createTerminal, systemConsole } from "../src/cli/terminal.ts";
import { startServer } from "../src/server/server.ts";

const IMAGES = new URL("../examples/images", import.meta.url);

const server = await startServer({ httpPort: 0, grpcPort: 0 });
const images = relativePath(IMAGES);
const controller = new AbortController();
const terminal = createTerminal(systemConsole(), () => controller.abort());
const context = {
  terminal,
  clock: systemClock,
  signal: controller.signal,
  os: Deno.build.os,
};

async function show(...argv: string[]): Promise<number> {
  terminal.out(`$ trtis ${argv.join(" ")}\n`);
  const code = await dispatch(argv, context, program);
  terminal.out("\n");
  return code;
}

function relativePath(url: URL): string {
  const root = new URL("../", import.meta.url);
  return url.href.slice(root.href.length);
}

Deno.chdir(new URL("../", import.meta.url));
const v2 = ["--api", "v2"];
const grpc = ["-i", "grpc", "-u", server.grpcAddress!, ...v2];
const http = ["-u", server.httpAddress!, ...v2];
const codes = [
  // One window of a given number of requests: a demo has no time to wait until figures are stable.
  await show("perf_client", "-m", "slow", "-t", "4", "--request-count", "400", ...grpc),
  await show("image_client", "-m", "colors", "-b", "4", "-c", "2", ...http, images),
];
await server.close();
Deno.exit(Math.max(...codes));
