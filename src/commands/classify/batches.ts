/**
 * Groups images into batches as they are decoded.
 *
 * @module
 */

/** An image that is ready to be sent. */
export interface ReadyImage {
  readonly path: string;
  readonly tensor: Uint8Array;
  /** Of all images, from 0. */
  readonly place?: number;
}

/** Images that go into one request. */
export interface ImageBatch {
  /** Number of the request, from 0. */
  readonly index: number;
  readonly images: readonly ReadyImage[];
  /** How many of them were not in an earlier place: the rest fills the last batch up. */
  readonly fresh: number;
}

/**
 * Yields batches of `size`; the last one is filled by starting over with the first images, as the
 * original does. Keeps at most `size` images beyond the batch at hand.
 */
export async function* batches(
  images: AsyncIterable<ReadyImage>,
  size: number,
): AsyncGenerator<ImageBatch, void, void> {
  const first: ReadyImage[] = [];
  let current: ReadyImage[] = [];
  let index = 0;
  for await (const image of images) {
    // The last batch lacks at most size - 1 images.
    if (first.length < size - 1) first.push(image);
    current.push(image);
    if (current.length === size) {
      yield { index: index++, images: current, fresh: size };
      current = [];
    }
  }
  if (current.length === 0) return;
  const fresh = current.length;
  for (let i = 0; current.length < size; i++) current.push(first[i % first.length]!);
  yield { index, images: current, fresh };
}
