/**
 * What `--input`, `--shape` and `--output` say.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { OutputWish } from "../../client/request.ts";

/** Where an input's values come from. */
export type InputSource =
  | { readonly kind: "json"; readonly text: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "zeros" }
  | { readonly kind: "random" };

/** Reads `NAME=JSON`, `NAME=@FILE`, `NAME=zeros`, `NAME=random`. @throws {InferenceError} USAGE */
export function parseInputs(texts: readonly string[]): Map<string, InputSource> {
  const sources = new Map<string, InputSource>();
  for (const text of texts) {
    const equals = text.indexOf("=");
    if (equals < 1) {
      throw usage("input", text, "expected NAME=JSON, NAME=@FILE, NAME=zeros or NAME=random");
    }
    const name = text.slice(0, equals);
    if (sources.has(name)) throw usage("input", text, `input '${name}' was given before`);
    sources.set(name, inputSource(text.slice(equals + 1)));
  }
  return sources;
}

function inputSource(value: string): InputSource {
  if (value === "zeros" || value === "random") return { kind: value };
  if (value.startsWith("@")) return { kind: "file", path: value.slice(1) };
  return { kind: "json", text: value };
}

/** Reads `NAME:d1,d2`. @throws {InferenceError} USAGE */
export function parseShapes(texts: readonly string[]): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const text of texts) {
    const match = /^(.+):(\d*(?:[,x]\d+)*)$/.exec(text);
    const dims = match?.[2].split(/[,x]/).filter((dim) => dim !== "").map(Number);
    if (!match || !dims?.every(Number.isSafeInteger)) {
      throw usage("shape", text, "expected NAME:d1,d2 without the batch dimension");
    }
    shapes.set(match[1], dims);
  }
  return shapes;
}

/** Reads `NAME` and `NAME:classes=K`. @throws {InferenceError} USAGE */
export function parseOutputs(texts: readonly string[]): OutputWish[] | undefined {
  if (texts.length === 0) return undefined;
  return texts.map((text) => {
    const match = /^(.+):classes=(.*)$/.exec(text);
    if (!match) return text;
    if (!/^[1-9]\d{0,8}$/.test(match[2])) {
      throw usage("output", text, "expected NAME or NAME:classes=K with K >= 1");
    }
    return { name: match[1], classes: Number(match[2]) };
  });
}

function usage(flag: string, text: string, why: string): InferenceError {
  return new InferenceError("USAGE", `Cannot use "${text}" for --${flag}: ${why}`);
}
