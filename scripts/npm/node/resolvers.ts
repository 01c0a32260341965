/**
 * What Node before 22 lacks, apart from the platform: it needs no module of Node's, so browsers can have it.
 *
 * @module
 */

/** Promise.withResolvers. */
export function withResolvers<T>() {
  let resolve!: (value: T | PromiseLike<T>) => void;
  let reject!: (reason?: unknown) => void;
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}
