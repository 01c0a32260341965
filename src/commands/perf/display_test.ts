import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Terminal } from "../../cli/context.ts";
import { examplePass, exampleResult } from "../../perf/testing/example_result.ts";
import type { PerfProgress } from "../../perf/types.ts";
import { Display, type ProgressMode } from "./display.ts";

const progress: PerfProgress = {
  ...{ phase: "measuring", concurrency: 1, pass: 1, maxPasses: 3, inferPerSecond: 5 },
  counts: { sent: 1, succeeded: 1, failed: 0, inFlight: 0 },
};

interface Made {
  readonly display: Display;
  readonly size: { columns: number; rows: number };
  tick(): string;
}

function make(mode: ProgressMode, changes: Partial<Terminal> = {}): Made {
  let text = "";
  let now = 0;
  const size = { columns: 80, rows: 20 };
  const terminal: Terminal = {
    out() {},
    err: (piece) => void (text += piece),
    ...{ outIsTerminal: false, errIsTerminal: true, color: true, errColor: true, canRedraw: true },
    columns: () => size.columns,
    rows: () => size.rows,
    ...changes,
  };
  const clock = { now: () => now } as ConstructorParameters<typeof Display>[1];
  const display = new Display(terminal, clock, mode);
  display.started(exampleResult());
  display.levelStarted();
  return {
    display,
    size,
    tick() {
      text = "";
      now += 200;
      display.progress(progress);
      return text;
    },
  };
}

const isLine = (text: string) => /^\rPass 1\/3/.test(text);
const isLive = (text: string) => text.split("\n").length > 8;

Deno.test("several lines from 80 x 20 with colours, else one, and none without a terminal", () => {
  assert(isLive(make(undefined).tick()));
  assert(isLive(make("live").tick()));
  assert(isLine(make("line").tick()));
  assertEquals(make("none").tick(), "");
  assert(isLine(make(undefined, { errColor: false }).tick()));
  assert(isLive(make("live", { errColor: false }).tick()));
  for (const mode of [undefined, "live", "line"] as const) {
    const dumb = make(mode, { errColor: false, isDumb: true });
    assert(isLine(dumb.tick()), "TERM=dumb has carriage returns, and nothing else");
    assertEquals(dumb.display.tap(), undefined);
    assertEquals(make(mode, { canRedraw: false }).tick(), "");
    assertEquals(make(mode, { canRedraw: false }).display.tap(), undefined);
  }
  for (const [columns, rows] of [[79, 20], [80, 19], [80, 0]]) {
    const made = make(undefined);
    Object.assign(made.size, { columns, rows });
    assert(isLine(made.tick()), `${columns} x ${rows}`);
  }
  assertEquals(make("line").display.tap(), undefined);
});

Deno.test("it follows the terminal's size, and leaves nothing of what it drew before", () => {
  const made = make(undefined);
  const lines = made.tick().split("\n").length - 1;
  made.size.rows = 10;
  const small = made.tick();
  assert(small.startsWith(`\x1b[${lines}A\r\x1b[J\r`), JSON.stringify(small));
  made.size.rows = 30;
  const large = made.tick();
  assertMatch(large, /^\r +\r\r/);
  assert(isLive(large));
});

Deno.test("shorter windows are not drawn more often, and failures of all passes are summed up", () => {
  const made = make(undefined);
  made.tick();
  const group = {
    code: "TIMEOUT",
    message: "m",
    count: 2,
    answered: false,
    retryable: true,
  } as const;
  made.display.passDone(examplePass({ errors: [group] }));
  made.display.passDone(examplePass({ errors: [group] }));
  assertMatch(made.tick(), /4 x TIMEOUT - m/);
  let drawn = "";
  const again = { ...progress, errors: [group] };
  made.display.progress(again);
  drawn = made.tick();
  assertMatch(drawn, /4 x TIMEOUT - m/);
  made.display.levelStarted();
  assert(!made.tick().includes("TIMEOUT"));
});
