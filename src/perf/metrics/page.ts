/**
 * A server's metrics page over HTTP.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import { InferenceError } from "../../base/errors.ts";
import { createHttp1Transport } from "../../transport/http1/client/transport.ts";
import type { Header, TlsOptions } from "../../transport/types.ts";
import { type MetricFamily, parseExposition } from "./exposition.ts";
import { parseMetricsUrl } from "./url.ts";

/** Bytes of a page at most; Triton's has some ten thousand. */
const MAX_PAGE_BYTES = 16 * 1024 * 1024;
/** A page that takes longer is not waited for. */
const PAGE_TIMEOUT_MS = 5000;

/** Reads a page again and again, over one connection. */
export interface MetricsPage {
  readonly url: string;
  /** @throws {InferenceError} when the page can't be had, or isn't one of Prometheus's */
  read(signal?: AbortSignal): Promise<MetricFamily[]>;
  close(): void;
}

/** What a page is asked for with. */
export interface PageOptions {
  readonly headers?: readonly Header[];
  readonly tls?: TlsOptions;
}

const ACCEPT: Header = ["Accept", "text/plain;version=0.0.4"];

/** @throws {InferenceError} USAGE when the URL is none */
export function openMetricsPage(url: string, options: PageOptions = {}): MetricsPage {
  const { path, ...address } = parseMetricsUrl(url);
  const transport = createHttp1Transport({
    address,
    tls: address.tls ? options.tls ?? {} : undefined,
    connectTimeoutMs: PAGE_TIMEOUT_MS,
    maxConnections: 1,
    maxBodyBytes: MAX_PAGE_BYTES,
  });
  const headers = [ACCEPT, ...options.headers ?? []];
  const name = `${formatAddress(address)}${path}`;
  return {
    url,
    async read(signal) {
      const limits = { timeoutMs: PAGE_TIMEOUT_MS, signal };
      const answer = await transport.request({ method: "GET", path, headers }, limits);
      if (answer.status !== 200) {
        throw new InferenceError(
          "PROTOCOL",
          `Cannot read metrics from ${name}: it answered ${answer.status} ${answer.statusText}`
            .trim(),
          { answered: true, httpStatus: answer.status },
        );
      }
      return readPage(answer.body, name);
    },
    close: () => transport.close(),
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws {InferenceError} PROTOCOL when it isn't Prometheus's text */
function readPage(body: Uint8Array, name: string): MetricFamily[] {
  let why: string;
  try {
    const families = parseExposition(utf8.decode(body));
    if (families.length > 0) return families;
    why = "it is empty";
  } catch (error) {
    why = error instanceof InferenceError ? error.message : "it is not UTF-8";
  }
  throw new InferenceError("PROTOCOL", `Cannot read metrics from ${name}: ${why}`, {
    hint: "expected Prometheus's text format, as Triton gives at port 8002",
  });
}
