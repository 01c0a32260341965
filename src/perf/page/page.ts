/**
 * One or more runs as a page: one file, which asks for nothing. Whatever comes from outside, such as names
 * and a server's words, goes through `escapeHtml`; what slips through could still run nothing and load
 * nothing, because the page's policy names the only scripts and styles it may have by their hashes.
 *
 * @module
 */
import { escapeHtml, nameHtml, policyHash } from "../../base/html.ts";
import { aboutHtml } from "./about.ts";
import { legend } from "./bars.ts";
import { levelHtml } from "./detail.ts";
import { levelsTable } from "./levels.ts";
import { SCRIPT } from "./script.ts";
import { spectrumTable } from "./spectrum.ts";
import { STYLE } from "./style.ts";
import { plotHtml, tableHtml } from "./table.ts";
import { PARTS, timeTable } from "./time_parts.ts";
import { timelineTable } from "./timeline.ts";
import type { ChartLibrary, PageRun } from "./types.ts";
import { verdictsHtml } from "./verdicts.ts";

/** The whole page of at least one run. */
export async function reportPage(
  runs: readonly PageRun[],
  library: ChartLibrary,
): Promise<string> {
  const scripts = [library.script, SCRIPT].map(inline);
  const styles = [library.style, STYLE].map(inline);
  const hashes = async (parts: readonly string[]) =>
    (await Promise.all(parts.map(policyHash))).join(" ");
  const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; " +
    `style-src ${await hashes(styles)}; script-src ${await hashes(scripts)}`;
  const title = titleOf(runs);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${styles.map((text) => `<style>${text}</style>`).join("\n")}
</head>
<body>
<main>
${header(runs)}
${runs.map((run) => verdicts(run, runs.length > 1)).join("\n")}
${plots(runs)}
${details(runs)}
${runs.map((run, i) => about(run, i, runs.length > 1)).join("\n")}
</main>
${scripts.map((text) => `<script>${text}</script>`).join("\n")}
</body>
</html>
`;
}

/** As the browser will hash it: with line feeds alone. */
function inline(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function modelsOf(runs: readonly PageRun[]): string[] {
  return [...new Set(runs.map(({ report }) => report.model.name))];
}

function titleOf(runs: readonly PageRun[]): string {
  const models = modelsOf(runs).join(", ");
  return runs.length > 1 ? `${models}: ${runs.length} runs` : `${models}: load test`;
}

function header(runs: readonly PageRun[]): string {
  const lines = runs.map(({ name, report: { environment } }) => {
    const { address, serverId, serverVersion, api, wire, startedAt } = environment;
    const server = serverId === undefined ? "" : ` (${[serverId, serverVersion ?? ""].join(" ")})`;
    const which = runs.length > 1 ? `${nameHtml(name)}: ` : "";
    return `<p>${which}${nameHtml(address)}${escapeHtml(server.replace(" )", ")"))}, ` +
      `${escapeHtml(`${wire === "grpc" ? "gRPC" : "HTTP"}, ${api}`)}, ` +
      `<time>${escapeHtml(startedAt)}</time></p>`;
  });
  return `<header><h1>${nameHtml(modelsOf(runs).join(", "))}</h1>${lines.join("")}</header>`;
}

function verdicts(run: PageRun, many: boolean): string {
  const title = many ? `Verdicts: ${nameHtml(run.name)}` : "Verdicts";
  return `<section><h2>${title}</h2>${verdictsHtml(run)}</section>`;
}

function section(title: string, note: string, body: string): string {
  return `<section><h2>${title}</h2><p>${note}</p>${body}</section>`;
}

function plots(runs: readonly PageRun[]): string {
  const levels = levelsTable(runs);
  const spectrum = spectrumTable(runs);
  const time = timeTable(runs);
  const kinds = time?.columns.flatMap(({ key }) => /^part(\d)$/.exec(key)?.[1] ?? []);
  const timeline = timelineTable(runs);
  return [
    section(
      "Throughput and latency",
      "Each point is a load. Up is slower, right is more; the knee is where throughput has its best price.",
      plotHtml("curve", "Latency percentiles over throughput", levels),
    ),
    spectrum === undefined ? "" : section(
      "Latency spectrum",
      "What share of the requests was faster: each further nine takes as much room.",
      plotHtml("spectrum", "Latency over the percentile, on a log axis", spectrum),
    ),
    time === undefined ? "" : section(
      "Where the time goes",
      "Averages of a request. “Network” is the way there and back with sending and receiving, “rest” " +
        "what of the server's time is neither queue nor compute; of an ensemble, further calls of a model, too.",
      legend(PARTS, kinds!.map(Number)) + tableHtml(time),
    ),
    timeline === undefined ? "" : section(
      "Over time",
      "One load after the other. Shaded: the pass whose figures are reported; lines: a new load or pass.",
      plotHtml("time", "Throughput, latency, errors and requests in flight by second", timeline),
    ),
  ].join("\n");
}

function details(runs: readonly PageRun[]): string {
  const parts = runs.flatMap((run, i) => [
    ...runs.length > 1 ? [`<h3>${nameHtml(run.name)}</h3>`] : [],
    ...run.report.levels.map((level, j) => levelHtml(run, level, `run${i}-level${j}`)),
  ]);
  return section(
    "Each load",
    "Its passes, latencies, histogram, errors, and what the server says.",
    parts.join("\n"),
  );
}

function about(run: PageRun, i: number, many: boolean): string {
  const { tool, toolVersion } = run.report.environment;
  const title = many ? `How ${nameHtml(run.name)} was made` : "How it was made";
  return section(title, escapeHtml(`${tool} ${toolVersion}`), aboutHtml(run, `run${i}`));
}
