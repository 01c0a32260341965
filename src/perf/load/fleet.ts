/**
 * Several servers as the target of one load.
 *
 * @module
 */
import { Availability, type Balance, pickServer } from "../../client/backends.ts";
import type { CredentialKeeper } from "../../base/credential.ts";
import type { Clock } from "../../base/clock.ts";
import type { Protocol } from "../../protocol/types.ts";
import type { TransmitSink, Transmitter } from "./transmitter.ts";

/** The servers of a load. */
export interface Fleet {
  readonly protocols: readonly Protocol[];
  readonly balance: Balance;
  /** Of the header that says who asks, where it is kept and may run out. */
  readonly keeper?: CredentialKeeper;
}

/** What a load is sent over: one server, or several. */
export type Connected = Protocol | Fleet;

/** The servers, also of one alone. */
export function protocolsOf(connected: Connected): readonly Protocol[] {
  return "protocols" in connected ? connected.protocols : [connected];
}

/** How a fleet carries requests. */
export interface FleetTransmitterParts {
  readonly fleet: Fleet;
  /** Carries requests to one of the servers. */
  readonly lane: (protocol: Protocol, sink: TransmitSink) => Transmitter;
  readonly clock: Clock;
  /** Which of the servers have each model of a mix, by number from 0. Undefined: all have the only one. */
  readonly serving?: readonly (readonly number[])[];
  /** Requests of a slot belong together: they go to one server. */
  readonly sticky: boolean;
}

class Lane extends Availability {
  readonly number: number;

  constructor(number: number) {
    super();
    this.number = number;
  }
}

/** Spreads requests over servers; whichever can't be reached is left out for a while. */
export function fleetTransmitter(parts: FleetTransmitterParts, sink: TransmitSink): Transmitter {
  const { fleet: { protocols, balance }, clock, sticky } = parts;
  const lanes = protocols.map((_, number) => new Lane(number));
  const transmitters = protocols.map((protocol, number) => {
    const lane = lanes[number]!;
    return parts.lane(protocol, {
      done(slot, end, send, wait, receive) {
        lane.returned(undefined, clock.now());
        sink.done(slot, end, send, wait, receive);
      },
      failed(slot, error, answered) {
        lane.returned(error, clock.now());
        sink.failed(slot, error, answered);
      },
      answered: (slot) => sink.answered(slot),
      gap: (end, time) => sink.gap(end, time),
    });
  });
  const serving = parts.serving?.map((numbers) => numbers.map((number) => lanes[number]!));
  const turns = (serving ?? [lanes]).map(() => 0);
  return {
    send(slot, request) {
      const which = Math.max(0, slot.model - 1);
      const all = serving?.[which] ?? lanes;
      const turn = turns[which]!++;
      const lane = sticky
        ? all[slot.index % all.length]!
        : pickServer(all, { balance, turn, now: clock.now() });
      lane.outstanding++;
      slot.address = lane.number + 1;
      transmitters[lane.number]!.send(slot, request);
    },
    close() {
      for (const transmitter of transmitters) transmitter.close();
    },
  };
}
