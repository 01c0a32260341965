/**
 * The main module of a load worker.
 *
 * @module
 */
import { connectProtocol, type ProtocolDescription } from "../../client/connect.ts";
import type { MessagePortLike } from "./messages.ts";
import { serveLoad } from "./worker.ts";

serveLoad(
  self as unknown as MessagePortLike,
  (connection) => connectProtocol(connection as ProtocolDescription),
);
