/**
 * Which decoders are kept for the next image. Their memory grows with the largest image and never shrinks.
 *
 * @module
 */

/** Up to this much is kept in any case. */
const SMALL = 96 * 1024 * 1024;
/** More than this is never kept. */
const LARGE = 512 * 1024 * 1024;
/** Between the two, memory that so many images in a row hardly used is given back. */
const PATIENCE = 8;

/** Follows one decoder. */
export class HeapWatch {
  #idle = 0;

  /**
   * Whether the decoder's memory is worth keeping. Fresh memory costs as much time as decoding into it, so
   * it is kept while large images come.
   *
   * @param heap bytes that the decoder has
   * @param need bytes that the image at hand took
   */
  keeps(heap: number, need: number): boolean {
    if (heap <= SMALL) return true;
    this.#idle = need < heap / 4 ? this.#idle + 1 : 0;
    return heap <= LARGE && this.#idle < PATIENCE;
  }
}
