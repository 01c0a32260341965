/**
 * Work that takes its turns, so that what comes in meanwhile isn't kept waiting.
 *
 * @module
 */

/** Time for whoever has waited; a question and its answer take the loop a few turns. */
const PAUSE_MS = 3;

let last: Promise<void> = Promise.resolve();

/**
 * Waits for the turn of a piece of work that takes long: one at a time, and before each the others get
 * their turns.
 */
export function longTurn(): Promise<void> {
  last = last.then(async () => {
    // The first timer may be due by the time that the work before is done; the second is not.
    await pause();
    await pause();
  });
  return last;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}
