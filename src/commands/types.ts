/**
 * `trtis types`: the inputs and outputs of a server's models as TypeScript, for `client.model`.
 *
 * @module
 */
import { writeOutput } from "../base/write_file.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import type { InferenceClient } from "../client/inference_client.ts";
import { modelTypes } from "../client/model_types.ts";
import type { QueryOptions } from "../protocol/types.ts";
import { askAboutModel } from "./shared/open_model.ts";
import { openClient, requestTimeoutMs } from "./shared/connection.ts";
import { serverFlags } from "./shared/server_flags.ts";

/** The command. */
export const command = defineCommand({
  name: "types",
  summary: "write the inputs and outputs of models as TypeScript types",
  group: "inspect",
  examples: [
    { text: "All models of a server", command: "trtis types -o models.ts" },
    { text: "Two of them", command: "trtis types -m simple -m resnet50 -u gpu-box:8000" },
  ],
  flags: {
    models: {
      kind: "list",
      long: "model",
      short: "m",
      value: "NAME",
      help: "a model to write; without this flag, all that are ready",
    },
    output: {
      kind: "string",
      long: "output",
      short: "o",
      value: "FILE",
      path: "file",
      help: "file to write, instead of standard output",
    },
    import: {
      kind: "string",
      long: "import",
      value: "MODULE",
      default: "@trtis/trtis",
      help: "how the file imports the library",
    },
    ...serverFlags,
  },
  notes: [
    'Use them as client.model<Models["NAME"]>("NAME"): the compiler then knows the names and the ' +
    "array types.",
  ],
  async run(options, _positionals, { terminal, signal }) {
    const query = { signal, timeoutMs: requestTimeoutMs(options) };
    await using client = await openClient(options, signal);
    const names = options.models.length > 0 ? options.models : await readyModels(client, query);
    const infos = [];
    for (const name of names) {
      const info = client.modelInfo(name, undefined, query);
      infos.push(await askAboutModel(client, name, signal, info));
    }
    const text = modelTypes(infos, options.import);
    if (options.output === undefined || options.output === "-") terminal.out(text);
    else {
      await writeOutput(options.output, text);
      const count = names.length === 1 ? "1 model" : `${names.length} models`;
      terminal.err(`wrote ${options.output}: ${count}\n`);
    }
    return EXIT.ok;
  },
});

async function readyModels(client: InferenceClient, query: QueryOptions): Promise<string[]> {
  const { models } = await client.status(undefined, query);
  return [...new Set(models.filter(({ state }) => state === "READY").map(({ name }) => name))]
    .sort();
}
