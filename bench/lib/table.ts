/**
 * Bench results as a table with the peer beside us.
 *
 * @module
 */
import { formatTable } from "../../src/commands/shared/status_table.ts";

/** Where the figures were taken: they mean nothing elsewhere. */
export async function machineLine(): Promise<string> {
  const cpu = await readLine("/proc/cpuinfo", /^model name\s*:\s*(.*)$/m);
  const memory = await readLine("/proc/meminfo", /^MemTotal:\s*(\d+)/m);
  const gib = memory === undefined ? "" : `, ${(Number(memory) / 2 ** 20).toFixed(0)} GiB`;
  return `${cpu ?? Deno.build.arch}, ${navigator.hardwareConcurrency} cores${gib}, ` +
    `${Deno.build.os}, Deno ${Deno.version.deno}, ${new Date().toISOString().slice(0, 10)}`;
}

async function readLine(path: string, pattern: RegExp): Promise<string | undefined> {
  try {
    return pattern.exec(await Deno.readTextFile(path))?.[1];
  } catch {
    return undefined;
  }
}

/** Prints a title, the machine, and the rows. */
export async function printTable(
  title: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  console.log(`\n${title}\n${await machineLine()}\n\n${formatTable(rows)}`);
}

/** A ratio such as `2.31 x`. */
export function ratio(ours: number, peer: number): string {
  return peer > 0 ? `${(ours / peer).toFixed(2)} x` : "-";
}
