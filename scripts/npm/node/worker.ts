/**
 * Workers with the methods of the web's.
 *
 * @module
 */
import { parentPort, Worker as Thread } from "node:worker_threads";

type Handler = (event: Event) => void;

/** Events that a property such as `onmessage` hears too. */
class Target extends EventTarget {
  onmessage: Handler | null = null;
  onerror: Handler | null = null;

  protected emit(type: "message" | "error", fields: Record<string, unknown>): void {
    const event = Object.assign(new Event(type, { cancelable: true }), fields);
    this[`on${type}`]?.(event);
    this.dispatchEvent(event);
  }
}

/** See the web's Worker. */
export class Worker extends Target {
  readonly #thread: Thread;

  constructor(url: URL) {
    super();
    this.#thread = new Thread(url);
    this.#thread.on("message", (data) => this.emit("message", { data }));
    this.#thread.on("error", (error: Error) => {
      this.emit("error", { error, message: error.message });
    });
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#thread.postMessage(message, transfer as ArrayBuffer[]);
  }

  terminate(): void {
    void this.#thread.terminate();
  }
}

class Scope extends Target {
  constructor() {
    super();
    parentPort?.on("message", (data) => this.emit("message", { data }));
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    parentPort?.postMessage(message, transfer as ArrayBuffer[]);
  }

  close(): void {
    parentPort?.close();
  }
}

/** The scope of a worker; see the web's `self`. */
export const scope: Scope | undefined = parentPort ? new Scope() : undefined;
