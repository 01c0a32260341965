/**
 * The shared memory of this program that is open, so that outputs in it can be read.
 *
 * @module
 */
import type { SharedMemoryPlace } from "../protocol/types.ts";

/** What is known of a region. */
export interface OpenMemory {
  read(offset: number, byteSize: number): Uint8Array;
}

const open = new Map<string, OpenMemory>();

/** From now on its tensors can be read. */
export function memoryOpened(region: string, memory: OpenMemory): void {
  open.set(region, memory);
}

/** They can no longer be read. */
export function memoryClosed(region: string): void {
  open.delete(region);
}

/** A copy of what lies there; undefined when this program didn't open the region. */
export function bytesAt({ region, offset, byteSize }: SharedMemoryPlace): Uint8Array | undefined {
  return open.get(region)?.read(offset, byteSize);
}
