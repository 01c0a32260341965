import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { systemClock } from "../base/clock.ts";
import { InferenceError } from "../base/errors.ts";
import { type Command, defineCommand } from "./command.ts";
import type { CommandContext } from "./context.ts";
import { withBuiltins } from "./builtins/table.ts";
import { dispatch } from "./dispatch.ts";
import type { CommandEntry } from "./entry.ts";
import { OUTPUT_CLOSED } from "./signals.ts";

type Run = Command["run"];

function entryOf(name: string, run: Run, rest: Partial<CommandEntry> = {}): CommandEntry {
  const command = defineCommand({
    name,
    summary: "does something",
    group: "measure",
    examples: [],
    flags: {
      count: {
        kind: "integer",
        long: "count",
        short: "c",
        value: "N",
        default: 1,
        help: "how many",
      },
    },
    positionals: [{ name: "FILE", help: "a file" }],
    run: (options, positionals, context) => run(options, positionals, context),
  });
  return {
    name,
    summary: "does something",
    group: "measure",
    load: () => Promise.resolve({ command }),
    ...rest,
  };
}

async function call(
  argv: readonly string[],
  run: Run = () => Promise.resolve(0),
  { signal = new AbortController().signal, debug = false } = {},
) {
  let out = "";
  let err = "";
  const context: CommandContext = {
    terminal: {
      out: (text) => out += text,
      err: (text) => err += text,
      outIsTerminal: false,
      errIsTerminal: false,
      color: false,
      errColor: false,
      canRedraw: false,
      columns: () => 80,
    },
    clock: systemClock,
    signal,
    os: "linux",
  };
  const program = withBuiltins([entryOf("perf_client", run, { aliases: ["perf_analyzer"] })], []);
  return { code: await dispatch(argv, context, program, { debug }), out, err };
}

Deno.test("dispatch: a command gets its options and gives the exit code", async () => {
  const calls: unknown[] = [];
  const run: Run = (options, positionals) => {
    calls.push([options, positionals]);
    return Promise.resolve(3);
  };
  for (const name of ["perf_client", "perf-client", "perf_analyzer"]) {
    assertEquals(await call([name, "-c", "4", "x"], run), { code: 3, out: "", err: "" });
  }
  assertEquals(calls, Array(3).fill([{ count: 4 }, ["x"]]));
});

Deno.test("dispatch: help goes to standard output with exit code 0", async () => {
  const top = await call(["--help"]);
  assertEquals([top.code, top.err], [0, ""]);
  assertStringIncludes(top.out, "perf_client, perf_analyzer");
  assertEquals(await call(["-h"]), top);
  assertEquals(await call(["help"]), top);
  const one = await call(["perf_client", "--help"]);
  assertEquals([one.code, one.err], [0, ""]);
  assertStringIncludes(one.out, "-c, --count N");
  assertEquals(await call(["help", "perf_analyzer"]), one);
});

Deno.test("dispatch: without a command the help is the complaint", async () => {
  const { code, out, err } = await call([]);
  assertEquals([code, out], [2, ""]);
  assertEquals(err, (await call(["--help"])).out);
});

Deno.test("dispatch: the version is shown in three ways", async () => {
  const version = await call(["--version"]);
  assertEquals([version.code, version.err], [0, ""]);
  assertMatch(version.out, /^trtis \d+\.\d+\.\d+.*\nDeno .*\n$/);
  assertEquals(await call(["-V"]), version);
  assertEquals(await call(["version"]), version);
});

Deno.test("dispatch: a wrong command line ends with 2 and says where to look", async () => {
  const cases: [string[], string, string][] = [
    [["pref_client"], 'Unknown command "pref_client": did you mean "perf_client"?', "trtis"],
    [["perf-analyser"], 'Unknown command "perf-analyser": did you mean "perf_analyzer"?', "trtis"],
    [["frobnicate"], 'Unknown command "frobnicate"', "trtis"],
    [[""], 'Unknown command ""', "trtis"],
    [["help", "vesion"], 'Unknown command "vesion": did you mean "version"?', "trtis"],
    [
      ["-c", "4", "perf_client"],
      "Unknown flag -c; the flags of a command come after its name",
      "trtis",
    ],
    [
      ["perf_client", "--cuont"],
      "Unknown flag --cuont: did you mean --count?",
      "trtis perf_client",
    ],
    [["perf_analyzer", "-q"], "Unknown flag -q", "trtis perf_client"],
    [
      ["completions"],
      "Missing argument SHELL: which shell (bash, zsh, fish or powershell)",
      "trtis completions",
    ],
  ];
  for (const [argv, message, see] of cases) {
    assertEquals(await call(argv), {
      code: 2,
      out: "",
      err: `error: ${message}\nSee \`${see} --help\`.\n`,
    });
  }
});

Deno.test("dispatch: a failed run is one line and exit code 1", async () => {
  const cases: [unknown, number, string][] = [
    [
      new InferenceError("CONNECTION", "Cannot connect to localhost:8000", { hint: "is it up?" }),
      1,
      "error: Cannot connect to localhost:8000; is it up?\n",
    ],
    [
      new InferenceError("NOT_FOUND", "no such model", { serverId: "inference:0", requestId: 4n }),
      1,
      "error: [inference:0 4] NOT_FOUND - no such model\n",
    ],
    [new InferenceError("UNAVAILABLE", "busy"), 1, "error: busy\n"],
    [
      new InferenceError("USAGE", "Streaming needs gRPC", { hint: "add -i grpc" }),
      2,
      "error: Streaming needs gRPC; add -i grpc\nSee `trtis perf_client --help`.\n",
    ],
    [new TypeError("oops"), 1, "error: oops\nSet TRTIS_DEBUG=1 to see where it came from.\n"],
    ["text", 1, "error: text\nSet TRTIS_DEBUG=1 to see where it came from.\n"],
  ];
  for (const [error, code, err] of cases) {
    assertEquals(await call(["perf_client"], () => Promise.reject(error)), { code, out: "", err });
  }
});

Deno.test("dispatch: what a command throws before its first await is caught too", async () => {
  const { code } = await call(["perf_client"], () => {
    throw new InferenceError("FILE", "x");
  });
  assertEquals(code, 1);
});

Deno.test("dispatch: debugging shows the stack", async () => {
  const fail = () => Promise.reject(new TypeError("oops"));
  const { code, err } = await call(["perf_client"], fail, { debug: true });
  assertEquals(code, 1);
  assertMatch(err, /TypeError: oops\n +at .*dispatch_test\.ts/);
  assertStringIncludes(err, "\nerror: oops\n");
});

Deno.test("dispatch: an interrupted command ends with 130, quietly", async () => {
  const signal = AbortSignal.abort(new InferenceError("CANCELLED", "Interrupted"));
  const thrown = await call(["perf_client"], () => Promise.reject(new Error("closed")), { signal });
  assertEquals(thrown, { code: 130, out: "", err: "" });
  const returned = await call(["perf_client"], () => Promise.resolve(130), { signal });
  assertEquals(returned.code, 130);
  // A server that is stopped by Ctrl-C has done its work.
  assertEquals((await call(["perf_client"], () => Promise.resolve(0), { signal })).code, 0);
});

Deno.test("dispatch: a closed output ends with 141 when it stopped the command", async () => {
  const signal = AbortSignal.abort(OUTPUT_CLOSED);
  const { code } = await call(["perf_client"], () => Promise.reject(signal.reason), { signal });
  assertEquals(code, 141);
  assertEquals((await call(["perf_client"], () => Promise.resolve(130), { signal })).code, 141);
  assertEquals((await call(["perf_client"], () => Promise.resolve(0), { signal })).code, 0);
});
