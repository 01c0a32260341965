/**
 * Tables: every plot has one, and reads its points from it.
 *
 * @module
 */
import { escapeHtml } from "../../base/html.ts";

/** HTML that was made here. */
export interface Html {
  readonly html: string;
}

/** A text, which is escaped; a number as it is shown; HTML of our own; undefined = nothing to show. */
export type Cell = string | Html | undefined;

/** A column: `key` is what the page's script calls it. */
export interface Column {
  readonly key: string;
  readonly title: string;
  /** Figures stand at the right. */
  readonly figure?: boolean;
}

/** A row. */
export interface Row {
  readonly cells: readonly Cell[];
  /** For the script: this row is marked in the plot. */
  readonly mark?: string;
}

/** A table. */
export interface Table {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** A table's HTML. Its first column heads the rows. End tags that HTML can do without are left out. */
export function tableHtml({ id, caption, columns, rows }: Table): string {
  const head = columns.map(({ key, title, figure }) =>
    `<th scope="col" data-k="${key}"${figure ? ' class="n"' : ""}>${escapeHtml(title)}`
  );
  const body = rows.map(({ cells, mark }) => {
    const row = cells.map((cell, i) => {
      // Most cells have figures, which shall cost little.
      const { figure } = columns[i]!;
      return i === 0
        ? `<th scope=row${figure ? " class=n" : ""}>${cellHtml(cell)}`
        : `<td${figure ? "" : " class=t"}>${cellHtml(cell)}`;
    });
    return `<tr${mark === undefined ? "" : ` data-m="${escapeHtml(mark)}"`}>${row.join("")}`;
  });
  return `<div class="wide"><table id="${id}"><caption><span>${
    escapeHtml(caption)
  }</span></caption>` +
    `<thead><tr>${head.join("")}</thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

function cellHtml(cell: Cell): string {
  if (cell === undefined) return "";
  return typeof cell === "string" ? escapeHtml(cell) : cell.html;
}

/** Only those columns that some row has something for. */
export function withoutEmpty(table: Table): Table {
  const kept = table.columns.map((_, i) => table.rows.some(({ cells }) => cells[i] !== undefined));
  return {
    ...table,
    columns: table.columns.filter((_, i) => kept[i]),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, i) => kept[i]) })),
  };
}

/** A plot and its table. `kind` says how the script draws it, `label` what it shows. */
export function plotHtml(kind: string, label: string, table: Table): string {
  return `<figure><div class="plot" data-plot="${kind}" data-table="${table.id}" tabindex="0" ` +
    `role="group" aria-roledescription="plot" aria-label="${escapeHtml(label)}"></div>` +
    `<details${kind !== "curve" ? ' class="long"' : ""}><summary>${escapeHtml(table.caption)}` +
    `</summary>${tableHtml(table)}</details></figure>`;
}
