/**
 * The calls of r19.07 that are not inference, the same over HTTP and gRPC once the status is there.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ModelStatistics, ServerStatus } from "../types.ts";
import type { ServerStatus as StatusMessage } from "./generated/messages.js";
import { modelStatistics, versionStates } from "./model_info.ts";
import { formatText } from "./text_format/text_format.ts";

/** The status message in the vocabulary that both protocols share. */
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

/** Refuses what only v2 has. */
export function onlyV2(what: string): InferenceError {
  return new InferenceError("UNSUPPORTED", `${what} exists in the v2 protocol only`, {
    hint: "this server speaks r19.07's (v1)",
  });
}
