/**
 * `trtis serve`: the embedded server.
 *
 * @module
 */
import { defineCommand, EXIT } from "../command/command.ts";
import { builtinModels } from "../server/models/mod.ts";
import { startServer } from "../server/server.ts";

/** The command. */
export const command = defineCommand({
  name: "serve",
  summary: "run the embedded server, with models for trying every command",
  group: "server",
  examples: [
    { text: "On the usual ports, this machine only", command: "trtis serve" },
    {
      text: "On free ports, with a line for each request",
      command: "trtis serve --http-port 0 --grpc-port 0 --log",
    },
  ],
  flags: {
    host: {
      kind: "string",
      long: "host",
      value: "ADDRESS",
      default: "127.0.0.1",
      help: "address to listen on",
    },
    httpPort: {
      kind: "integer",
      long: "http-port",
      value: "PORT",
      default: 8000,
      min: 0,
      max: 65535,
      help: "port for HTTP; 0 takes a free one",
    },
    grpcPort: {
      kind: "integer",
      long: "grpc-port",
      value: "PORT",
      default: 8001,
      min: 0,
      max: 65535,
      help: "port for gRPC; 0 takes a free one",
    },
    log: { kind: "boolean", long: "log", help: "print a line for each request on standard error" },
  },
  notes: [
    "The server stops on Ctrl-C or SIGTERM, after the requests under way. There is no authentication: " +
    "listen on another address than this machine's only where everybody may use it.",
  ],
  async run(options, _positionals, { terminal, signal }) {
    const server = await startServer({
      host: options.host,
      httpPort: options.httpPort,
      grpcPort: options.grpcPort,
      log: options.log ? (line) => terminal.err(line + "\n") : undefined,
    });
    try {
      terminal.out(
        `HTTP  http://${server.httpAddress}\ngRPC  ${server.grpcAddress}\n` +
          `models: ${
            builtinModels().map(({ config }) => config.name).join(", ")
          }\nCtrl-C stops the server.\n`,
      );
      await aborted(signal);
    } finally {
      await server.close();
    }
    return EXIT.ok;
  },
});

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
