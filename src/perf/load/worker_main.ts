/**
 * The main module of a load worker.
 *
 * @module
 */
import { connectFleet, type FleetDescription } from "./connect_fleet.ts";
import type { MessagePortLike } from "./messages.ts";
import { serveLoad } from "./worker.ts";

serveLoad(
  self as unknown as MessagePortLike,
  (connection) => connectFleet(connection as FleetDescription),
);
