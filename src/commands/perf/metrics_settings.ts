/**
 * What the flags say of the server's own metrics. Nothing is read here.
 *
 * @module
 */
import { formatAddress, parseAddress } from "../../base/address.ts";
import { InferenceError } from "../../base/errors.ts";
import type { TlsOptions } from "../../transport/types.ts";
import type { MetricsPage } from "../../perf/metrics/page.ts";
import { METRICS_PORT, parseMetricsUrl } from "../../perf/metrics/url.ts";
import type { MetricsSettings } from "../../perf/types.ts";
import { DEFAULT_PORT, type ProtocolDescription } from "../../client/connect.ts";
import { splitUrls } from "../shared/connection.ts";
import type { PerfOptions } from "./flags.ts";

const DEFAULT_INTERVAL_MS = 1000;

/**
 * Where metrics are and how often they are looked at; undefined when they aren't asked for.
 *
 * @throws {InferenceError} USAGE for a flag without --collect-metrics, or a URL that is none
 */
export function readMetrics(
  options: Pick<
    PerfOptions,
    "collectMetrics" | "metricsUrl" | "metricsInterval" | "metricsFamily" | "url"
  >,
): MetricsSettings | undefined {
  const { collectMetrics, metricsUrl, metricsInterval, metricsFamily: families } = options;
  if (!collectMetrics) {
    const given = metricsUrl !== undefined
      ? "--metrics-url"
      : metricsInterval !== undefined
      ? "--metrics-interval"
      : families.length > 0
      ? "--metrics-family"
      : undefined;
    if (given === undefined) return undefined;
    throw new InferenceError("USAGE", `${given} is about metrics that are not collected`, {
      hint: "give --collect-metrics as well",
    });
  }
  const urls = metricsUrl === undefined ? defaultUrls(options.url) : splitUrls(metricsUrl);
  for (const url of urls) parseMetricsUrl(url);
  return { urls, intervalMs: metricsInterval ?? DEFAULT_INTERVAL_MS, families };
}

function defaultUrls(url = "localhost"): string[] {
  return splitUrls(url).map((text) => {
    const { host } = parseAddress(text, DEFAULT_PORT.http);
    return `${formatAddress({ host, port: METRICS_PORT })}/metrics`;
  });
}

/**
 * How pages are opened: with the user's headers where the server itself is, which alone may see a token,
 * and with the same certificates.
 */
export function metricsOpener(
  hosts: readonly string[],
  { headers, tls }: Pick<ProtocolDescription, "headers" | "tls">,
): (url: string) => Promise<MetricsPage> {
  const known = new Set(hosts.map((url) => parseAddress(url, DEFAULT_PORT.http).host));
  return async (url) => {
    const { openMetricsPage } = await import("../../perf/metrics/page.ts");
    const own = known.has(parseMetricsUrl(url).host);
    const material: TlsOptions = { ca: tls?.ca, insecure: tls?.insecure };
    return openMetricsPage(url, { headers: own ? headers : [], tls: material });
  };
}
