/**
 * Reads a file that somebody named, whatever it turns out to be: only regular files and pipes are read,
 * no more than a limit of them, and a file that changes meanwhile is not taken for what it was.
 *
 * @module
 */
import { concatBytes } from "./bytes.ts";
import { InferenceError } from "./errors.ts";
import { fileError } from "./file_error.ts";

/** Options of {@linkcode readWhole}. */
export interface ReadOptions {
  /** What is being done, with the file's name: the start of every message. */
  readonly doing: string;
  /** Bytes that may be read; default {@linkcode MAX_FILE_BYTES}. */
  readonly maxBytes?: number;
  /** Bytes of a regular file that are read at a time. @default {1 << 20} */
  readonly pieceBytes?: number;
  /** Ends the wait for a pipe that nobody writes to. */
  readonly signal?: AbortSignal;
}

/** A gibibyte: beyond what a server takes in one request. */
export const MAX_FILE_BYTES = 2 ** 30;

const CHUNK_BYTES = 1 << 20;
/** What Linux gives of a pipe at most. */
const PIPE_BYTES = 1 << 16;

/** Names of standard input, which Deno opens under none of them. */
const STANDARD_INPUT: ReadonlySet<string> = new Set(["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

/** What was read; a pipe gives little at a time, which must not keep a whole buffer. */
function filled(buffer: Uint8Array<ArrayBuffer>, count: number): Uint8Array<ArrayBuffer> {
  return 2 * count < buffer.length ? buffer.slice(0, count) : buffer.subarray(0, count);
}

/** Whether a path means standard input. */
export function isStandardInput(path: string): boolean {
  return STANDARD_INPUT.has(path);
}

async function* standardInput(
  { doing, maxBytes = MAX_FILE_BYTES, signal }: ReadOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  if (Deno.stdin.isTerminal()) {
    throw new InferenceError(
      "FILE",
      `${doing}: standard input is a terminal, not a file or a pipe`,
    );
  }
  let total = 0;
  while (true) {
    const buffer = new Uint8Array(PIPE_BYTES);
    const count = await stoppable(Deno.stdin.read(buffer), signal, doing);
    if (count === null) return;
    total += count;
    if (total > maxBytes) {
      throw new InferenceError(
        "FILE",
        `${doing}: it has more than ${maxBytes} bytes, which is the limit`,
      );
    }
    yield filled(buffer, count);
  }
}

/** What is neither a file nor a pipe; undefined when it can be read. */
export function unreadableKind(info: Deno.FileInfo): string | undefined {
  if (info.isFile || info.isFifo) return undefined;
  if (info.isDirectory) return "it is a directory";
  if (info.isSocket) return "it is a socket, not a file";
  return "it is a device, not a file";
}

/** A file from its beginning to its end, in pieces. */
export async function* readPieces(
  path: string,
  options: ReadOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  const { doing, maxBytes = MAX_FILE_BYTES, pieceBytes = CHUNK_BYTES, signal } = options;
  const failed = (why: string) => new InferenceError("FILE", `${doing}: ${why}`);
  try {
    if (isStandardInput(path)) return yield* standardInput(options);
    const before = await Deno.stat(path);
    const kind = unreadableKind(before);
    if (kind !== undefined) throw failed(kind);
    if (before.size > maxBytes) {
      throw failed(`its ${before.size} bytes are more than the limit of ${maxBytes}`);
    }
    using file = await stoppable(Deno.open(path), signal, doing);
    let total = 0;
    while (true) {
      const buffer = new Uint8Array(
        before.isFile ? Math.min(pieceBytes, before.size + 1) : PIPE_BYTES,
      );
      const count = await stoppable(file.read(buffer), signal, doing);
      if (count === null) break;
      total += count;
      if (total > maxBytes) throw failed(`it has more than ${maxBytes} bytes, which is the limit`);
      yield filled(buffer, count);
    }
    if (before.isFile) checkUnchanged(before, await statIfThere(path), total, failed);
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    throw fileError(error, doing);
  }
}

/**
 * A whole file.
 *
 * @throws {InferenceError} FILE when it isn't there, is not a file, is too large or changed; CANCELLED
 */
export async function readWhole(
  path: string,
  options: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of readPieces(path, options)) pieces.push(piece);
  return pieces.length === 1 ? pieces[0]! : concatBytes(pieces);
}

/**
 * {@linkcode readWhole} for threads that have nothing else to do: a tenth of the work for a small file. Only
 * regular files are read so, because anything else may never come.
 *
 * @param memory gives memory of a size for its bytes; new memory by default
 * @returns undefined when it is no regular file, or can't be read: `readWhole` says why
 * @throws {InferenceError} as `readWhole` does
 */
export function readRegularSync(
  path: string,
  { doing, maxBytes = MAX_FILE_BYTES }: Omit<ReadOptions, "signal">,
  memory: (size: number) => Uint8Array<ArrayBuffer> = (size) => new Uint8Array(size),
): Uint8Array<ArrayBuffer> | undefined {
  const failed = (why: string) => new InferenceError("FILE", `${doing}: ${why}`);
  let bytes: Uint8Array<ArrayBuffer>;
  let before: Deno.FileInfo;
  let after: Deno.FileInfo;
  try {
    if (isStandardInput(path)) return undefined;
    before = Deno.statSync(path);
    if (!before.isFile || before.size > maxBytes) return undefined;
    using file = Deno.openSync(path);
    // A file that has grown has a byte more.
    const buffer = memory(before.size + 1);
    let total = 0;
    for (let count: number | null = 1; count && total < buffer.length; total += count ?? 0) {
      count = file.readSync(buffer.subarray(total));
    }
    bytes = buffer.subarray(0, total);
    after = Deno.statSync(path);
  } catch {
    return undefined;
  }
  checkUnchanged(before, after, bytes.length, failed);
  return bytes;
}

function checkUnchanged(
  before: Deno.FileInfo,
  after: Deno.FileInfo | undefined,
  total: number,
  failed: (why: string) => InferenceError,
): void {
  if (after === undefined) throw failed("it was removed while it was read");
  if (before.ino !== after.ino || before.dev !== after.dev) {
    throw failed("it was replaced while it was read");
  }
  if (total > before.size || after.size > before.size) throw failed("it grew while it was read");
  if (total < before.size) throw failed("it shrank while it was read");
  if (before.mtime?.getTime() !== after.mtime?.getTime()) {
    throw failed("it was changed while it was read");
  }
}

/** What is known of a path; undefined when nothing is there. @throws whatever else the system says */
export async function statIfThere(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Waits no longer than until `signal`: opening a pipe takes until somebody writes to it. */
async function stoppable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  doing: string,
): Promise<T> {
  if (signal === undefined) return await promise;
  const stopped = Promise.withResolvers<never>();
  const stop = () =>
    stopped.reject(new InferenceError("CANCELLED", `${doing}: stopped while it was read`));
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  try {
    return await Promise.race([promise, stopped.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
    stopped.promise.catch(() => {});
  }
}
