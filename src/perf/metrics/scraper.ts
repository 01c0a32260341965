/**
 * Looks at metrics pages beside the load.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { describeError, InferenceError } from "../../base/errors.ts";
import { type MetricsPage, openMetricsPage } from "./page.ts";
import { isKept, SeriesTally } from "./series.ts";
import type { MetricsFigures, MetricsSettings } from "./types.ts";

/** Looks at all pages during the passes. */
export interface MetricsScraper {
  /** Begins a pass with a look at every page; the result ends it with another one. */
  watch(signal: AbortSignal): Promise<() => Promise<MetricsFigures[]>>;
  close(): void;
}

/** How pages are opened. */
export interface ScraperOptions {
  /** @default `openMetricsPage` */
  readonly open?: (url: string) => Promise<MetricsPage>;
  readonly signal?: AbortSignal;
}

/**
 * Opens all pages and makes sure that each is one and has what was asked for.
 *
 * @throws {InferenceError} as the pages give cause
 */
export async function openScraper(
  settings: MetricsSettings,
  clock: Clock,
  { open = (url) => Promise.resolve(openMetricsPage(url)), signal }: ScraperOptions = {},
): Promise<MetricsScraper> {
  const pages: MetricsPage[] = [];
  const close = () => pages.forEach((page) => page.close());
  try {
    for (const url of settings.urls) pages.push(await open(url));
    for (const page of pages) await checkPage(page, settings.families, signal);
  } catch (error) {
    close();
    throw error;
  }
  return {
    close,
    async watch(signal) {
      const watches = pages.map((page) => new PageWatch(page, settings, clock));
      await Promise.all(watches.map((watch) => watch.look()));
      const ended = new AbortController();
      const both = AbortSignal.any([signal, ended.signal]);
      const running = watches.map((watch) => watch.run(both));
      return async () => {
        ended.abort();
        await Promise.all(running);
        return await Promise.all(watches.map((watch) => watch.finish()));
      };
    },
  };
}

async function checkPage(
  page: MetricsPage,
  asked: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const names = new Set((await page.read(signal)).map(({ name }) => name));
  const missing = asked.find((name) => !names.has(name));
  if (missing !== undefined) {
    throw new InferenceError("NOT_FOUND", `${page.url} has no metric family '${missing}'`);
  }
  if ([...names].some((name) => isKept(name, asked))) return;
  throw new InferenceError(
    "NOT_FOUND",
    `${page.url} has none of Triton's metrics, whose names begin with nv_`,
    { hint: `name the families to collect; it has ${[...names].slice(0, 5).join(", ")}` },
  );
}

class PageWatch {
  readonly #page: MetricsPage;
  readonly #tally: SeriesTally;
  readonly #intervalMs: number;
  readonly #clock: Clock;
  #scrapes = 0;
  #failed = 0;
  #lastError: string | undefined;

  constructor(page: MetricsPage, settings: MetricsSettings, clock: Clock) {
    this.#page = page;
    this.#tally = new SeriesTally(settings.families);
    this.#intervalMs = settings.intervalMs;
    this.#clock = clock;
  }

  async look(): Promise<void> {
    try {
      this.#tally.add(await this.#page.read(), this.#clock.now());
      this.#scrapes++;
    } catch (error) {
      this.#failed++;
      this.#lastError = describeError(error);
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    while (true) {
      await this.#clock.sleep(this.#intervalMs, signal);
      if (signal.aborted) return;
      await this.look();
    }
  }

  async finish(): Promise<MetricsFigures> {
    await this.look();
    return {
      url: this.#page.url,
      scrapeCount: this.#scrapes,
      failedCount: this.#failed,
      lastError: this.#lastError,
      truncated: this.#tally.overflowed,
      series: this.#tally.figures(),
    };
  }
}
