import { assertEquals } from "@std/assert";
import type { Calibration } from "../calibration.ts";
import { exampleLevel, exampleResult } from "../testing/example_result.ts";
import { calibrationText } from "./calibration_text.ts";

const CALIBRATION: Calibration = {
  server: "thread",
  ...{ wire: "http", api: "v2" },
  floor: { concurrency: 1, requestPerSecond: 9000.4, p50Us: 98.7, p99Us: 240 },
  ceiling: { concurrency: 16, requestPerSecond: 120, p50Us: 700, p99Us: 3000 },
};

Deno.test("calibrationText: what the machine can measure, and who came near it", () => {
  assertEquals(calibrationText(exampleResult()), "");
  assertEquals(
    calibrationText(exampleResult([exampleLevel()], { calibration: CALIBRATION })),
    `Calibration (this program's own server, in a thread of its own, over HTTP):
  1 in flight: 9,000 requests/s, p50 98 usec, p99 240 usec
  16 in flight: 120 requests/s, p50 700 usec, p99 3000 usec; more can't be measured from here
  concurrency 2 reached 83 % of that: this machine may be the limit
`,
  );
  const schedule = { requestRate: 2000, requestPerSecond: 2000, delayP50Us: 2, delayP99Us: 610 };
  const ceiling = { ...CALIBRATION.ceiling, requestPerSecond: 20_000 };
  assertEquals(
    calibrationText(exampleResult(undefined, {
      calibration: { ...CALIBRATION, wire: "grpc", ceiling, schedule },
    })).split("\n").slice(3),
    [
      "  2,000/s asked: 2,000 requests/s, p50 0 usec, p99 0 usec; sent late by 2 usec (p50), 610 usec (p99)",
      "",
    ],
  );
});
