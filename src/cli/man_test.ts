import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { defineCommand } from "./command.ts";
import { serverFlags } from "../commands/shared/server_flags.ts";
import { manPage } from "./man.ts";

const command = defineCommand({
  name: "perf_client",
  aliases: ["perf_analyzer"],
  summary: "measure a model",
  group: "measure",
  examples: [{ text: "Eight requests at once", command: "trtis perf_client -t 8 -m 'a\\b'" }],
  flags: serverFlags,
  positionals: [{ name: "FILE", help: ".hidden files count" }],
  notes: ["'Quoted' at the start.", "...dots"],
  run: () => Promise.resolve(0),
});
const page = manPage({ entries: [], examples: [] }, [command], "1.2.3");

Deno.test("man page: sections, terms and guarded characters", () => {
  assertStringIncludes(page, '.TH TRTIS 1 "" "trtis 1.2.3" "User Commands"\n');
  assertStringIncludes(page, ".SS perf_client (also perf_analyzer)\n");
  assertStringIncludes(page, "\\fB\\-i\\fR, \\fB\\-\\-protocol\\fR \\fIhttp|grpc\\fR\n");
  assertStringIncludes(
    page,
    "\n.TP\n\\fBTRTIS_TOKEN\\fR\nBearer token, where no flag names a file.\n",
  );
  assertStringIncludes(page, "\n\\&.hidden files count\n");
  assertStringIncludes(page, "\n\\&'Quoted' at the start.\n");
  assertStringIncludes(page, "trtis perf_client \\-t 8 \\-m 'a\\eb'\n");
});

Deno.test({
  name: "man page: groff sets it without a warning",
  ignore: lacks("groff"),
  async fn() {
    const child = new Deno.Command("groff", {
      args: ["-man", "-ww", "-Tutf8", "-P-cbou"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    await new Blob([page]).stream().pipeTo(child.stdin);
    const { code, stdout, stderr } = await child.output();
    assertEquals([code, new TextDecoder().decode(stderr)], [0, ""]);
    const text = new TextDecoder().decode(stdout);
    assert(/-u, --url HOST:PORT/.test(text), text);
    assertStringIncludes(text, "'a\\b'");
  },
});

function lacks(name: string): boolean {
  try {
    return !new Deno.Command(name, { args: ["--version"] }).outputSync().success;
  } catch {
    return true;
  }
}
