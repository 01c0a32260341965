/**
 * Bounded concurrency over a stream.
 *
 * @module
 */

/**
 * Starts `work` on the items of `source`, at most `limit` at once, and yields the outcomes in the
 * items' order, each as soon as it is its turn. The next item is asked for only when there is room, so
 * memory stays bounded, and while earlier work goes on, so a source may wait for what was yielded. When
 * the source throws, the outcomes of the work already started come first.
 * Leaving the loop closes the source and waits for it and for the work already started.
 *
 * @throws whatever `source` or `work` throws
 */
export async function* orderedMap<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const items = toAsync(source);
  const running: Promise<R>[] = [];
  let pull: Promise<{ item: IteratorResult<T, unknown> } | { reason: unknown }> | undefined;
  let exhausted = false;
  let failure: { readonly reason: unknown } | undefined;
  const room = () => !exhausted && running.length < limit;
  try {
    while (true) {
      if (room()) pull ??= items.next().then((item) => ({ item }), (reason) => ({ reason }));
      const first = running[0]?.then((value) => ({ value }));
      if (!first && !pull) {
        if (failure !== undefined) throw failure.reason;
        return;
      }
      // The oldest work stands first: of two that are done, it is the one to be yielded.
      const event = await Promise.race([first, pull].filter((promise) => promise !== undefined));
      if ("value" in event) {
        running.shift();
        yield event.value;
        continue;
      }
      pull = undefined;
      if ("reason" in event) {
        exhausted = true;
        failure = event;
      } else if (event.item.done) exhausted = true;
      else {
        const started = work(event.item.value);
        // Handled when its turn comes; without this an early failure would count as unhandled.
        started.catch(() => {});
        running.push(started);
      }
    }
  } finally {
    await Promise.allSettled([items.return?.(), pull, ...running]);
  }
}

function toAsync<T>(source: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> {
  if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]();
  return (async function* () {
    yield* source;
  })();
}

/**
 * The items of a source that may be left while it waits for its next one, which an async generator
 * can't be: it is closed when that item has come, and nobody waits for that.
 */
export function detachable<T>(source: AsyncIterable<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const items = source[Symbol.asyncIterator]();
      const end: IteratorResult<T, undefined> = { done: true, value: undefined };
      let leave = () => {};
      return {
        next: () =>
          new Promise<IteratorResult<T, undefined>>((resolve, reject) => {
            leave = () => resolve(end);
            items.next().then(resolve, reject);
          }),
        return() {
          leave();
          items.return?.().catch(() => {});
          return Promise.resolve(end);
        },
      };
    },
  };
}
