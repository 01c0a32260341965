/**
 * The regions of system memory that clients have registered; the messages are Triton's.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { PosixMemories, PosixMemory } from "../../base/posix_memory.ts";
import type { SharedMemoryPlace, SharedMemoryRegion } from "../../protocol/types.ts";

interface Registered extends SharedMemoryRegion {
  readonly memory: PosixMemory;
}

/** Regions that are kept open at a time. */
const MAX_REGIONS = 1024;

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}

/** Regions by name. */
export class SharedRegions {
  readonly #memories: PosixMemories;
  readonly #regions = new Map<string, Registered>();

  constructor(memories: PosixMemories) {
    this.#memories = memories;
  }

  /** @throws {InferenceError} INVALID_ARG for a name that is taken or memory that can't be had */
  register(region: SharedMemoryRegion): void {
    const { name, key, offset, byteSize } = region;
    if (this.#regions.has(name)) {
      throw new InferenceError(
        "ALREADY_EXISTS",
        `shared memory region '${name}' already in manager`,
      );
    }
    if (this.#regions.size >= MAX_REGIONS) {
      throw new InferenceError("RESOURCE_EXHAUSTED", `more than ${MAX_REGIONS} regions`);
    }
    let memory: PosixMemory;
    try {
      memory = this.#memories.open(key.startsWith("/") ? key : `/${key}`);
    } catch (cause) {
      throw new InferenceError("INTERNAL", `Unable to open shared memory region: '${key}'`, {
        cause,
      });
    }
    if (offset + byteSize > memory.byteSize) {
      memory.close();
      throw invalid(
        `failed to register shared memory region '${name}': invalid args. Its ${byteSize} bytes at ` +
          `${offset} are beyond the ${memory.byteSize} of '${key}'`,
      );
    }
    this.#regions.set(name, { ...region, memory });
  }

  /** Forgets one, or all of them with an empty name. */
  unregister(name = ""): void {
    const gone = name === "" ? [...this.#regions.keys()] : [name];
    for (const one of gone) {
      this.#regions.get(one)?.memory.close();
      this.#regions.delete(one);
    }
  }

  /** One, or all of them. @throws {InferenceError} NOT_FOUND */
  status(name = ""): SharedMemoryRegion[] {
    const all = [...this.#regions.values()].map(({ memory: _, ...region }) => region);
    if (name === "") return all;
    if (!this.#regions.has(name)) throw unknown(name, "NOT_FOUND");
    return all.filter((region) => region.name === name);
  }

  /** A copy of an input's bytes. @throws {InferenceError} INVALID_ARG */
  read(place: SharedMemoryPlace): Uint8Array {
    const { memory, offset } = this.#at(place);
    return memory.read(offset + place.offset, place.byteSize);
  }

  /** Writes an output. @throws {InferenceError} INVALID_ARG when it is longer than its place */
  write(place: SharedMemoryPlace, bytes: Uint8Array, output: string): void {
    const { memory, offset } = this.#at(place);
    if (bytes.length > place.byteSize) {
      throw new InferenceError(
        "INTERNAL",
        `shared memory size specified with the request for output '${output}' (${place.byteSize} ` +
          `bytes) should be at least ${bytes.length} bytes to hold the results`,
      );
    }
    memory.write(bytes, offset + place.offset);
  }

  #at({ region, offset, byteSize }: SharedMemoryPlace): Registered {
    const known = this.#regions.get(region);
    if (known === undefined) throw unknown(region, "INVALID_ARG");
    if (offset + byteSize <= known.byteSize) return known;
    throw invalid(`Invalid offset + byte size for shared memory region: '${region}'`);
  }
}

function unknown(name: string, code: "NOT_FOUND" | "INVALID_ARG"): InferenceError {
  return new InferenceError(code, `Unable to find shared memory region: '${name}'`);
}
