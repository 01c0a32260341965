/**
 * The console: the only place where the program writes to its standard streams.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { Terminal } from "./context.ts";
import { harmless } from "./harmless.ts";

const DEFAULT_COLUMNS = 80;
const RETRY_MS = 2;

/** A standard stream as the system gives it. */
export interface OutputStream {
  /** Writes some of the bytes and returns how many. */
  writeSync(bytes: Uint8Array): number;
  isTerminal(): boolean;
}

/** The parts of the system that a terminal is made of. */
export interface Console {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Whether NO_COLOR is set and not empty. */
  readonly noColor: boolean;
  /** A variable of the environment; undefined also when it may not be read. */
  env(name: string): string | undefined;
  /** @throws when no stream is a terminal */
  consoleSize(): { columns: number; rows?: number };
  /** Blocks for so long. */
  waitSync(ms: number): void;
}

/** The console of this process. */
export function systemConsole(): Console {
  return {
    stdout: Deno.stdout,
    stderr: Deno.stderr,
    noColor: Deno.noColor,
    env: readEnv,
    consoleSize: () => Deno.consoleSize(),
    waitSync(ms) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    },
  };
}

/** Reads a variable without ever asking for the permission to. */
export function readEnv(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) : undefined;
}

/**
 * Makes a terminal. When the reader of standard output goes away (as `head` does), what is still
 * written to it is dropped and `onOutputClosed` is called once. When standard error can't be written,
 * its text is dropped: there is nowhere left to say so.
 *
 * @throws {InferenceError} (from `out`) `FILE` when writing fails otherwise, as on a full disk
 */
export function createTerminal(console: Console, onOutputClosed: () => void): Terminal {
  const { stdout, stderr } = console;
  const outIsTerminal = stdout.isTerminal();
  const errIsTerminal = stderr.isTerminal();
  const isDumb = console.env("TERM") === "dumb";
  const mayColor = !console.noColor && !isDumb;
  return {
    // A file or a program gets the data as they are; messages may be shown later, so they never are.
    out: writer(console, { stream: stdout, isShown: outIsTerminal }, (error) => {
      if (error instanceof Deno.errors.BrokenPipe) return onOutputClosed();
      const why = error instanceof Error ? error.message : String(error);
      throw new InferenceError("FILE", `Cannot write to standard output: ${why}`, { cause: error });
    }),
    err: writer(console, { stream: stderr, isShown: true }, () => {}),
    outIsTerminal,
    errIsTerminal,
    color: outIsTerminal && mayColor,
    errColor: errIsTerminal && mayColor,
    canRedraw: errIsTerminal,
    isDumb,
    columns() {
      try {
        return console.consoleSize().columns || DEFAULT_COLUMNS;
      } catch {
        return DEFAULT_COLUMNS;
      }
    },
    rows() {
      try {
        return console.consoleSize().rows ?? 0;
      } catch {
        return 0;
      }
    },
  };
}

function writer(
  console: Console,
  { stream, isShown }: { readonly stream: OutputStream; readonly isShown: boolean },
  onFailure: (error: unknown) => void,
): Terminal["out"] {
  let closed = false;
  return (text, source = "foreign") => {
    if (closed) return;
    try {
      writeAll(console, stream, bytesOf(text, isShown && source === "foreign"));
    } catch (error) {
      closed = true;
      onFailure(error);
    }
  };
}

const encoder = new TextEncoder();

function bytesOf(text: string | Uint8Array, isShown: boolean): Uint8Array {
  if (!isShown) return typeof text === "string" ? encoder.encode(text) : text;
  return encoder.encode(harmless(typeof text === "string" ? text : new TextDecoder().decode(text)));
}

function writeAll(console: Console, stream: OutputStream, bytes: Uint8Array): void {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(stream.writeSync(rest));
    } catch (error) {
      // A pipe that another process made non-blocking is full for the moment.
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      console.waitSync(RETRY_MS);
    }
  }
}
