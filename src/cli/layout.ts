/**
 * Text in lines and columns.
 *
 * @module
 */
/** Columns that help text takes up: it is plain, so one a code point. */
function textWidth(text: string): number {
  return [...text].length;
}

/** A space at which no line is broken. */
export const NO_BREAK = "\u00a0";

/** Breaks text between words so that no line is wider than `width`; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \t\n]+/).filter(Boolean)) {
    if (line !== "" && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  if (line !== "") lines.push(line);
  return lines.map((line) => line.replaceAll(NO_BREAK, " "));
}

/** A wrapped paragraph with a margin. */
export function paragraph(text: string, width: number, indent = 0): string {
  const margin = " ".repeat(indent);
  return wrap(text, width - indent).map((line) => `${margin}${line}\n`).join("");
}

/** How {@linkcode twoColumns} is set. */
export interface ColumnOptions {
  readonly width: number;
  /** Widest left cell that shares its line with the right one. */
  readonly maxLeft: number;
  /** Width that the left column has at least, to line up with other blocks. */
  readonly minLeft?: number;
}

const INDENT = 2;
const GAP = 2;

/** Width of the widest left cell that is not too wide. */
export function leftColumn(rows: readonly (readonly [string, string])[], maxLeft: number): number {
  return Math.max(0, ...rows.map(([left]) => textWidth(left)).filter((w) => w <= maxLeft));
}

/** Terms on the left, their texts wrapped on the right. */
export function twoColumns(
  rows: readonly (readonly [left: string, right: string])[],
  { width, maxLeft, minLeft = 0 }: ColumnOptions,
): string {
  const leftWidth = Math.max(minLeft, leftColumn(rows, maxLeft));
  const margin = " ".repeat(INDENT + leftWidth + GAP);
  let text = "";
  for (const [left, right] of rows) {
    const lines = wrap(right, width - margin.length);
    const pad = leftWidth + GAP - textWidth(left);
    if (pad < GAP || lines.length === 0) text += `${" ".repeat(INDENT)}${left}\n`;
    else text += `${" ".repeat(INDENT)}${left}${" ".repeat(pad)}${lines.shift()}\n`;
    for (const line of lines) text += `${margin}${line}\n`;
  }
  return text;
}
