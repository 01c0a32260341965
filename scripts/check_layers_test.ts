import { assertEquals } from "@std/assert";
import {
  cycles,
  forbidden,
  importsOf,
  logicLines,
  parameterCounts,
  problems,
} from "./check_layers.ts";

Deno.test("imports of every kind are found, comments and strings are not", () => {
  const text = `
/** import { a } from "./doc.ts"; */
// import "./line.ts"
import { a, b as c } from "./value.ts";
import type { T } from '../base/type.ts';
import {
  many,
} from "./lines.ts";
import "./effect.ts";
export * from "./again.ts";
export type { U } from "./again_type.ts";
const later = () => import("./later.ts");
const worker = new URL("./worker.ts", import.meta.url);
const url = "https://example.com//x"; import("npm:thing");
import { z } from "@std/csv";
`;
  assertEquals(importsOf({ path: "src/tensor/x.ts", text }).sort(), [
    "src/base/type.ts",
    "src/tensor/again.ts",
    "src/tensor/again_type.ts",
    "src/tensor/effect.ts",
    "src/tensor/later.ts",
    "src/tensor/lines.ts",
    "src/tensor/value.ts",
    "src/tensor/worker.ts",
  ]);
});

Deno.test("who may import whom", () => {
  const cases: [string, string, boolean][] = [
    ["src/cli/a.ts", "src/commands/b.ts", false],
    ["src/cli/a.ts", "src/base/b.ts", true],
    ["src/cli/a.ts", "src/tensor/b.ts", false],
    ["src/commands/a.ts", "src/cli/b.ts", true],
    ["src/client/a.ts", "src/perf/b.ts", false],
    ["src/perf/a.ts", "src/client/b.ts", true],
    ["src/perf/a.ts", "src/server/b.ts", false],
    ["src/server/a.ts", "src/image/b.ts", true],
    ["src/image/a.ts", "src/server/b.ts", false],
    ["src/transport/a.ts", "src/tensor/b.ts", false],
    ["src/protocol/v1/a.ts", "src/tensor/b.ts", true],
    ["src/base/a.ts", "src/tensor/b.ts", false],
    ["src/client/a.ts", "src/cli/b.ts", false],
    ["src/other/a.ts", "src/base/b.ts", false],
    ["src/cli/a.ts", "tests/b.ts", false],
    ["main.ts", "src/cli/start.ts", true],
    ["main.ts", "src/commands/program.ts", true],
    ["main.ts", "src/commands/b.ts", false],
    ["mod.ts", "src/client/b.ts", true],
    ["mod.ts", "src/commands/b.ts", false],
  ];
  for (const [from, to, allowed] of cases) {
    assertEquals(forbidden(from, to) === undefined, allowed, `${from} -> ${to}`);
  }
});

Deno.test("circles are printed as chains", () => {
  const graph = new Map([["a", ["b"]], ["b", ["c", "d"]], ["c", ["a"]], ["d", ["d"]]]);
  assertEquals(cycles(graph), [["a", "b", "c", "a"], ["d", "d"]]);
  assertEquals(cycles(new Map([["a", ["b", "c"]], ["b", ["c"]], ["c", []]])), []);
});

Deno.test("lines of logic leave out comments and empty lines", () => {
  assertEquals(logicLines("/**\n * x\n */\n\nconst a = 1; // y\n// z\nconst b = `\n//`;\n"), 3);
});

Deno.test("problems of all kinds are listed", () => {
  const long = "x();\n".repeat(301);
  assertEquals(
    problems([
      { path: "main.ts", text: "\n".repeat(29) + "x();\n" },
      { path: "src/base/a.ts", text: 'import type { B } from "../cli/b.ts";' },
      { path: "src/cli/b.ts", text: 'import "../base/a.ts";' },
      { path: "src/cli/long.ts", text: long },
    ]),
    [
      "src/base/a.ts -> src/cli/b.ts: only commands use src/cli",
      "circular: src/base/a.ts -> src/cli/b.ts -> src/base/a.ts",
      "main.ts: 30 lines, fewer than 30 are allowed",
      "src/cli/long.ts: 301 lines of logic, at most 300",
    ],
  );
});

Deno.test("transport has floors of its own, and the server stays out of the client's folders", () => {
  const cases: [from: string, to: string, allowed: boolean][] = [
    ["src/transport/grpc/client/sender.ts", "src/transport/http2/frame_sender.ts", true],
    ["src/transport/grpc/message_reader.ts", "src/transport/types.ts", true],
    ["src/transport/http2/frame_sender.ts", "src/transport/grpc/message_reader.ts", false],
    ["src/transport/http1/head.ts", "src/transport/http2/frames.ts", false],
    ["src/transport/grpc/client/foreign.ts", "src/transport/grpc_js/errors.ts", false],
    ["src/server/grpc/connection.ts", "src/transport/http2/receiver.ts", true],
    ["src/server/grpc/call.ts", "src/transport/grpc/status.ts", true],
    ["src/server/grpc/connection.ts", "src/transport/grpc/client/call.ts", false],
    ["src/server/http/connection.ts", "src/transport/http1/client/reader.ts", false],
    ["src/server/http/connection.ts", "src/transport/http1/writer.ts", true],
  ];
  for (const [from, to, allowed] of cases) {
    assertEquals(forbidden(from, to) === undefined, allowed, `${from} -> ${to}`);
  }
});

Deno.test("parameters are counted in functions and methods, not in calls", () => {
  const text = `
function plain(a: number, b: Map<string, number>, { c, d }: X, [e]: Y, f = (g, h) => g): void {}
export async function none() {}
class Room {
  constructor(
    one: string,
    two: string,
  ) {}
  async #six(a: A, b: B, c: C, d: D, e: E, f: F): Promise<void> {
    call(a, b, c, d, e, f, 7);
  }
}`;
  assertEquals(parameterCounts(text), [["plain", 5], ["none", 0], ["constructor", 2], ["#six", 6]]);
});
