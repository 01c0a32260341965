/**
 * Completion for fish.
 *
 * @module
 */
import type { CommandCompletion, Completable, FlagCompletion } from "./model.ts";

/** The script. */
export function fishCompletion(commands: readonly CommandCompletion[]): string {
  const lines = ["# fish completion for trtis", "complete -c trtis -f"];
  const first = "-n __fish_use_subcommand";
  lines.push(`complete -c trtis ${first} -s h -l help -d ${quote("show help")}`);
  lines.push(`complete -c trtis ${first} -s V -l version -d ${quote("show the version")}`);
  for (const { names, summary } of commands) {
    for (const name of names) {
      lines.push(`complete -c trtis ${first} -a ${name} -d ${quote(summary)}`);
    }
  }
  for (const command of commands) {
    const seen = `-n ${quote(`__fish_seen_subcommand_from ${command.names.join(" ")}`)}`;
    for (const flag of command.flags) {
      lines.push(`complete -c trtis ${seen} ${flagWords(flag)} -d ${quote(flag.help)}`);
    }
    const positional = command.positionals.find((one) => one.path || one.choices);
    if (positional) lines.push(`complete -c trtis ${seen} ${action(positional)}`);
  }
  return `${lines.join("\n")}\n`;
}

function flagWords(flag: FlagCompletion): string {
  const words = [...flag.short ? [`-s ${flag.short}`] : [], `-l ${flag.long}`];
  if (flag.value !== "") words.push("-r", action(flag));
  return words.join(" ");
}

function action({ choices, path }: Completable): string {
  if (choices) return `-f -a ${quote(choices.join(" "))}`;
  if (path === "directory") return `-f -a ${quote("(__fish_complete_directories)")}`;
  return path === "file" ? "-F" : "-f";
}

function quote(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}
