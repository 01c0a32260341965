/**
 * From a description of servers to what a load is sent over: plain data, as a worker gets it.
 *
 * @module
 */
import { type Credential, CredentialKeeper } from "../../base/credential.ts";
import type { Balance } from "../../client/backends.ts";
import { connectProtocol, type ProtocolDescription } from "../../client/connect.ts";
import type { Protocol } from "../../protocol/types.ts";
import type { Connected } from "./fleet.ts";

/** One server, or several that are alike but for their addresses. */
export interface FleetDescription extends ProtocolDescription {
  /** Addresses, `url` among them; undefined = that one. */
  readonly urls?: readonly string[];
  /** @default {"round-robin"} */
  readonly balance?: Balance;
  /** Where the secret among the headers is; it is read again when a server refuses it. */
  readonly credential?: Credential;
}

/** @throws {InferenceError} as `connectProtocol` */
export async function connectFleet(description: FleetDescription): Promise<Connected> {
  const { urls: several, balance = "round-robin", credential, ...one } = description;
  // What is outstanding has to be at the server: a request that waits for a connection loads nothing.
  const each = { maxConnections: Infinity, ...one };
  if (several === undefined && credential === undefined) return await connectProtocol(each);
  const urls = several ?? [each.url];
  const header = each.headers?.find(([name]) => name === "Authorization");
  const keeper = credential && new CredentialKeeper(credential, header);
  const protocols: Protocol[] = [];
  try {
    for (const url of urls) protocols.push(await connectProtocol({ ...each, url }));
  } catch (error) {
    for (const protocol of protocols) protocol.close();
    throw error;
  }
  return { protocols, balance, keeper };
}
