import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { jsonReport } from "../report/json.ts";
import {
  exampleLevel,
  exampleMetrics,
  exampleParts,
  examplePass,
  exampleResult,
  exampleServer,
  exampleTimes,
} from "../testing/example_result.ts";
import { parseRun } from "./read.ts";

const server = { ...exampleServer(), composing: [exampleServer("part")] };
const full = jsonReport(exampleResult([
  exampleLevel(
    { warnings: ["w"] },
    examplePass({
      ...exampleParts(),
      server,
      metrics: [exampleMetrics()],
      responses: { responseCount: 4, first: exampleTimes(1), between: exampleTimes(2) },
    }),
  ),
  exampleLevel({}, examplePass({ latency: undefined, server: undefined })),
]));

const wrong = (text: string) =>
  assertThrows(() => parseRun("Cannot do x.json", text), InferenceError).message;

/** The report with one place of it changed. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const json = JSON.parse(full);
  let at = json;
  for (const step of path.slice(0, -1)) at = at[step];
  at[path.at(-1)!] = value;
  return JSON.stringify(json);
}

Deno.test("a report is read back as it was written, with fields that later versions add", () => {
  assertEquals(parseRun("x", full) as unknown, JSON.parse(full));
  const later = changed(["levels", 0, "reported", "added"], { x: null });
  assertEquals(parseRun("x", later) as unknown, JSON.parse(later));
});

Deno.test("a cut file, another kind of file and another version are told apart", () => {
  for (const end of [0, 1, 500, full.length - 3]) {
    assertEquals(wrong(full.slice(0, end)), "Cannot do x.json: it is not a whole JSON file");
  }
  for (const text of ["null", "[]", "3", "{}", '{"schemaVersion": 1, "levels": []}']) {
    assertEquals(wrong(text), "Cannot do x.json: it is no report of perf_client");
  }
  for (const [version, named] of [[2, "2"], ["1", '"1"'], [undefined, "missing"]] as const) {
    assertEquals(
      wrong(changed(["schemaVersion"], version)),
      `Cannot do x.json: its version is ${named}, not 1`,
    );
  }
});

Deno.test("damage is told with its place", () => {
  const cases: [path: (string | number)[], value: unknown, says: string][] = [
    [
      ["levels", 0, "reported", "inferPerSecond"],
      "<b>",
      "levels[0].reported.inferPerSecond is no number",
    ],
    [
      ["levels", 0, "reported", "latency", "percentiles", 1, "us"],
      null,
      "levels[0].reported.latency.percentiles[1].us is no number",
    ],
    [
      ["levels", 0, "reported", "server", "composing", 0, "queueUs"],
      "1",
      "levels[0].reported.server.composing[0].queueUs is no number",
    ],
    [["levels", 1, "warnings"], "w", "levels[1].warnings is no list"],
    [
      ["levels", 1, "outcome"],
      "good",
      "levels[1].outcome is none of stable, unstable, unjudged, errors, aborted, overload",
    ],
    [["environment", "address"], {}, "environment.address is no text"],
    [
      ["levels", 0, "reported", "metrics", 0, "series", 0, "labels"],
      { a: 1 },
      "levels[0].reported.metrics[0].series[0].labels[0] is no text",
    ],
    [
      ["levels", 0, "reported", "inferPerSecondCi95"],
      [1],
      "levels[0].reported.inferPerSecondCi95 is no pair of numbers",
    ],
    [["aborted"], 0, "aborted is neither true nor false"],
    [["model"], [], "model is no object"],
  ];
  for (const [path, value, says] of cases) {
    assertEquals(wrong(changed(path, value)), `Cannot do x.json: it is damaged: ${says}`);
  }
});

Deno.test("an ensemble of absurd depth is refused, not followed", () => {
  const deep = `${'{"composing":['.repeat(50_000)}${"]}".repeat(50_000)}`;
  const text = full.replace('"composing": []', `"composing": [${deep}]`);
  // Depending on the engine's stack JSON.parse gives up, too.
  assertEquals(/it is (damaged|not a whole JSON file)/.test(wrong(text)), true);
});
