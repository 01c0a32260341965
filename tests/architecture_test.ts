/**
 * docs/architecture.md names what is there.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";

const root = new URL("../", import.meta.url);
const page = Deno.readTextFileSync(new URL("docs/architecture.md", root));

/** Everything that looks like a path of the repository. */
function namedPaths(): string[] {
  const folders = "src|tests|scripts|bench|docs|examples|proto|types";
  const paths = page.matchAll(new RegExp(`\\b(?:${folders})(?:/[\\w.-]+)*`, "g"));
  const quoted = page.matchAll(/`([\w./-]+\.(?:ts|json|lock|md))`/g);
  const named = [...paths].map(([path]) => path.replace(/\.$/, ""));
  return [
    ...new Set([...named.filter((path) => path.includes("/")), ...[...quoted].map((q) => q[1]!)]),
  ];
}

Deno.test("architecture: every path that the page names exists", () => {
  const paths = namedPaths();
  assert(paths.length > 60, "the page names far fewer paths than it did");
  const missing = paths.filter((path) => {
    try {
      Deno.statSync(new URL(path, root));
      return false;
    } catch {
      return true;
    }
  });
  assertEquals(missing, []);
});

Deno.test("architecture: every room of src/ is on the page", () => {
  for (const { name, isDirectory } of Deno.readDirSync(new URL("src/", root))) {
    if (isDirectory) assert(page.includes(`**\`src/${name}\`**`), name);
  }
});

Deno.test("architecture: functions and types that the page names are where it says", () => {
  const named: [name: string, path: string][] = [
    ["totalCodec", "src/protocol/codec.ts"],
    ["InferRequest", "src/protocol/types.ts"],
    ["ApiVersion", "src/protocol/types.ts"],
    ["PerfResult", "src/perf/types.ts"],
    ["PerfObserver", "src/perf/types.ts"],
    ["ImageCodec", "src/image/codecs/codec.ts"],
    ["writeReports", "src/commands/perf/reports.ts"],
    ["defineCommand", "src/cli/command.ts"],
    ["httpProtocol", "src/protocol/http_protocol.ts"],
    ["grpcProtocol", "src/protocol/grpc_protocol.ts"],
  ];
  for (const [name, path] of named) {
    assert(page.includes(name), name);
    const text = Deno.readTextFileSync(new URL(path, root));
    assert(
      new RegExp(`\\b(?:function|interface|type|const) ${name}\\b`).test(text),
      `${path}: ${name}`,
    );
  }
});
