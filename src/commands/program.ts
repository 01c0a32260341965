/**
 * The table of commands.
 *
 * @module
 */
import type { Example } from "../cli/command.ts";
import { withBuiltins } from "../cli/builtins/table.ts";
import type { CommandEntry, Program } from "../cli/entry.ts";

/** One row a command; the words are those of the command's own module (held together by a test). */
const ENTRIES: readonly CommandEntry[] = [
  {
    name: "image_client",
    summary: "classify images: files or whole directories",
    group: "classify",
    program: true,
    load: () => import("./image_client.ts"),
  },
  {
    name: "grpc_image_client",
    summary: "classify images on the generated gRPC stubs, without the client library",
    group: "classify",
    program: true,
    load: () => import("./grpc_image_client.ts"),
  },
  {
    name: "ensemble_image_client",
    summary: "classify images with an ensemble that decodes them on the server",
    group: "classify",
    program: true,
    load: () => import("./ensemble_image_client.ts"),
  },
  {
    name: "perf_client",
    aliases: ["perf_analyzer"],
    summary: "measure throughput and latency of a model",
    group: "measure",
    program: true,
    load: () => import("./perf_client.ts"),
  },
  {
    name: "report",
    summary: "make a page with plots of what perf_client measured",
    group: "measure",
    load: () => import("./report.ts"),
  },
  {
    name: "compare",
    summary: "compare measurements: what is better, worse, or no real difference",
    group: "measure",
    load: () => import("./compare.ts"),
  },
  {
    name: "health",
    summary: "check whether a server is live and ready",
    group: "inspect",
    load: () => import("./health.ts"),
  },
  {
    name: "status",
    summary: "show a server's models, their state and counters",
    group: "inspect",
    load: () => import("./status.ts"),
  },
  {
    name: "types",
    summary: "write the inputs and outputs of models as TypeScript types",
    group: "inspect",
    load: () => import("./types.ts"),
  },
  {
    name: "models",
    summary: "list the models of a v2 server's repository; load and unload them",
    group: "inspect",
    load: () => import("./models.ts"),
  },
  {
    name: "infer",
    summary: "run any model with values from the command line or files",
    group: "inspect",
    load: () => import("./infer.ts"),
  },
  {
    name: "shard",
    summary: "run a command on this task's share of the work (Slurm, MPI, Kubernetes, parallel)",
    group: "machines",
    load: async () => ({ command: (await import("./shard.ts")).shardCommand(program) }),
  },
  {
    name: "merge",
    summary: "put the results of many tasks together, as if one had done it all",
    group: "machines",
    load: () => import("./merge.ts"),
  },
  {
    name: "serve",
    summary: "run the embedded server, with models to try every command",
    group: "server",
    load: () => import("./serve.ts"),
  },
  {
    name: "simple_client",
    summary: "check health and status, then add and subtract with the model simple",
    group: "examples",
    program: true,
    load: () => import("./simple_client.ts"),
  },
  {
    name: "simple_string_client",
    summary: "send string tensors to the model simple_string",
    group: "examples",
    program: true,
    load: () => import("./simple_string_client.ts"),
  },
  {
    name: "simple_sequence_client",
    summary: "run two sequences of the model simple_sequence, one over a gRPC stream",
    group: "examples",
    program: true,
    load: () => import("./simple_sequence_client.ts"),
  },
  {
    name: "simple_callback_client",
    summary: "send requests whose answers arrive by callback",
    group: "examples",
    program: true,
    load: () => import("./simple_callback_client.ts"),
  },
];

/** What a stranger should try first; shown at the top of the help. */
const EXAMPLES: readonly Example[] = [
  { text: "Start the embedded server in one terminal", command: "trtis serve" },
  { text: "Measure a model in another", command: "trtis perf_client -m simple -i grpc -t 4" },
];

/** The program that main.ts runs. */
export const program: Program = withBuiltins(ENTRIES, EXAMPLES);
