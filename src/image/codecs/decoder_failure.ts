/**
 * What a decoder's own failure means: it runs out of memory with the same word as it gives up on damaged
 * data.
 *
 * @module
 */
import { imageError } from "../types.ts";

const PAGE_BYTES = 65_536;
/** How engines and Emscripten say that there is no more. */
const OUT_OF_MEMORY = /allocation failed|out of memory|\boom\b|enlarge memory|could not allocate/i;

/**
 * The error of an image whose decoder failed by itself.
 *
 * @param memory the decoder's, where it is known
 * @param need bytes that the decoded image takes there; 0 = unknown
 * @returns the error to throw: one about memory where that was not enough, else what was thrown
 */
export function decoderFailure(error: unknown, memory?: WebAssembly.Memory, need = 0): unknown {
  if (!(error instanceof Error)) return error;
  const isTrap = error instanceof WebAssembly.RuntimeError;
  const isFull = OUT_OF_MEMORY.test(error.message) ||
    isTrap && memory !== undefined && !canGrow(memory, need);
  if (isFull) {
    const size = need === 0 ? "" : `, which takes ${Math.ceil(need / 2 ** 20)} MiB`;
    return imageError(`there is not enough memory to decode it${size}`, error);
  }
  return isTrap ? imageError("the decoder gave up on its data", error) : error;
}

/** A trap says nothing about its cause; what matters is whether there was room for the image. */
function canGrow(memory: WebAssembly.Memory, bytes: number): boolean {
  try {
    memory.grow(Math.ceil(bytes / PAGE_BYTES));
    return true;
  } catch {
    return false;
  }
}
