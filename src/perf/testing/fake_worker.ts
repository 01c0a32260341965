/**
 * A load worker whose server is a fake one in the same thread, on the system's clock. The
 * "connection" is the latency in milliseconds; a negative one can't be had.
 *
 * @module
 */
import { systemClock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import type { MessagePortLike } from "../load/messages.ts";
import { serveLoad } from "../load/worker.ts";
import { FakeServer } from "./fake_protocol.ts";

serveLoad(self as unknown as MessagePortLike, (connection) => {
  const latency = Number(connection);
  if (latency < 0) return Promise.reject(new InferenceError("CONNECTION", "no server"));
  return Promise.resolve(new FakeServer(systemClock, { latency: () => latency }).connect());
});
