/**
 * Damages bytes and texts in the ways that wires, proxies and bugs do; the same seed, the same damage.
 *
 * @module
 */

/** A random number in [0, 1). */
export type Random = () => number;

/** xorshift32: small, and good enough to choose what to damage. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: TRTIS_SEED, or the clock's. It is printed, so that a failure can be had again. */
export function chooseSeed(what: string): number {
  const seed = Number(Deno.env.get("TRTIS_SEED") ?? Date.now() >>> 0);
  console.log(`${what}: seed ${seed} (TRTIS_SEED)`);
  return seed;
}

const INTERESTING = [0x00, 0x01, 0x07, 0x7f, 0x80, 0xff, 0x22, 0x5b, 0x7b, 0x3a, 0x0a, 0x0d];

/** A copy with one to four damages, mostly few: more get no further than the first check. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let damaged = bytes.slice();
  const count = 1 + Math.floor(random() ** 3 * 4);
  for (let i = 0; i < count; i++) damaged = damage(damaged, random);
  return damaged;
}

/** The same for a text, a character a byte. */
export function mutatedText(text: string, random: Random): string {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);
  return String.fromCharCode(...mutated(bytes, random));
}

function damage(bytes: Uint8Array<ArrayBuffer>, random: Random): Uint8Array<ArrayBuffer> {
  const below = (limit: number) => Math.floor(random() * limit);
  const at = below(bytes.length + 1);
  const length = 1 + below(Math.min(16, bytes.length + 1));
  switch (below(7)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return bytes.slice(at);
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + length)));
    case 3:
      return joined(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
    case 4: {
      const more = Uint8Array.from({ length }, () => below(256));
      return joined(bytes.subarray(0, at), more, bytes.subarray(at));
    }
    case 5:
      if (at < bytes.length) bytes[at] = INTERESTING[below(INTERESTING.length)]!;
      return bytes;
    default:
      if (at < bytes.length) bytes[at]! ^= 1 << below(8);
      return bytes;
  }
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
