/**
 * The calls of r19.07 that are not inference, composed of the three that both wires have.
 *
 * @module
 */
import type { Endpoints, Profile, QueryOptions } from "../types.ts";
import type { ServerStatus as StatusMessage } from "./generated/messages.js";
import { modelInfo } from "./model_info.ts";
import { chooseStatistics, isModelReady, serverStatus } from "./server_status.ts";

/** What r19.07 can be asked. Refusals throw an InferenceError. */
export interface V1Calls {
  health(mode: "live" | "ready", options?: QueryOptions): Promise<boolean>;
  /** The whole server, or one model. */
  status(modelName?: string, options?: QueryOptions): Promise<StatusMessage>;
  readonly profile: Profile;
}

/** The endpoints of one server. */
export function v1Endpoints({ health, status, profile }: V1Calls): Endpoints {
  const statusOf = async (name?: string, options?: QueryOptions) =>
    serverStatus(await status(name, options));
  return {
    live: (options) => health("live", options),
    ready: (options) => health("ready", options),
    modelReady: async (name, version, options) =>
      isModelReady(await statusOf(name, options), version),
    status: statusOf,
    model: async (name, _version, options) => modelInfo(await status(name, options), name),
    statistics: async (name, version, options) =>
      chooseStatistics((await statusOf(name, options)).statistics, version),
    profile,
  };
}
