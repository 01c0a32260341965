/**
 * Buckets of a histogram as text: what reports carry so that they can be merged exactly.
 *
 * @module
 */
import { bucketLow, bucketOf, MAX_NS } from "../histogram.ts";

/** What has buckets of a {@linkcode TimeHistogram}, and calls with each that holds something. */
export interface Buckets {
  forEach(use: (bucket: number, count: number) => void): void;
}

/** What takes them. */
export interface BucketSink {
  addBucket(bucket: number, count: number): void;
}

/** `1024:2 2050:1`: from so many nanoseconds on up to the next bucket, so many times. */
export function bucketText(histogram: Buckets): string {
  const parts: string[] = [];
  histogram.forEach((bucket, count) => parts.push(`${bucketLow(bucket)}:${count}`));
  return parts.join(" ");
}

/**
 * Adds the buckets of a text.
 *
 * @returns how many times there were; undefined when the text isn't one that {@linkcode bucketText} writes
 */
export function addBuckets(text: string, into: BucketSink): number | undefined {
  let total = 0;
  if (text === "") return total;
  for (const part of text.split(" ")) {
    const colon = part.indexOf(":");
    const ns = wholeNumber(part.slice(0, colon));
    const count = wholeNumber(part.slice(colon + 1));
    if (colon < 0 || ns === undefined || ns > MAX_NS || !count) return undefined;
    const bucket = bucketOf(ns);
    if (bucketLow(bucket) !== ns) return undefined;
    into.addBucket(bucket, count);
    total += count;
  }
  return total;
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
