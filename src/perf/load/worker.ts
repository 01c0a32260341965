/**
 * A load thread in a worker, seen from inside; `worker_main.ts` is the worker's own module.
 *
 * @module
 */
import { type Clock, systemClock } from "../../base/clock.ts";
import { toInferenceError } from "../../base/errors.ts";
import type { Chunk } from "../samples.ts";
import type { Connected } from "./fleet.ts";
import type { LoadReply, LoadRequest, MessagePortLike } from "./messages.ts";
import { type LoadThread, localThread } from "./thread.ts";

/**
 * Sends requests as the other end of the port says.
 *
 * @param connect makes a protocol from the plain data of the `start` message
 */
export function serveLoad(
  port: MessagePortLike,
  connect: (connection: unknown) => Promise<Connected>,
  clock: Clock = systemClock,
): void {
  let thread: LoadThread | undefined;
  const post = (reply: LoadReply, transfer?: Transferable[]) => port.postMessage(reply, transfer);

  const passOn = ({ kind, rows, count }: Chunk) => {
    const { length } = rows;
    post({ type: "chunk", kind, rows, count }, [rows.buffer]);
    return new Float64Array(length);
  };

  const handle = async (request: LoadRequest) => {
    switch (request.type) {
      case "start": {
        const protocol = await connect(request.connection);
        thread = localThread(request.plan, request.place, { protocol, clock, sink: passOn });
        return post({ type: "started", call: request.call });
      }
      case "time":
        return post({ type: "time", call: request.call, now: clock.now() });
      case "load":
        return thread!.setLoad(request.concurrency, request.limit, request.arrivals);
      case "collect":
        return post({
          type: "collected",
          call: request.call,
          collected: await thread!.collect(),
        });
      case "stop":
        return post({
          type: "collected",
          call: request.call,
          collected: await thread!.stop(request.graceMs),
        });
    }
  };

  port.addEventListener("message", ({ data }: MessageEvent<LoadRequest>) => {
    handle(data).catch((error) => {
      const { code, message } = toInferenceError(error, "INTERNAL", "Cannot send from a worker");
      post({ type: "error", call: "call" in data ? data.call : 0, code, message });
    });
  });
}
