/**
 * The protobuf text format of r19.07's messages: what its HTTP headers and its status page hold.
 *
 * @module
 */
import { messageSchema } from "../../schema.ts";
import { schema } from "../generated/descriptor.ts";
import type * as messages from "../generated/messages.js";
import { parseMessage } from "./reader.ts";
import { formatMessage, type FormatOptions } from "./writer.ts";

type Messages = {
  [N in keyof typeof messages as (typeof messages)[N] extends { prototype: object } ? N : never]:
    (typeof messages)[N] extends { prototype: infer P } ? P : never;
};

/** A message of r19.07 that is not inside another one. */
export type MessageName = keyof Messages;

/** The plain object of a message. */
export type PlainMessage<N extends MessageName> = Messages[N];

/** The text of a message; see {@linkcode formatMessage}. */
export function formatText<N extends MessageName>(
  name: N,
  object: PlainMessage<N>,
  options?: FormatOptions,
): string {
  return formatMessage(messageSchema(schema, name), object, options);
}

/**
 * Reads the text of a message; see {@linkcode parseMessage}.
 *
 * @throws {InferenceError} `PROTOCOL` with line and column
 */
export function parseText<N extends MessageName>(name: N, text: string): PlainMessage<N> {
  return parseMessage(messageSchema(schema, name), text) as PlainMessage<N>;
}
