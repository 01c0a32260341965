/**
 * What gRPC allows as a caller's metadata, for every channel.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { Header } from "../types.ts";

const NAME = /^[0-9a-z_.-]+$/;
// Printable ASCII; HTTP/2 has no other characters that survive every proxy.
const VALUE = /^[\x20-\x7e]*$/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
// Set by the channel itself.
const RESERVED = new Set(["connection", "content-type", "te", "transfer-encoding"]);

/**
 * Checks metadata before it goes into a call. Values of names that end in `-bin` are base64, as they
 * are on the wire.
 *
 * @throws {InferenceError} INVALID_ARG, naming the header
 */
export function checkMetadata(metadata: readonly Header[]): void {
  for (const [name, value] of metadata) {
    const bad = (why: string) =>
      new InferenceError("INVALID_ARG", `Cannot send the metadata "${name}": ${why}`);
    if (!NAME.test(name)) {
      throw bad("a name has lower-case letters, digits, and the characters _ - . only");
    }
    if (name === "host") {
      throw new InferenceError("INVALID_ARG", `Cannot send the metadata "host": gRPC has none`, {
        hint: "give the name as the authority",
        remedy: "set-host",
      });
    }
    if (name.startsWith("grpc-") || RESERVED.has(name)) throw bad("the name is reserved");
    if (name.endsWith("-bin")) {
      if (!BASE64.test(value)) throw bad("the value of a -bin name must be base64");
    } else if (!VALUE.test(value)) {
      throw bad("a value has printable ASCII characters only");
    }
  }
}
