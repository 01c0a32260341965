/**
 * Removes a folder that programs have lived in.
 *
 * @module
 */
const PATIENCE_MS = 3000;

/**
 * Removes the folder with all that is in it. On Windows it stays in use for a moment after the last
 * process in it has ended, and under Wine as long as the console host that was started there lives:
 * it is left to the system then.
 */
export async function removeFolder(folder: string): Promise<void> {
  const giveUp = performance.now() + PATIENCE_MS;
  while (true) {
    try {
      return await Deno.remove(folder, { recursive: true });
    } catch (error) {
      const inUse = error instanceof Deno.errors.PermissionDenied ||
        error instanceof Deno.errors.Busy;
      if (Deno.build.os !== "windows" || !inUse) throw error;
      if (performance.now() > giveUp) return console.warn(`${folder} is still in use: left there`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
