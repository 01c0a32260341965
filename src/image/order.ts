/**
 * The order of names: as r19.07 sorts them, whatever the file system returns.
 *
 * @module
 */

/** Where a text has halves of characters beyond U+FFFF. */
const SURROGATES = /[\ud800-\udfff]/;

/** As std::sort orders std::strings in UTF-8; JavaScript's own order differs beyond U+FFFF. */
export function sortByBytes(paths: string[]): string[] {
  const compare = paths.some((path) => SURROGATES.test(path)) ? compareBytes : compareUnits;
  return [...paths].sort(compare);
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order of UTF-8's bytes is that of the characters' numbers. */
function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [one, other] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
