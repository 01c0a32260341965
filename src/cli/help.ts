/**
 * The help of one command.
 *
 * @module
 */
import type { Command, Positional } from "./command.ts";
import type { Flag } from "./flag.ts";
import type { Terminal } from "./context.ts";
import { helpText, positionalText, valueName } from "./flag_text.ts";
import { leftColumn, paragraph, twoColumns } from "./layout.ts";

/** How help is set. */
export interface HelpStyle {
  readonly width: number;
  readonly color: boolean;
}

/** Terms and what they mean. */
export type HelpRows = readonly (readonly [term: string, text: string])[];

const NARROWEST = 60;
const WIDEST = 100;
const UNKNOWN_WIDTH = 80;
const MAX_LEFT = 30;

/** The style that suits a terminal: its width within reason, 80 columns for a file or pipe. */
export function helpStyle(terminal: Terminal, stream: "out" | "err" = "out"): HelpStyle {
  const [isTerminal, color] = stream === "out"
    ? [terminal.outIsTerminal, terminal.color]
    : [terminal.errIsTerminal, terminal.errColor];
  const columns = isTerminal ? terminal.columns() : UNKNOWN_WIDTH;
  return { width: Math.min(WIDEST, Math.max(NARROWEST, columns)), color };
}

/** A heading line. */
export function heading(text: string, { color }: HelpStyle): string {
  return color ? `\x1b[1m${text}\x1b[0m\n` : `${text}\n`;
}

/** `Usage: ...` with the word as a heading. */
export function usageLine(text: string, { color }: HelpStyle): string {
  return color ? `\x1b[1mUsage:\x1b[0m ${text}\n` : `Usage: ${text}\n`;
}

/** Rows in the columns of all help texts. */
export function helpColumns(
  rows: HelpRows,
  style: HelpStyle,
  minLeft?: number,
): string {
  return twoColumns(rows, { width: style.width, maxLeft: MAX_LEFT, minLeft });
}

/** Blocks with a heading each whose columns line up. */
export function helpSections(
  sections: Iterable<readonly [title: string, rows: HelpRows]>,
  style: HelpStyle,
): string[] {
  const shown = [...sections].filter(([, rows]) => rows.length > 0);
  const left = leftColumn(shown.flatMap(([, rows]) => rows), MAX_LEFT);
  return shown.map(([title, rows]) => heading(`${title}:`, style) + helpColumns(rows, style, left));
}

/** `-b, --batch-size N`. */
export function flagLabel(flag: Flag): string {
  const short = flag.short === undefined ? "    " : `-${flag.short}, `;
  const value = valueName(flag);
  return `${short}--${flag.long}${value === "" ? "" : ` ${value}`}`;
}

/** `IMAGE...` or `[IMAGE]`. */
export function positionalLabel({ name, many, required }: Positional): string {
  const label = many ? `${name}...` : name;
  return required ? label : `[${label}]`;
}

/** `trtis image_client [OPTIONS] IMAGE...`. */
export function synopsis(command: Command): string {
  const words = ["trtis", command.name];
  if (Object.keys(command.flags).length > 0) words.push("[OPTIONS]");
  return [...words, ...(command.positionals ?? []).map(positionalLabel)].join(" ");
}

/** The whole help of a command. */
export function commandHelp(command: Command, style: HelpStyle): string {
  const { width } = style;
  const blocks = [paragraph(sentence(command.summary), width)];
  if (command.examples.length > 0) {
    const title = command.examples.length === 1 ? "Example:" : "Examples:";
    const examples = command.examples.map(({ text, command }) =>
      `${paragraph(text, width, 2)}    ${command}\n`
    );
    blocks.push(heading(title, style) + examples.join(""));
  }
  blocks.push(usageLine(synopsis(command), style));
  const positionals = command.positionals ?? [];
  if (positionals.length > 0) {
    const rows = positionals.map((one) => [one.name, positionalText(one)] as const);
    blocks.push(heading("Arguments:", style) + helpColumns(rows, style));
  }
  blocks.push(...helpSections(flagSections(Object.values(command.flags)), style));
  for (const note of command.notes ?? []) blocks.push(paragraph(note, width));
  blocks.push(paragraph(exitCodes(command), width));
  return blocks.join("\n");
}

/** Flags by the heading that they stand under; `--help` closes the options. */
function flagSections(flags: readonly Flag[]): Map<string, (readonly [string, string])[]> {
  const sections = new Map<string, (readonly [string, string])[]>([["Options", []]]);
  for (const flag of flags) {
    if (flag.hidden) continue;
    const title = flag.section ?? "Options";
    if (!sections.has(title)) sections.set(title, []);
    sections.get(title)!.push([flagLabel(flag), helpText(flag)]);
  }
  sections.get("Options")!.push(["-h, --help", "show this help"]);
  return sections;
}

/** The exit codes in one sentence. */
export function exitCodes(command?: Pick<Command, "group">): string {
  const measures = command === undefined || command.group === "measure";
  const unstable = measures ? " 3 measurement not stable," : "";
  return `Exit codes: 0 ok, 1 run failed, 2 wrong command line,${unstable} 130 interrupted, 143 terminated.`;
}

/** A command's summary as a sentence. */
export function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
