/**
 * Header blocks of answers.
 *
 * @module
 */
import { HpackEncoder } from "../../transport/http2/hpack_encoder.ts";
import type { Header } from "../../transport/types.ts";
import type { CallStatus } from "./service.ts";

const HEAD: readonly Header[] = [[":status", "200"], ["content-type", "application/grpc"]];
const OK_TRAILERS: readonly Header[] = [["grpc-status", "0"]];

/** Percent-encodes what a header can't carry, as gRPC does for messages. */
function percentEncoded(text: string): string {
  let out = "";
  for (const byte of new TextEncoder().encode(text)) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x25;
    out += plain
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

function trailers({ code, details }: CallStatus): readonly Header[] {
  if (code === 0) return OK_TRAILERS;
  return [["grpc-status", String(code)], ["grpc-message", percentEncoded(details)]];
}

/** A block that is made anew only when the encoder's table has changed. */
class Cached {
  readonly #headers: readonly Header[];
  #block: Uint8Array | undefined;
  #version = -1;

  constructor(headers: readonly Header[]) {
    this.#headers = headers;
  }

  get(encoder: HpackEncoder): Uint8Array {
    if (this.#block === undefined || this.#version !== encoder.version) {
      // Encoding may change the table, and then not be what it takes the next time.
      this.#block = undefined;
      const before = encoder.version;
      const block = encoder.encode(this.#headers);
      if (encoder.version !== before) return block;
      this.#block = block;
      this.#version = before;
    }
    return this.#block;
  }
}

/** The blocks of one connection, in the order in which they are sent. */
export class AnswerHeads {
  readonly #encoder = new HpackEncoder();
  readonly #head = new Cached(HEAD);
  readonly #ok = new Cached(OK_TRAILERS);

  /** Applies the peer's SETTINGS_HEADER_TABLE_SIZE. */
  setPeerLimit(octets: number): void {
    this.#encoder.setPeerLimit(octets);
  }

  /** What comes before the first message. */
  head(): Uint8Array {
    return this.#head.get(this.#encoder);
  }

  /** What comes after the last message. */
  trailers(status: CallStatus): Uint8Array {
    return status.code === 0 ? this.#ok.get(this.#encoder) : this.#encoder.encode(trailers(status));
  }

  /** Both at once, for a call without an answer. */
  headAndTrailers(status: CallStatus): Uint8Array {
    return this.#encoder.encode([...HEAD, ...trailers(status)]);
  }

  /** For a request that isn't gRPC. */
  notGrpc(): Uint8Array {
    return this.#encoder.encode([[":status", "415"]]);
  }
}
