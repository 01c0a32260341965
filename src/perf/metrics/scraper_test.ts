import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { VirtualClock } from "../testing/virtual_clock.ts";
import { parseExposition } from "./exposition.ts";
import type { MetricsPage } from "./page.ts";
import { openScraper } from "./scraper.ts";
import { MAX_SERIES, SeriesTally } from "./series.ts";
import { parseMetricsUrl } from "./url.ts";

const families = (text: string) => parseExposition(text);

Deno.test("series: increase, rate, average and maximum; a restart and NaN are allowed for", () => {
  const tally = new SeriesTally(["app_total", "h", "s"]);
  const page = (counter: number, gauge: string, untyped: number) =>
    families(
      `# TYPE nv_c counter\nnv_c ${counter}\n# TYPE nv_g gauge\nnv_g ${gauge}\napp_total ${untyped}\n` +
        `# TYPE h histogram\nh_count ${untyped}\n# TYPE s summary\ns{quantile="0.5"} ${untyped}\n` +
        `s_count ${untyped}\n# TYPE other gauge\nother 1\n`,
    );
  tally.add(page(100, "2", 1), 0);
  tally.add(page(150, "NaN", 2), 1000);
  tally.add(page(20, "6", 4), 2000);
  const figures = tally.figures().map(({ name, kind, increase, perSecond, average, maximum }) =>
    kind === "counter" ? [name, increase, perSecond] : [name, average, maximum]
  );
  assertEquals(figures, [
    ["nv_c", 70, 35],
    ["nv_g", 4, 6],
    ["app_total", 3, 1.5],
    ["h_count", 3, 1.5],
    ["s", 7 / 3, 4],
    ["s_count", 3, 1.5],
  ]);
});

Deno.test("series: one look has no rate, and what is never finite is left out", () => {
  const tally = new SeriesTally([]);
  tally.add(families("# TYPE nv_c counter\nnv_c 5\nnv_x NaN\n"), 0);
  assertEquals(tally.figures(), [{
    ...{ family: "nv_c", name: "nv_c", labels: {}, kind: "counter", sampleCount: 1 },
    ...{ increase: 0, perSecond: undefined },
  }]);
});

Deno.test("series: so many are kept, no more", () => {
  const tally = new SeriesTally([]);
  const text = Array.from({ length: MAX_SERIES + 1 }, (_, i) => `nv_x{i="${i}"} 1\n`).join("");
  tally.add(families(text), 0);
  assertEquals([tally.figures().length, tally.overflowed], [MAX_SERIES, true]);
});

/** A page that says one text after another, the last one for ever. */
function fakePage(...texts: (string | Error)[]): MetricsPage & { closed: boolean } {
  const page = {
    url: "h:1/metrics",
    closed: false,
    read() {
      const text = texts.length > 1 ? texts.shift()! : texts[0]!;
      return text instanceof Error ? Promise.reject(text) : Promise.resolve(families(text));
    },
    close: () => void (page.closed = true),
  };
  return page;
}

const settings = { urls: ["h:1"], intervalMs: 100, families: [] };
const opening = (page: MetricsPage) => ({ open: () => Promise.resolve(page) });

Deno.test("scraper: looks at the start, at every interval and at the end; failures are counted", async () => {
  const clock = new VirtualClock();
  const page = fakePage("nv_a 1\n", "nv_a 1\n", "nv_a 3\n", new Error("away"), "nv_a 5\n");
  const scraper = await openScraper(settings, clock, opening(page));
  const finish = await scraper.watch(new AbortController().signal);
  await clock.run(clock.sleep(250));
  const [figures] = await finish();
  scraper.close();
  assertEquals([figures!.scrapeCount, figures!.failedCount], [3, 1]);
  assertEquals(figures!.lastError, "away");
  assertEquals(figures!.series[0]!.average, 3);
  assert(page.closed);
});

Deno.test("scraper: what can't be had is refused before any load, and the page is closed", async () => {
  const clock = new VirtualClock();
  for (
    const [page, asked, message] of [
      [fakePage("nv_a 1\n"), ["x"], "h:1/metrics has no metric family 'x'"],
      [fakePage("a 1\nb 2\n"), [], "has none of Triton's metrics"],
      [fakePage(new InferenceError("CONNECTION", "refused")), [], "refused"],
    ] as const
  ) {
    const work = openScraper({ ...settings, families: asked }, clock, opening(page));
    await assertRejects(() => work, InferenceError, message);
    assert(page.closed);
  }
});

Deno.test("a metrics URL: port and path have defaults, other things are refused", () => {
  const at = (text: string) => {
    const { host, port, tls, path } = parseMetricsUrl(text);
    return `${tls ? "tls " : ""}${host} ${port} ${path}`;
  };
  assertEquals(at("localhost"), "localhost 8002 /metrics");
  assertEquals(at("localhost:9/metrics"), "localhost 9 /metrics");
  assertEquals(at("https://h:443/a/b"), "tls h 443 /a/b");
  for (const bad of ["", "ftp://h/m", "grpc://h:1", "h:99999", "h:x/metrics", "a b", "::1"]) {
    const error = assertThrows(() => parseMetricsUrl(bad), InferenceError, "the metrics URL");
    assertEquals(error.code, "USAGE");
  }
});
