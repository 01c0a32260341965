/**
 * One call on its way through a connection.
 *
 * @module
 */
import { MAX_MESSAGE, MessageReader } from "../../transport/grpc/lean/message_reader.ts";
import { Queue } from "../../transport/grpc/lean/queue.ts";
import type { CallStatus } from "./service.ts";

/** What a call's method makes of what comes in. */
export interface CallHandler {
  onMessage(message: Uint8Array): void;
  /** The client sends no more. */
  onEnd(): void;
  /** The call is over before its answer was. */
  onCancel(): void;
}

/** A stream of a connection: what came in, what is to go out. */
export class ServerStream {
  readonly id: number;
  readonly reader: MessageReader;
  /** Undefined for a call that is refused. */
  handler: CallHandler | undefined;
  /** Octets received and not yet given back by a WINDOW_UPDATE. */
  unreported = 0;
  /** The client sends no more. */
  inputEnded = false;
  /** Everything is sent, or nothing more will be. */
  over = false;

  // The sender's.
  /** Octets that may be sent; below 0 when the client took some back. */
  window: number;
  readonly messages = new Queue<Uint8Array>();
  /** Octets of the oldest message, with its prefix, that are sent. */
  sentOctets = 0;
  headSent = false;
  status: CallStatus | undefined;
  /** Whether it stands in the sender's queue. */
  queued = false;

  /**
   * @param encoding how the client compresses messages: the value of `grpc-encoding`
   * @param window octets that may be sent
   */
  constructor(id: number, encoding: string, window: number) {
    this.id = id;
    this.window = window;
    this.reader = new MessageReader(
      MAX_MESSAGE,
      encoding,
      (message) => this.handler?.onMessage(message),
    );
  }
}
