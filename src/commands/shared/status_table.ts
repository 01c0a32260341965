/**
 * A server's status as a table for people.
 *
 * @module
 */
import type { DurationStat, ServerStatus } from "../../protocol/types.ts";

/** The status of a v2 server: a head line, then a row for each model version. */
export function statusTable(status: ServerStatus): string {
  const head = `${status.id} ${status.version}, ${status.readyState.toLowerCase()}\n`;
  if (status.modelsUntold) {
    return `${head}models unknown: the server has no repository index, or does not show it\n`;
  }
  if (status.models.length === 0) return `${head}no models\n`;
  const rows = status.models.map((model) => {
    const counters = status.statistics.find((entry) =>
      entry.name === model.name && entry.version === model.version
    );
    const state = model.reason ? `${model.state} (${model.reason})` : model.state;
    if (counters === undefined) return [model.name, model.version, state, "", "", "", "", ""];
    return [
      model.name,
      model.version,
      state,
      String(counters.inferenceCount),
      String(counters.executionCount),
      String(counters.failed.count),
      average(counters.queue),
      average(counters.compute),
    ];
  });
  const titles = [
    "MODEL",
    "VERSION",
    "STATE",
    "INFERENCES",
    "EXECUTIONS",
    "FAILED",
    "QUEUE",
    "COMPUTE",
  ];
  return `${head}\n${formatTable([titles, ...rows])}`;
}

/** Mean time of an event in whole microseconds. */
function average({ count, ns }: DurationStat): string {
  return count === 0n ? "-" : `${ns / count / 1000n} us`;
}

/** Rows in aligned columns, two spaces apart; columns of numbers are aligned to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]!.map((_, column) => rows.map((row) => row[column] ?? ""));
  const widths = columns.map((cells) =>
    cells.reduce((width, cell) => Math.max(width, cell.length), 0)
  );
  const numeric = columns.map((cells) =>
    cells.slice(1).every((cell) => cell === "" || /^(-|\d[\d.]*( [a-z]+)?)$/.test(cell))
  );
  return rows.map((row) =>
    row.map((cell, i) => numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))
      .join("  ").trimEnd() + "\n"
  ).join("");
}
