/**
 * The headers of a gRPC request, made once for calls that share method, metadata and limits.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import type { Header } from "../../types.ts";
import { checkMetadata } from "../metadata.ts";
import type { HpackEncoder } from "../../http2/hpack_encoder.ts";

/** What every call of a channel has in its headers. */
export interface ChannelHead {
  readonly scheme: "http" | "https";
  readonly authority: string;
  /** How messages are compressed; undefined = they are not. */
  readonly encoding?: string;
}

/** What calls of one kind have in common. */
export interface RequestHead {
  readonly method: string;
  /** Milliseconds; 0 = no limit. */
  readonly timeoutMs: number;
  readonly headers: readonly Header[];
}

/** Kinds of calls that are remembered; more are made anew each time. */
const MAX_REMEMBERED = 1000;

/**
 * The value of `grpc-timeout`: at most eight digits and a unit, rounded up.
 *
 * @param ms milliseconds, more than 0
 */
export function grpcTimeout(ms: number): string {
  const most = 99_999_999;
  if (ms < 1) return `${Math.ceil(ms * 1000)}u`;
  if (ms <= most) return `${Math.ceil(ms)}m`;
  if (ms <= most * 1000) return `${Math.ceil(ms / 1000)}S`;
  return `${Math.min(most, Math.ceil(ms / 3_600_000))}H`;
}

/**
 * Makes the headers of a call.
 *
 * @throws {InferenceError} INVALID_ARG for a method or metadata that can't be sent
 */
export function requestHead(
  channel: ChannelHead,
  method: string,
  timeoutMs: number,
  metadata: readonly Header[],
): RequestHead {
  if (!/^\/[\x21-\x7e]+$/.test(method)) {
    throw new InferenceError("INVALID_ARG", `Cannot call "${method}": it is not a gRPC method`, {
      hint: "write it as /package.Service/Method",
    });
  }
  checkMetadata(metadata);
  const headers: Header[] = [
    [":method", "POST"],
    [":scheme", channel.scheme],
    [":path", method],
    [":authority", channel.authority],
    ["te", "trailers"],
    ["content-type", "application/grpc"],
    ["user-agent", "grpc-trtis"],
    ["grpc-accept-encoding", "identity,deflate,gzip"],
  ];
  if (channel.encoding !== undefined) headers.push(["grpc-encoding", channel.encoding]);
  if (timeoutMs > 0) headers.push(["grpc-timeout", grpcTimeout(timeoutMs)]);
  return { method, timeoutMs, headers: headers.concat(metadata) };
}

/** Request heads by what they are made of. */
export class RequestHeads {
  readonly #channel: ChannelHead;
  readonly #known = new Map<string, RequestHead>();

  constructor(channel: ChannelHead) {
    this.#channel = channel;
  }

  /** @throws {InferenceError} INVALID_ARG */
  get(method: string, timeoutMs = 0, metadata: readonly Header[] = []): RequestHead {
    let key = timeoutMs > 0 ? `${method}\0${timeoutMs}` : method;
    for (const [name, value] of metadata) key += `\0${name}\0${value}`;
    let head = this.#known.get(key);
    if (head === undefined) {
      head = requestHead(this.#channel, method, timeoutMs, metadata);
      if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
      this.#known.set(key, head);
    }
    return head;
  }
}

/** Header blocks of one connection: encoded once, sent many times. */
export class RequestBlocks {
  readonly #encoder: HpackEncoder;
  readonly #known = new Map<RequestHead, Uint8Array>();
  #version = 0;
  #lastHead: RequestHead | undefined;
  #lastBlock = new Uint8Array(0) as Uint8Array;

  constructor(encoder: HpackEncoder) {
    this.#encoder = encoder;
  }

  /** The bytes to send next for a call of this kind. Each must be sent, in the order made. */
  get(head: RequestHead): Uint8Array {
    if (this.#version !== this.#encoder.version) this.#forget();
    if (head === this.#lastHead) return this.#lastBlock;
    let block = this.#known.get(head);
    if (block === undefined) {
      block = this.#encoder.encode(head.headers);
      // A block that changes the table must not be sent twice.
      if (this.#version !== this.#encoder.version) return block;
      if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
      this.#known.set(head, block);
    }
    this.#lastHead = head;
    this.#lastBlock = block;
    return block;
  }

  #forget(): void {
    this.#version = this.#encoder.version;
    this.#known.clear();
    this.#lastHead = undefined;
  }
}
