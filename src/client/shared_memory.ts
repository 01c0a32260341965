/**
 * Memory that this program and a server on the same machine share: inputs are written once and never sent,
 * outputs are read where the server wrote them.
 *
 * @module
 */
import { parseAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import type { PosixMemories, PosixMemory } from "../base/posix_memory.ts";
import type {
  Protocol,
  QueryOptions,
  SharedMemoryControl,
  SharedMemoryPlace,
} from "../protocol/types.ts";
import { memoryClosed, memoryOpened } from "./open_memories.ts";
import { onlyV2 } from "./unsupported.ts";

/** `trtis`, the process numbers' namespace, the process that made it, and a random part. */
const NAME = /^trtis-(\d{1,12})-(\d{1,10})-[0-9a-f]{12}$/;

/** A part of shared memory; the whole by default. */
export interface MemoryPart {
  /** Of its first byte. @default 0 */
  readonly offset?: number;
  /** Its bytes. @default up to the end */
  readonly byteSize?: number;
}

/** A region of system memory that a server shares. Close it: the memory is gone then, on both sides. */
export class SharedMemory implements AsyncDisposable {
  /** The region's name at the server, and the memory's on this machine. */
  readonly name: string;
  /** Its length in bytes. */
  readonly byteSize: number;
  readonly #memory: PosixMemory;
  readonly #unregister: (options?: QueryOptions) => Promise<void>;
  #closed = false;

  /** Wraps memory that a server has been told of; `client.shareMemory` is the usual way. */
  constructor(
    name: string,
    memory: PosixMemory,
    unregister: (options?: QueryOptions) => Promise<void>,
  ) {
    this.name = name;
    this.byteSize = memory.byteSize;
    this.#memory = memory;
    this.#unregister = unregister;
    memoryOpened(name, this);
    atExit(this);
  }

  /** Writes bytes, or a typed array's. @throws {RangeError} beyond the end */
  write(values: ArrayBufferView, offset = 0): void {
    const { buffer, byteOffset, byteLength } = values;
    this.#memory.write(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength), offset);
  }

  /** A copy of what lies there. @throws {RangeError} beyond the end */
  read(offset = 0, byteSize: number = this.byteSize - offset): Uint8Array {
    return this.#memory.read(offset, byteSize);
  }

  /**
   * A place for a tensor, as inputs and outputs of requests take it.
   *
   * @throws {RangeError} beyond the end
   */
  place({ offset = 0, byteSize = this.byteSize - offset }: MemoryPart = {}): SharedMemoryPlace {
    const isInside = Number.isSafeInteger(offset) && Number.isSafeInteger(byteSize) &&
      offset >= 0 && byteSize >= 0 && offset + byteSize <= this.byteSize;
    if (isInside) return { region: this.name, offset, byteSize };
    throw new RangeError(`${byteSize} bytes at ${offset} are beyond the region's ${this.byteSize}`);
  }

  /** Takes the memory away without telling the server, which then keeps it until it hears of it. */
  removeNow(): void {
    if (this.#closed) return;
    this.#closed = true;
    memoryClosed(this.name);
    leaving.delete(this);
    this.#memory.remove();
  }

  /** The server shares it no more, and it is gone. @throws {InferenceError} the server's refusal */
  async close(options?: QueryOptions): Promise<void> {
    if (this.#closed) return;
    try {
      this.removeNow();
    } finally {
      await this.#unregister(options);
    }
  }

  /** As {@linkcode SharedMemory.close}; a server that has gone meanwhile is no error. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close({ timeoutMs: CLOSE_LIMIT_MS }).catch(() => {});
  }
}

/** A server that doesn't answer isn't waited for at the end of a block. */
const CLOSE_LIMIT_MS = 5000;

/** What has to go when the program ends. */
const leaving = new Set<SharedMemory>();
let watches = false;

function atExit(memory: SharedMemory): void {
  leaving.add(memory);
  if (watches) return;
  watches = true;
  const all = () => [...leaving].forEach((one) => one.removeNow());
  // Deno tells of Deno.exit by an event, Node and Bun by their process.
  globalThis.addEventListener?.("unload", all);
  const { process } = globalThis as { process?: { on?(event: "exit", call: () => void): void } };
  process?.on?.("exit", all);
}

/**
 * Makes shared memory and tells the server of it. What runs of this program left behind that were killed
 * is removed first, on this machine and at the server.
 *
 * @throws {InferenceError} UNSUPPORTED elsewhere than on Linux, for a server on another machine, and for v1;
 * FILE when the memory can't be had; the server's refusal
 */
export async function openSharedMemory(
  protocol: Protocol,
  byteSize: number,
  options: QueryOptions & { readonly memories?: PosixMemories } = {},
): Promise<SharedMemory> {
  const { memories: given, ...query } = options;
  const control = controlOf(protocol);
  if (!Number.isSafeInteger(byteSize) || byteSize < 1) {
    throw new InferenceError("INVALID_ARG", `Cannot share ${byteSize} bytes of memory`);
  }
  const memories = given ?? await loadMemories();
  await checkNear(protocol.address);
  await removeLeftBehind(memories, control, query);
  const random = crypto.randomUUID().replaceAll("-", "").slice(0, 12);
  const name = `trtis-${memories.namespace}-${memories.pid}-${random}`;
  const memory = memories.create(`/${name}`, byteSize);
  try {
    await control.register({ name, key: `/${name}`, offset: 0, byteSize }, query);
  } catch (error) {
    memory.remove();
    throw explained(error, protocol.address);
  }
  return new SharedMemory(name, memory, (options) => control.unregister(name, options));
}

async function loadMemories(): Promise<PosixMemories> {
  const { posixMemories } = await import("../base/posix_memory.ts");
  return await posixMemories();
}

function controlOf({ sharedMemory }: Protocol): SharedMemoryControl {
  if (sharedMemory === undefined) throw onlyV2("Shared memory");
  return sharedMemory;
}

/** A server in a container of its own has another /dev/shm. */
function explained(error: unknown, address: string): unknown {
  if (!(error instanceof InferenceError) || !error.answered) return error;
  if (error.code === "UNSUPPORTED") return error;
  const text = `the server at ${address} can't share memory with this program: ${error.message}`;
  return new InferenceError(error.code, text, {
    ...error,
    cause: error,
    hint: "a server in a container has memory of its own, unless it is told to use this machine's",
  });
}

/** Memory is shared within a machine. */
async function checkNear(address: string): Promise<void> {
  const host = parseAddress(address, 1).host.toLowerCase();
  if (host === "localhost" || host === "::1" || /^127\./.test(host)) return;
  const os = await import("node:os");
  const own = Object.values(os.networkInterfaces()).flatMap((all) => all ?? []);
  if (host === os.hostname().toLowerCase()) return;
  if (own.some((one) => one.address.toLowerCase() === host)) return;
  throw new InferenceError(
    "UNSUPPORTED",
    `Cannot share memory with the server at ${address}: it is on another machine`,
  );
}

/** Of runs that were killed: their processes are gone, and nobody else will remove it. */
export async function removeLeftBehind(
  memories: PosixMemories,
  control: SharedMemoryControl,
  options?: QueryOptions,
): Promise<void> {
  const isLeft = (name: string) => {
    const [, namespace, pid] = NAME.exec(name) ?? [];
    return namespace === memories.namespace && Number(pid) !== memories.pid &&
      memories.runs(Number(pid)) === false;
  };
  for (const key of memories.keys()) if (isLeft(key.slice(1))) memories.remove(key);
  const regions = await control.regions(options);
  const left = regions.filter(({ name, key }) => isLeft(name) && key === `/${name}`);
  await Promise.all(left.map(({ name }) => control.unregister(name, options).catch(() => {})));
}
