/**
 * What the npm package has on Node in place of the `Deno` namespace and of some parts of the web
 * platform. Where the real ones are, they are used. Nothing is put into the global scope.
 *
 * @module
 */
import { availableParallelism } from "node:os";
import process from "node:process";
import { inspect } from "node:util";
import { connect, connectTls, startTls } from "./connection.ts";
import { errors } from "./errors.ts";
import { files, inputStream, outputStream } from "./files.ts";
import { scope, Worker as NodeWorker } from "./worker.ts";

const web = globalThis as unknown as Record<string, unknown>;

const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };
const PROCESSORS: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "aarch64" };

function nodeNamespace() {
  const { platform, arch, versions, env } = process;
  return {
    build: {
      os: SYSTEMS[platform] ?? platform,
      arch: PROCESSORS[arch] ?? arch,
      standalone: false,
    },
    version: { deno: `none, Node ${versions.node}`, v8: versions.v8, typescript: "none" },
    args: process.argv.slice(2),
    noColor: Boolean(env.NO_COLOR),
    env: { get: (name: string) => env[name] },
    permissions: {
      querySync: () => ({ state: "granted" }),
      // There is nothing to give up.
      revokeSync: () => ({ state: "granted" }),
    },
    stdin: inputStream,
    stdout: outputStream(1),
    stderr: outputStream(2),
    consoleSize: () => ({ columns: process.stdout.columns ?? process.stderr.columns ?? 0 }),
    exit: (code?: number) => process.exit(code),
    addSignalListener: (signal: string, handler: () => void) => process.on(signal, handler),
    removeSignalListener: (signal: string, handler: () => void) => process.off(signal, handler),
    unrefTimer: (timer: { unref?: () => void }) => timer.unref?.(),
    inspect: (value: unknown) => inspect(value),
    ...{ errors, connect, connectTls, startTls },
    ...files,
  };
}

/** The namespace. */
export const Deno = web.Deno ?? nodeNamespace();

/** See the web's Worker. */
export const Worker = web.Worker ?? NodeWorker;

/** The scope of a worker. */
export const self = web.self ?? scope;

/** See the web's navigator. */
export const navigator = web.navigator ?? { hardwareConcurrency: availableParallelism() };
