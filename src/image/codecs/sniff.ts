/**
 * Looking at a file's first bytes.
 *
 * @module
 */

/** Whether a file begins with `text`, a character a byte. */
export function startsWith(bytes: Uint8Array, text: string): boolean {
  return has(bytes, text, 0);
}

/** Whether `text`, a character a byte, stands at `offset`. */
export function has(bytes: Uint8Array, text: string, offset: number): boolean {
  if (bytes.length < offset + text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}
