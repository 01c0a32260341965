/**
 * Models as TypeScript types.
 *
 * @module
 */
import type { ModelInfo, TensorInfo } from "../protocol/types.ts";
import { formatShape } from "../tensor/shape.ts";

/** The text of a module that exports the interface `Models`. */
export function modelTypes(models: readonly ModelInfo[], library: string): string {
  const imports = models.some(({ inputs }) => inputs.length > 0)
    ? `import type { InputOf } from ${JSON.stringify(library)};\n\n`
    : "";
  return `// Written by trtis types.\n${imports}` +
    '/** By name; use it as `client.model<Models["name"]>("name")`. */\n' +
    `export interface Models {\n${models.map(modelText).join("")}}\n`;
}

function modelText({ name, maxBatchSize, decoupled, inputs, outputs }: ModelInfo): string {
  const batch = maxBatchSize > 0 ? `Batches up to ${maxBatchSize}.` : "Takes no batches.";
  const answers = decoupled ? " Any number of answers to a request." : "";
  return `  /** ${batch}${answers} */\n  ${keyText(name)}: {\n` +
    `    inputs: {\n${inputs.map(inputText).join("")}    };\n` +
    `    outputs: {\n${outputs.map(outputText).join("")}    };\n  };\n`;
}

function inputText(input: TensorInfo): string {
  const mark = input.optional ? "?" : "";
  return `${comment(input)}      ${keyText(input.name)}${mark}: InputOf<"${input.dataType}">;\n`;
}

function outputText(output: TensorInfo): string {
  return `${comment(output)}      ${keyText(output.name)}: "${output.dataType}";\n`;
}

function comment({ shape }: TensorInfo): string {
  return `      /** ${formatShape(shape)} */\n`;
}

/** A name as a property, whatever is in it. */
function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
