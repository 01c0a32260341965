/**
 * The page of `trtis report` and `perf_client --html`: made of files, with their figures, and refused for
 * bad ones.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { jsonReport } from "../src/perf/report/json.ts";
import { exampleRuns, tablesOf } from "../src/perf/testing/example_page.ts";
import { parseRun } from "../src/perf/run_file/read.ts";
import { BY_COUNT, runPerf } from "./perf_program.ts";
import { removeFolder } from "./remove_folder.ts";
import { expectedTables, figureTables } from "./page_tables.ts";
import { runCommand } from "./run_command.ts";

async function withFolder(use: (at: (name: string) => string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use((name) => `${folder}/${name}`);
  } finally {
    await removeFolder(folder);
  }
}

/** All figures of a page of one run, against the JSON file. */
async function checkTables(html: string, json: string): Promise<void> {
  assertEquals(
    figureTables(tablesOf(await Deno.readTextFile(html))),
    expectedTables(JSON.parse(await Deno.readTextFile(json))),
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
    await checkTables(at("run.html"), at("run.json"));
    assert(!(await Deno.readTextFile(at("run.html"))).includes("s3cr3t"));
    assertEquals(
      report.command,
      `trtis perf_client -m simple --concurrency-range 1:3 --max-threads 1 -s 900 ` +
        `--measurement-mode count_windows --measurement-request-count 20 ` +
        `-u ${server.httpAddress} --api v2 -H 'x-key:***'`,
    );
    const made = await runCommand(["report", at("run.json"), "-o", at("again.html")]);
    assertEquals(made.code, 0, made.stderr);
    await checkTables(at("again.html"), at("run.json"));
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
