/**
 * Compressed gRPC messages.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";

/** Loaded when it is needed: hardly any server compresses, and Node's modules take 20 ms to load. */
function loadZlib(): typeof import("node:zlib") {
  const { process } = globalThis as unknown as { process: typeof import("node:process") };
  return process.getBuiltinModule("node:zlib");
}

/**
 * Decompresses a message.
 *
 * @param encoding value of `grpc-encoding`
 * @param limit most octets that may come out
 * @throws {InferenceError} PROTOCOL
 */
export function decompress(message: Uint8Array, encoding: string, limit: number): Uint8Array {
  const bad = (what: string, cause?: unknown) =>
    new InferenceError("PROTOCOL", `Cannot read a compressed message: ${what}`, { cause });
  if (encoding === "identity") {
    throw bad("it is marked as compressed, but no grpc-encoding is given");
  }
  if (encoding !== "gzip" && encoding !== "deflate") throw bad(`encoding "${encoding}"`);
  const zlib = loadZlib();
  try {
    const options = { maxOutputLength: limit };
    const bytes = encoding === "gzip"
      ? zlib.gunzipSync(message, options)
      : zlib.inflateSync(message, options);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error), error);
  }
}
