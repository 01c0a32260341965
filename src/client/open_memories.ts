/**
 * The shared memory of this program that is open, so that outputs in it can be read.
 *
 * @module
 */
import type { SharedMemoryPlace } from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";
import { leadingStrings } from "../tensor/strings.ts";

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

/**
 * A copy of the tensor that lies there, so many elements; undefined when this program didn't open the region.
 * Of strings the server doesn't always say how long they are together.
 */
export function tensorAt(
  { region, offset, byteSize }: SharedMemoryPlace,
  { dataType, count }: { readonly dataType: DataType | undefined; readonly count: number },
): Uint8Array | undefined {
  const bytes = open.get(region)?.read(offset, byteSize);
  return bytes !== undefined && dataType === "STRING" ? leadingStrings(bytes, count) : bytes;
}
