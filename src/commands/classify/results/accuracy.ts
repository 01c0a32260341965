/**
 * The accuracy of a run, in words and as a table.
 *
 * @module
 */
import { formatGeneral } from "../../../base/format_number.ts";
import { csvLine } from "./row.ts";
import { className, type Tally } from "./tally.ts";

/** Classes that are listed at most; the file of the confusion matrix has them all. */
const MOST_CLASSES = 50;

/** `75.0 % (3 of 4)`. */
function share(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : 100 * part / whole).toFixed(1)} % (${part} of ${whole})`;
}

/** The lines that stand under a run with `--truth`. */
export function accuracyLines(tally: Tally): string {
  const { count, top1, top5 } = tally.total();
  if (count === 0) return "no picture with a known truth was classified\n";
  const lines = [`top-1 ${share(top1, count)}`, `top-5 ${share(top5, count)}`];
  if (tally.unknown > 0) lines.push(`${tally.unknown} without truth, not counted`);
  if (tally.failed > 0) lines.push(`${tally.failed} failed, not counted`);
  const classes = [...tally.perClass()];
  lines.push("", "per class:");
  for (const [name, hits] of classes.slice(0, MOST_CLASSES)) {
    const top = (n: number) => share(n, hits.count);
    lines.push(`    ${name}: top-1 ${top(hits.top1)}, top-5 ${top(hits.top5)}`);
  }
  const more = classes.length - MOST_CLASSES;
  if (more > 0) lines.push(`    and ${more} more; --confusion FILE.csv has them all`);
  const mistakes = tally.mistakes();
  if (mistakes.length > 0) lines.push("", "most confident mistakes:");
  for (const { file, truth, best } of mistakes) {
    const said = `${className(best)} (${formatGeneral(best.value)}), not ${truth}`;
    lines.push(`    ${file}: ${said}`);
  }
  return lines.join("\n") + "\n";
}

/** The confusion matrix: a row a class in truth, a column a class as the model says. */
export function confusionCsv(tally: Tally): string {
  const { names, rows } = tally.confusion();
  return csvLine(["truth \\ predicted", ...names]) +
    rows.map((row, i) => csvLine([names[i]!, ...row.map(String)])).join("");
}
