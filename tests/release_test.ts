/**
 * The release: what the workflows call is there, and the install lines of docs/install.md install, and
 * refuse what is damaged.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { type ArchiveFile, tarGz } from "../scripts/compile/archive.ts";
import { readProject, ROOT } from "../scripts/compile/project.ts";
import { checksums, damagedFiles } from "../scripts/compile/release_files.ts";
import { TARGETS } from "../scripts/compile/targets.ts";

const read = (path: string) => Deno.readTextFile(new URL(path, ROOT));

async function workflows(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name } of Deno.readDir(new URL(".github/workflows/", ROOT))) {
    found.set(name, await read(`.github/workflows/${name}`));
  }
  return found;
}

Deno.test("release: workflows call what is there, with pinned actions and one Deno", async () => {
  const { tasks } = JSON.parse(await read("deno.json"));
  const all = await workflows();
  assertEquals([...all.keys()].sort(), ["ci.yml", "release.yml"]);
  for (const [name, text] of all) {
    for (const [, task] of text.matchAll(/deno task ([\w:]+)/g)) assert(task! in tasks, task);
    for (const [, path] of text.matchAll(/(scripts\/\S+\.ts)/g)) {
      await Deno.stat(new URL(path!, ROOT));
    }
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    assert(actions.length > 0, name);
    for (const action of actions) assertMatch(action!, /^[\w-]+\/[\w-]+@v\d+$/);
    for (const [, version] of text.matchAll(/deno-version: (\S+)/g)) assertEquals(version, "2.9.6");
    assert(!text.includes("\t"), name);
  }
  const release = all.get("release.yml")!;
  const smoked = [...release.matchAll(/name: (\w+-\w+) \}/g)].map(([, target]) => target);
  assertEquals(smoked, TARGETS.map((target) => target.name));
});

/** The install lines for a shell, getting everything from `base`. */
async function installLines(language: string, base: string): Promise<string> {
  const page = await read("docs/install.md");
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(page)?.[1] ?? "";
  const lines = block.replace(/https:\/\/github\.com\/\S+\/download\/v\$version/, base);
  assert(lines !== block, "the install lines name the release's address");
  return lines;
}

Deno.test("release: the install lines are those of this version, and of names that a build makes", async () => {
  const { version } = await readProject();
  for (const language of ["sh", "powershell"]) {
    const lines = await installLines(language, "http://127.0.0.1");
    assertEquals(
      /version = ?"?([\d.]+)|version=([\d.]+)/.exec(lines)?.slice(1).find(Boolean),
      version,
    );
  }
  const page = await read("docs/install.md");
  for (const { name } of TARGETS) assert(page.includes(name), name);
});

async function hasPrograms(...names: string[]): Promise<boolean> {
  for (const name of names) {
    try {
      await new Deno.Command(name, { args: ["--help"] }).output();
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      console.warn(`skipped: ${name} is not there`);
      return false;
    }
  }
  return true;
}

Deno.test("release: the install lines install, and nothing of a damaged download", async (t) => {
  if (Deno.build.os === "windows" || !await hasPrograms("sh", "curl", "tar")) return;
  const { version } = await readProject();
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const name = `trtis-${version}-linux-x86_64`;
  const file = (path: string, text: string, executable = false): ArchiveFile => (
    { path: `${name}/${path}`, bytes: new TextEncoder().encode(text), executable }
  );
  const archive = await tarGz([
    file("trtis", "#!/bin/sh\necho trtis of the test\n", true),
    file("man/man1/trtis.1", ".TH TRTIS 1\n"),
  ], new Date(0));
  await Deno.mkdir(`${folder}/release`);
  await Deno.writeFile(`${folder}/release/${name}.tar.gz`, archive);
  const sums = await checksums(`${folder}/release`, version);
  let served = archive;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/SHA256SUMS") return new Response(sums);
    return pathname === `/${name}.tar.gz`
      ? new Response(served)
      : new Response("no", { status: 404 });
  });
  const lines = await installLines("sh", `http://127.0.0.1:${server.addr.port}`);
  const install = async (home: string) => {
    await Deno.mkdir(`${folder}/${home}`);
    const { success, stdout, stderr } = await new Deno.Command("sh", {
      args: ["-c", lines],
      cwd: `${folder}/${home}`,
      env: { HOME: `${folder}/${home}` },
    }).output();
    const decoder = new TextDecoder();
    const installed = await Deno.stat(`${folder}/${home}/.local/bin/trtis`).then(
      () => true,
      () => false,
    );
    return { success, installed, text: decoder.decode(stdout) + decoder.decode(stderr) };
  };
  try {
    await t.step("a whole one", async () => {
      const { success, installed, text } = await install("whole");
      assertEquals([success, installed], [true, true], text);
      assertMatch(text, /: OK\n/);
      assertMatch(text, /trtis of the test\n$/);
    });
    await t.step("a truncated one", async () => {
      served = archive.subarray(0, archive.length - 10);
      const { success, installed, text } = await install("truncated");
      assertEquals([success, installed], [false, false], text);
      assertMatch(text, /FAILED/);
    });
    await t.step("none", async () => {
      served = archive;
      const other = lines.replace("system=linux-x86_64", "system=macos-x86_64");
      assert(other !== lines);
      const { success } = await new Deno.Command("sh", { args: ["-c", other], cwd: folder })
        .output();
      assertEquals(success, false);
    });
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("release: damaged and missing files are named", () => {
  const sums = "aa  trtis-1-x\nbb  trtis-1-y\n";
  assertEquals(damagedFiles(sums, sums), []);
  assertEquals(damagedFiles(sums, "aa  trtis-1-x\ncc  trtis-1-y\n"), ["trtis-1-y"]);
  assertEquals(damagedFiles(sums, "bb  trtis-1-y\n"), ["trtis-1-x"]);
});
