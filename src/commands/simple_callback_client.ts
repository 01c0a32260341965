/**
 * `trtis simple_callback_client`: answers by callback, and one kept for later.
 *
 * @module
 */
import type { InferModel } from "../client/model.ts";
import type { InferOptions } from "../client/request.ts";
import type { InferResult } from "../client/result.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { openClient, requestTimeoutMs } from "./shared/connection.ts";
import { openModel } from "./shared/open_model.ts";
import { addSubLines, addSubRequest } from "./simple/add_sub.ts";

const REPEAT = 2;

/** The command. */
export const command = defineCommand({
  name: "simple_callback_client",
  summary: "send requests whose answers arrive by callback",
  group: "examples",
  examples: [{ text: "Against the embedded server", command: "trtis simple_callback_client" }],
  flags: { ...serverFlags },
  async run(options, _positionals, { terminal, signal }) {
    await using client = await openClient(options, signal);
    const model = await openModel(client, "simple", undefined, signal);
    const request = { ...addSubRequest(), signal, timeoutMs: requestTimeoutMs(options) };
    // Sent one after the other without waiting; each calls back when its answer is there.
    const calls = Array.from({ length: REPEAT }, (_, i) =>
      call(model, request, (result) => {
        terminal.out(`Callback no.${i} is called\n${addSubLines(result)}`);
      }));
    await Promise.all(calls);
    terminal.out("All done\n");
    let deferred: InferResult | undefined;
    await call(model, request, (result) => deferred = result);
    terminal.out("Getting results from deferred response\n");
    terminal.out(addSubLines(deferred!));
    return EXIT.ok;
  },
});

/** Infers and hands the result to `callback`; the promise fails when the callback throws. */
async function call(
  model: InferModel,
  request: InferOptions,
  callback: (result: InferResult) => void,
): Promise<void> {
  callback(await model.infer(request));
}
