/**
 * `trtis simple_string_client`: string tensors.
 *
 * @module
 */
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { openClient, requestTimeoutMs } from "./shared/connection.ts";
import { openModel } from "./shared/open_model.ts";
import { addSubLines, addSubStringRequest } from "./simple/add_sub.ts";

/** The command. */
export const command = defineCommand({
  name: "simple_string_client",
  summary: "send string tensors to the model simple_string",
  group: "examples",
  examples: [{ text: "Against the embedded server", command: "trtis simple_string_client" }],
  flags: { ...serverFlags },
  notes: [
    "The model takes two inputs of 16 strings that are numbers, and returns sums and differences as strings.",
  ],
  async run(options, _positionals, { terminal, signal }) {
    await using client = await openClient(options, signal);
    const model = await openModel(client, "simple_string", undefined, signal);
    const result = await model.infer({
      ...addSubStringRequest(),
      signal,
      timeoutMs: requestTimeoutMs(options),
    });
    terminal.out(addSubLines(result));
    return EXIT.ok;
  },
});
