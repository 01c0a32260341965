/**
 * The table of commands.
 *
 * @module
 */
import type { Example } from "../command/command.ts";
import { withBuiltins } from "./builtins/table.ts";
import type { CommandEntry, Program } from "./entry.ts";

/** One row a command; the words are those of the command's own module (held together by a test). */
const ENTRIES: readonly CommandEntry[] = [
  {
    name: "image_client",
    summary: "classify a picture or a directory of pictures",
    group: "classify",
    program: true,
    load: () => import("../commands/image_client.ts"),
  },
  {
    name: "grpc_image_client",
    summary: "classify pictures with the generated gRPC stubs, without the client library",
    group: "classify",
    program: true,
    load: () => import("../commands/grpc_image_client.ts"),
  },
  {
    name: "ensemble_image_client",
    summary: "classify pictures with an ensemble that decodes them on the server",
    group: "classify",
    program: true,
    load: () => import("../commands/ensemble_image_client.ts"),
  },
  {
    name: "perf_client",
    aliases: ["perf_analyzer"],
    summary: "measure throughput and latency of a model",
    group: "measure",
    program: true,
    load: () => import("../commands/perf_client.ts"),
  },
  {
    name: "health",
    summary: "ask whether a server is live and ready",
    group: "inspect",
    load: () => import("../commands/health.ts"),
  },
  {
    name: "status",
    summary: "show a server's models, their state and counters",
    group: "inspect",
    load: () => import("../commands/status.ts"),
  },
  {
    name: "models",
    summary: "list the models of a v2 server's repository; load and unload them",
    group: "inspect",
    load: () => import("../commands/models.ts"),
  },
  {
    name: "infer",
    summary: "run any model with values from the command line or from files",
    group: "inspect",
    load: () => import("../commands/infer.ts"),
  },
  {
    name: "serve",
    summary: "run the embedded server, with models for trying every command",
    group: "server",
    load: () => import("../commands/serve.ts"),
  },
  {
    name: "simple_client",
    summary: "ask for health and status, then add and subtract with the model simple",
    group: "examples",
    program: true,
    load: () => import("../commands/simple_client.ts"),
  },
  {
    name: "simple_string_client",
    summary: "send string tensors to the model simple_string",
    group: "examples",
    program: true,
    load: () => import("../commands/simple_string_client.ts"),
  },
  {
    name: "simple_sequence_client",
    summary: "run two sequences of the model simple_sequence, one over a gRPC stream",
    group: "examples",
    program: true,
    load: () => import("../commands/simple_sequence_client.ts"),
  },
  {
    name: "simple_callback_client",
    summary: "send requests whose answers come by callback",
    group: "examples",
    program: true,
    load: () => import("../commands/simple_callback_client.ts"),
  },
];

/** What a stranger should try first; shown at the top of the help. */
const EXAMPLES: readonly Example[] = [
  { text: "Start the embedded server in one terminal", command: "trtis serve" },
  { text: "Classify pictures in another", command: "trtis image_client -m colors -c 3 photos/" },
];

/** The program that main.ts runs. */
export const program: Program = withBuiltins(ENTRIES, EXAMPLES);
