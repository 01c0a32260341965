import process from "node:process";
import { assertEquals } from "@std/assert";
import type { CommandEntry } from "./entry.ts";
import { commandOfName, nameCalledBy } from "./invoked.ts";

const load = () => Promise.reject(new Error("not to be loaded"));
const entries: CommandEntry[] = [
  {
    name: "perf_client",
    aliases: ["perf_analyzer"],
    summary: "",
    group: "measure",
    program: true,
    load,
  },
  { name: "status", summary: "", group: "inspect", load },
];

Deno.test("the executable's name counts only when it is one of the original programs", () => {
  const cases: [string, string | undefined][] = [
    ["perf_client", "perf_client"],
    ["/usr/bin/perf_analyzer", "perf_client"],
    ["./perf-client", "perf_client"],
    ["C:\\Tools\\perf_client.EXE", "perf_client"],
    ["trtis", undefined],
    ["/opt/status", undefined],
    ["perf_client_2", undefined],
    ["", undefined],
  ];
  for (const [argv0, expected] of cases) assertEquals(commandOfName(argv0, entries), expected);
});

Deno.test("the name that the program was called by is found with and without Deno's own note of it", async () => {
  const internal = Symbol();
  assertEquals(
    await nameCalledBy({
      internal,
      [internal]: { __nodeBootstrapArgs: { argv0: "/x/perf_client" } },
    }),
    "/x/perf_client",
  );
  for (const deno of [{}, { internal }, { internal, [internal]: {} }, Deno]) {
    assertEquals(await nameCalledBy(deno), process.argv0);
  }
});
