/**
 * Between protobuf messages and plain objects. Plain objects hold bigint for every 64-bit integer,
 * enum values by name (by number when the number has no name), bytes as Uint8Array, maps as objects
 * whose keys are text. protobufjs holds 64-bit integers as `Long` and silently wraps, rounds or
 * drops what does not fit; here it is an error.
 *
 * @module
 */
import protobuf from "protobufjs/minimal.js";
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { toMessage } from "./from_plain.ts";
import type { MessageSchema } from "./schema.ts";
import { toObject } from "./to_plain.ts";

/** protobufjs's own form of a message; only `encode` and {@linkcode toPlain} read it. */
export interface Message<T> {
  /** In the types only: there is no such property. */
  readonly $plain: T;
}

/** A generated message: its codec and its schema. */
export interface MessageType<T> {
  /** Its fields. */
  readonly $schema: MessageSchema;
  /** Writes a message. */
  encode(message: Message<T>, writer?: protobuf.Writer): protobuf.Writer;
  /** Reads a message; without `length` up to the end. */
  decode(reader: protobuf.Reader | Uint8Array, length?: number): Message<T>;
}

/**
 * A plain object with every default filled in: scalars, enums, lists and maps are there; messages
 * and members of a oneof only when they were sent.
 */
export type Filled<T> = { [K in keyof T]-?: FilledField<T[K]> };
/** What is filled in as it is. */
export type Scalar = string | number | bigint | boolean | Uint8Array;
/** A field of {@linkcode Filled}. */
export type FilledField<V, D = NonNullable<V>> = null extends V ? FilledValue<D> | undefined
  : [D] extends [Scalar] ? D
  : [D] extends [readonly unknown[]] ? FilledValue<D>
  : string extends keyof D ? FilledValue<D>
  : FilledValue<D> | undefined;
/** A value of a field of {@linkcode Filled}. */
export type FilledValue<D> = D extends Scalar ? D
  : D extends readonly (infer E)[] ? FilledValue<E>[]
  : string extends keyof D ? { [key: string]: FilledValue<D[keyof D]> }
  : Filled<D>;

/** Message to plain object; only what was set, or everything with `defaults`. */
export function toPlain<T>(
  type: MessageType<T>,
  message: Message<T>,
  options: { defaults: true },
): Filled<T>;
export function toPlain<T>(
  type: MessageType<T>,
  message: Message<T>,
  options?: { defaults?: boolean },
): T;
export function toPlain<T>(
  type: MessageType<T>,
  message: Message<T>,
  options: { defaults?: boolean } = {},
): T {
  return toObject(type.$schema, message, options.defaults ?? false) as T;
}

/**
 * Plain object to message. 64-bit fields take bigint and safe integers.
 *
 * @throws {InferenceError} `INVALID_ARG` naming the field: unknown, of the wrong type, out of range
 */
export function fromPlain<T>(type: MessageType<T>, object: T): Message<T> {
  return toMessage(type.$schema, object) as unknown as Message<T>;
}

/** Plain object to bytes. @throws {InferenceError} as {@linkcode fromPlain} */
export function encodeMessage<T>(type: MessageType<T>, object: T): Uint8Array {
  // Not Writer.create(): that makes Node's Buffers.
  return type.encode(fromPlain(type, object), new protobuf.Writer()).finish();
}

/**
 * Bytes to plain object. Bytes fields are views of `bytes`, not copies; unknown fields are dropped.
 *
 * With `maxParts` a message of more fields and integers than that is refused: an object for each of two
 * octets takes fifty times the memory that they do.
 *
 * @throws {InferenceError} `PROTOCOL` when the bytes are no such message, `RESOURCE_EXHAUSTED` for more
 * than `maxParts`
 */
export function decodeMessage<T>(
  type: MessageType<T>,
  bytes: Uint8Array,
  options: { defaults: true },
): Filled<T>;
/** The same with what was sent only. */
export function decodeMessage<T>(
  type: MessageType<T>,
  bytes: Uint8Array,
  options?: { defaults?: boolean; maxParts?: number },
): T;
export function decodeMessage<T>(
  type: MessageType<T>,
  bytes: Uint8Array,
  options: { defaults?: boolean; maxParts?: number } = {},
): T {
  let message: Message<T>;
  try {
    const reader = options.maxParts === undefined || bytes.length <= options.maxParts
      ? new protobuf.Reader(plainBytes(bytes))
      : new BoundedReader(plainBytes(bytes), options.maxParts);
    reader.discardUnknown = true;
    message = type.decode(reader);
  } catch (error) {
    throw toInferenceError(
      error,
      "PROTOCOL",
      `Cannot decode ${type.$schema.name} from ${bytes.length} bytes`,
    );
  }
  return toObject(type.$schema, message, options.defaults ?? false) as T;
}

/** A view that is no Buffer, so that the views made of it are none either. */
function plainBytes(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array
    ? bytes
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Counts what becomes an object of its own, or a field's tag. */
class BoundedReader extends protobuf.Reader {
  #left: number;

  constructor(bytes: Uint8Array, maxParts: number) {
    super(bytes);
    this.#left = maxParts;
  }

  override tag(): number {
    this.#count();
    return super.tag();
  }

  override int64(): protobuf.Long {
    this.#count();
    return super.int64() as unknown as protobuf.Long;
  }

  override uint64(): protobuf.Long {
    this.#count();
    return super.uint64() as unknown as protobuf.Long;
  }

  #count(): void {
    if (--this.#left >= 0) return;
    throw new InferenceError(
      "RESOURCE_EXHAUSTED",
      "the message has too many fields and integers; send tensors as raw contents",
    );
  }
}
