/**
 * `trtis simple_client`: health, status and one inference.
 *
 * @module
 */
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import type { ServerStatus } from "../protocol/types.ts";
import { openClient, requestTimeoutMs } from "./shared/connection.ts";
import { openModel } from "./shared/open_model.ts";
import { addSubLines, addSubRequest } from "./simple/add_sub.ts";
import { statusTable } from "./shared/status_table.ts";

const MODEL = "simple";

/** The command. */
export const command = defineCommand({
  name: "simple_client",
  summary: "check health and status, then add and subtract with the model simple",
  group: "examples",
  examples: [
    { text: "Against the embedded server", command: "trtis simple_client" },
    { text: "Over gRPC", command: "trtis simple_client -i grpc -u localhost:8001" },
  ],
  flags: { ...serverFlags },
  async run(options, _positionals, { terminal, signal }) {
    const query = { signal, timeoutMs: requestTimeoutMs(options) };
    await using client = await openClient(options, signal);
    const live = await client.live(query);
    const ready = await client.ready(query);
    const verbose = (text: string) => options.verbose && terminal.out(text);
    if (client.wire === "grpc") verbose(`live: ${Number(live)}\nready: ${Number(ready)}\n`);
    terminal.out(`Health for model ${MODEL}:\nLive: ${Number(live)}\nReady: ${Number(ready)}\n`);
    const status = statusText(await client.status(MODEL, query));
    verbose(status);
    terminal.out(`Status for model ${MODEL}:\n${status}`);
    const model = await openModel(client, MODEL, undefined, signal);
    if (options.verbose) verbose(statusText(await client.status(MODEL, query)));
    const result = await model.infer({ ...addSubRequest(), ...query });
    terminal.out(addSubLines(result));
    return EXIT.ok;
  },
});

function statusText(status: ServerStatus): string {
  return `${status.text ?? statusTable(status)}\n`;
}
