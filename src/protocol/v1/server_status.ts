/**
 * What r19.07's status tells, in the vocabulary that both protocols share.
 *
 * @module
 */
import type { ModelStatistics, ServerStatus } from "../types.ts";
import type { ServerStatus as StatusMessage } from "./generated/messages.js";
import { modelStatistics, versionStates } from "./model_info.ts";
import { formatText } from "./text_format/text_format.ts";

/** The server and its models. */
export function serverStatus(message: StatusMessage): ServerStatus {
  return {
    api: "v1",
    id: message.id ?? "",
    version: message.version ?? "",
    readyState: String(message.readyState ?? "SERVER_INVALID"),
    uptimeNs: message.uptimeNs ?? 0n,
    models: versionStates(message),
    statistics: modelStatistics(message),
    get text() {
      return formatText("ServerStatus", message);
    },
    message,
  };
}

/** The counters of one version, or of all; without a version those of every one. */
export function chooseStatistics(
  statistics: readonly ModelStatistics[],
  version: bigint | undefined,
): readonly ModelStatistics[] {
  return version === undefined
    ? statistics
    : statistics.filter((entry) => entry.version === String(version));
}

/** Whether a version of the model, or its newest, is ready. */
export function isModelReady(status: ServerStatus, version: bigint | undefined): boolean {
  const versions = status.models
    .filter((model) => version === undefined || model.version === String(version));
  // A request for a version that never was leaves an entry behind: any ready one will do.
  return versions.some(({ state }) => state === "READY");
}
