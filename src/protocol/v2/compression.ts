/**
 * Compressed HTTP bodies.
 *
 * @module
 */
import { deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { InferenceError } from "../../base/errors.ts";
import { concatBytes } from "../../base/bytes.ts";

/** Ways of compression that Triton knows. */
export type Compression = "gzip" | "deflate";

/** What compresses and decompresses bodies: these functions, where there is node:zlib. */
export interface BodyCoding {
  compress(pieces: readonly Uint8Array[], how: Compression): Uint8Array;
  decompress(body: Uint8Array, encoding: string | undefined, maxBytes: number): Uint8Array;
}

/** Compresses the pieces of a body into one. HTTP's `deflate` is the zlib format. */
export function compress(pieces: readonly Uint8Array[], how: Compression): Uint8Array {
  const body = concatBytes(pieces);
  return plain(how === "gzip" ? gzipSync(body) : deflateSync(body));
}

/**
 * Undoes a body's Content-Encoding.
 *
 * @param encoding value of the header; undefined, empty and `identity` leave the body as it is
 * @param maxBytes the most that may come out of it
 * @throws {InferenceError} PROTOCOL for another encoding, for damaged data, and for more than `maxBytes`
 */
export function decompress(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Uint8Array {
  const how = encoding?.trim().toLowerCase() ?? "";
  if (how === "" || how === "identity") return body;
  const options = { maxOutputLength: maxBytes };
  try {
    if (how === "gzip" || how === "x-gzip") return plain(gunzipSync(body, options));
    // Some servers call a bare deflate stream, without zlib's header, by the same name.
    if (how === "deflate") {
      return plain((isZlib(body) ? inflateSync : inflateRawSync)(body, options));
    }
  } catch (error) {
    const tooBig = (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    throw new InferenceError(
      "PROTOCOL",
      `Cannot decompress the server's ${how} answer of ${body.byteLength} bytes: ${
        tooBig ? `it grows beyond ${maxBytes} bytes` : (error as Error).message
      }`,
      { cause: error },
    );
  }
  throw new InferenceError("PROTOCOL", `Cannot read an answer with Content-Encoding "${encoding}"`);
}

function isZlib(body: Uint8Array): boolean {
  return body.byteLength >= 2 && (body[0]! & 0x0f) === 8 && (body[0]! << 8 | body[1]!) % 31 === 0;
}

/** The same memory as a Uint8Array, which a Node Buffer is only nearly. */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
