/**
 * How the scripts end when something is wrong that the person at the keyboard can put right.
 *
 * @module
 */

/** A failure whose message is all there is to say. */
export class Failure extends Error {
  override name = "Failure";
}

/** Runs a script's body; a {@linkcode Failure} becomes one line and exit code 1. */
export async function runScript(body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`error: ${error.message}`);
    return 1;
  }
}
