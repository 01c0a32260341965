/**
 * Bars in the cells of tables, drawn when the page is made: they print, and need no script.
 *
 * @module
 */
import { escapeHtml } from "../../base/html.ts";
import type { Html } from "./table.ts";

/** A part of a bar: which colour, and how much. */
export interface BarPart {
  readonly kind: number;
  /** What pointing at it shows; undefined = nothing. */
  readonly title?: string;
  readonly value: number;
}

const percentOf = (share: number) => `${Number((100 * share).toFixed(2))}%`;

/** Parts side by side; `most` is the length of the whole cell. */
export function bar(parts: readonly BarPart[], most: number): Html {
  let x = 0;
  const rects = parts.filter(({ value }) => value > 0).map(({ kind, title, value }) => {
    const width = most > 0 ? value / most : 0;
    const named = title === undefined ? "" : `<title>${escapeHtml(title)}</title>`;
    const rect = `<rect class=k${kind} x=${percentOf(x)} width=${percentOf(width)} height=100%>` +
      `${named}</rect>`;
    x += width;
    return rect;
  });
  return { html: `<svg class=bar aria-hidden=true>${rects.join("")}</svg>` };
}

/** What the colours mean, of those kinds that there are. */
export function legend(names: readonly string[], kinds: readonly number[]): string {
  const items = kinds.map((kind) =>
    `<li><svg viewBox="0 0 16 16" aria-hidden="true"><rect class="k${kind}" width="16" ` +
    `height="16"/></svg>${escapeHtml(names[kind]!)}`
  );
  return `<ul class="legend">${items.join("")}</ul>`;
}
