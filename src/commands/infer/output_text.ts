/**
 * An answer as text or JSON.
 *
 * @module
 */
import { toBase64 } from "../../base/base64.ts";
import { formatGeneral } from "../../base/format_number.ts";
import { toJson } from "../../base/json.ts";
import type { InferResult, OutputValue } from "../../client/result.ts";
import { formatShape } from "../../tensor/shape.ts";
import { exactText } from "../../tensor/strings.ts";

/** Elements shown of a tensor in a table; the rest is counted. */
const SHOWN = 64;
const LINE_WIDTH = 96;

/** A block for each output. */
export function resultText(result: InferResult): string {
  const version = result.modelVersion ? ` version ${result.modelVersion}` : "";
  const head = `${result.modelName}${version}, ${result.timers.totalMs.toFixed(3)} ms\n`;
  return head + result.outputs.map(outputText).join("");
}

function outputText(output: OutputValue): string {
  if (output.isClasses) return classesText(output);
  const shape = formatShape(
    output.batchSize > 1 ? [output.batchSize, ...output.shape] : output.shape,
  );
  const elements = elementTexts(output, SHOWN);
  const rest = elements.total - elements.texts.length;
  const more = rest > 0 ? `    ... ${rest} more (--json or --save show all)\n` : "";
  return `${output.name} ${output.dataType} ${shape}\n${wrap(elements.texts)}${more}`;
}

function classesText(output: OutputValue): string {
  let text = `${output.name} classes\n`;
  for (let entry = 0; entry < output.batchSize; entry++) {
    if (output.batchSize > 1) text += `  batch entry ${entry}\n`;
    for (const { index, label, value } of output.classes(entry)) {
      text += `    ${index} (${label}) = ${formatGeneral(value)}\n`;
    }
  }
  return text;
}

function elementTexts(output: OutputValue, limit: number): { texts: string[]; total: number } {
  if (output.dataType === "STRING") {
    const elements = output.byteStrings;
    const texts = elements.slice(0, limit).map((element) => toJson(stringValue(element)));
    return { texts, total: elements.length };
  }
  const { data } = output;
  const texts = Array.from(
    data.slice(0, limit) as Iterable<number | bigint>,
    (value) => typeof value === "bigint" ? String(value) : formatGeneral(value, 9),
  );
  return { texts, total: data.length };
}

/** A string as text, or in base64 when its bytes are not text: nothing of it is lost. */
export function stringValue(element: Uint8Array): string | { readonly b64: string } {
  return exactText(element) ?? { b64: toBase64(element) };
}

function wrap(texts: readonly string[]): string {
  let lines = "";
  let line = "   ";
  for (const text of texts) {
    if (line.length + 1 + text.length > LINE_WIDTH && line.trim() !== "") {
      lines += line + "\n";
      line = "   ";
    }
    line += " " + text;
  }
  return line.trim() === "" ? lines : lines + line + "\n";
}

/** The whole answer as one JSON object. */
export function resultJson(result: InferResult): string {
  const outputs = result.outputs.map((output) => ({
    name: output.name,
    ...(output.isClasses
      ? { classes: Array.from({ length: output.batchSize }, (_, entry) => output.classes(entry)) }
      : { datatype: output.dataType, shape: output.shape, data: elementsOf(output) }),
  }));
  return toJson({
    model: result.modelName,
    version: result.modelVersion,
    id: result.id,
    batch_size: result.batchSize,
    outputs,
    time_ms: Number(result.timers.totalMs.toFixed(3)),
  }) + "\n";
}

function elementsOf(output: OutputValue): readonly unknown[] {
  if (output.dataType === "STRING") return output.byteStrings.map(stringValue);
  // NaN and the infinities have no JSON form; their names are clearer than null.
  return Array.from(
    output.data as Iterable<number | bigint>,
    (value) => typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}
