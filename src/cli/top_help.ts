/**
 * The help of the program as a whole.
 *
 * @module
 */
import type { Program } from "./entry.ts";
import { GROUPS, namesOf } from "./entry.ts";
import { ENVIRONMENT } from "./environment.ts";
import {
  exitCodes,
  heading,
  helpColumns,
  helpSections,
  type HelpStyle,
  usageLine,
} from "./help.ts";
import { paragraph } from "./layout.ts";

/** What the program is, in one sentence. */
export const PURPOSE =
  "trtis sends requests to NVIDIA's inference server (TensorRT Inference Server r19.07 or " +
  "Triton 2.x), shows the answers, and measures how fast they come.";

const GLOBAL_FLAGS = [
  ["-h, --help", "show this help; after a command, show the help of that command"],
  ["-V, --version", "show the version of this program"],
] as const;

/** The help that `trtis --help` prints. */
export function topHelp({ entries, examples }: Program, style: HelpStyle): string {
  const blocks = [paragraph(PURPOSE, style.width)];
  const copies = examples.map(({ text, command }) =>
    `${paragraph(text, style.width, 2)}    ${command}\n`
  );
  if (copies.length > 0) blocks.push(heading("Examples:", style) + copies.join(""));
  blocks.push(usageLine("trtis COMMAND [OPTIONS] [ARGUMENTS]", style));
  const groups = GROUPS.map(([group, title]) => {
    const rows = entries.filter((entry) => entry.group === group)
      .map((entry) => [namesOf(entry).join(", "), entry.summary] as const);
    return [title, rows] as const;
  });
  blocks.push(...helpSections(groups, style));
  blocks.push(heading("Options:", style) + helpColumns(GLOBAL_FLAGS, style));
  blocks.push(heading("Environment:", style) + helpColumns(ENVIRONMENT, style));
  blocks.push(paragraph(exitCodes(), style.width));
  blocks.push(paragraph("See `trtis help COMMAND` for the options of a command.", style.width));
  return blocks.join("\n");
}
