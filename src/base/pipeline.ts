/**
 * Bounded concurrency over a stream.
 *
 * @module
 */

/**
 * Starts `work` on the items of `source`, at most `limit` at once, and yields the outcomes in the
 * items' order. The next item is asked for only when there is room, so memory stays bounded.
 *
 * @throws whatever `source` or `work` throws; work already started is waited for
 */
export async function* orderedMap<T, R>(
  source: AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const running: Promise<R>[] = [];
  try {
    for await (const item of source) {
      const started = work(item);
      // Handled when its turn comes; without this an early failure would count as unhandled.
      started.catch(() => {});
      running.push(started);
      if (running.length >= limit) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    await Promise.allSettled(running);
  }
}
