/**
 * The main job without anything installed: starts the embedded server on free ports, classifies
 * examples/images over HTTP and over gRPC through the same program that a user runs, and ends.
 *
 * @module
 */
import { systemClock } from "../src/base/clock.ts";
import { program } from "../src/cli/commands.ts";
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
const http = ["image_client", "-m", "colors", "-c", "2", "-u", server.httpAddress!];
const grpc = ["image_client", "-m", "colors", "-b", "4", "-i", "grpc", "-u", server.grpcAddress!];
const codes = [await show(...http, images), await show(...grpc, images)];
await server.close();
Deno.exit(Math.max(...codes));
