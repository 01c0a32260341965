/**
 * Prometheus's text format, version 0.0.4: what a server's metrics page says. Strict, so that a page
 * which is something else isn't taken for metrics; one pass over the text, nothing in it is kept twice.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { LineScanner, NAME, parseTimestamp, parseValue } from "./exposition_line.ts";

/** What a family says it is; `untyped` when it doesn't. */
export type MetricType = "counter" | "gauge" | "histogram" | "summary" | "untyped";

/** One sample: a line of the page. */
export interface MetricSample {
  /** With the suffix: `_bucket`, `_sum` or `_count`. */
  readonly name: string;
  /** In the page's order, `le` and `quantile` included. */
  readonly labels: readonly (readonly [name: string, value: string])[];
  /** May be NaN or infinite. */
  readonly value: number;
  /** Milliseconds since 1970, where the page gives it. */
  readonly timestampMs?: number;
}

/** The samples of a name. */
export interface MetricFamily {
  readonly name: string;
  readonly type: MetricType;
  readonly help: string;
  readonly samples: readonly MetricSample[];
}

/** Samples of a page at most. */
export const MAX_SAMPLES = 100_000;
/** Labels of a sample at most. */
export const MAX_LABELS = 64;

const TYPES: ReadonlySet<string> = new Set(["counter", "gauge", "histogram", "summary", "untyped"]);
/** What samples of these types append to the family's name. */
const SUFFIXES: Readonly<Partial<Record<MetricType, readonly string[]>>> = {
  histogram: ["_bucket", "_sum", "_count"],
  summary: ["_sum", "_count"],
};

interface OpenFamily {
  readonly name: string;
  type: MetricType | undefined;
  help: string | undefined;
  readonly samples: MetricSample[];
}

/**
 * Reads a page.
 *
 * @throws {InferenceError} PROTOCOL with the line that isn't in the format
 */
export function parseExposition(text: string): MetricFamily[] {
  if (text !== "" && !text.endsWith("\n")) {
    throw new InferenceError("PROTOCOL", "the last line has no end: the page was cut short");
  }
  const reader = new PageReader();
  let number = 0;
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\n", start);
    number++;
    const problem = reader.line(text.slice(start, end));
    if (problem !== undefined) {
      throw new InferenceError("PROTOCOL", `line ${number}: ${problem}`);
    }
    start = end + 1;
  }
  return reader.families();
}

/** Puts lines into families; a method gives back what is wrong with a line. */
class PageReader {
  readonly #families = new Map<string, OpenFamily>();
  readonly #known = new Set<string>();
  #samples = 0;

  families(): MetricFamily[] {
    return [...this.#families.values()].map(({ name, type = "untyped", help = "", samples }) => ({
      name,
      type,
      help,
      samples,
    }));
  }

  line(text: string): string | undefined {
    const line = new LineScanner(text);
    line.blanks();
    if (line.atEnd) return undefined;
    return line.take("#") ? this.#comment(line) : this.#sample(line);
  }

  #family(name: string): OpenFamily {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = { name, type: undefined, help: undefined, samples: [] };
      this.#families.set(name, family);
    }
    return family;
  }

  #comment(line: LineScanner): string | undefined {
    line.blanks();
    const word = line.word();
    if (word !== "TYPE" && word !== "HELP") return undefined;
    line.blanks();
    const name = line.word();
    if (!NAME.test(name)) return `"${shown(name)}" is not a metric's name`;
    line.blanks();
    const family = this.#family(name);
    if (word === "HELP") {
      if (family.help !== undefined) return `a second HELP of ${shown(name)}`;
      family.help = line.help();
      return undefined;
    }
    const type = line.word();
    line.blanks();
    if (!line.atEnd || !TYPES.has(type)) return `"${shown(type)}" is not a metric's type`;
    if (family.type !== undefined) return `a second TYPE of ${shown(name)}`;
    if (family.samples.length > 0) return `the TYPE of ${shown(name)} comes after its samples`;
    family.type = type as MetricType;
    return undefined;
  }

  #sample(line: LineScanner): string | undefined {
    const name = line.name();
    if (name === "") return `"${shown(line.rest)}" does not begin with a metric's name`;
    line.blanks();
    const labels = line.labels(MAX_LABELS);
    if (typeof labels === "string") return `${labels} in the labels of ${shown(name)}`;
    line.blanks();
    const word = line.word();
    const value = parseValue(word);
    if (value === undefined) return `"${shown(word)}" is not a value of ${shown(name)}`;
    line.blanks();
    const timestampMs = line.atEnd ? undefined : parseTimestamp(line.word());
    const timed = timestampMs !== undefined;
    line.blanks();
    if (!line.atEnd || Number.isNaN(timestampMs)) {
      return `bad text after the value of ${shown(name)}`;
    }
    if (++this.#samples > MAX_SAMPLES) return `more than ${MAX_SAMPLES} samples`;
    const key = seriesKey(name, labels);
    if (this.#known.has(key)) return `${shown(key)} is there twice`;
    this.#known.add(key);
    this.#owner(name).samples.push({ name, labels, value, ...timed ? { timestampMs } : {} });
    return undefined;
  }

  /** The family of a sample: that of a histogram or summary for one of its parts. */
  #owner(name: string): OpenFamily {
    for (const suffix of ["_bucket", "_sum", "_count"]) {
      if (!name.endsWith(suffix)) continue;
      const family = this.#families.get(name.slice(0, -suffix.length));
      const { type } = family ?? {};
      if (type !== undefined && SUFFIXES[type]?.includes(suffix)) return family!;
    }
    return this.#family(name);
  }
}

/** `name{a="1",b="2"}` with the labels in order: the same for the same series, however it is written. */
export function seriesKey(
  name: string,
  labels: readonly (readonly [name: string, value: string])[],
): string {
  if (labels.length === 0) return name;
  const sorted = [...labels].sort(([a], [b]) => a < b ? -1 : 1);
  return `${name}{${
    sorted.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(",")
  }}`;
}

/** As much of foreign text as a message should hold. */
function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
