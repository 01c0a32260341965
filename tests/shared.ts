/**
 * What real r19.07 servers and clients were recorded to say, which lies in the project, and what lies
 * beside it: three photos, what the original made of them, and a model. Tests that need the latter say
 * so and skip when it isn't there.
 *
 * @module
 */

/** The recordings of r19.07. */
export const GOLDEN = new URL("golden/r19.07/", import.meta.url);

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
