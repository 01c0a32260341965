/**
 * Completion for zsh.
 *
 * @module
 */
import type { CommandCompletion, Completable, FlagCompletion } from "./model.ts";

/** The script; works as a file `_trtis` in `fpath` and with `source`. */
export function zshCompletion(commands: readonly CommandCompletion[]): string {
  const described = commands.flatMap(({ names, summary }) =>
    names.map((name) => `    ${quote(`${name}:${summary}`)}\n`)
  );
  return `#compdef trtis
_trtis() {
  local -a commands
  commands=(
${described.join("")}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _values option --help --version
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(commandCase).join("")}  esac
}
if [ "$funcstack[1]" = _trtis ]; then _trtis "$@"; else compdef _trtis trtis; fi
`;
}

function commandCase(command: CommandCompletion): string {
  const specs = [
    ...command.flags.map(flagSpec),
    ...command.positionals.map((one) =>
      quote(`${one.many ? "*" : ""}:${escape(one.name)}:${action(one)}`)
    ),
  ];
  const lines = specs.map((spec) => ` \\\n        ${spec}`).join("");
  return `    ${command.names.join("|")})
      _arguments -s -S${lines}
      ;;
`;
}

/** One spec for both names: `(-b --batch-size)'{-b+,--batch-size=}'[help]:N:`. */
function flagSpec(flag: FlagCompletion): string {
  const { short, long, repeatable } = flag;
  const takes = flag.value !== "";
  const names = [...short ? [`-${short}${takes ? "+" : ""}`] : [], `--${long}${takes ? "=" : ""}`];
  const others = names.length > 1 ? `(-${short} --${long})` : "";
  const before = repeatable ? "*" : others;
  const value = takes ? `:${escape(flag.value)}:${action(flag)}` : "";
  const after = `[${escape(flag.help)}]${value}`;
  if (names.length === 1) return quote(`${before}${names[0]}${after}`);
  return `${quote(before)}{${names.join(",")}}${quote(after)}`;
}

function action({ choices, path }: Completable): string {
  if (choices) return `(${choices.join(" ")})`;
  if (path === "directory") return "_files -/";
  return path === "file" ? "_files" : " ";
}

function escape(text: string): string {
  return text.replace(/[\\[\]:]/g, "\\$&");
}

function quote(text: string): string {
  return text === "" ? "" : `'${text.replaceAll("'", "'\\''")}'`;
}
