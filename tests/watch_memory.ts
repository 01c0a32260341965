/**
 * A watchdog over a process's memory.
 *
 * @module
 */

/**
 * Follows a process: prints the most memory that it has had, and kills it above the limit. A shell does
 * it because Deno keeps programs away from /proc.
 */
const WATCH = `
peak=0
while hwm=$(awk '/^VmHWM/ { print $2 }' /proc/$1/status 2>/dev/null) && [ -n "$hwm" ]; do
  peak=$hwm
  [ "$hwm" -gt "$2" ] && kill -9 $1
  sleep 0.02
done
echo $peak`;

/**
 * Follows a process until its end, which comes soon when it has more memory than it may.
 *
 * @returns the most that it had, in MiB
 */
export async function watchMemory(pid: number, limitMib: number): Promise<number> {
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", WATCH, "watch", String(pid), String(limitMib * 1024)],
  }).output();
  return Number(new TextDecoder().decode(stdout)) / 1024;
}
