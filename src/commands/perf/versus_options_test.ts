import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "../../cli/parse.ts";
import { perfFlags, type PerfOptions } from "./flags.ts";
import { filesOfRun } from "./output_options.ts";
import { readVersus } from "./versus_options.ts";

function options(...argv: string[]): PerfOptions {
  const parsed = parse(argv, { name: "perf_client", flags: perfFlags });
  if (parsed.kind !== "run") throw new Error("help");
  return parsed.options;
}

Deno.test("versus: the same options, but for those that are given", () => {
  const first = options("-m", "a", "-b", "2", "-u", "h:1", "-H", "A:1", "-H", "B:2", "-t", "4");
  const { options: second, text } = readVersus(
    first,
    "-m other --batch-size=8 -H 'C: 3' --streaming",
  );
  assertEquals(second, {
    ...first,
    ...{ model: "other", batchSize: 8, headers: ["C: 3"], streaming: true },
  });
  assertEquals(text, "-m other -b 8 --streaming -H 'C:***'");
  // A default that is given is given: it may differ from the first side's.
  assertEquals(readVersus(first, "-b 1").options.batchSize, 1);
  assertEquals(readVersus(first, "  "), { options: first, text: "" });
});

Deno.test("versus: its value may begin with a flag, and be one alone", () => {
  assertEquals(options("-m", "a", "--versus", "-b 8").versus, "-b 8");
  assertEquals(options("-m", "a", "--versus", "--streaming").versus, "--streaming");
  assertEquals(options("-m", "a", "--versus=-b8", "-t", "4").versus, "-b8");
});

Deno.test("versus: passwords in addresses are not repeated", () => {
  const { text } = readVersus(
    options("-m", "a"),
    "-u http://me:s3cret@h:1 --proxy http://x:s3cret@p",
  );
  assertEquals(text.includes("s3cret"), false);
});

Deno.test("versus: every flag of results, load and measuring is refused", () => {
  for (const flag of ["--hdr x", "--progress none", "--duration 5s", "--sequence 3", "-n"]) {
    assertThrows(() => readVersus(options("-m", "a"), flag), Error, "--versus");
  }
});

Deno.test("repeat: files of requests have the number of the run before their ending", () => {
  const named = (path: string, run = 2) =>
    filesOfRun({ ...options("-m", "a"), repeat: 3, records: path }, run).records;
  assertEquals(named("a/b.c/rows.csv"), "a/b.c/rows.run2.csv");
  assertEquals(named("a/b.c/rows", 3), "a/b.c/rows.run3");
  assertEquals(named("c:\\x.y\\rows.jsonl"), "c:\\x.y\\rows.run2.jsonl");
  assertEquals(named(".hidden"), ".hidden.run2");
  const once = { ...options("-m", "a"), records: "rows.csv" };
  assertEquals(filesOfRun(once, 1), once);
});
