/**
 * What gRPC wants to know of an answer's headers and trailers.
 *
 * @module
 */
import type { Header } from "../../types.ts";
import { httpRefusal } from "../http_refusal.ts";
import { grpcError, GrpcStatus } from "../status.ts";
import type { InferenceError } from "../../../base/errors.ts";
import { HpackDecoder } from "../../http2/hpack_decoder.ts";

/** Headers or trailers of an answer. */
export interface ReplyHead {
  /** Value of `:status`; trailers have none. */
  readonly httpStatus?: string;
  readonly contentType?: string;
  /** How compressed messages are compressed. */
  readonly encoding?: string;
  /** The gRPC status; undefined when there is none, 2 (UNKNOWN) when it is not a number. */
  readonly grpcStatus?: number;
  /** The status message, percent-decoded. */
  readonly grpcMessage: string;
}

/** Decodes the %XX of a status message; UTF-8, and whatever isn't stays as it came. */
export function decodeStatusMessage(text: string): string {
  if (!text.includes("%")) return text;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const hex = text[i] === "%" ? /^[0-9a-f]{2}/i.exec(text.slice(i + 1, i + 3)) : null;
    bytes.push(hex ? parseInt(hex[0], 16) : text.charCodeAt(i));
    if (hex) i += 2;
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Picks out of a header list what matters. */
export function replyHead(headers: readonly Header[]): ReplyHead {
  const values = new Map(headers);
  const status = values.get("grpc-status");
  return {
    httpStatus: values.get(":status"),
    contentType: values.get("content-type"),
    encoding: values.get("grpc-encoding"),
    grpcStatus: status === undefined
      ? undefined
      : /^\d{1,9}$/.test(status)
      ? Number(status)
      : GrpcStatus.UNKNOWN,
    grpcMessage: decodeStatusMessage(values.get("grpc-message") ?? ""),
  };
}

/** Blocks that are remembered, and how long one may be for that. */
const REMEMBERED = 4;
const MAX_REMEMBERED_BLOCK = 256;

interface Remembered {
  readonly block: Uint8Array;
  readonly version: number;
  readonly head: ReplyHead;
}

/** Reads the header blocks of one connection. Servers repeat themselves: equal blocks are read once. */
export class ReplyHeads {
  readonly #decoder = new HpackDecoder();
  readonly #remembered: Remembered[] = [];
  #next = 0;

  /**
   * Reads the block `bytes[from, to)`; the blocks of a connection must come in their order.
   *
   * @throws {InferenceError} PROTOCOL
   */
  read(bytes: Uint8Array, from: number, to: number): ReplyHead {
    const version = this.#decoder.version;
    for (const known of this.#remembered) {
      if (known.version === version && equals(known.block, bytes, from, to)) return known.head;
    }
    const head = replyHead(this.#decoder.decode(bytes, from, to));
    if (this.#decoder.version === version && to - from <= MAX_REMEMBERED_BLOCK) {
      this.#remembered[this.#next] = { block: bytes.slice(from, to), version, head };
      this.#next = (this.#next + 1) % REMEMBERED;
    }
    return head;
  }
}

function equals(block: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (block.length !== to - from) return false;
  for (let i = 0; i < block.length; i++) if (block[i] !== bytes[from + i]) return false;
  return true;
}

/** The error of headers that no gRPC server sends, or undefined when they are as they should be. */
export function headError(head: ReplyHead, address: string): InferenceError | undefined {
  const { httpStatus = "", contentType = "" } = head;
  const isGrpc = contentType.startsWith("application/grpc");
  if (httpStatus !== "200") return httpRefusal(httpStatus, isGrpc, address);
  if (isGrpc) return undefined;
  const what = `the server answered with content type "${contentType}" instead of application/grpc`;
  return grpcError(GrpcStatus.UNKNOWN, what, address);
}

// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, "HTTP2 Transport Mapping"
const FROM_RESET: readonly number[] = [
  ...[GrpcStatus.INTERNAL, GrpcStatus.INTERNAL, GrpcStatus.INTERNAL, GrpcStatus.INTERNAL],
  ...[GrpcStatus.INTERNAL, GrpcStatus.UNKNOWN, GrpcStatus.INTERNAL, GrpcStatus.UNAVAILABLE],
  ...[GrpcStatus.CANCELLED, GrpcStatus.INTERNAL, GrpcStatus.INTERNAL],
  ...[GrpcStatus.RESOURCE_EXHAUSTED, GrpcStatus.PERMISSION_DENIED],
];

/** The gRPC status of a stream that the server reset with this HTTP/2 error code. */
export function statusOfReset(errorCode: number): number {
  return FROM_RESET[errorCode] ?? GrpcStatus.UNKNOWN;
}
