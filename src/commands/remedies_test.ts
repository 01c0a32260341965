import { assertEquals, assertStringIncludes } from "@std/assert";
import { InferenceError, type Remedy } from "../base/errors.ts";
import { program } from "./program.ts";
import { adviceOf, describeFailure } from "../cli/remedies.ts";

const all: Record<Remedy, true> = {
  "choose-api": true,
  "use-grpc": true,
  "use-http": true,
  "use-streaming": true,
  "use-tls": true,
  "no-tls": true,
  "set-shape": true,
  "declare-input": true,
  "set-server-name": true,
  "set-authority": true,
  "set-certificate": true,
  "set-headers": true,
  "more-sequence-ids": true,
  "more-pixels": true,
  "image-size": true,
  "set-proxy": true,
  "set-host": true,
  "set-address": true,
  "unsafe-grpc-js": true,
};

Deno.test("advice: the library's words, then the flags", () => {
  const error = new InferenceError("PROTOCOL", "no", { hint: "try v2", remedy: "choose-api" });
  assertEquals(adviceOf(error), "try v2 (--api v1 or --api v2)");
  assertEquals(describeFailure(error), "PROTOCOL - no; try v2 (--api v1 or --api v2)");
  assertEquals(adviceOf(new InferenceError("PROTOCOL", "no", { hint: "look" })), "look");
  assertEquals(adviceOf(new InferenceError("PROTOCOL", "no")), undefined);
  assertEquals(describeFailure(new InferenceError("PROTOCOL", "no")), "PROTOCOL - no");
});

Deno.test("every flag that advice names is a flag of a command", async () => {
  const known = new Set<string>();
  for (const entry of program.entries) {
    for (const flag of Object.values((await entry.load()).command.flags)) {
      known.add(`--${flag.long}`);
      if (flag.short) known.add(`-${flag.short}`);
    }
  }
  for (const remedy of Object.keys(all) as Remedy[]) {
    const advice = adviceOf(new InferenceError("INTERNAL", "x", { remedy }))!;
    for (const [flag] of advice.matchAll(/(?<![\w-])--?[a-z][a-z-]*/gi)) {
      assertEquals(known.has(flag), true, `${remedy}: ${flag}`);
    }
  }
});

/** Styles have names with two dashes, too. */
const STYLE = /^src\/perf\/page\/(?:style|script\/.*)\.ts$/;

Deno.test("the library's own words name no flag of the command line", async () => {
  const rooms = ["base", "client", "image", "perf", "protocol", "server", "tensor", "transport"];
  const found: string[] = [];
  const walk = async (directory: string) => {
    for await (const { name, isDirectory } of Deno.readDir(directory)) {
      const path = `${directory}/${name}`;
      if (isDirectory) {
        if (name !== "generated" && name !== "testing") await walk(path);
      } else if (/\.ts$/.test(name) && !/_test/.test(name) && !STYLE.test(path)) {
        found.push(
          ...flagsInTexts(await Deno.readTextFile(path)).map((text) => `${path}: ${text}`),
        );
      }
    }
  };
  for (const room of rooms) await walk(`src/${room}`);
  assertEquals(found, []);
});

Deno.test("a flag in a text is found", () => {
  assertEquals(flagsInTexts('hint: "use -i grpc"').length, 1);
  assertEquals(flagsInTexts("hint: `say --api v1 ${x}`").length, 1);
  assertEquals(flagsInTexts('"run with --allow-net" // -i grpc').length, 0);
  assertStringIncludes(flagsInTexts('say("--shape")')[0]!, "--shape");
});

/** String literals that hold a flag; Deno's own permissions apart. */
function flagsInTexts(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "")
    .replace(/ \/\/ .*$/gm, "");
  const texts = code.match(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return texts.filter((text) =>
    /(?<=^.|[\s("'`])(--(?!allow-)[a-z][a-z-]+|-[a-zA-Z] [a-z])/.test(text)
  );
}
