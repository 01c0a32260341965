/**
 * `trtis serve`: the embedded server.
 *
 * @module
 */
import { defineCommand, EXIT } from "../cli/command.ts";
import { builtinModels } from "../server/models/mod.ts";
import { startServer } from "../server/server.ts";

/** The command. */
export const command = defineCommand({
  name: "serve",
  summary: "run the embedded server, with models to try every command",
  group: "server",
  examples: [
    { text: "On the usual ports, for this machine only", command: "trtis serve" },
    {
      text: "On free ports, logging every request",
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
      help: "port for HTTP; 0 picks a free one",
    },
    grpcPort: {
      kind: "integer",
      long: "grpc-port",
      value: "PORT",
      default: 8001,
      min: 0,
      max: 65535,
      help: "port for gRPC; 0 picks a free one",
    },
    cors: {
      kind: "string",
      long: "cors",
      value: "ORIGIN",
      help: "let web pages of this origin use the server; * lets every page",
    },
    maxBody: {
      kind: "integer",
      long: "max-body",
      value: "MIB",
      default: 256,
      min: 1,
      max: 2047,
      help: "longest request body or gRPC message that is taken, in MiB",
    },
    maxConnections: {
      kind: "integer",
      long: "max-connections",
      value: "N",
      default: 4096,
      min: 1,
      help: "connections at a time on each port; more are closed as they come",
    },
    sharedMemory: {
      kind: "choice",
      long: "shared-memory",
      choices: ["none", "system"],
      default: "none",
      help: "system lets clients on this machine share memory with the server (v2, Linux)",
    },
    log: { kind: "boolean", long: "log", help: "log each request to standard error" },
  },
  notes: [
    "The server stops on Ctrl-C or SIGTERM, once the requests in progress are answered. There is no authentication: " +
    "listen on other addresses only in a network where anyone may use it.",
  ],
  async run(options, _positionals, { terminal, signal }) {
    const server = await startServer({
      host: options.host,
      httpPort: options.httpPort,
      grpcPort: options.grpcPort,
      cors: options.cors,
      sharedMemory: options.sharedMemory === "system",
      limits: {
        maxBodyBytes: options.maxBody * 2 ** 20,
        maxConnections: options.maxConnections,
      },
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
