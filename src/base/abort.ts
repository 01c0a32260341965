/**
 * One listener a signal, however many calls it may end: Node warns of a leak from the eleventh on.
 *
 * @module
 */

const watched = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when the signal aborts; never when it has aborted already.
 *
 * @returns ends the watch
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = watched.get(signal);
  if (callbacks === undefined) {
    callbacks = new Set();
    watched.set(signal, callbacks);
    const all = callbacks;
    const listener = () => {
      watched.delete(signal);
      for (const one of [...all]) one();
    };
    listeners.set(all, listener);
    signal.addEventListener("abort", listener, { once: true });
  }
  const mine = callbacks;
  // The same function may be there for several calls.
  const own = () => callback();
  mine.add(own);
  return () => {
    mine.delete(own);
    if (mine.size > 0 || watched.get(signal) !== mine) return;
    watched.delete(signal);
    signal.removeEventListener("abort", listeners.get(mine)!);
  };
}

const listeners = new WeakMap<Set<() => void>, () => void>();
