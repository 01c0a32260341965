/**
 * Reading the messages of clients.
 *
 * @module
 */
import { decodeMessage, type MessageType } from "../../protocol/message.ts";

/** Fields and 64-bit integers of a message, those of the messages in it included. */
const MAX_PARTS = 500_000;

/**
 * A client's message as a plain object.
 *
 * @throws {InferenceError} PROTOCOL when it is none, RESOURCE_EXHAUSTED for one of too many parts
 */
export function decodeRequest<T>(type: MessageType<T>, message: Uint8Array): T {
  return decodeMessage(type, message, { maxParts: MAX_PARTS });
}
