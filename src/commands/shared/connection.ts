/**
 * From the server flags to a client.
 *
 * @module
 */
import { parseAddress } from "../../base/address.ts";
import { type Credential, credentialHeader, CredentialKeeper } from "../../base/credential.ts";
import { LONGEST_TIMER_MS } from "../../base/clock.ts";
import { readPem } from "./pem.ts";
import { findProxy } from "./proxy.ts";
import { InferenceError } from "../../base/errors.ts";
import { InferenceClient } from "../../client/inference_client.ts";
import { chooseWire } from "../../client/channel.ts";
import { DEFAULT_PORT, type ProtocolDescription } from "../../client/connect.ts";
import type { Balance } from "../../client/options.ts";
import type { OptionsOf } from "../../cli/flag.ts";
import { parseHeaders, type serverFlags } from "./server_flags.ts";
import type { Wire } from "../../protocol/types.ts";
import { type CallOptions, SYSTEM_STORE, type TlsOptions } from "../../transport/types.ts";

/** When 1, grpc-js is used on Deno too, where it may end the process. */
const UNSAFE_GRPC_JS = "TRTIS_UNSAFE_GRPC_JS";

/** What the server flags give. */
export type ServerFlagOptions = OptionsOf<typeof serverFlags>;

/** A server, or several that are alike but for their addresses. */
export interface ServerDescription extends ProtocolDescription {
  /** All addresses, `url` being the first; undefined = that one. */
  readonly urls?: readonly string[];
  readonly balance?: Balance;
  /** Where the secret is that is among the headers; it is read again when a server refuses it. */
  readonly credential?: Credential;
}

/**
 * What the flags say of the server.
 *
 * @param fallback what carries the calls when neither -i nor the address says it
 * @throws {InferenceError} USAGE for a bad header, FILE for a certificate that can't be read
 */
export async function describeServer(
  options: ServerFlagOptions,
  fallback: Wire = "http",
): Promise<ServerDescription> {
  const wire = wireOf(options, fallback);
  const credential = credentialOf(options, (name) => Deno.env.get(name));
  const urls = splitUrls(options.url ?? `localhost:${DEFAULT_PORT[wire]}`);
  checkAlike(urls, DEFAULT_PORT[wire]);
  const url = urls[0]!;
  const address = parseAddress(url, DEFAULT_PORT[wire]);
  const tls = await readTls(options) ?? (address.tls ? {} : undefined);
  const proxied = { address, wire, tls: tls !== undefined };
  return {
    url,
    ...urls.length > 1 && { urls, balance: options.balance },
    wire,
    api: options.api,
    headers: [
      ...parseHeaders(options.headers),
      ...credential === undefined ? [] : [await credentialHeader(credential)],
    ],
    credential,
    tls,
    authority: options.authority,
    proxy: findProxy(options, proxied, (name) => Deno.env.get(name))?.url,
    grpcChannel: options.grpcChannel,
    unsafeGrpcJs: Deno.env.get(UNSAFE_GRPC_JS) === "1",
    inputTensorFormat: options.inputTensorFormat,
    outputTensorFormat: options.outputTensorFormat,
    connectTimeoutMs: connectTimeoutMs(options),
  };
}

/** What is sent is the same for all servers: their addresses may differ in host and port alone. */
function checkAlike(urls: readonly string[], port: number): void {
  const [first, ...others] = urls.map((url) => parseAddress(url, port));
  for (const { tls, basePath } of others) {
    if (tls !== first!.tls) {
      throw new InferenceError("USAGE", "Cannot use addresses with and without TLS together");
    }
    if (basePath !== first!.basePath) {
      throw new InferenceError("USAGE", "Cannot use addresses with different paths together");
    }
  }
}

/**
 * The addresses of `-u A,B,C`.
 *
 * @throws {InferenceError} USAGE for an empty one, or one that is there twice
 */
export function splitUrls(text: string): string[] {
  const urls = text.split(",").map((url) => url.trim());
  const twice = urls.find((url, i) => urls.indexOf(url) < i);
  if (urls.length === 1 || (twice === undefined && !urls.includes(""))) return urls;
  const why = urls.includes("") ? "an address is empty" : `${twice} is there twice`;
  throw new InferenceError("USAGE", `Cannot use the addresses "${text}": ${why}`);
}

/** For commands that ask one server. @throws {InferenceError} USAGE for several addresses */
export function checkOneServer(urls: readonly string[] | undefined): void {
  if (urls === undefined || urls.length < 2) return;
  throw new InferenceError("USAGE", "Cannot use several addresses: this command asks one server");
}

/** Variables that hold a secret, where no flag names a file. */
const VARIABLES = { bearer: "TRTIS_TOKEN", basic: "TRTIS_BASIC" } as const;

/**
 * Where the secret is that every request carries, if there is one.
 *
 * @throws {InferenceError} USAGE when there are several
 */
export function credentialOf(
  { headers, tokenFile, basicFile }: Pick<
    ServerFlagOptions,
    "headers" | "tokenFile" | "basicFile"
  >,
  env: (name: string) => string | undefined,
): Credential | undefined {
  const own = parseHeaders(headers).some(([name]) => name.toLowerCase() === "authorization");
  const files = [tokenFile, basicFile].filter((path) => path !== undefined);
  if (files.length + (own ? 1 : 0) > 1) {
    throw new InferenceError(
      "USAGE",
      "Give one of --token-file, --basic-file and an Authorization header",
    );
  }
  if (tokenFile !== undefined) return { kind: "bearer", from: "file", name: tokenFile };
  if (basicFile !== undefined) return { kind: "basic", from: "file", name: basicFile };
  if (own) return undefined;
  const set = (["bearer", "basic"] as const).filter((kind) => env(VARIABLES[kind]));
  if (set.length > 1) {
    throw new InferenceError("USAGE", "TRTIS_TOKEN and TRTIS_BASIC are both set: unset one");
  }
  const [kind] = set;
  return kind && { kind, from: "environment", name: VARIABLES[kind] };
}

/** For connecting: never longer than a request may take, unless it was asked for. */
function connectTimeoutMs(
  { timeout, connectTimeout }: ServerFlagOptions,
): number | undefined {
  const seconds = connectTimeout ?? (timeout === undefined ? undefined : Math.min(timeout, 10));
  // 0 is no limit; the transports have none for as long as a timer runs.
  return seconds === undefined ? undefined : seconds === 0 ? LONGEST_TIMER_MS : seconds * 1000;
}

/**
 * A client for the server that the flags name.
 *
 * @param signal ends connecting
 * @throws {InferenceError} as the flags or the server give cause
 */
export async function openClient(
  options: ServerFlagOptions,
  signal: AbortSignal,
  fallback?: Wire,
): Promise<InferenceClient> {
  checkOneServer(splitUrls(options.url ?? ""));
  return await openClients(options, signal, fallback);
}

/**
 * The same for a command that spreads its requests over all servers that are named.
 *
 * @throws {InferenceError} as the flags or the servers give cause
 */
export async function openClients(
  options: ServerFlagOptions,
  signal: AbortSignal,
  fallback?: Wire,
): Promise<InferenceClient> {
  const limits = { signal, timeoutMs: requestTimeoutMs(options) };
  return await connectClient(await describeServer(options, fallback), limits);
}

/**
 * HTTP or gRPC, as -i or the address says.
 *
 * @throws {InferenceError} USAGE when the two contradict one another
 */
export function wireOf(
  { url, protocol }: Pick<ServerFlagOptions, "url" | "protocol">,
  fallback: Wire = "http",
): Wire {
  const wires = splitUrls(url ?? "").map((one) => chooseWire(one, protocol, fallback));
  if (new Set(wires).size === 1) return wires[0]!;
  throw new InferenceError("USAGE", "Cannot use HTTP and gRPC addresses together");
}

/**
 * A client for a server.
 *
 * @param limits `signal` ends connecting, `timeoutMs` is the limit of each request and question
 * @throws {InferenceError} as the server gives cause
 */
export async function connectClient(
  server: ServerDescription,
  limits: Pick<CallOptions, "signal" | "timeoutMs"> = {},
): Promise<InferenceClient> {
  try {
    const { urls, credential, ...each } = server;
    const url = urls ?? each.url;
    if (credential === undefined) return await InferenceClient.connect({ ...each, url, ...limits });
    const keeper = new CredentialKeeper(credential);
    const others = each.headers?.filter(([name]) => name !== "Authorization") ?? [];
    return await InferenceClient.connect({
      ...each,
      url,
      ...limits,
      headers: async () => [...others, await keeper.header()],
      onRefused: () => keeper.renew(),
    });
  } catch (error) {
    if (!(error instanceof InferenceError) || error.code !== "CONNECTION") throw error;
    // Where something else is to be mended, another server is no help.
    if (error.remedy !== undefined) throw error;
    const hint = "`trtis serve` starts a server you can try things on";
    throw new InferenceError("CONNECTION", error.message, {
      ...error,
      hint: error.hint === undefined ? hint : `${error.hint}; ${hint}`,
      cause: error,
    });
  }
}

/** The time limit of one request in milliseconds, if one was given. */
export function requestTimeoutMs(options: Pick<ServerFlagOptions, "timeout">): number | undefined {
  return options.timeout === undefined ? undefined : options.timeout * 1000;
}

async function readTls(options: ServerFlagOptions): Promise<TlsOptions | undefined> {
  const { ca, cert, key, serverName, insecure } = options;
  if ((cert === undefined) !== (key === undefined)) {
    throw new InferenceError("USAGE", "A client certificate needs both --cert and --key");
  }
  const asked = options.tls || insecure ||
    [ca, cert, serverName].some((value) => value !== undefined);
  if (!asked) return undefined;
  return {
    ca: ca === SYSTEM_STORE ? ca : await readPem(ca, "--ca", "certificate"),
    insecure,
    cert: await readPem(cert, "--cert", "certificate"),
    key: await readPem(key, "--key", "key"),
    serverName,
  };
}
