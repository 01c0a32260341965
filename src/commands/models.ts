/**
 * `trtis models`: what a v2 server's repository holds; load and unload a model.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { toJson } from "../base/json.ts";
import type { InferenceClient } from "../client/inference_client.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import type { ModelVersionState, QueryOptions } from "../protocol/types.ts";
import { openClient, requestTimeoutMs, type ServerFlagOptions } from "./shared/connection.ts";
import { formatTable } from "./shared/status_table.ts";

/** What can be asked for beside the index. */
type Action = "index" | "load" | "unload";

/** The command. */
export const command = defineCommand({
  name: "models",
  summary: "list the models of a v2 server's repository; load and unload them",
  group: "inspect",
  examples: [
    { text: "List the models and their state", command: "trtis models" },
    {
      text: "Load a model, or reload it after a change",
      command: "trtis models load resnet50",
    },
    { text: "Unload a model", command: "trtis models unload resnet50 -u gpu-box:8000" },
  ],
  positionals: [
    {
      name: "ACTION",
      help: "what to do (default: index)",
      choices: ["index", "load", "unload"],
    },
    { name: "MODEL", help: "the model to load or unload" },
  ],
  flags: {
    json: { kind: "boolean", long: "json", help: "print JSON" },
    ...serverFlags,
  },
  notes: [
    "Loading and unloading need a Triton that was started with --model-control-mode=explicit. An " +
    "r19.07 server has no such requests; use: trtis status.",
  ],
  async run(options, [action = "index", name], { terminal, signal }) {
    checkName(action as Action, name);
    await using client = await openRepository(options, signal);
    const query = { signal, timeoutMs: requestTimeoutMs(options) };
    if (action === "index") {
      const models = await indexOf(client, query);
      terminal.out(options.json ? toJson(models, 2) + "\n" : indexTable(models));
      return EXIT.ok;
    }
    if (action === "load") await client.loadModel(name!, query);
    else await client.unloadModel(name!, query);
    terminal.out(options.json ? toJson({ model: name, action }) + "\n" : `${action}ed ${name}\n`);
    return EXIT.ok;
  },
});

/** The repository is v2's, so a server that speaks both protocols is asked in v2. */
async function openRepository(
  options: ServerFlagOptions,
  signal: AbortSignal,
): Promise<InferenceClient> {
  const client = await openClient(options, signal);
  if (options.api !== "auto" || client.api === "v2") return client;
  const asV2 = await openClient({ ...options, api: "v2" }, signal);
  const speaksV2 = await asV2.live({ signal, timeoutMs: requestTimeoutMs(options) })
    .catch(() => false);
  (speaksV2 ? client : asV2).close();
  return speaksV2 ? asV2 : client;
}

function checkName(action: Action, name: string | undefined): void {
  if (action === "index" && name !== undefined) {
    throw new InferenceError("USAGE", `Cannot use "${name}": index takes no model`);
  }
  if (action !== "index" && name === undefined) {
    throw new InferenceError("USAGE", `Cannot ${action} a model: name one`);
  }
}

async function indexOf(client: InferenceClient, query: QueryOptions): Promise<ModelVersionState[]> {
  const models = [...await client.repositoryIndex(query)];
  return models.sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : Number(a.version) - Number(b.version)
  );
}

/** A row for each version; a model that was never loaded has none. */
function indexTable(models: readonly ModelVersionState[]): string {
  if (models.length === 0) return "no models\n";
  const hasReasons = models.some(({ reason }) => reason);
  const rows = models.map(({ name, version, state, reason = "" }) => [
    name,
    version || "-",
    state,
    ...(hasReasons ? [reason.replace(/\s+/g, " ").trim()] : []),
  ]);
  return formatTable([["MODEL", "VERSION", "STATE", ...(hasReasons ? ["REASON"] : [])], ...rows]);
}
