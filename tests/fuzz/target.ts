/**
 * What a fuzz target is.
 *
 * @module
 */
import { InferenceError } from "../../src/base/errors.ts";
import type { Random } from "../mutate.ts";

/** A reader of foreign bytes under test. */
export interface Target {
  readonly name: string;
  /** Good inputs, and bad ones that found something once. */
  readonly corpus: readonly Uint8Array[];
  /** Pieces that mean something to the reader; they are put into its inputs. */
  readonly tokens?: readonly string[];
  /** Makes an input of the reader's own structure; without it the corpus is damaged. */
  readonly make?: (random: Random) => Uint8Array;
  /** Reads one input. What it throws must be a documented error, see {@linkcode Target.refuses}. */
  readonly run: (input: Uint8Array, random: Random) => void | Promise<void>;
  /** Whether an error is one that the reader documents. @default an {@linkcode InferenceError} */
  readonly refuses?: (error: unknown) => boolean;
}

/** The default of {@linkcode Target.refuses}. INTERNAL is a fault of ours, and so a finding. */
export function isRefusal(error: unknown): boolean {
  return error instanceof InferenceError && error.code !== "INTERNAL";
}

/** A promise that the reader broke, other than by an exception. */
export function ensure(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${what}`);
}

/** The inputs in tests/fuzz/corpus/NAME.json, a character a byte. */
export function corpusOf(name: string): Uint8Array[] {
  const path = new URL(`./corpus/${name}.json`, import.meta.url);
  const texts: string[] = JSON.parse(Deno.readTextFileSync(path));
  return texts.map((text) => Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

/** Cuts bytes into pieces as a network might. */
export function* pieces(bytes: Uint8Array, random: Random): Iterable<Uint8Array> {
  const most = random() < 0.5 ? bytes.length : 1 + Math.floor(random() * 40);
  for (let at = 0; at < bytes.length;) {
    const count = 1 + Math.floor(random() * most);
    yield bytes.subarray(at, at + count);
    at += count;
  }
}

/** Something to read from that gives these pieces, then its end. */
export function sourceOf(bytes: Uint8Array, random: Random) {
  const rest = pieces(bytes, random)[Symbol.iterator]();
  let left: Uint8Array = new Uint8Array(0);
  return {
    read(into: Uint8Array): Promise<number | null> {
      if (left.length === 0) {
        const next = rest.next();
        if (next.done) return Promise.resolve(null);
        left = next.value;
      }
      const part = left.subarray(0, into.length);
      into.set(part);
      left = left.subarray(part.length);
      return Promise.resolve(part.length);
    },
  };
}
