/**
 * The gallery's page. Names and labels come from files and servers: all of them go through `text`.
 *
 * @module
 */
import { escapeHtml as text, nameHtml as name, policyHash } from "../../../base/html.ts";
import { formatGeneral } from "../../../base/format_number.ts";
import type { ResultRow } from "../results/row.ts";
import { className, type Tally } from "../results/tally.ts";
import { nameKey } from "../../../base/class_truth.ts";
import { SCRIPT, STYLE } from "./style.ts";

/** A row and its thumbnail's address; undefined where there is none. */
export interface GalleryPicture {
  readonly row: ResultRow;
  readonly thumbnail?: string;
}

/** What the page tells. */
export interface GalleryContent {
  readonly model: string;
  readonly tally: Tally;
  readonly hasTruth: boolean;
  readonly pictures: readonly GalleryPicture[];
}

/** The whole page. */
export async function galleryPage(content: GalleryContent): Promise<string> {
  const { model, tally, pictures } = content;
  // Whatever slips through runs nothing and loads nothing: only these two texts may.
  const policy = "default-src 'none'; img-src data: file: 'self'; " +
    `style-src ${await policyHash(STYLE)}; script-src ${await policyHash(SCRIPT)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${text(policy)}">
<title>${text(model)}: ${tally.rows} images</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${name(model)}</h1>
${figures(content)}
${content.hasTruth ? matrix(tally) : ""}
<h2>Images</h2>
${
    tally.rows > pictures.length
      ? `<p>${pictures.length} of ${tally.rows}: mistakes that the model was
surest of, failures, and what it was least sure of</p>`
      : ""
  }
${filters(content)}
<ul class="grid">
${pictures.map(card).join("\n")}
</ul>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function figures({ tally, hasTruth }: GalleryContent): string {
  const { count, top1, top5 } = tally.total();
  const share = (part: number) => `${(count === 0 ? 0 : 100 * part / count).toFixed(1)} %`;
  const parts = [`<b>${tally.rows - tally.failed}</b> classified`, `<b>${tally.failed}</b> failed`];
  if (hasTruth) {
    parts.unshift(
      `<b>${share(top1)}</b> top-1 (${top1} of ${count})`,
      `<b>${share(top5)}</b> top-5 (${top5} of ${count})`,
    );
  }
  return `<div class="figures">${parts.map((part) => `<span>${part}</span>`).join("")}</div>`;
}

function filters({ pictures }: GalleryContent): string {
  const names = pictures.flatMap(({ row: { truth, classes } }) => [
    ...truth === undefined ? [] : [truth],
    ...classes.slice(0, 1).map(className),
  ]);
  const known = new Map(names.map((one) => [nameKey(one), one]));
  const options = [...known].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([key, one]) => `<option value="${text(key)}">${text(one)}</option>`);
  return `<div class="filters">
<label>Class <select id="class"><option value="">all</option>${options.join("")}</select></label>
<label>Show <select id="kind"><option value="">all</option><option value="wrong">mistakes</option>
<option value="right">right ones</option><option value="failed">failures</option></select></label>
<label>Confidence from <input id="least" type="number" step="any"></label>
<label>to <input id="most" type="number" step="any"></label>
<span id="shown"></span>
</div>`;
}

function card({ row, thumbnail }: GalleryPicture): string {
  const { file, error, classes, truth, rank } = row;
  const [best] = classes;
  const kind = error !== undefined
    ? "failed"
    : truth === undefined
    ? ""
    : rank === 1
    ? "right"
    : "wrong";
  const data = [
    truth === undefined ? "" : ` data-truth="${text(nameKey(truth))}"`,
    best === undefined
      ? ""
      : ` data-best="${text(nameKey(className(best)))}" data-value="${best.value}"`,
  ].join("");
  const value = (one: typeof classes[number]) =>
    `${name(className(one))} ${formatGeneral(one.value, 3)}`;
  const lines = [
    thumbnail === undefined
      ? `<div class="none">no picture</div>`
      : `<img loading="lazy" alt="" src="${text(thumbnail)}">`,
    error === undefined ? "" : `<div class="reason">${name(error)}</div>`,
    best === undefined ? "" : `<div class="best">${value(best)}</div>`,
    kind === "wrong" ? `<div class="more">in truth ${name(truth!)}</div>` : "",
    ...classes.slice(1, 5).map((one) => `<div class="more">${value(one)}</div>`),
    `<div class="name" title="${text(file)}">${name(file)}</div>`,
  ];
  return `<li class="${kind}"${data}>${lines.join("")}</li>`;
}

/** Classes that the matrix shows at most: the largest ones. */
const MOST_CLASSES = 100;
/** Up to so many have their names beside them. */
const NAMED = 40;

/** The confusion matrix as a picture: the darker, the more; a cell tells its count when pointed at. */
function matrix(tally: Tally): string {
  const { names, rows } = tally.confusion();
  const sum = (i: number) =>
    rows[i]!.reduce((a, b) => a + b, 0) + rows.reduce((a, row) => a + row[i]!, 0);
  const kept = names.map((_, i) => i).sort((a, b) => sum(b) - sum(a)).slice(0, MOST_CLASSES)
    .sort((a, b) => a - b);
  if (kept.length === 0) return "";
  const side = kept.length <= NAMED ? 22 : 8;
  const margin = kept.length <= NAMED ? 130 : 8;
  const size = side * kept.length;
  const parts = [
    `<rect class="frame" x="${margin}" y="${margin}" width="${size}" height="${size}"/>`,
  ];
  kept.forEach((row, y) => {
    const total = rows[row]!.reduce((a, b) => a + b, 0);
    kept.forEach((column, x) => {
      const n = rows[row]![column]!;
      if (n === 0) return;
      const opacity = (0.15 + 0.85 * n / total).toFixed(2);
      const tip = `${names[row]} taken for ${names[column]}: ${n} of ${total}`;
      parts.push(
        `<rect class="cell" opacity="${opacity}" x="${margin + x * side}" y="${
          margin + y * side
        }" ` +
          `width="${side}" height="${side}"><title>${text(tip)}</title></rect>`,
      );
    });
  });
  if (kept.length <= NAMED) {
    kept.forEach((i, at) => parts.push(labels(names[i]!, at, side, margin)));
  }
  const shown = kept.length < names.length
    ? `, the ${kept.length} largest of ${names.length} classes`
    : "";
  const height = margin + size + 8;
  // The last columns' names lean to the right.
  const width = kept.length <= NAMED ? height + 60 : height;
  return `<h2>Confusion</h2>
<p>Rows: the truth; columns: what the model said${shown}</p>
<div class="matrix"><svg width="${width}" viewBox="0 0 ${width} ${height}" role="img"
aria-label="confusion matrix">${parts.join("")}</svg></div>`;
}

function labels(label: string, at: number, side: number, margin: number): string {
  const short = [...label].length > 18 ? `${[...label].slice(0, 17).join("")}…` : label;
  const middle = margin + at * side + side / 2;
  return `<text x="${margin - 6}" y="${middle + 4}" text-anchor="end">${text(short)}</text>` +
    `<text transform="translate(${middle + 4} ${margin - 6}) rotate(-60)">${text(short)}</text>`;
}
