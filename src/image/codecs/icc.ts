/**
 * ICC colour profiles (ICC.1), as far as their name.
 *
 * @module
 */

const HEADER_SIZE = 128;
const ENTRY_SIZE = 12;
const MOST_TAGS = 100;
const LONGEST_NAME = 200;

/** The name of a profile, or undefined when it has none that can be read. */
export function profileName(icc: Uint8Array): string | undefined {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  try {
    const count = Math.min(view.getUint32(HEADER_SIZE), MOST_TAGS);
    for (let i = 0; i < count; i++) {
      const at = HEADER_SIZE + 4 + i * ENTRY_SIZE;
      if (text(icc, at, 4) !== "desc") continue;
      const start = view.getUint32(at + 4);
      return text(icc, start, 4) === "mluc" ? wideName(view, start) : plainName(icc, view, start);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function plainName(icc: Uint8Array, view: DataView, start: number): string | undefined {
  const length = Math.min(view.getUint32(start + 8), LONGEST_NAME);
  return text(icc, start + 12, length).replaceAll("\0", "").trim() || undefined;
}

/** The first of the names in several languages, as UTF-16. */
function wideName(view: DataView, start: number): string | undefined {
  const length = Math.min(view.getUint32(start + 20), LONGEST_NAME);
  const from = start + view.getUint32(start + 24);
  let name = "";
  for (let at = 0; at + 1 < length; at += 2) name += String.fromCharCode(view.getUint16(from + at));
  return name.replaceAll("\0", "").trim() || undefined;
}

function text(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
