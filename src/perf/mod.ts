/**
 * Measure a model from code, with the load generator behind perf_client.
 *
 * @example Measure 200 requests, four in flight
 * ```ts
 * import { startServer } from "@trtis/trtis";
 * import { measureModel } from "@trtis/trtis/perf";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * const { levels } = await measureModel(server.httpAddress!, {
 *   modelName: "simple",
 *   levels: { start: 4, end: 4, step: 1, search: false },
 *   requestCount: 200,
 * });
 * for (const { concurrency, reported } of levels) {
 *   console.log(concurrency, reported.inferPerSecond, reported.latency?.averageUs);
 * }
 * ```
 *
 * @module
 */
import type { Clock } from "../base/clock.ts";
import { connectProtocol, type ProtocolDescription } from "../client/connect.ts";
import { connectFleet } from "./load/connect_fleet.ts";
import type { LoadInput } from "./input_data/given.ts";
import { measure } from "./measure.ts";
import {
  DEFAULT_SETTINGS,
  LOAD_CONNECTIONS,
  type PerfObserver,
  type PerfResult,
  type PerfSettings,
} from "./types.ts";

/** What may be set besides the settings of the load. */
export interface MeasureOptions {
  /** Ends the measurement early; the result holds what was measured until then. */
  readonly signal?: AbortSignal;
  /** Called while the measurement runs; its methods must return quickly. */
  readonly observer?: PerfObserver;
  /** Makes the inputs, in place of the settings' own source. */
  readonly input?: LoadInput;
  /** Default: the system's clock. */
  readonly clock?: Clock;
  /** Name and version of your program, for the result's environment. */
  readonly toolVersion?: string;
}

/**
 * Measures a model. The load comes from this thread; perf_client may add more threads.
 *
 * @param server `host:port` for HTTP, `grpc://host:port` for gRPC, or a description
 * @param settings the model's name, and what differs from {@linkcode DEFAULT_SETTINGS}
 * @throws {InferenceError} if setup fails: no server, an unknown model, unusable inputs. Failed
 * requests are counted in the result
 */
export async function measureModel(
  server: string | ProtocolDescription,
  settings: Partial<PerfSettings> & Pick<PerfSettings, "modelName">,
  options: MeasureOptions = {},
): Promise<PerfResult> {
  const description = typeof server === "string" ? { url: server } : server;
  const protocol = await connectProtocol(description);
  try {
    const connection = { ...description, api: protocol.api, connections: LOAD_CONNECTIONS };
    return await measure({ ...DEFAULT_SETTINGS, ...settings }, {
      protocol,
      connect: () => connectFleet(connection),
      input: options.input,
      signal: options.signal,
      observer: options.observer,
      clock: options.clock,
      toolVersion: options.toolVersion ?? "",
      startedAt: new Date(),
    });
  } finally {
    protocol.close();
  }
}

export { connectProtocol, type ProtocolDescription } from "../client/connect.ts";
export type { GivenInput, LoadInput } from "./input_data/given.ts";
export type { SearchPhase } from "./find_max/range.ts";
export type { SearchMetric } from "./find_max/settings.ts";
export { csvReport } from "./report/csv.ts";
export { jsonReport } from "./report/json.ts";
export { requestsFor } from "./carried.ts";
export * from "./types.ts";
