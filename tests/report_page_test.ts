/**
 * The page of `trtis report` and `perf_client --html`: made of files, refused for bad ones, and read back
 * by a real browser, where one is installed.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { pathToFileURL } from "node:url";
import { startServer } from "../src/server/server.ts";
import { jsonReport } from "../src/perf/report/json.ts";
import { exampleRuns, tablesOf } from "../src/perf/testing/example_page.ts";
import { count, ms, percent, rate } from "../src/perf/page/format.ts";
import type { RunReport } from "../src/perf/run_file/read.ts";
import { parseRun } from "../src/perf/run_file/read.ts";
import { BY_COUNT, runPerf } from "./perf_program.ts";
import { removeFolder } from "./remove_folder.ts";
import { runCommand } from "./run_command.ts";

async function withFolder(use: (at: (name: string) => string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use((name) => `${folder}/${name}`);
  } finally {
    await removeFolder(folder);
  }
}

/** All figures of a run's tables, as the JSON has them. */
function checkTables(tables: ReadonlyMap<string, Record<string, string>[]>, run: RunReport): void {
  const rows = tables.get("levels")!;
  assertEquals(rows.length, run.levels.length);
  run.levels.forEach((level, i) => {
    const { reported, passes, timeline = [] } = level;
    const row = rows[i]!;
    assertEquals(row.rate, rate(reported.inferPerSecond));
    assertEquals(row.avg, ms(reported.latency!.averageUs));
    for (const { percentile, us } of reported.latency!.percentiles) {
      assertEquals(row[`p${percentile}`], ms(us));
    }
    assertEquals([row.requests, row.failed, row.errors], [
      count(reported.requestCount),
      count(reported.failedCount),
      percent(reported.errorRate),
    ]);
    assertEquals(
      tables.get(`run0-level${i}-passes`)!.map((one) => [one.pass, one.rate, one.avg]),
      passes.map((pass) => [
        count(pass.pass),
        rate(pass.inferPerSecond),
        ms(pass.latency?.averageUs),
      ]),
    );
    assertEquals(
      tables.get(`run0-level${i}-histogram`)!.map((one) => [one.upTo, one.count]),
      reported.latency!.histogram.map((bin) => [ms(bin.upToUs), count(bin.count)]),
    );
    const name = row.load!;
    assertEquals(
      tables.get("spectrum")!.filter(({ series }) => series === name).map((one) => one.ms),
      reported.latency!.spectrum!.map(({ us }) => ms(us)),
    );
    assertEquals(
      tables.get("timeline")!.filter(({ load }) => load === name)
        .map((one) => [one.rate, one.p99, one.requests, one.failed, one.inFlight]),
      timeline.map((point) => [
        rate(point.inferPerSecond),
        ms(point.p99Us) ?? "",
        count(point.requestCount),
        count(point.failedCount),
        rate(point.inFlight),
      ]),
    );
  });
  const servers = run.levels.map(({ reported }) => reported.server!);
  assertEquals(
    tables.get("time")!.filter(({ model }) => !model!.startsWith("part "))
      .map(({ part3, part5 }) => [part3, part5]),
    servers.map(({ queueUs, computeUs }) => [ms(queueUs), ms(computeUs)]),
  );
}

Deno.test("perf_client --html and trtis report make a page with the JSON's figures", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  await withFolder(async (at) => {
    const run = await runPerf([
      ...["--api", "v2", "-m", "simple", "-u", server.httpAddress!, "--concurrency-range", "1:3"],
      ...["-H", "x-key: s3cr3t", "--json", at("run.json"), "--html", at("run.html"), ...BY_COUNT],
    ]);
    assertEquals(run.code, 0, run.merged);
    const report = parseRun("x", await Deno.readTextFile(at("run.json")));
    const html = await Deno.readTextFile(at("run.html"));
    checkTables(tablesOf(html), report);
    assert(!html.includes("s3cr3t"));
    assertEquals(
      report.command,
      `trtis perf_client -m simple --concurrency-range 1:3 --max-threads 1 -s 900 ` +
        `--measurement-mode count_windows --measurement-request-count 20 ` +
        `-u ${server.httpAddress} --api v2 -H 'x-key:***'`,
    );
    const made = await runCommand(["report", at("run.json"), "-o", at("again.html")]);
    assertEquals(made.code, 0, made.stderr);
    checkTables(tablesOf(await Deno.readTextFile(at("again.html"))), report);
    // Two runs have one table.
    await Deno.copyFile(at("run.json"), at("other.json"));
    await runCommand(["report", at("run.json"), at("other.json"), "-o", at("two.html")]);
    const both = tablesOf(await Deno.readTextFile(at("two.html"))).get("levels")!;
    assertEquals(both.map((row) => row.run), ["run", "run", "run", "other", "other", "other"]);
  });
});

Deno.test("report refuses what is no report, and what it can't write", async () => {
  await withFolder(async (at) => {
    const whole = jsonReport(exampleRuns()[0]!.report);
    await Deno.writeTextFile(at("run.json"), whole);
    await Deno.writeTextFile(at("cut.json"), whole.slice(0, -30));
    await Deno.writeTextFile(at("list.json"), "[]");
    await Deno.writeTextFile(
      at("later.json"),
      whole.replace(`"schemaVersion": 1`, `"schemaVersion": 9`),
    );
    const refused = async (files: string[], out: string, says: string) => {
      const { code, stderr } = await runCommand(["report", ...files.map(at), "-o", at(out)]);
      assertEquals(code === 0, false);
      assertStringIncludes(stderr, says);
      const isThere = await Deno.stat(at("page.html")).then(() => true, () => false);
      assertEquals(isThere, false, "nothing is written");
    };
    await refused(["cut.json"], "page.html", "it is not a whole JSON file");
    await refused(["run.json", "list.json"], "page.html", "it is no report of perf_client");
    await refused(["later.json"], "page.html", "its version is 9, not 1");
    await refused(["none.json"], "page.html", "Cannot read");
    await refused(["run.json"], "no/such/folder.html", "Cannot write");
    await refused(["run.json"], "run.json", "is one of the files to show");
    assertEquals(await Deno.readTextFile(at("run.json")), whole);
  });
});

Deno.test("perf_client refuses a page that can't be written before it sends anything", async () => {
  await withFolder(async (at) => {
    const run = await runPerf(["-m", "x", "-u", "127.0.0.1:1", "--html", at("no/page.html")]);
    assert(run.code !== 0);
    assertMatch(run.stderr, /Cannot write/);
  });
});

const CHROMIUM = "/usr/bin/chromium";
const hasBrowser = Deno.build.os === "linux" &&
  await Deno.stat(CHROMIUM).then(() => true, () => false);
if (!hasBrowser) console.warn(`skipped: no browser at ${CHROMIUM}; the page is not opened in one`);

/** Opens a page in a browser without a network: the page as it then is, and what the console had. */
async function opened(path: string, folder: string): Promise<{ dom: string; console: string[] }> {
  const { stdout, stderr } = await new Deno.Command(CHROMIUM, {
    args: [
      ...["--headless=new", "--no-sandbox", "--disable-gpu", `--user-data-dir=${folder}`],
      // Every name and address leads nowhere.
      ...["--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:1"],
      ...["--enable-logging=stderr", "--window-size=1280,900", "--virtual-time-budget=2000"],
      ...["--dump-dom", pathToFileURL(path).href],
    ],
    stdin: "null",
  }).output();
  const console = new TextDecoder().decode(stderr).split("\n").filter((line) =>
    line.includes("CONSOLE")
  );
  return { dom: new TextDecoder().decode(stdout), console };
}

Deno.test({
  name: "a browser without a network draws every plot, shows the JSON's figures, and is silent",
  ignore: !hasBrowser,
  async fn() {
    await withFolder(async (at) => {
      const runs = exampleRuns();
      for (const [i, { report }] of runs.entries()) {
        await Deno.writeTextFile(at(`run ${i}.json`), jsonReport(report));
      }
      const made = await runCommand(["report", at("run 0.json"), "-o", at("one.html")]);
      assertEquals(made.code, 0, made.stderr);
      const files = [at("run 0.json"), at("run 1.json")];
      await runCommand(["report", ...files, "-o", at("two.html")]);
      const one = await opened(at("one.html"), at("browser"));
      assertEquals(one.console, []);
      // Curve, spectrum, and four panels over time.
      assertEquals(one.dom.split("<canvas").length - 1, 6);
      // What ran is ours alone: the names and messages had markup in them.
      assert(!one.dom.includes("<img"));
      const tables = tablesOf(one.dom.replaceAll(/<\/t(?:d|h|r)>/g, ""));
      checkTables(tables, runs[0]!.report);
      const two = await opened(at("two.html"), at("browser"));
      assertEquals(two.console, []);
      assertEquals(two.dom.split("<canvas").length - 1, 6);
    });
  },
});

Deno.test({
  name: "the browser's policy keeps out a script that is not the page's",
  ignore: !hasBrowser,
  async fn() {
    await withFolder(async (at) => {
      await Deno.writeTextFile(at("run.json"), jsonReport(exampleRuns()[0]!.report));
      await runCommand(["report", at("run.json"), "-o", at("page.html")]);
      const html = await Deno.readTextFile(at("page.html"));
      const worse = html.replace("<main>", "<main><script>document.title = 'owned'</script>");
      await Deno.writeTextFile(at("worse.html"), worse);
      const { dom, console } = await opened(at("worse.html"), at("browser"));
      assert(!dom.includes("<title>owned"));
      assertMatch(console.join("\n"), /Content Security Policy/);
    });
  },
});
