/**
 * Messages on their way out: as they are, or compressed; never longer than allowed.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";

/** Ways of compression that gRPC servers know. */
export type GrpcCompression = "gzip" | "deflate";

/** How messages go out. */
export interface OutgoingOptions {
  readonly compression?: GrpcCompression;
  /** Most octets of a message before it is compressed. */
  readonly maxBytes?: number;
}

/** What goes out in place of a message. @throws {InferenceError} RESOURCE_EXHAUSTED when it is too long */
export type Outgoing = (message: Uint8Array) => Uint8Array;

/** Messages that are compressed: each says so in its prefix. */
const compressed = new WeakSet<Uint8Array>();

/** Whether a message that goes out is compressed. */
export function isCompressed(message: Uint8Array): boolean {
  return compressed.has(message);
}

/** A message that is sent again, as a load does, is compressed once. */
export function outgoing({ compression, maxBytes = Infinity }: OutgoingOptions): Outgoing {
  const known = new WeakMap<Uint8Array, Uint8Array>();
  const shorten = compression === undefined ? undefined : compressorOf(compression);
  return (message) => {
    if (message.length > maxBytes) {
      throw new InferenceError(
        "RESOURCE_EXHAUSTED",
        `Cannot send a message of ${message.length} bytes: ${maxBytes} are allowed`,
        { retryable: false },
      );
    }
    if (shorten === undefined) return message;
    let short = known.get(message);
    if (short === undefined) {
      short = shorten(message);
      compressed.add(short);
      known.set(message, short);
    }
    return short;
  };
}

function compressorOf(compression: GrpcCompression): (message: Uint8Array) => Uint8Array {
  // Loaded when it is needed: Node's modules take 20 ms to load.
  const { process } = globalThis as unknown as { process: typeof import("node:process") };
  const { gzipSync, deflateSync } = process.getBuiltinModule("node:zlib");
  return (message) => {
    const short = compression === "gzip" ? gzipSync(message) : deflateSync(message);
    return new Uint8Array(short.buffer, short.byteOffset, short.byteLength);
  };
}
