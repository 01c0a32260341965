import { assertEquals } from "@std/assert";
import { VERSION } from "./build_info.ts";
import { versionText } from "./version.ts";

const facts = {
  version: "1.2.3",
  commit: "",
  deno: { deno: "2.9.6", v8: "15.0", typescript: "6.0.3" },
  os: "linux",
  arch: "x86_64",
};

Deno.test("the version names the commit when the build has one", () => {
  const platform = "Deno 2.9.6, V8 15.0, TypeScript 6.0.3; linux x86_64\n";
  assertEquals(versionText(facts), `trtis 1.2.3\n${platform}`);
  assertEquals(
    versionText({ ...facts, commit: "abcdef" }),
    `trtis 1.2.3 (commit abcdef)\n${platform}`,
  );
});

Deno.test("the version is that of deno.json", async () => {
  const config = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", import.meta.url)));
  assertEquals(VERSION, config.version);
});
