/**
 * One call on its way through a connection.
 *
 * @module
 */
import type { Caller } from "../core/model.ts";
import { credit } from "../credit.ts";
import type { Inflater } from "../inflater.ts";
import { MessageReader } from "../../transport/grpc/message_reader.ts";
import type { OutgoingStream } from "../../transport/http2/frame_sender.ts";
import { Queue } from "../../transport/http2/queue.ts";
import type { DataSink } from "../../transport/http2/receiver.ts";
import { STREAM_WINDOW, type Taking } from "../../transport/http2/settings.ts";
import type { CallStatus } from "./service.ts";

/** What a call's method makes of what comes in. */
export interface CallHandler {
  /** Whether so much waits to be dealt with that the client is held back. */
  readonly busy: boolean;
  onMessage(message: Uint8Array): void;
  /** The client sends no more. */
  onEnd(): void;
  /** The call is over before its answer was. */
  onCancel(): void;
}

/** What a stream is made with. */
export interface StreamSetup {
  /** How the client compresses messages: the value of `grpc-encoding`. */
  readonly encoding: string;
  /** Octets that may be sent at first. */
  readonly window: number;
  /** Octets of the longest message that may come. */
  readonly maxMessageBytes: number;
  readonly inflater: Inflater;
  /** Runs what a message asks for, now or later. */
  readonly dispatch: (work: () => void) => void;
  /** A message can't be read. */
  readonly onUnreadable: (error: unknown) => void;
}

/** Octets of messages that may wait to be sent before their maker is asked to wait. */
const HIGH_WATER = 256 * 1024;

/** A stream of a connection: what came in, what is to go out. */
export class ServerStream implements Caller, DataSink, OutgoingStream, Taking {
  readonly id: number;
  readonly reader: MessageReader;
  /** Undefined for a call that is refused. */
  handler: CallHandler | undefined;
  receiveWindow = STREAM_WINDOW;
  /** The client sends no more. */
  inputEnded = false;
  /** Everything is sent, or nothing more will be. */
  over = false;

  // The sender's.
  sendWindow: number;
  readonly messages = new Queue<Uint8Array>();
  /** Octets of the oldest message, with its prefix, that are sent. */
  sentOctets = 0;
  headSent = false;
  status: CallStatus | undefined;
  /** Whether it stands in the sender's queue. */
  queued = false;

  readonly #inflater: Inflater;
  /** Octets of decompressed messages that are still in use. */
  #inflated = 0;
  #waitingOctets = 0;
  #room: PromiseWithResolvers<void> | undefined;

  constructor(id: number, setup: StreamSetup) {
    this.id = id;
    this.sendWindow = setup.window;
    this.#inflater = setup.inflater;
    this.reader = new MessageReader({
      limit: setup.maxMessageBytes,
      encoding: setup.encoding,
      credit,
      emit: (message) =>
        setup.dispatch(() => {
          if (!this.over) this.handler?.onMessage(message);
        }),
      fail: setup.onUnreadable,
      inflate: (message, encoding) => this.#inflate(message, encoding),
    });
  }

  /** For schedulers: whether nobody waits for the answer. */
  get gone(): boolean {
    return this.over;
  }

  get missing(): number {
    return this.reader.missing;
  }

  /** Whether the client's window isn't given anew. */
  get held(): boolean {
    return this.handler?.busy ?? false;
  }

  space(): Uint8Array<ArrayBuffer> | undefined {
    return this.reader.space();
  }

  filled(count: number): void {
    this.reader.advance(count);
  }

  /** Queues a message. @returns a promise when its maker had better wait */
  push(message: Uint8Array): void | Promise<void> {
    this.messages.push(message);
    this.#waitingOctets += message.length;
    if (this.#waitingOctets <= HIGH_WATER) return;
    this.#room ??= Promise.withResolvers();
    return this.#room.promise;
  }

  /** The oldest message is out. */
  shifted(): void {
    this.#waitingOctets -= this.messages.shift()!.length;
    if (this.#waitingOctets <= HIGH_WATER) this.#giveRoom();
  }

  /** Nothing that came in is in use any more. */
  idle(): void {
    this.#inflater.release(this.#inflated);
    this.#inflated = 0;
  }

  /** The call is over: nothing of it is kept. */
  end(): void {
    this.over = true;
    this.reader.stop();
    this.messages.drain();
    this.#giveRoom();
    this.idle();
  }

  #giveRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }

  async #inflate(message: Uint8Array, encoding: string): Promise<Uint8Array> {
    const plain = await this.#inflater.inflate(message, encoding, () => this.over);
    // Released at once when the call has ended meanwhile.
    this.#inflated += plain.length;
    if (this.over) this.idle();
    return plain;
  }
}
