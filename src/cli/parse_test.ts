import { assert, assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import type { FlagTable } from "./flag.ts";
import { parse } from "./parse.ts";

const flags = {
  verbose: { kind: "boolean", long: "verbose", short: "v", help: "tell more" },
  async: { kind: "boolean", long: "async", short: "a", help: "asynchronous" },
  streaming: { kind: "boolean", long: "streaming", help: "one stream" },
  batchSize: {
    kind: "integer",
    long: "batch-size",
    short: "b",
    value: "N",
    default: 1,
    min: 1,
    help: "images per request",
  },
  version: { kind: "integer", long: "model-version", short: "x", value: "N", help: "version" },
  percentile: {
    kind: "integer",
    long: "percentile",
    value: "P",
    min: -1,
    max: 99,
    default: -1,
    help: "percentile",
  },
  rate: { kind: "number", long: "rate", short: "r", value: "PER_SECOND", help: "rate" },
  url: { kind: "string", long: "url", short: "u", value: "HOST:PORT", help: "address" },
  model: {
    kind: "string",
    long: "model-name",
    short: "m",
    aliases: ["model"],
    value: "NAME",
    help: "name of the model",
  },
  header: { kind: "list", long: "header", short: "H", value: "NAME:VALUE", help: "header" },
  protocol: {
    kind: "choice",
    long: "protocol",
    short: "i",
    choices: ["http", "grpc"],
    default: "http",
    help: "protocol",
  },
  secret: { kind: "boolean", long: "secret", hidden: true, help: "not listed" },
} as const satisfies FlagTable;

const grammar = {
  name: "tool",
  flags,
  positionals: [{ name: "FILE", help: "files", many: true }],
};

function run(...argv: string[]) {
  const parsed = parse(argv, grammar);
  assert(parsed.kind === "run", "asked for help");
  return parsed;
}

function problem(argv: string[], other: Parameters<typeof parse>[1] = grammar): string {
  const error = assertThrows(() => parse(argv, other), InferenceError);
  assertEquals(error.code, "USAGE");
  return error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
}

Deno.test("parse: an empty line gives the defaults", () => {
  assertEquals(run(), {
    kind: "run",
    options: {
      verbose: false,
      async: false,
      streaming: false,
      batchSize: 1,
      version: undefined,
      percentile: -1,
      rate: undefined,
      url: undefined,
      model: undefined,
      header: [],
      protocol: "http",
      secret: false,
    },
    positionals: [],
  });
});

Deno.test("parse: every way to attach a value", () => {
  const ways = [
    ["-b8"],
    ["-b", "8"],
    ["-b=8"],
    ["--batch-size=8"],
    ["--batch-size", "8"],
    ["--batch_size", "8"],
    ["-vab8"],
    ["-vab", "8"],
    ["-b", "+8"],
    ["-b", "008"],
  ];
  for (const argv of ways) assertEquals(run(...argv).options.batchSize, 8, argv.join(" "));
});

Deno.test("parse: bundled short flags", () => {
  const { options, positionals } = run("-va", "x.jpg");
  assertEquals([options.verbose, options.async, positionals], [true, true, ["x.jpg"]]);
  assertEquals(run("-vmname").options.model, "name");
});

Deno.test("parse: numbers below zero are values", () => {
  assertEquals(run("-x", "-1").options.version, -1);
  assertEquals(run("-x-1").options.version, -1);
  assertEquals(run("--percentile", "-1").options.percentile, -1);
  assertEquals(run("--percentile=-1").options.percentile, -1);
  assertEquals(run("--rate", "-.5").options.rate, -0.5);
  assertEquals(Object.is(run("-x", "-0").options.version, 0), true);
});

Deno.test("parse: numbers", () => {
  const cases: [string, number][] = [["1", 1], ["1.5", 1.5], [".5", 0.5], ["5.", 5], ["1e3", 1000]];
  for (const [text, value] of cases) assertEquals(run("--rate", text).options.rate, value);
});

Deno.test("parse: flags and positionals in any order, until --", () => {
  const { options, positionals } = run(
    "a.jpg",
    "-v",
    "b.jpg",
    "-b",
    "2",
    "-",
    "--",
    "-a",
    "--",
    "c",
  );
  assertEquals(positionals, ["a.jpg", "b.jpg", "-", "-a", "--", "c"]);
  assertEquals([options.verbose, options.async, options.batchSize], [true, false, 2]);
});

Deno.test("parse: a lone dash, an empty text and odd texts are values", () => {
  assertEquals(run("-u", "-").options.url, "-");
  assertEquals(run("--url=").options.url, "");
  assertEquals(run("-u", "").options.url, "");
  assertEquals(run("--url=a=b=c").options.url, "a=b=c");
  assertEquals(run("-u", "--unknown-name").options.url, "--unknown-name");
  assertEquals(run("-u", "two\nlines").options.url, "two\nlines");
  assertEquals(run("--url=-v").options.url, "-v");
  assertEquals(run("-u", "true", "-v", "true").options.url, "true");
  assertEquals(run("").positionals, [""]);
  assertEquals(run("12").positionals, ["12"]);
});

Deno.test("parse: the last of several counts, a list keeps all", () => {
  assertEquals(run("-b1", "-b2", "--batch-size=3").options.batchSize, 3);
  assertEquals(run("-H", "a:1", "--header=b:2", "-Hc:3").options.header, ["a:1", "b:2", "c:3"]);
  assertEquals(run("-H", "", "-H", "").options.header, ["", ""]);
  assertEquals(run("-v", "-v").options.verbose, true);
});

Deno.test("parse: aliases and choices in any case", () => {
  assertEquals(run("--model", "x").options.model, "x");
  assertEquals(run("-i", "gRPC").options.protocol, "grpc");
  assertEquals(run("-iHTTP").options.protocol, "http");
});

Deno.test("parse: names of Object.prototype are no flags", () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    problem([`--${name}=x`]);
    assertEquals(Object.hasOwn({}, name), false);
  }
});

Deno.test("parse: what is wrong is said", () => {
  const cases: [string[], string][] = [
    [["--bach-size", "8"], "Unknown flag --bach-size: did you mean --batch-size?"],
    [["--bach_size=8"], "Unknown flag --bach-size: did you mean --batch-size?"],
    [["--nothing-like-it"], "Unknown flag --nothing-like-it"],
    [["--secrte"], "Unknown flag --secrte"],
    [["-q"], "Unknown flag -q"],
    [["-V"], "Unknown flag -V: did you mean -v?"],
    [["-vq"], "Unknown flag -q"],
    [["-7"], "Unknown flag -7"],
    [["-streaming"], "Unknown flag -streaming: did you mean --streaming?"],
    [["-batch_size=8"], "Unknown flag -batch-size: did you mean --batch-size?"],
    [["-😀"], "Unknown flag -😀"],
    [["-b"], "Missing value for --batch-size (-b): expected a whole number >= 1"],
    [["-u"], "Missing value for --url (-u): expected HOST:PORT"],
    [["--url", "--"], "Missing value for --url (-u): expected HOST:PORT"],
    [
      ["-m", "-v"],
      'Missing value for --model-name (-m): expected NAME; "-v" reads as a flag; ' +
      "if it is the value, write --model-name=-v",
    ],
    [["-b", "abc"], 'Cannot use "abc" for --batch-size (-b): expected a whole number >= 1'],
    [["-b", "0"], 'Cannot use "0" for --batch-size (-b): expected a whole number >= 1'],
    [["-b", ""], 'Cannot use "" for --batch-size (-b): expected a whole number >= 1'],
    [["-b", "1.5"], 'Cannot use "1.5" for --batch-size (-b): expected a whole number >= 1'],
    [["-b", "0x10"], 'Cannot use "0x10" for --batch-size (-b): expected a whole number >= 1'],
    [["-b", "1e3"], 'Cannot use "1e3" for --batch-size (-b): expected a whole number >= 1'],
    [["-b", "x", "-b", "1"], 'Cannot use "x" for --batch-size (-b): expected a whole number >= 1'],
    [
      ["-b", "9007199254740993"],
      'Cannot use "9007199254740993" for --batch-size (-b): whole numbers go up to 9007199254740991',
    ],
    [
      ["--percentile=100"],
      'Cannot use "100" for --percentile: expected a whole number from -1 to 99',
    ],
    [["-r", "fast"], 'Cannot use "fast" for --rate (-r): expected a number'],
    [["-r", "NaN"], 'Cannot use "NaN" for --rate (-r): expected a number'],
    [["-r", "1e999"], 'Cannot use "1e999" for --rate (-r): expected a number'],
    [["-i", "tcp"], 'Cannot use "tcp" for --protocol (-i): expected http or grpc'],
    [["--verbose=yes"], 'Cannot use "yes" for --verbose (-v): it takes no value'],
    [["-v=1"], 'Cannot use "1" for --verbose (-v): it takes no value'],
  ];
  for (const [argv, expected] of cases) assertEquals(problem(argv), expected, argv.join(" "));
});

Deno.test("parse: required flags and arguments", () => {
  const strict = {
    name: "tool",
    flags: {
      model: {
        kind: "string",
        long: "model-name",
        short: "m",
        value: "NAME",
        required: true,
        help: "name of the model",
      },
      count: { kind: "integer", long: "count", value: "N", help: "how many" },
    } as const satisfies FlagTable,
    positionals: [
      { name: "A", help: "the first", required: true, choices: ["x", "y"] },
      { name: "B", help: "the second" },
    ],
  };
  const of = (...argv: string[]) => problem(argv, strict as Parameters<typeof parse>[1]);
  assertEquals(of("--count=x"), 'Cannot use "x" for --count: expected a whole number');
  assertEquals(of("x"), "Missing flag --model-name (-m) NAME: name of the model");
  assertEquals(of("x", "-m", ""), "Missing flag --model-name (-m) NAME: name of the model");
  assertEquals(of("-m", "n"), "Missing argument A: the first (x or y)");
  assertEquals(of("-m", "n", "z"), 'Cannot use "z" for A: expected x or y');
  assertEquals(of("-m", "n", "x", "b", "c"), 'Unexpected argument "c": tool takes 2 (A B)');
  assertEquals(
    problem(["a"], { name: "tool", flags: {} }),
    'Unexpected argument "a": tool takes no arguments',
  );
  const parsed = parse(["-mn", "y"], strict);
  assert(parsed.kind === "run");
  const model: string = parsed.options.model;
  assertEquals(model, "n");
});

Deno.test("parse: help wins over everything that is wrong", () => {
  const lines = [["-h"], ["--help"], ["-vh"], ["--wrong", "--help"], ["-b", "x", "-h"], [
    "-m",
    "--help",
  ]];
  for (const argv of lines) assertEquals(parse(argv, grammar), { kind: "help" }, argv.join(" "));
  assertEquals(run("--", "--help").positionals, ["--help"]);
});
