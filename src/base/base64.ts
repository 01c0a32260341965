/**
 * Base64, also on engines whose byte arrays can't do it themselves (QuickJS, Node before 25).
 *
 * @module
 */

/** Bytes that `String.fromCharCode` takes at once. */
const CHUNK = 8192;

/** The bytes in base64. */
export function toBase64(bytes: Uint8Array): string {
  return typeof bytes.toBase64 === "function" ? bytes.toBase64() : portableBase64(bytes);
}

/** {@linkcode toBase64} without the engine's own. */
export function portableBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** The bytes of base64 text; undefined when it is not base64. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
}
