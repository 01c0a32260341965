/**
 * The recordings that lie beside the checkout. Tests that need them say so and skip when they are
 * not there.
 *
 * @module
 */

/** A file or folder of ../shared; undefined when it is not there. */
export function sharedFile(path: string): URL | undefined {
  const url = new URL(`../../shared/${path}`, import.meta.url);
  try {
    Deno.statSync(url);
    return url;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      console.warn(`skipped: ../shared/${path} is not there`);
      return undefined;
    }
    throw error;
  }
}
