/**
 * From the server flags to a client.
 *
 * @module
 */
import { parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import { InferenceClient } from "../client/inference_client.ts";
import { DEFAULT_PORT, type ProtocolDescription } from "../client/connect.ts";
import type { OptionsOf } from "../command/flag.ts";
import { parseHeaders, type serverFlags } from "../command/server_flags.ts";
import type { TlsOptions } from "../transport/types.ts";
import { fileError } from "./file_error.ts";

/** What the server flags give. */
export type ServerOptions = OptionsOf<typeof serverFlags>;

/**
 * What the flags say of the server.
 *
 * @throws {InferenceError} USAGE for a bad header, FILE for a certificate that can't be read
 */
export async function describeServer(options: ServerOptions): Promise<ProtocolDescription> {
  const wire = options.protocol;
  const url = options.url ?? `localhost:${DEFAULT_PORT[wire]}`;
  const tls = await readTls(options);
  return {
    url,
    wire,
    api: options.api,
    headers: parseHeaders(options.headers),
    tls: tls ?? (parseAddress(url, DEFAULT_PORT[wire]).tls ? {} : undefined),
    grpcChannel: options.grpcChannel,
  };
}

/** A client for the server that the flags name. @throws {InferenceError} as the flags or the server give cause */
export async function openClient(options: ServerOptions): Promise<InferenceClient> {
  return await connectClient(await describeServer(options));
}

/** A client for a server. @throws {InferenceError} as the server gives cause */
export async function connectClient(server: ProtocolDescription): Promise<InferenceClient> {
  try {
    return await InferenceClient.connect(server);
  } catch (error) {
    if (!(error instanceof InferenceError) || error.code !== "CONNECTION") throw error;
    const hint = "`trtis serve` starts a server to try things with";
    throw new InferenceError("CONNECTION", error.message, {
      address: error.address,
      hint: error.hint === undefined ? hint : `${error.hint}; ${hint}`,
      cause: error,
    });
  }
}

/** The time limit of one request in milliseconds, if one was given. */
export function requestTimeoutMs(options: Pick<ServerOptions, "timeout">): number | undefined {
  return options.timeout === undefined ? undefined : options.timeout * 1000;
}

async function readTls(options: ServerOptions): Promise<TlsOptions | undefined> {
  const { ca, cert, key, serverName } = options;
  if ((cert === undefined) !== (key === undefined)) {
    throw new InferenceError("USAGE", "A client certificate needs both --cert and --key");
  }
  const asked = options.tls || [ca, cert, serverName].some((value) => value !== undefined);
  if (!asked) return undefined;
  return {
    ca: await readPem(ca, "--ca"),
    cert: await readPem(cert, "--cert"),
    key: await readPem(key, "--key"),
    serverName,
  };
}

async function readPem(path: string | undefined, flag: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw fileError(error, `Cannot read ${flag} ${path}`);
  }
}
