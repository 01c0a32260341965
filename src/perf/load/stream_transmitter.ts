/**
 * Requests over bidirectional streams: many on one stream, their replies matched by id.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import type { EncodedRequest, Protocol, ProtocolStream, Reply } from "../../protocol/types.ts";
import type { CheckAnswer } from "./check.ts";
import type { Slot } from "./slot.ts";
import type { TransmitSink, Transmitter } from "./transmitter.ts";

/** A stream, opened with its first request and again after it broke. */
interface Link {
  stream?: ProtocolStream;
  /** Outstanding requests by id, in the order in which they were sent. */
  readonly pending: Map<string, Slot>;
}

/** How the streams are used. */
export interface StreamLoadOptions {
  /** Slots share so many streams, slot i on stream i modulo this number. */
  readonly streams: number;
  /** Whether a request may have any number of answers. */
  readonly decoupled: boolean;
  /** 0 = none. */
  readonly timeoutMs: number;
  readonly check?: CheckAnswer;
}

/** Requests over streams. */
export function streamTransmitter(
  protocol: Protocol,
  clock: Clock,
  options: StreamLoadOptions,
  sink: TransmitSink,
): Transmitter {
  const links: Link[] = [];
  const closing = new AbortController();

  const fail = (link: Link, slot: Slot, error: InferenceError, answered: boolean) => {
    link.pending.delete(slot.id);
    sink.failed(slot, error, answered);
  };

  const breakLink = (link: Link, stream: ProtocolStream, error: InferenceError) => {
    if (link.stream !== stream) return;
    link.stream = undefined;
    for (const slot of [...link.pending.values()]) fail(link, slot, error, false);
  };

  const finish = (link: Link, slot: Slot, end: number, reply: Reply) => {
    link.pending.delete(slot.id);
    const { receiveStart, receiveEnd } = reply.times;
    const receive = Math.max(0, receiveEnd - receiveStart) || 0;
    const send = slot.sendEnd - slot.start;
    sink.done(slot, end, send, Math.max(0, end - slot.sendEnd - receive), receive);
  };

  const receive = (link: Link, reply: Reply) => {
    if (closing.signal.aborted) return;
    const end = clock.now();
    const failure = protocol.failure(reply);
    const slot = link.pending.get(protocol.replyId(reply)) ??
      (failure && oldest(link.pending, protocol.replyId(reply)));
    if (slot === undefined) return;
    slot.bytes += reply.byteLength;
    if (!options.decoupled) {
      const wrong = failure ?? options.check?.(slot, reply);
      if (wrong !== undefined) return fail(link, slot, wrong, true);
      slot.responses = 1;
      return finish(link, slot, end, reply);
    }
    // An error among the answers of a decoupled model doesn't end the request: only the final one does.
    slot.failure ??= failure;
    const final = protocol.isFinal(reply);
    if (failure === undefined && (!final || !protocol.isEmpty(reply))) {
      countResponse(slot, end, sink);
    }
    if (!final) return;
    if (slot.failure !== undefined) fail(link, slot, slot.failure, true);
    else finish(link, slot, end, reply);
  };

  const open = (link: Link): ProtocolStream => {
    if (protocol.openStream === undefined) {
      throw new InferenceError("UNSUPPORTED", "Streams exist only over gRPC");
    }
    const stream: ProtocolStream = protocol.openStream({
      onReply: (reply) => receive(link, reply),
      onEnd: (error) => {
        const reason = error ?? new InferenceError("CONNECTION", "the server ended the stream");
        if (!closing.signal.aborted) breakLink(link, stream, reason);
      },
    });
    return stream;
  };

  const broke = (link: Link, slot: Slot) => (error: unknown) => {
    if (closing.signal.aborted || link.pending.get(slot.id) !== slot) return;
    fail(link, slot, toInferenceError(error, "CONNECTION", "Cannot send on the stream"), false);
  };

  if (options.timeoutMs > 0) sweep(links, clock, options.timeoutMs, closing.signal, fail);

  return {
    send(slot, request: EncodedRequest) {
      const link = links[slot.index % options.streams] ??= { pending: new Map() };
      link.pending.set(slot.id, slot);
      try {
        link.stream ??= open(link);
        link.stream.send(request).catch(broke(link, slot));
      } catch (error) {
        queueMicrotask(() => broke(link, slot)(error));
      }
      slot.sendEnd = clock.now();
    },
    close() {
      closing.abort();
      for (const link of links) link?.stream?.cancel();
    },
  };
}

/** A refusal without an id is the answer to the oldest request: servers refuse in order. */
function oldest(pending: ReadonlyMap<string, Slot>, id: string): Slot | undefined {
  return id === "" || id === "0" ? pending.values().next().value : undefined;
}

function countResponse(slot: Slot, now: number, sink: TransmitSink): void {
  if (slot.responses === 0) slot.firstReply = now;
  else sink.gap(now, now - slot.lastReply);
  slot.lastReply = now;
  slot.responses++;
  sink.answered(slot);
}

/** Looks for requests that took too long, often enough for a tenth of the limit. */
async function sweep(
  links: readonly (Link | undefined)[],
  clock: Clock,
  timeoutMs: number,
  closing: AbortSignal,
  fail: (link: Link, slot: Slot, error: InferenceError, answered: boolean) => void,
): Promise<void> {
  while (!closing.aborted) {
    await clock.sleep(Math.max(1, timeoutMs / 10), closing);
    if (closing.aborted) return;
    const limit = clock.now() - timeoutMs;
    for (const link of links) {
      for (const slot of link === undefined ? [] : [...link.pending.values()]) {
        if (slot.start > limit) continue;
        const text = `no answer on the stream within ${timeoutMs} ms`;
        fail(link!, slot, new InferenceError("TIMEOUT", text), false);
      }
    }
  }
}
