/**
 * What the main thread and a load worker say to each other.
 *
 * @module
 */
import type { ErrorCode } from "../../base/errors.ts";
import type { ChunkKind } from "../samples.ts";
import type { Arrivals } from "../schedule/arrivals.ts";
import type { LoadPlan } from "./plan.ts";
import type { Collected, ThreadPlace } from "./thread.ts";

/** To the worker. `call` comes back in the answer. */
export type LoadRequest =
  | {
    readonly type: "start";
    readonly call: number;
    readonly plan: LoadPlan;
    readonly place: ThreadPlace;
    /** Plain data that the worker's `connect` understands. */
    readonly connection: unknown;
  }
  | { readonly type: "time"; readonly call: number }
  | {
    readonly type: "load";
    readonly concurrency: number;
    readonly limit: number;
    readonly arrivals?: Arrivals;
  }
  | { readonly type: "collect"; readonly call: number }
  | { readonly type: "stop"; readonly call: number; readonly graceMs: number };

/** From the worker; samples before the `collected` that they belong to. */
export type LoadReply =
  | { readonly type: "started"; readonly call: number }
  | { readonly type: "time"; readonly call: number; readonly now: number }
  | { readonly type: "collected"; readonly call: number; readonly collected: Collected }
  | {
    readonly type: "chunk";
    readonly kind: ChunkKind;
    readonly rows: Float64Array<ArrayBuffer>;
    readonly count: number;
  }
  | {
    readonly type: "error";
    readonly call: number;
    readonly code: ErrorCode;
    readonly message: string;
  };

/** One end of the line; a Worker and a worker's own scope are such. */
export interface MessagePortLike {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}
