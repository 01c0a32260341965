/**
 * The page of `trtis report` in a real browser, from a file and without a network; where none is
 * installed the run says so.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { jsonReport } from "../src/perf/report/json.ts";
import {
  exampleLevel,
  exampleParts,
  examplePass,
  exampleResult,
  exampleTimes,
} from "../src/perf/testing/example_result.ts";
import { exampleRuns, longRun } from "../src/perf/testing/example_page.ts";
import type { RunReport } from "../src/perf/run_file/read.ts";
import { type Browser, findBrowser, startBrowser } from "./browser.ts";
import { expectedTables, figureTables, READ_TABLES, type Tables } from "./page_tables.ts";
import { removeFolder } from "./remove_folder.ts";
import { runCommand } from "./run_command.ts";

const program = findBrowser();
if (program === undefined) console.warn("skipped: no Chromium here; pages are not opened in one");

/** A folder and a browser; `make` writes reports and their page, and says where. */
interface Setting {
  readonly browser: Browser;
  readonly folder: string;
  make(name: string, ...reports: RunReport[]): Promise<string>;
}

function browserTest(name: string, use: (setting: Setting) => Promise<void>): void {
  Deno.test({
    name,
    ignore: program === undefined,
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        await using browser = await startBrowser(program!);
        const make = async (name: string, ...reports: RunReport[]) => {
          const files = reports.map((_, i) => `${folder}/${name} ${i}.json`);
          for (const [i, report] of reports.entries()) {
            await Deno.writeTextFile(files[i]!, jsonReport(report));
          }
          const made = await runCommand(["report", ...files, "-o", `${folder}/${name}.html`]);
          assertEquals(made.code, 0, made.stderr);
          return `${folder}/${name}.html`;
        };
        await use({ browser, folder, make });
      } finally {
        await removeFolder(folder);
      }
    },
  });
}

/** A mix at a rate, with several answers to a request, as one of two tasks. */
function otherRun(): RunReport {
  const pass = examplePass({
    ...exampleParts(),
    serviceLatency: exampleTimes(800),
    delay: exampleTimes(200),
    sequenceCount: 4,
    sequencePerSecond: 4.25,
    responses: { responseCount: 4, first: exampleTimes(300), between: exampleTimes(20) },
    accuracy: { checkedCount: 4, top1Count: 3, top1: 0.75 },
  });
  const result = exampleResult([exampleLevel({ requestRate: 250.5 }, pass)]);
  const part = { environment: result.environment, aborted: false, levels: result.levels };
  const parts = [{ index: 0, ...part }, { index: 1, ...part }];
  return { ...result, merge: { count: 2, missing: [], warnings: [], parts } };
}

browserTest("every figure of every table in the browser is the JSON's", async (setting) => {
  const { browser, make, folder } = setting;
  const runs = { one: exampleRuns()[0]!.report, other: otherRun() };
  const seen = new Set<string>();
  for (const [name, run] of Object.entries(runs)) {
    await using page = await browser.open(await make(name, run));
    assertEquals(page.said, []);
    const tables = Object.entries(await page.evaluate<Tables>(READ_TABLES));
    const json = await Deno.readTextFile(`${folder}/${name} 0.json`);
    // HTML has no sign for 0; in the labels of metrics it is written out.
    const plain = (text: string) => JSON.parse(text.replaceAll(/\\+u0000/g, "\ufffd"));
    assertEquals(plain(JSON.stringify(figureTables(tables))), expectedTables(plain(json)));
    tables.forEach(([id]) => seen.add(id.replace(/^run\d+(?:-level\d+)?-/, "")));
  }
  assertEquals([...seen].sort(), [
    ...["addresses", "environment", "errors", "histogram", "latencies", "levels", "metrics"],
    ...["models", "passes", "server", "settings", "shards", "spectrum", "time", "timeline"],
  ]);
});

browserTest("plots are drawn from their tables, and told point by point", async (setting) => {
  const { browser, make } = setting;
  await using page = await browser.open(await make("one", exampleRuns()[0]!.report));
  // Curve, spectrum, and four panels over time.
  const canvases = () => page.evaluate<number>("document.querySelectorAll('canvas').length");
  assertEquals(await canvases(), 6);
  await page.evaluate("document.querySelector('[data-plot=curve]').focus()");
  const read = () => page.evaluate<string>("document.querySelector('output').textContent");
  assertMatch(await read(), /arrow keys/);
  await page.press("ArrowRight");
  const first = await read();
  assertMatch(first, /^concurrency 1: p50 [\d.,]+ ms, 1,000 infer\/s$/);
  await page.press("ArrowRight");
  assertNotEquals(await read(), first);
  await page.look({ dark: true, width: 390 });
  assertEquals(await canvases(), 6);
  assertEquals(page.said, []);
});

browserTest("nothing sticks out on a phone, and nothing is cut off on paper", async (setting) => {
  const { browser, make } = setting;
  const [a, b] = exampleRuns();
  const pages = [[a!.report], [a!.report, b!.report], [otherRun()], [exampleResult([])]];
  for (const [i, reports] of pages.entries()) {
    await using page = await browser.open(await make(`page${i}`, ...reports), { width: 390 });
    const widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
    const sizes = () => page.evaluate<[number, number]>(widths);
    let [width, room] = await sizes();
    assert(width <= room, `${width} of ${room} pixels`);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await page.look({ width: 718, print: true });
    [width, room] = await sizes();
    assert(width <= room, `${width} of ${room} pixels on paper`);
    assertEquals(
      await page.evaluate(
        "[...document.querySelectorAll('details.level')].every((one) => one.open)",
      ),
      true,
    );
    assertEquals(page.said, []);
  }
});

browserTest("whatever comes from outside stays text", async ({ browser, make }) => {
  const [a, b] = exampleRuns();
  for (const [i, reports] of [[a!.report], [a!.report, b!.report]].entries()) {
    await using page = await browser.open(await make(`hostile${i}`, ...reports));
    assertEquals(page.said, []);
    const odd =
      "document.querySelectorAll('img, iframe, object, embed, link, form, a, base').length";
    assertEquals(await page.evaluate(odd), 0);
    assertEquals(await page.evaluate("document.scripts.length"), 2);
    const handlers = "[...document.querySelectorAll('*')].flatMap((one) => [...one.attributes])" +
      ".filter(({ name }) => name.startsWith('on')).length";
    assertEquals(await page.evaluate(handlers), 0);
    // It is all there, as text.
    assertEquals(await page.evaluate("document.body.innerText.includes('<img src=x')"), true);
  }
});

browserTest("the policy keeps out a script that is not the page's", async (setting) => {
  const { browser, make, folder } = setting;
  const html = await Deno.readTextFile(await make("page", exampleRuns()[0]!.report));
  const worse = html.replace(
    "<main>",
    "<main><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">",
  );
  await Deno.writeTextFile(`${folder}/worse.html`, worse);
  await using page = await browser.open(`${folder}/worse.html`);
  assertNotEquals(await page.evaluate("document.title"), "owned");
  assertMatch(page.said.join("\n"), /Content Security Policy/);
});

browserTest("the page of a sweep of 16 levels is below 400 KB", async ({ browser, make }) => {
  const path = await make("long", longRun(16));
  const { size } = await Deno.stat(path);
  assert(size < 400_000, `${size} bytes`);
  await using page = await browser.open(path);
  assertEquals(page.said, []);
  assertEquals(await page.evaluate("document.querySelectorAll('canvas').length"), 6);
});
