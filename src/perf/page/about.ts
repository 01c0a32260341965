/**
 * With what a run was made: settings, environment, and the command line to do it again.
 *
 * @module
 */
import { escapeHtml } from "../../base/html.ts";
import { loadName } from "../report/text.ts";
import { count, ms, percent, rate } from "./format.ts";
import { type Table, tableHtml } from "./table.ts";
import type { PageRun } from "./types.ts";

/** The section of a run. */
export function aboutHtml({ report }: PageRun, id: string): string {
  const { settings, environment, command, merge } = report;
  return [
    command === undefined
      ? "<p>The report doesn't say which command line it is from.</p>"
      : `<p>To run it again:</p><pre tabindex="0"><code>${escapeHtml(command)}</code></pre>`,
    tableHtml(facts(`${id}-environment`, "Environment", environment)),
    `<details><summary>Settings</summary>${
      tableHtml(facts(`${id}-settings`, "Settings", settings))
    }</details>`,
    merge === undefined ? "" : shardsHtml(report, id),
  ].join("\n");
}

function facts(id: string, caption: string, value: object): Table {
  return {
    id,
    caption,
    columns: [{ key: "name", title: "Name" }, { key: "value", title: "Value" }],
    rows: flat(value, "").map((cells) => ({ cells })),
  };
}

/** `{ a: { b: 1 } }` -> `a.b` 1. */
function flat(value: unknown, name: string): [name: string, text: string][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  if (Array.isArray(value)) {
    const isPlain = value.every((one) => typeof one !== "object");
    if (isPlain) return value.length === 0 ? [] : [[name, value.join(", ")]];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, name === "" ? key : `${name}.${key}`)
  );
}

function shardsHtml({ merge, levels }: PageRun["report"], id: string): string {
  const table: Table = {
    id: `${id}-shards`,
    caption: "What each shard measured",
    columns: [
      { key: "shard", title: "Shard", figure: true },
      { key: "load", title: "Its load" },
      { key: "rate", title: "infer/s", figure: true },
      { key: "avg", title: "Average, ms", figure: true },
      { key: "failed", title: "Failed", figure: true },
      { key: "cpu", title: "Client CPU", figure: true },
      { key: "outcome", title: "Outcome" },
      { key: "address", title: "Server" },
    ],
    rows: levels.flatMap((_, i) =>
      merge!.parts.flatMap(({ index, environment, levels }) => {
        const level = levels[i];
        if (level === undefined) return [];
        return [{
          cells: [
            count(index),
            loadName(level),
            rate(level.reported.inferPerSecond),
            ms(level.reported.latency?.averageUs),
            count(level.reported.failedCount),
            percent(level.reported.client.cpuShare),
            level.outcome,
            environment.address,
          ],
        }];
      })
    ),
  };
  return tableHtml(table);
}
