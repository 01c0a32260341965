/**
 * `trtis health`: is the server up, does it take requests.
 *
 * @module
 */
import { toJson } from "../base/json.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { openClient, requestTimeoutMs } from "./shared/connection.ts";

/** The command. */
export const command = defineCommand({
  name: "health",
  summary: "check whether a server is live and ready",
  group: "inspect",
  examples: [
    { text: "A server on this machine", command: "trtis health" },
    { text: "One model, over gRPC", command: "trtis health -i grpc -u gpu-box:8001 resnet50" },
  ],
  positionals: [{ name: "MODEL", help: "check this model too" }],
  flags: {
    json: { kind: "boolean", long: "json", help: "print JSON" },
    ...serverFlags,
  },
  notes: ["The exit code is 0 if everything you asked about is ready, 1 otherwise."],
  async run(options, [modelName], { terminal, signal }) {
    const query = { signal, timeoutMs: requestTimeoutMs(options) };
    await using client = await openClient(options, signal);
    const live = await client.live(query);
    const ready = await client.ready(query);
    const model = modelName === undefined
      ? undefined
      : { name: modelName, ready: await client.modelReady(modelName, undefined, query) };
    if (options.json) {
      const { api, wire, address } = client;
      terminal.out(toJson({ address, protocol: wire, api, live, ready, model }) + "\n");
    } else {
      terminal.out(`live: ${live}\nready: ${ready}\n`);
      if (model) terminal.out(`model ${model.name} ready: ${model.ready}\n`);
    }
    return live && ready && (model?.ready ?? true) ? EXIT.ok : EXIT.failed;
  },
});
