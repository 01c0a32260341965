/**
 * `trtis completions SHELL`.
 *
 * @module
 */
import { type Command, defineCommand, EXIT } from "../command.ts";
import { bashCompletion } from "../completions/bash.ts";
import { fishCompletion } from "../completions/fish.ts";
import { type CommandCompletion, completionOf } from "../completions/model.ts";
import { powershellCompletion } from "../completions/powershell.ts";
import { zshCompletion } from "../completions/zsh.ts";
import { namesOf, type Program } from "../entry.ts";

const SHELLS: Readonly<Record<string, (commands: readonly CommandCompletion[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

/** The command over a program. */
export function completionsCommand(program: Program): Command {
  return defineCommand({
    name: "completions",
    summary: "print the completion script of a shell",
    group: "tool",
    examples: [
      {
        text: "bash: put this line into ~/.bashrc",
        command: "source <(trtis completions bash)",
      },
      {
        text: "zsh: write it where zsh looks for completions",
        command: 'trtis completions zsh > "${fpath[1]}/_trtis"',
      },
      {
        text: "fish: write it where fish looks for completions",
        command: "trtis completions fish > ~/.config/fish/completions/trtis.fish",
      },
      {
        text: "PowerShell: put this line into $PROFILE",
        command: "trtis completions powershell | Out-String | Invoke-Expression",
      },
    ],
    flags: {},
    positionals: [
      { name: "SHELL", help: "which shell", required: true, choices: Object.keys(SHELLS) },
    ],
    async run(_options, [shell], { terminal }) {
      const modules = await Promise.all(program.entries.map((entry) => entry.load()));
      const models = modules.map(({ command }) => completionOf(command));
      terminal.out(SHELLS[shell!]!(models.map((model) => afterHelp(model, program))));
      return EXIT.ok;
    },
  });
}

/** `help` is followed by the name of a command. */
function afterHelp(model: CommandCompletion, { entries }: Program): CommandCompletion {
  if (model.name !== "help") return model;
  const choices = entries.flatMap(namesOf);
  return { ...model, positionals: model.positionals.map((one) => ({ ...one, choices })) };
}
