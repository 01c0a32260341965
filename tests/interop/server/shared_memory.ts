/**
 * Shared memory that programs have left behind: it stays until somebody removes it, or the machine stops.
 *
 * @module
 */

/** Removes the regions whose names begin so. Deno itself touches nothing below /dev without all permissions. */
export async function removeSharedMemory(prefix: string): Promise<void> {
  const script = `rm -f "/dev/shm/$1"*`;
  const args = ["-c", script, "sh", prefix];
  await new Deno.Command("sh", { args, stdin: "null" }).output();
}
