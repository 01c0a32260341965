/**
 * The part of the page's script that reads tables and makes series of points of them. It runs in a browser,
 * as text.
 *
 * @module
 */

/** Reads the tables. */
export const POINTS = String.raw`const root = document.documentElement;
const color = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
const number = (text) => text === undefined || text === "" ? null : Number(text.replaceAll(",", ""));
const plain = (value) => value >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
const HINT = "Point at the plot, or move along it with the arrow keys.";

/** A table's rows, each by the keys of its columns. */
function rowsOf(id) {
  const table = document.getElementById(id);
  const keys = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.k);
  const rows = [...table.tBodies[0].rows].map((row) => {
    const one = { mark: row.dataset.m };
    keys.forEach((key, i) => { one[key] = row.cells[i].textContent; });
    return one;
  });
  return { keys, rows };
}

function groups(rows, key) {
  const found = new Map();
  for (const row of rows) {
    const name = row[key] ?? "";
    if (!found.has(name)) found.set(name, []);
    found.get(name).push(row);
  }
  return [...found];
}

const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const seriesColor = (i) => color("s" + i % 8);
/** Levels in order have colours in order. */
function ramp(i, count) {
  if (count <= 6) return seriesColor(i);
  const dark = !root.classList.contains("print") && matchMedia("(prefers-color-scheme: dark)").matches;
  return "hsl(" + Math.round(215 + 165 * i / (count - 1)) + " 70% " + (dark ? 66 : 42) + "%)";
}


function curve({ keys, rows }) {
  const all = keys.filter((key) => /^p[\d.]+$/.test(key));
  const wanted = ["p50", "p90", "p99"].filter((key) => all.includes(key));
  const shown = wanted.length > 0 ? wanted : all;
  const runs = groups(rows, "run");
  const series = runs.flatMap(([run, mine], r) => shown.map((key, p) => ({
    name: run === "" ? key : run + ": " + key,
    color: seriesColor(runs.length > 1 ? r : p), dash: runs.length > 1 ? DASHES[p % 4] : [], dots: true,
    xs: mine.map((row) => number(row.rate)), ys: mine.map((row) => number(row[key])),
    names: mine.map((row) => row.load), rings: mine.map((row) => row.mark === "knee" ? p === shown.length - 1 ? "knee" : " " : ""),
  })));
  return [{ title: "", series, x: { title: "infer/s", unit: "infer/s" }, y: { title: "latency, ms", unit: "ms" },
    height: 360 }];
}

function spectrum({ rows }) {
  const levels = groups(rows, "series");
  // Of several runs each has a colour; the higher the load, the stronger.
  const runs = [...new Set(levels.flatMap(([, [first]]) => first.mark ?? []))];
  const series = levels.map(([name, mine], i) => {
    const xs = mine.map((row) => 1 / (1 - number(row.percentile) / 100));
    const last = xs.findIndex((x) => !Number.isFinite(x));
    if (last >= 0) xs[last] = 2 * (xs[last - 1] ?? 1);
    const run = runs.indexOf(mine[0].mark);
    const mates = levels.filter(([, [first]]) => first.mark === mine[0].mark);
    const place = mates.findIndex(([other]) => other === name);
    const look = run < 0 ? { color: ramp(i, levels.length) }
      : { color: seriesColor(run), alpha: 0.5 + 0.5 * (place + 1) / mates.length };
    return { name, ...look, dash: [], xs, ys: mine.map((row) => number(row.ms)),
      names: mine.map((row) => row.percentile + " %") };
  });
  return [{ title: "", series, height: 360, y: { title: "latency, ms", unit: "ms" },
    x: { title: "percentile", log: true, ticks: [1, 2, 4, 10, 20, 100, 1e3, 1e4, 1e5, 1e6, 1e7],
      write: (x) => Number((100 - 100 / x).toFixed(6)) + " %" } }];
}

function time({ keys, rows }) {
  const runs = groups(rows, "run");
  const panel = (title, unit, columns, height) => ({
    title, height, x: { title: "", unit: "s", ticksAreSeconds: true }, y: { title: "", unit, zero: true },
    ...columns.length > 1 ? {} : { quiet: runs.length === 1 },
    bands: runs.length === 1 ? bands(rows) : [], lines: runs.length === 1 ? changes(rows) : [],
    series: runs.flatMap(([run, mine], r) => columns.map((key, c) => ({
      name: (run === "" ? "" : run + ": ") + (columns.length > 1 ? key : title),
      color: seriesColor(runs.length > 1 ? r : c), dash: DASHES[runs.length > 1 ? c : 0],
      xs: mine.map((row) => number(row.second)), ys: mine.map((row) => row.mark === "short" && key === "rate" ? null : number(row[key])),
      names: mine.map((row) => "second " + row.second + ", " + row.load +
        (row.pass === "0" ? ", warm-up" : ", pass " + row.pass)),
    }))),
  });
  const latencies = ["p50", "p99"].filter((key) => keys.includes(key));
  return [
    panel("infer/s", "infer/s", ["rate"], 170),
    ...latencies.length > 0 ? [panel("latency, ms", "ms", latencies, 190)] : [],
    panel("failed requests", "failed", ["failed"], 110),
    panel("in flight", "in flight", ["inFlight"], 110),
  ];
}

/** Stretches of the reported pass. */
function bands(rows) {
  const found = [];
  rows.forEach((row, i) => {
    if (row.mark !== "reported") return;
    const from = number(row.second);
    const to = i + 1 < rows.length ? number(rows[i + 1].second) : from + 1;
    const last = found[found.length - 1];
    if (last && last[1] === from) last[1] = to;
    else found.push([from, to]);
  });
  return found;
}

/** Where a load or a pass begins. */
function changes(rows) {
  return rows.flatMap((row, i) => {
    const before = rows[i - 1];
    const isLoad = before === undefined || before.load !== row.load;
    if (!isLoad && before.pass === row.pass) return [];
    return [{ at: number(row.second), label: isLoad ? row.load.replace(/^.* /, "") : "" }];
  });
}
`;
