/**
 * `trtis status`: what a server has and what it has done.
 *
 * @module
 */
import { toJson } from "../base/json.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { openClient, requestTimeoutMs } from "./shared/connection.ts";
import { askAboutModel } from "./shared/open_model.ts";
import { statusTable } from "./shared/status_table.ts";

/** The command. */
export const command = defineCommand({
  name: "status",
  summary: "show a server's models, their state and counters",
  group: "inspect",
  examples: [
    { text: "Everything", command: "trtis status" },
    { text: "One model as JSON", command: "trtis status --json resnet50" },
  ],
  positionals: [{ name: "MODEL", help: "show only this model" }],
  flags: {
    json: { kind: "boolean", long: "json", help: "print the server's message as JSON" },
    ...serverFlags,
  },
  notes: [
    "An r19.07 server's status is printed as its own text, as the original clients print it. " +
    "A v2 server's is printed as a table.",
  ],
  async run(options, [modelName], { terminal, signal }) {
    await using client = await openClient(options, signal);
    const query = { signal, timeoutMs: requestTimeoutMs(options) };
    const asked = client.status(modelName, query);
    const status = modelName === undefined
      ? await asked
      : await askAboutModel(client, modelName, signal, asked);
    terminal.out(
      options.json ? toJson(status.message, 2) + "\n" : status.text ?? statusTable(status),
    );
    return EXIT.ok;
  },
});
