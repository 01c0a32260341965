/**
 * The manual page, in roff's man macros.
 *
 * @module
 */
import type { Command, Example } from "./command.ts";
import type { Program } from "./entry.ts";
import { GROUPS } from "./entry.ts";
import { ENVIRONMENT } from "./environment.ts";
import { helpText, valueName } from "./flag_text.ts";
import { exitCodes, sentence, synopsis } from "./help.ts";
import { NO_BREAK } from "./layout.ts";
import { PURPOSE } from "./top_help.ts";
import type { Flag } from "./flag.ts";

/** The page `trtis(1)` with a section for every command. */
export function manPage(
  { examples }: Program,
  commands: readonly Command[],
  version: string,
): string {
  const blocks = [
    `.TH TRTIS 1 "" "trtis ${escape(version)}" "User Commands"\n.nh\n.ad l\n`,
    `.SH NAME\ntrtis \\- client and load generator for NVIDIA's inference servers\n`,
    `.SH SYNOPSIS\n.B trtis\n.I COMMAND\n[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]\n`,
    `.SH DESCRIPTION\n${line(PURPOSE)}`,
    `.SH EXAMPLES\n${examples.map(exampleBlock).join("")}`,
    `.SH COMMANDS\n`,
  ];
  for (const [group] of GROUPS) {
    for (const command of commands) if (command.group === group) blocks.push(section(command));
  }
  blocks.push(
    `.SH ENVIRONMENT\n`,
    ...ENVIRONMENT.map(([names, help]) =>
      term(names.split(", ").map((name) => `\\fB${escape(name)}\\fR`).join(", "), sentence(help))
    ),
    `.SH EXIT STATUS\n${line(exitCodes())}`,
  );
  return blocks.join("");
}

function section(command: Command): string {
  const { name, aliases = [], summary, flags, positionals = [], notes = [], examples } = command;
  const also = aliases.length > 0 ? ` (also ${aliases.join(", ")})` : "";
  return [
    `.SS ${escape(name)}${escape(also)}\n`,
    line(sentence(summary)),
    `.PP\n\\fB${escape(synopsis(command))}\\fR\n`,
    ...positionals.map((one) => term(`\\fI${escape(one.name)}\\fR`, one.help)),
    ...Object.values(flags).filter((flag) => !flag.hidden).map(flagTerm),
    ...notes.map((note) => `.PP\n${line(note)}`),
    ...examples.map(exampleBlock),
  ].join("");
}

function flagTerm(flag: Flag): string {
  const names = [...flag.short ? [`-${flag.short}`] : [], `--${flag.long}`];
  const value = valueName(flag);
  const label = names.map((name) => `\\fB${escape(name)}\\fR`).join(", ");
  return term(value === "" ? label : `${label} \\fI${escape(value)}\\fR`, helpText(flag));
}

function exampleBlock({ text, command }: Example): string {
  return `.PP\n${line(text)}.PP\n.RS 4\n.nf\n${line(command)}.fi\n.RE\n`;
}

function term(label: string, text: string): string {
  return `.TP\n${label}\n${line(text)}`;
}

function line(text: string): string {
  return `${escape(text)}\n`;
}

/** Dots and quotes at a line's start are requests, `-` would become a typographic hyphen. */
function escape(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll(NO_BREAK, "\\ ")
    .replace(/^([.'])/gm, "\\&$1");
}
