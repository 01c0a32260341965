/**
 * Runs methods on what comes in on a stream.
 *
 * @module
 */
import type { Caller } from "../core/model.ts";
import { GrpcStatus } from "../../transport/grpc/status.ts";
import {
  type CallStatus,
  type GrpcMethod,
  OK_STATUS,
  type Send,
  statusOf,
  type StreamMethod,
  type UnaryMethod,
} from "./service.ts";
import type { CallHandler } from "./stream.ts";

/** The way back to the client; ignores what comes when the call is over. */
export interface CallOutput {
  readonly caller: Caller;
  readonly send: Send;
  finish(status: CallStatus): void;
  /** The call takes more messages again; `idle` = none is in use. */
  ready(idle: boolean): void;
}

/** Messages of a stream, and octets of them, that may wait to be dealt with. */
const MAX_PENDING = 1024;
const MAX_PENDING_OCTETS = 4 * 1024 * 1024;

/** Gets a line a call. */
export type Log = ((line: string) => void) | undefined;

function wrongCount(name: string, what: string): CallStatus {
  return { code: GrpcStatus.INTERNAL, details: `${name} takes one message, ${what} came` };
}

function startUnary(method: UnaryMethod, output: CallOutput, log: Log): CallHandler {
  const startedAt = log ? performance.now() : 0;
  let request: Uint8Array | undefined;
  const run = async (message: Uint8Array) => {
    let status = OK_STATUS;
    try {
      output.send(await method.handle(message, output.caller));
    } catch (error) {
      status = statusOf(error);
    }
    output.finish(status);
    log?.(
      `gRPC ${method.name} ${status.code} ${(performance.now() - startedAt).toFixed(1)} ms`,
    );
  };
  return {
    busy: false,
    onMessage(message) {
      if (request === undefined) request = message;
      else output.finish(wrongCount(method.name, "more"));
    },
    onEnd() {
      if (request === undefined) output.finish(wrongCount(method.name, "none"));
      else run(request);
    },
    onCancel() {},
  };
}

function startStream(method: StreamMethod, output: CallOutput, log: Log): CallHandler {
  log?.(`gRPC ${method.name} opened`);
  const receiver = method.open(output.send, output.caller);
  let pending = 0;
  let octets = 0;
  let inputEnded = false;
  const finish = (status: CallStatus) => {
    output.finish(status);
    log?.(`gRPC ${method.name} closed ${status.code}`);
  };
  const finishWhenDone = () => {
    if (inputEnded && pending === 0) finish(OK_STATUS);
  };
  // Called at once, for the order; what it throws rejects.
  const receive = async (message: Uint8Array) => await receiver.onMessage(message);
  return {
    get busy() {
      return pending >= MAX_PENDING || octets >= MAX_PENDING_OCTETS;
    },
    onMessage(message) {
      pending++;
      octets += message.length;
      receive(message).then(() => {
        const wasBusy = this.busy;
        pending--;
        octets -= message.length;
        if (pending === 0 || wasBusy) output.ready(pending === 0);
        finishWhenDone();
      }, (error) => finish(statusOf(error)));
    },
    onEnd() {
      inputEnded = true;
      finishWhenDone();
    },
    onCancel: () => log?.(`gRPC ${method.name} cancelled`),
  };
}

/** Starts a call of a method. */
export function startCall(method: GrpcMethod, output: CallOutput, log: Log): CallHandler {
  return method.kind === "unary"
    ? startUnary(method, output, log)
    : startStream(method, output, log);
}
