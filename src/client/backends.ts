/**
 * The servers behind one client: which one takes the next request, and which ones are away.
 *
 * @module
 */
import type { InferenceError } from "../base/errors.ts";
import type { Protocol } from "../protocol/types.ts";

/** How requests are spread over several servers. */
export type Balance = "round-robin" | "least-outstanding";

/** How long a server that is away is left out at first, and at most. */
const FIRST_ABSENCE_MS = 500;
const LONGEST_ABSENCE_MS = 15_000;

/** Whether a server can be reached, and how busy it is. */
export class Availability {
  /** Requests in flight. */
  outstanding = 0;
  /** Failures to reach it, in a row. */
  #absences = 0;
  /** Until when it is left out. */
  awayUntil = 0;

  /** A request came back: an answer of any kind shows that the server is there. */
  returned(error: InferenceError | undefined, now: number): void {
    this.outstanding--;
    if (error === undefined || error.answered) {
      this.#absences = 0;
      this.awayUntil = 0;
    } else if (error.code === "CONNECTION" || error.code === "PROTOCOL") {
      const absence = FIRST_ABSENCE_MS * 2 ** Math.min(this.#absences++, 10);
      this.awayUntil = now + Math.min(absence, LONGEST_ABSENCE_MS);
    }
  }
}

/** What a choice among servers depends on. */
export interface Choice<T> {
  readonly balance: Balance;
  /** Grows by 1 from one choice to the next. */
  readonly turn: number;
  readonly now: number;
  /** Where the request has just failed; taken only when there is no other. */
  readonly avoid?: T;
}

/**
 * Who takes the next request. Whoever is away is left out; when all are, the one that has been away for
 * longest is tried. Allocates nothing.
 */
export function pickServer<T extends Availability>(
  all: readonly T[],
  { balance, turn, now, avoid }: Choice<T>,
): T {
  const isHere = (server: T) => server.awayUntil <= now && server !== avoid;
  let count = 0;
  for (const server of all) if (isHere(server)) count++;
  if (count === 0) {
    if (avoid !== undefined && avoid.awayUntil <= now) return avoid;
    return first(all, (server) => server.awayUntil);
  }
  let left = turn % count;
  let best: T | undefined;
  // From the one whose turn it is, once around.
  for (let i = 0, seen = 0; seen < count; i++) {
    const server = all[i % all.length]!;
    if (!isHere(server)) continue;
    if (left-- > 0) continue;
    seen++;
    if (balance === "round-robin") return server;
    if (best === undefined || server.outstanding < best.outstanding) best = server;
  }
  return best!;
}

/** One server. */
export class Backend extends Availability {
  /** As the user wrote it. */
  readonly url: string;
  readonly #connect: () => Promise<Protocol>;
  #protocol: Protocol | undefined;
  #connecting: Promise<Protocol> | undefined;
  #closed = false;

  /** @param connect makes its protocol; asked again after a failure */
  constructor(url: string, connect: () => Promise<Protocol>, protocol?: Protocol) {
    super();
    this.url = url;
    this.#connect = connect;
    this.#protocol = protocol;
  }

  /** Its protocol, if it is already there. */
  get ready(): Protocol | undefined {
    return this.#protocol;
  }

  /** Its protocol. @throws {InferenceError} when it can't be made */
  protocol(): Promise<Protocol> {
    if (this.#protocol !== undefined) return Promise.resolve(this.#protocol);
    return this.#connecting ??= this.#connect().then((protocol) => {
      this.#protocol = protocol;
      if (this.#closed) protocol.close();
      return protocol;
    }).finally(() => this.#connecting = undefined);
  }

  close(): void {
    this.#closed = true;
    this.#protocol?.close();
  }
}

/** All servers of a client. */
export class Backends {
  readonly all: readonly Backend[];
  readonly #balance: Balance;
  #next = 0;

  constructor(all: readonly Backend[], balance: Balance = "round-robin") {
    this.all = all;
    this.#balance = balance;
  }

  /**
   * Who takes the next request. Whoever is away is left out; when all are, the one that has been away
   * for longest is tried.
   *
   * @param avoid where the request has just failed; taken only when there is no other
   */
  pick(now: number, avoid?: Backend): Backend {
    const [only] = this.all;
    if (this.all.length === 1 && only !== undefined) return only;
    const turn = this.#next++;
    return pickServer(this.all, { balance: this.#balance, turn, now, avoid });
  }

  close(): void {
    for (const backend of this.all) backend.close();
  }
}

function first<T>(items: readonly T[], rank: (item: T) => number): T {
  return items.reduce((best, item) => rank(item) < rank(best) ? item : best);
}
