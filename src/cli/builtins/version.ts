/**
 * `trtis version`.
 *
 * @module
 */
import { type Command, defineCommand, EXIT } from "../command.ts";
import { versionText } from "../version.ts";

/** The command. */
export const command: Command = defineCommand({
  name: "version",
  summary: "show the version of this program",
  group: "tool",
  examples: [{ text: "Show the version", command: "trtis version" }],
  flags: {},
  run(_options, _positionals, { terminal }) {
    terminal.out(versionText());
    return Promise.resolve(EXIT.ok);
  },
});
