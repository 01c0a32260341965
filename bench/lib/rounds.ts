/**
 * Contenders in turn, several rounds of them.
 *
 * @module
 */
import type { Contender, Outcome, Setting } from "./peer_contenders.ts";

/** Runs each contender so many times, in turn; of each the round with the middle throughput. */
export async function competeBy(
  contenders: readonly Contender[],
  setting: Setting,
  rounds: number,
): Promise<Map<string, Outcome>> {
  const results = new Map<string, Outcome[]>();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const list = results.get(contender.name) ?? [];
      list.push(await contender.run(setting));
      results.set(contender.name, list);
    }
  }
  return new Map([...results].map(([name, list]) => {
    list.sort((a, b) => a.perSecond - b.perSecond);
    return [name, list[Math.floor(list.length / 2)]!];
  }));
}

/** A figure without digits behind the point, or a dash. */
export const whole = (value: number | undefined): string =>
  value === undefined ? "-" : value.toFixed(0);
