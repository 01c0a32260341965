/**
 * What `--input`, `--shape` and `--output` say.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { DATA_TYPES, type DataType, isDataType } from "../../tensor/data_type.ts";
import type { OutputWish } from "../../client/request.ts";

/** Where an input's values come from. */
export type ValueSource =
  | { readonly kind: "json"; readonly text: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "zeros" }
  | { readonly kind: "random" };

/** What `--input` says of an input. */
export interface InputSpec {
  readonly source: ValueSource;
  readonly dataType?: DataType;
  readonly shape?: readonly number[];
}

/** `NAME:FP32[1,4]`: an input that its model doesn't declare. */
const TYPED = /^(.+):([A-Za-z]+\d*)\[(\d*(?:,\d+)*)\]$/;

/**
 * Reads `NAME=JSON`, `NAME=@FILE`, `NAME=zeros`, `NAME=random`; after the name there may be a type and a
 * shape, as in `NAME:FP32[1,4]=zeros`.
 *
 * @throws {InferenceError} USAGE
 */
export function parseInputs(texts: readonly string[]): Map<string, InputSpec> {
  const inputs = new Map<string, InputSpec>();
  for (const text of texts) {
    const equals = text.indexOf("=");
    if (equals < 1) {
      throw usage("input", text, "expected NAME=JSON, NAME=@FILE, NAME=zeros or NAME=random");
    }
    const typed = TYPED.exec(text.slice(0, equals));
    const name = typed?.[1] ?? text.slice(0, equals);
    if (inputs.has(name)) throw usage("input", text, `input '${name}' was given twice`);
    const source = inputSource(text.slice(equals + 1));
    if (typed === null) {
      inputs.set(name, { source });
      continue;
    }
    const shape = typed[3] === "" ? [] : typed[3]!.split(",").map(Number);
    inputs.set(name, { source, dataType: typeOf("input", text, typed[2]!), shape });
  }
  return inputs;
}

function inputSource(value: string): ValueSource {
  if (value === "zeros" || value === "random") return { kind: value };
  if (value.startsWith("@")) return { kind: "file", path: value.slice(1) };
  return { kind: "json", text: value };
}

/** Reads `NAME:d1,d2`. @throws {InferenceError} USAGE */
export function parseShapes(texts: readonly string[]): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  for (const text of texts) {
    const match = /^(.+):(\d*(?:[,x]\d+)*)$/.exec(text);
    const dims = match?.[2]?.split(/[,x]/).filter((dim) => dim !== "").map(Number);
    if (!match || !dims?.every(Number.isSafeInteger)) {
      throw usage("shape", text, "expected NAME:d1,d2");
    }
    shapes.set(match[1]!, dims);
  }
  return shapes;
}

/** Reads `NAME:TYPE`, as `x:FP32`. @throws {InferenceError} USAGE */
export function parseDataTypes(texts: readonly string[]): Map<string, DataType> {
  return new Map(texts.map((text) => {
    const colon = text.lastIndexOf(":");
    if (colon < 1) throw usage("datatype", text, "expected NAME:TYPE, as x:FP32");
    return [text.slice(0, colon), typeOf("datatype", text, text.slice(colon + 1))];
  }));
}

function typeOf(flag: string, text: string, name: string): DataType {
  const upper = name.toUpperCase();
  if (upper === "BYTES") return "STRING";
  if (isDataType(upper)) return upper;
  throw usage(flag, text, `"${name}" is no data type; ${DATA_TYPES.join(", ")} are`);
}

/** Reads `NAME` and `NAME:classes=K`. @throws {InferenceError} USAGE */
export function parseOutputs(texts: readonly string[]): OutputWish[] | undefined {
  if (texts.length === 0) return undefined;
  return texts.map((text) => {
    const match = /^(.+):classes=(.*)$/.exec(text);
    if (!match) return text;
    if (!/^[1-9]\d{0,8}$/.test(match[2]!)) {
      throw usage("output", text, "expected NAME or NAME:classes=K with K >= 1");
    }
    return { name: match[1]!, classes: Number(match[2]) };
  });
}

function usage(flag: string, text: string, why: string): InferenceError {
  return new InferenceError("USAGE", `Cannot use "${text}" for --${flag}: ${why}`);
}
