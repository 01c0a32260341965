/**
 * A measurement's window: picks the requests that ended inside it and adds them up.
 *
 * @module
 */
import { BacklogCollector } from "./backlogs.ts";
import { type Chunk, Gap, Sample } from "./samples.ts";
import { nanoseconds } from "./histogram.ts";
import { SlotCollector } from "./intervals/slots.ts";
import { Distribution } from "./statistics.ts";

/** What a window looks for. */
export interface WindowOptions {
  /** Whether requests come by a schedule. @default false */
  readonly open?: boolean;
  /** Whether failed requests count as the slowest ones. @default false */
  readonly failuresAsSlow?: boolean;
  /** Times that are kept as they are. */
  readonly maxKept?: number;
}

/**
 * Requests that ended in [from, to), in milliseconds of the main thread's clock. Memory: that of
 * three distributions, however many requests there are.
 */
export class Window {
  readonly from: number;
  #to: number;
  /** From the scheduled moment to the end. */
  readonly latency: Distribution;
  /** With a schedule: from the actual send to the end, and from the schedule to the send. */
  readonly service: Distribution | undefined;
  readonly delay: Distribution | undefined;
  /** `latency` and `service` by slots of time. */
  readonly slots: SlotCollector;
  readonly serviceSlots: SlotCollector | undefined;
  /** With a schedule. */
  readonly backlogs: BacklogCollector | undefined;
  readonly first: Distribution;
  readonly between: Distribution;
  /** Latencies by server and by model, from 1, where there are several. */
  readonly byAddress: (Distribution | undefined)[] = [];
  readonly byModel: (Distribution | undefined)[] = [];
  /** Failed requests: from the scheduled moment until they failed. */
  readonly failed: Distribution;
  readonly #failuresAsSlow: boolean;
  readonly #maxKept: number | undefined;
  sequenceCount = 0;
  responseCount = 0;
  /** Batch entries whose answer was checked, and those of them that were right. */
  checkedCount = 0;
  rightCount = 0;
  /** Sums in milliseconds. */
  sendMs = 0;
  waitMs = 0;
  receiveMs = 0;
  delayMs = 0;
  idleMs = 0;
  #successMs = 0;
  /** End of the last request that was kept. */
  lastEnd: number;

  constructor(from: number, to: number, options: WindowOptions = {}) {
    const { open = false, failuresAsSlow = false, maxKept } = options;
    this.from = from;
    this.#to = to;
    this.#maxKept = maxKept;
    this.lastEnd = from;
    this.latency = new Distribution(maxKept);
    this.service = open ? new Distribution(maxKept) : undefined;
    this.delay = open ? new Distribution(maxKept) : undefined;
    this.slots = new SlotCollector(to - from);
    this.serviceSlots = open ? new SlotCollector(to - from) : undefined;
    this.backlogs = open ? new BacklogCollector() : undefined;
    this.failed = new Distribution(maxKept);
    this.#failuresAsSlow = failuresAsSlow;
    this.first = new Distribution(maxKept);
    this.between = new Distribution(maxKept);
  }

  /** Requests that ended well inside the window. */
  get requestCount(): number {
    return this.latency.count - this.latency.worstCount;
  }

  /** The average of those, in microseconds. */
  get successUs(): number {
    return this.#successMs / Math.max(1, this.requestCount) * 1000;
  }

  /** Failed requests that count as slow ones get their time: the longest of all, or a request's limit. */
  settle(timeoutMs: number): void {
    for (const times of [this.latency, this.service, ...this.byAddress, ...this.byModel]) {
      times?.settle(Math.max(this.failed.maxMs, timeoutMs));
    }
  }

  get to(): number {
    return this.#to;
  }

  /** Ends the window earlier than planned. */
  cut(to: number): void {
    this.#to = Math.max(this.from, Math.min(this.#to, to));
  }

  /** @param shift milliseconds from the writer's clock to the main thread's */
  add(chunk: Chunk, shift = 0): void {
    if (chunk.kind === "gaps") this.#addGaps(chunk, shift);
    else if (chunk.kind === "samples") this.#addSamples(chunk, shift);
    else this.#addFailures(chunk, shift);
  }

  #addSamples({ rows, count }: Chunk, shift: number): void {
    const from = this.from - shift;
    const to = this.#to - shift;
    for (let i = 0; i < count; i++) {
      const row = i * Sample.WIDTH;
      const end = rows[row + Sample.END];
      if (end! < from || end! >= to) continue;
      const start = rows[row + Sample.START];
      const scheduled = rows[row + Sample.SCHEDULED];
      this.latency.add(end! - scheduled!);
      this.slots.add(end! - from, nanoseconds(end! - scheduled!));
      this.#successMs += end! - scheduled!;
      const address = rows[row + Sample.ADDRESS]!;
      if (address > 0) this.#part(this.byAddress, address).add(end! - scheduled!);
      const model = rows[row + Sample.MODEL]!;
      if (model > 0) this.#part(this.byModel, model).add(end! - scheduled!);
      this.service?.add(end! - start!);
      this.serviceSlots?.add(end! - from, nanoseconds(end! - start!));
      this.delay?.add(start! - scheduled!);
      this.backlogs?.add(scheduled! - from, end! - scheduled!);
      this.sendMs += rows[row + Sample.SEND]!;
      this.waitMs += rows[row + Sample.WAIT]!;
      this.receiveMs += rows[row + Sample.RECEIVE]!;
      this.delayMs += start! - scheduled!;
      this.idleMs += rows[row + Sample.IDLE]!;
      this.sequenceCount += rows[row + Sample.SEQUENCE_END]!;
      this.checkedCount += rows[row + Sample.CHECKED]!;
      this.rightCount += rows[row + Sample.RIGHT]!;
      const responses = rows[row + Sample.RESPONSES];
      this.responseCount += responses!;
      if (responses! > 0 && rows[row + Sample.FIRST]! >= 0) {
        this.first.add(rows[row + Sample.FIRST]!);
      }
      if (end! + shift > this.lastEnd) this.lastEnd = end! + shift;
    }
  }

  #addFailures({ rows, count }: Chunk, shift: number): void {
    for (let i = 0; i < count; i++) {
      const row = i * Sample.WIDTH;
      const end = rows[row + Sample.END]! + shift;
      if (end < this.from || end >= this.#to) continue;
      this.failed.add(end - rows[row + Sample.SCHEDULED]! - shift);
      if (!this.#failuresAsSlow) continue;
      this.latency.addWorst();
      this.service?.addWorst();
      const [address, model] = [rows[row + Sample.ADDRESS]!, rows[row + Sample.MODEL]!];
      if (address > 0) this.#part(this.byAddress, address).addWorst();
      if (model > 0) this.#part(this.byModel, model).addWorst();
    }
  }

  #part(parts: (Distribution | undefined)[], number: number): Distribution {
    return parts[number] ??= new Distribution(this.#maxKept);
  }

  #addGaps({ rows, count }: Chunk, shift: number): void {
    for (let i = 0; i < count; i++) {
      const end = rows[i * Gap.WIDTH + Gap.END]! + shift;
      if (end >= this.from && end < this.#to) this.between.add(rows[i * Gap.WIDTH + Gap.TIME]!);
    }
  }
}
