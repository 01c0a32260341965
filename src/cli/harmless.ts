/**
 * Foreign text as it may stand on a terminal.
 *
 * @module
 */

/**
 * What steers a terminal: the control characters but line feed and tab, DEL, those of 8 bits, and the
 * marks that turn the direction of text around.
 */
// deno-lint-ignore no-control-regex
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with everything that steers a terminal written out, as in `\u001b`: so JSON stays JSON. */
export function harmless(text: string): string {
  return text.replace(
    STEERING,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
