/**
 * Decompressing messages in pieces, so that a small one that holds a lot keeps nobody else waiting.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { BodyBuffer } from "../body_buffer.ts";

type Zlib = import("node:zlib").Gunzip;

/** What goes in at a time: 4 KB hold 4 MB at most. */
const PIECE = 4096;
const CHUNK = 65_536;
/** How long the event loop may be kept from turning. */
const TURN_MS = 8;

/**
 * Decompresses a message.
 *
 * @param encoding value of `grpc-encoding`, or `deflate-raw` for deflate without zlib's header
 * @param limit most octets that may come out
 * @throws {InferenceError} PROTOCOL, or RESOURCE_EXHAUSTED for more than the limit
 */
export async function decompress(
  message: Uint8Array,
  encoding: string,
  limit: number,
): Promise<Uint8Array> {
  if (encoding === "identity") {
    throw bad("it is marked as compressed, but no grpc-encoding is given");
  }
  if (encoding !== "gzip" && encoding !== "deflate" && encoding !== "deflate-raw") {
    throw bad(`encoding "${encoding}"`);
  }
  const plain = new BodyBuffer();
  const decompressor = makeDecompressor(encoding);
  const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
  decompressor.on("data", (chunk: Uint8Array) => {
    if (plain.length + chunk.length > limit) {
      fail(
        new InferenceError(
          "RESOURCE_EXHAUSTED",
          `Cannot read a compressed message: it grows beyond ${limit} bytes`,
        ),
      );
      decompressor.destroy();
    } else plain.push(chunk);
  });
  decompressor.on("end", end);
  decompressor.on("error", (error: Error) => fail(bad(error.message, error)));
  const feeding = feed(decompressor, message);
  try {
    await ended;
    return plain.take();
  } finally {
    await feeding;
  }
}

/** Loaded when it is needed: hardly any server compresses, and Node's modules take 20 ms to load. */
function makeDecompressor(encoding: "gzip" | "deflate" | "deflate-raw"): Zlib {
  const { process } = globalThis as unknown as { process: typeof import("node:process") };
  const zlib = process.getBuiltinModule("node:zlib");
  const options = { chunkSize: CHUNK };
  switch (encoding) {
    case "gzip":
      return zlib.createGunzip(options);
    case "deflate":
      return zlib.createInflate(options);
    case "deflate-raw":
      return zlib.createInflateRaw(options);
  }
}

/** Writes the message piece by piece until it or the decompressor ends, which tells how. */
async function feed(decompressor: Zlib, message: Uint8Array): Promise<void> {
  let since = performance.now();
  for (let at = 0; at < message.length && !decompressor.destroyed; at += PIECE) {
    const piece = message.subarray(at, at + PIECE);
    await new Promise((done) => decompressor.write(piece, done));
    if (performance.now() - since < TURN_MS) continue;
    await new Promise((resolve) => setTimeout(resolve, 0));
    since = performance.now();
  }
  if (!decompressor.destroyed) decompressor.end();
}

function bad(what: string, cause?: unknown): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot read a compressed message: ${what}`, { cause });
}
