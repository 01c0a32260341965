/**
 * The inputs of a run: the same seed and number, the same input.
 *
 * @module
 */
import { mutated, type Random, seededRandom } from "../mutate.ts";
import type { Target } from "./target.ts";

/** Inputs are at most so long, so that a target's speed says something of its reader. */
const MAX_LENGTH = 64 * 1024;

/** What decides about input `index` of a run. */
export function randomOf(seed: number, index: number): Random {
  const random = seededRandom(
    Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b) ^ index >>> 7,
  );
  // Seeds that differ little begin alike.
  for (let i = 0; i < 4; i++) random();
  return random;
}

/** An input: made, or one of the corpus damaged, joined with another, or strewn with tokens. */
export function inputOf(target: Target, random: Random): Uint8Array {
  const { corpus, tokens = [], make } = target;
  let input = make !== undefined && random() < 0.7 ? make(random) : pick(corpus, random);
  if (corpus.length > 1 && random() < 0.1) input = spliced(input, pick(corpus, random), random);
  const strewn = tokens.length > 0 && random() < 0.5 ? 1 + Math.floor(random() ** 2 * 3) : 0;
  for (let i = 0; i < strewn; i++) input = withToken(input, pick(tokens, random), random);
  if (strewn === 0 || random() < 0.25) input = mutated(input, random);
  return input.subarray(0, MAX_LENGTH);
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

/** The beginning of one and the end of the other. */
function spliced(a: Uint8Array, b: Uint8Array, random: Random): Uint8Array {
  const head = a.subarray(0, Math.floor(random() * (a.length + 1)));
  const tail = b.subarray(Math.floor(random() * (b.length + 1)));
  return joined(head, tail);
}

/** With a token put in, or over what stands there; some of them many times. */
function withToken(input: Uint8Array, token: string, random: Random): Uint8Array {
  const times = random() < 0.05 ? Math.floor(random() * 2000) : 1;
  const bytes = Uint8Array.from(token.repeat(times), (char) => char.charCodeAt(0));
  const at = Math.floor(random() * (input.length + 1));
  const over = random() < 0.5 ? bytes.length : 0;
  return joined(input.subarray(0, at), bytes, input.subarray(Math.min(input.length, at + over)));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
