/**
 * Completion for bash, 3.2 and later.
 *
 * @module
 */
import { type CommandCompletion, type Completable, dashed } from "./model.ts";

/** The script. */
export function bashCompletion(commands: readonly CommandCompletion[]): string {
  const names = commands.flatMap((command) => command.names);
  return `# bash completion for trtis
_trtis() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" flags="" IFS=$' \\t\\n'
  COMPREPLY=()
  if [ "$COMP_CWORD" -gt 0 ]; then prev="\${COMP_WORDS[COMP_CWORD-1]}"; fi
  # bash splits --flag=value into three words
  if [ "$cur" = "=" ]; then
    cur=""
  elif [ "$prev" = "=" ] && [ "$COMP_CWORD" -gt 1 ]; then
    prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if [ "$COMP_CWORD" -le 1 ]; then
    COMPREPLY=( $(compgen -W "${[...names, "--help", "--version"].join(" ")}" -- "$cur") )
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join("")}  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=( $(compgen -W "$flags" -- "$cur") )
  fi
}
complete -o default -F _trtis trtis
`;
}

function commandCase(command: CommandCompletion): string {
  const values = command.flags.filter((flag) => flag.value !== "")
    .map((flag) => `        ${dashed(flag).join("|")}) ${action(flag)}; return ;;\n`);
  const positional = command.positionals.find((one) => one.choices);
  const words = positional ? `      if [[ "$cur" != -* ]]; then ${action(positional)}; fi\n` : "";
  const prev = values.length > 0 ? `      case "$prev" in\n${values.join("")}      esac\n` : "";
  return `    ${command.names.join("|")})
      flags="${command.flags.flatMap(dashed).join(" ")}"
${prev}${words}      ;;
`;
}

/** Leaves COMPREPLY empty where readline's own file completion is right. */
function action({ choices, path }: Completable): string {
  if (choices) return `COMPREPLY=( $(compgen -W "${choices.join(" ")}" -- "$cur") )`;
  if (path === "directory") {
    return `IFS=$'\\n'; COMPREPLY=( $(compgen -d -- "$cur") ); ` +
      `type compopt >/dev/null 2>&1 && compopt -o filenames`;
  }
  return path === "file" ? ":" : "type compopt >/dev/null 2>&1 && compopt +o default";
}
