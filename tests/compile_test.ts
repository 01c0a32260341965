import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { tarGz, untarGz, zip } from "../scripts/compile/archive.ts";
import { executableKind, findDenort } from "../scripts/compile/denort.ts";
import { checkExecutable, compileExecutable } from "../scripts/compile/executable.ts";
import { Failure } from "../scripts/compile/failure.ts";
import { finishBundle, modulesOf } from "../scripts/compile/finish.ts";
import { listing, usersOf } from "../scripts/compile/listing.ts";
import { parseOptions } from "../scripts/compile/options.ts";
import { packageCache, packageOf, readLicence } from "../scripts/compile/packages.ts";
import { permissionFlags, readProject } from "../scripts/compile/project.ts";
import { checksums } from "../scripts/compile/release_files.ts";
import { billOfMaterials, licenceNotices } from "../scripts/compile/sbom.ts";
import { checkRelease, releaseNotes, stampedCommit } from "../scripts/compile/source_state.ts";
import { makeStage, packagesIn, type Stage, writeStage } from "../scripts/compile/stage.ts";
import { executableSuffix, hostTarget, TARGETS } from "../scripts/compile/targets.ts";
import { transformScripts } from "../scripts/compile/transform.ts";
import { PROXY_VARIABLES } from "../src/commands/shared/proxy.ts";
import { SHARD_VARIABLES } from "../src/commands/shared/find_shard.ts";
import { VERSION } from "../src/cli/build_info.ts";
import { projectRoot } from "./program.ts";

const STAMP = { version: "9.8.7", commit: "0123456789ab" };
const TIME = new Date("2026-01-02T03:04:06Z");

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

let stage: Promise<Stage> | undefined;
/** esbuild's process may end a moment after it was told to. */
function stageTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const sharedStage = () => stage ??= readProject().then((project) => makeStage(project, STAMP));

Deno.test("compile: the version is that of deno.json", async () => {
  assertEquals((await readProject()).version, VERSION);
});

Deno.test("compile: the command line", () => {
  const host = TARGETS[0];
  const names = (args: string[]) => parseOptions(args, host)?.targets.map(({ name }) => name);
  assertEquals(names([]), ["linux-x86_64"]);
  assertEquals(names(["--list"]), []);
  assertEquals(names(["--target", "macos-aarch64", "--target=x86_64-pc-windows-msvc"]), [
    "macos-aarch64",
    "windows-x86_64",
  ]);
  assertEquals(names(["--all", "--target", "linux-x86_64"])?.length, 5);
  assertEquals(parseOptions(["--help"], host), undefined);
  assertEquals(parseOptions(["--engine=quickjs", "--out", "a b"], host)?.engine, "quickjs");
  assertEquals(parseOptions(["--engine=quickjs", "--out", "a b"], host)?.out, "a b");
  const wrong: [string[], RegExp][] = [
    [["--target", "amiga"], /unknown target "amiga": choose one of linux-x86_64, /],
    [["--target"], /--target needs a value/],
    [["--out="], /--out needs a value/],
    [["--fast"], /unknown argument --fast/],
    [["linux-x86_64"], /unknown argument linux-x86_64/],
  ];
  for (const [args, message] of wrong) {
    const error = assertThrows(() => parseOptions(args, host), Failure);
    assertMatch(error.message, message);
  }
});

Deno.test("compile: permissions of deno.json as flags", async () => {
  assertEquals(
    permissionFlags({
      read: true,
      write: false,
      net: ["a:1", "b"],
      env: { allow: ["A", "B"], ignore: true },
      run: { deny: true },
    }),
    [
      ...["--allow-read", "--allow-net=a:1,b", "--allow-env=A,B", "--ignore-env", "--deny-run"],
      "--no-prompt",
    ],
  );
  const flags = (await readProject()).permissionFlags;
  for (const word of ["run", "ffi", "sys", "import", "all"]) {
    assert(!flags.some((flag) => flag.startsWith(`--allow-${word}`)), word);
  }
  assertEquals((await readProject()).linuxPermissionFlags, ["--allow-all", "--no-prompt"]);
});

/** The first bytes of an executable. */
function head(kind: "ELF" | "PE" | "Mach-O", machine: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(256);
  const view = new DataView(bytes.buffer);
  if (kind === "ELF") {
    view.setUint32(0, 0x464c457f, true);
    view.setUint16(18, machine, true);
  } else if (kind === "Mach-O") {
    view.setUint32(0, 0xfeedfacf, true);
    view.setUint32(4, machine, true);
  } else {
    view.setUint16(0, 0x5a4d, true);
    view.setUint32(0x3c, 128, true);
    view.setUint32(128, 0x4550, true);
    view.setUint16(132, machine, true);
  }
  return bytes;
}

Deno.test("compile: which system an executable is for", () => {
  const text = new TextEncoder().encode("#!/bin/sh\n");
  const cases: [Uint8Array, ReturnType<typeof executableKind>][] = [
    [head("ELF", 0x3e), { format: "ELF", arch: "x86_64" }],
    [head("ELF", 0xb7), { format: "ELF", arch: "aarch64" }],
    [head("ELF", 3), { format: "ELF", arch: undefined }],
    [head("PE", 0x8664), { format: "PE", arch: "x86_64" }],
    [head("Mach-O", 0x0100000c), { format: "Mach-O", arch: "aarch64" }],
    [head("Mach-O", 0x01000007), { format: "Mach-O", arch: "x86_64" }],
    [head("PE", 0x8664).subarray(0, 100), undefined],
    [head("ELF", 0x3e).subarray(0, 6), { format: "ELF", arch: undefined }],
    [text, undefined],
    [new Uint8Array(), undefined],
  ];
  for (const [bytes, kind] of cases) assertEquals(executableKind(bytes), kind);
});

Deno.test("compile: DENORT_BIN that can't be used is refused before anything is built", async () => {
  await inFolder(async (folder) => {
    const [linux, arm, windows] = TARGETS;
    await Deno.writeTextFile(`${folder}/text`, "#!/bin/sh\n");
    await Deno.writeFile(`${folder}/elf`, head("ELF", 0x3e));
    await Deno.writeFile(`${folder}/denort-${arm!.triple}`, head("ELF", 0xb7));
    await Deno.writeFile(`${folder}/denort-${windows!.triple}.exe`, head("PE", 0x8664));
    assertEquals(await findDenort(undefined, linux!), undefined);
    assertEquals(await findDenort("", linux!), undefined);
    assertEquals(await findDenort(`${folder}/elf`, linux!), `${folder}/elf`);
    assertEquals(await findDenort(`${folder}/`, arm!), `${folder}/denort-${arm!.triple}`);
    assertEquals(await findDenort(folder, windows!), `${folder}/denort-${windows!.triple}.exe`);
    const wrong: [string, typeof linux, RegExp][] = [
      [`${folder}/none`, linux, /there is no file ".*none"/],
      [folder, linux, /there is no file ".*denort-x86_64-unknown-linux-gnu"/],
      [`${folder}/text`, linux, /it is not an executable, ELF on x86_64 is needed/],
      [`${folder}/elf`, arm, /it is an executable for ELF on x86_64, ELF on aarch64 is needed/],
      [`${folder}/elf`, windows, /ELF on x86_64, PE on x86_64 is needed/],
    ];
    for (const [setting, target, message] of wrong) {
      const error = await assertRejects(() => findDenort(setting, target!), Failure);
      assertMatch(error.message, message);
    }
  });
});

Deno.test("compile: an executable that is not the program is found out", async () => {
  await inFolder(async (folder) => {
    const target = hostTarget();
    if (!target) return;
    const deno = await assertRejects(
      () => checkExecutable(Deno.execPath(), target, "trtis 0.1.0"),
      Failure,
    );
    assertMatch(deno.message, /it says "deno .*" instead of "trtis 0\.1\.0"/);
    const half = `${folder}/half`;
    await Deno.writeFile(half, (await Deno.readFile(Deno.execPath())).subarray(0, 100_000), {
      mode: 0o755,
    });
    await assertRejects(() => checkExecutable(half, target, "trtis 0.1.0"), Failure);
    const other = TARGETS.find((one) => one !== target)!;
    assertEquals(await checkExecutable(half, other, "trtis 0.1.0"), "not run here");
  });
});

Deno.test("compile: the whole command leaves nothing behind when denort is none", async () => {
  await inFolder(async (folder) => {
    const cases: [args: string[], denort: string, message: RegExp][] = [
      [["--target", "amiga"], "", /^error: unknown target "amiga"/m],
      [[], fileURLToPath(new URL("deno.json", projectRoot)), /^error: cannot use DENORT_BIN/m],
      [[], Deno.execPath(), /^error: what came out for .* does not run: it says "deno /m],
    ];
    for (const [args, denort, message] of cases) {
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "scripts/compile.ts", "--out", `${folder}/out`, ...args],
        cwd: fileURLToPath(projectRoot),
        env: { DENORT_BIN: denort, NO_COLOR: "1" },
        stdout: "null",
      }).output();
      assertEquals(code, 1);
      assertMatch(new TextDecoder().decode(stderr), message);
    }
    assertEquals([...Deno.readDirSync(`${folder}/out`)], []);
  });
});

stageTest(
  "compile: what deno compile embeds is the stage, with the permissions of deno.json",
  async () => {
    const target = hostTarget();
    if (!target) return;
    await inFolder(async (folder) => {
      const stage = await sharedStage();
      const { permissionFlags } = await readProject();
      await writeStage(stage, `${folder}/stage`, TIME);
      const output = `${folder}/program${executableSuffix(target)}`;
      // Deno itself stands in for denort: what is embedded is the same.
      const denort = Deno.env.get("DENORT_BIN") ?? Deno.execPath();
      await compileExecutable({
        ...{ stage, folder: `${folder}/stage`, permissionFlags, target, denort, output },
      });
      const bytes = await Deno.readFile(output);
      const tail = new TextDecoder("latin1").decode(bytes.subarray(-8_000_000));
      const start = tail.lastIndexOf('{"argv":');
      const metadata = JSON.parse(tail.slice(start, tail.indexOf("}\0", start) + 1));
      const { permissions } = metadata;
      assertEquals(permissions.prompt, false);
      const own = ["NO_COLOR", "TERM", "TRTIS_BASIC", "TRTIS_DEBUG", "TRTIS_TOKEN"];
      own.push("TRTIS_UNSAFE_GRPC_JS");
      const proxies = PROXY_VARIABLES.flatMap((name) => [name, name.toUpperCase()]);
      assertEquals(
        permissions.allow_env.toSorted(),
        [...own, ...proxies, ...SHARD_VARIABLES].toSorted(),
      );
      assertEquals(permissions.ignore_env, []);
      for (const granted of ["allow_read", "allow_write", "allow_net"]) {
        assertEquals(permissions[granted], [], granted);
      }
      for (const refused of ["allow_run", "allow_ffi", "allow_sys"]) {
        assertEquals(permissions[refused], null, refused);
      }
      const names = [...tail.slice(start).matchAll(/\{"File":\{"n":"([^"]+)"/g)].map(([, n]) => n);
      assertEquals(
        names.sort(),
        stage.files.map(({ path }) => path.replace(/^.*\//, "")).sort(),
      );
    });
  },
);

stageTest("compile: nothing lies inside that no command uses", async () => {
  const stage = await sharedStage();
  const users = usersOf(stage);
  const unused = stage.files.map(({ path }) => path).filter((path) => !users.has(path));
  assertEquals(unused, []);
  assertEquals(packagesIn(stage).map(({ name }) => name), [
    "@assemblyscript/loader",
    "@cwasm/jpeg-turbo",
    "@grpc/grpc-js",
    "@js-sdsl/ordered-map",
    "@jsquash/avif",
    "@jsquash/webp",
    "@streamparser/json",
    "base64-js",
    "deno-std",
    "hdr-histogram-js",
    "imagescript",
    "jstat",
    "long",
    "pako",
    "protobufjs",
    "uplot",
  ]);
  assertEquals(
    stage.files.filter(({ from }) => from).map(({ path }) => path.replace(/^.*\//, "")).sort(),
    [
      "avif_dec.wasm.bin",
      "gif.wasm.bin",
      "jpeg-turbo.wasm.bin",
      "jpeg.wasm.bin",
      "png.wasm.bin",
      "uPlot.iife.min.js.bin",
      "uPlot.min.css.bin",
      "webp_dec.wasm.bin",
    ],
  );
  const modules = stage.files.flatMap((file) => file.modules.map(({ name }) => name));
  assertEquals(modules.filter((name) => /_test|\/testing\/|yargs|proto-loader/.test(name)), []);
  assert(stage.files.reduce((sum, { bytes }) => sum + bytes.length, 0) < 4_700_000);
  for (const { path, bytes } of stage.files.filter(({ path }) => path.endsWith(".js"))) {
    // QuickJS and Node before 24 can't read it.
    assert(!/\bawait using\b/.test(new TextDecoder().decode(bytes)), path);
  }
  assertMatch(listing(stage), /^\d+ files, \d+ bytes$/m);
});

stageTest("compile: two builds make the same files", async () => {
  const [a, b] = [await sharedStage(), await makeStage(await readProject(), STAMP)];
  assertEquals(a.files.map(({ path }) => path), b.files.map(({ path }) => path));
  for (const [i, { path, bytes }] of a.files.entries()) {
    assert(bytes.every((byte, at) => byte === b.files[i]!.bytes[at]), path);
  }
});

const FINISH = {
  registryFolder: "registry.example",
  buildFolder: "trtis-build-x",
  workers: ["src/a/worker.ts"],
  dataPath: () => "data/p/x.bin",
};

Deno.test("compile: finishing makes paths neutral, and finds workers and data", () => {
  const files = new Map([
    [
      "main.js",
      [
        'import "./chunk-ABCDEFG1.js";',
        'import "./chunk-ABCDEFG4.js";',
        "// ../home/me/.cache/deno/npm/registry.example/@s/p/1.0.0/x.js",
        "var require_x = __commonJS({",
        '  "../home/me/.cache/deno/npm/registry.example/@s/p/1.0.0/x.js"(exports) {}',
        "});",
        "// ../tmp/trtis-build-x/in/build_info.ts",
        'var COMMIT = "1";',
        "// src/a/pool.ts",
        'new Worker(new URL("./worker.ts", import.meta.url));',
        'import.meta.resolve("p/x.wasm");',
        'await import("./x-ABCDEFG2.js");',
        'await import("./empty-ABCDEFG3.js");',
      ].join("\n"),
    ],
    [
      "chunk-ABCDEFG1.js",
      'import { createRequire as r } from "node:module";\nvar __require = r(import.meta.url);\n',
    ],
    ["x-ABCDEFG2.js", "export default require_x();\n"],
    ["empty-ABCDEFG3.js", "\n"],
    ["chunk-ABCDEFG4.js", "// src/a/pool.ts\n"],
    ["src/a/worker.js", 'import "../../chunk-ABCDEFG4.js";\n// src/a/worker.ts\n'],
  ]);
  const finished = finishBundle(files, FINISH);
  const main = finished.get("main.js")!;
  assert(!/home|tmp|ABCDEFG|registry/.test([...finished].flat().join("\n")), main);
  assertEquals(modulesOf(main).map(({ name }) => name), [
    "npm:@s/p/1.0.0/x.js",
    "build:build_info.ts",
    "src/a/pool.ts",
  ]);
  assertEquals(packageOf("npm:@s/p/1.0.0/x.js"), { name: "@s/p", version: "1.0.0" });
  assert(main.includes('new URL("./src/a/worker.js", import.meta.url)'));
  assert(main.includes('import.meta.resolve("./data/p/x.bin")'));
  assert(main.includes("await Promise.resolve({})"));
  assertMatch(main, /import\("\.\/x-[0-9a-f]{8}\.js"\)\.then\(/);
  assertMatch(finished.get("src/a/worker.js")!, /^import "\.\.\/\.\.\/chunk-[0-9a-f]{8}\.js";/);
  assertEquals(finished.size, 5);
  assert(![...finished.values()].some((code) => code.includes("node:module")));
  // The helpers' file does nothing; the other one has a module.
  assertEquals(main.match(/^import "/gm)?.length, 1);
});

Deno.test("compile: finishing knows paths as Windows writes them", () => {
  const code = [
    "// C:\\Users\\me\\deno\\npm\\registry.example\\p\\1.0.0\\x.js",
    '  "C:\\\\Users\\\\me\\\\deno\\\\npm\\\\registry.example\\\\p\\\\1.0.0\\\\x.js"(exports) {}',
    "// C:/Temp/trtis-build-x/in/build_info.ts",
    "// src\\a\\pool.ts",
    'f("\\n");',
  ].join("\n");
  const main = finishBundle(new Map([["main.js", code]]), FINISH).get("main.js")!;
  assertEquals(main.split("\n"), [
    "// npm:p/1.0.0/x.js",
    '  "npm:p/1.0.0/x.js"(exports) {}',
    "// build:build_info.ts",
    "// src/a/pool.ts",
    'f("\\n");',
  ]);
});

Deno.test({
  name: "compile: resources are disposed of without `using`",
  // esbuild's own process ends a moment after it was told to.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const code = [
      "async function run(log, open, fail) {",
      "  log('start');",
      "  for (const name of ['a', 'b']) {",
      "    await using first = await open({",
      "      name",
      "    });",
      "    using second = open(name + 2);",
      "    if (fail === name) {",
      "      throw new Error(name);",
      "    }",
      "    log('use ' + name);",
      "  }",
      "  return 'end';",
      "}",
      "export { run };",
    ].join("\n");
    const module = (text: string) => import(`data:text/javascript,${encodeURIComponent(text)}`);
    const lowered = (await transformScripts(new Map([["a.js", code]]))).get("a.js")!;
    assert(!/^ *(await )?using /m.test(lowered), lowered);
    for (const fail of [undefined, "b"]) {
      const heard: string[][] = [];
      for (const text of [code, lowered]) {
        const log: string[] = [];
        const open = (what: unknown) => ({
          [Symbol.dispose]: () => log.push(`close ${what}`),
          [Symbol.asyncDispose]: async () => log.push(await `close ${JSON.stringify(what)}`),
        });
        const { run } = await module(text);
        const end = run((line: string) => log.push(line), open, fail);
        log.push(await end.catch((error: Error) => `failed: ${error.message}`));
        heard.push(log);
      }
      assertEquals(heard[1], heard[0]);
      assert(heard[0]!.includes("close b2"));
    }
    const broken = new Map([["a.js", "let x = {"]]);
    await assertRejects(() => transformScripts(broken), Failure, "cannot rewrite the bundle");
  },
});

Deno.test("compile: a worker that is not in the plan is an error", () => {
  const code = '// src/b/pool.ts\nnew Worker(new URL("./worker.ts", import.meta.url));\n';
  const error = assertThrows(() => finishBundle(new Map([["main.js", code]]), FINISH), Failure);
  assertMatch(error.message, /cannot use what deno bundle made/);
});

stageTest("compile: bill of materials and licences name every package", async () => {
  const stage = await sharedStage();
  const cache = packageCache();
  const packages = await Promise.all(
    packagesIn(stage).map(async (one) => ({ ...one, licence: await readLicence(one, cache) })),
  );
  const text = billOfMaterials(stage, packages, STAMP, TIME);
  assertEquals(text, billOfMaterials(stage, packages, STAMP, TIME));
  const bill = JSON.parse(text);
  assertMatch(
    bill.serialNumber,
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/,
  );
  assertEquals(bill.metadata.component.version, STAMP.version);
  const refs = bill.components.map((one: { "bom-ref": string }) => one["bom-ref"]);
  assertEquals(bill.dependencies[0].dependsOn, refs);
  assert(refs.includes("pkg:npm/%40grpc/grpc-js@1.14.7"), refs.join(" "));
  const notices = licenceNotices(packages);
  for (const { name, version } of packages) assert(notices.includes(`${name} ${version}\n`), name);
  assert(notices.includes("Apache License"));
});

Deno.test("compile: archives hold the files, and are the same every time", async () => {
  await inFolder(async (folder) => {
    const files = [
      { path: "t/trtis", bytes: new Uint8Array(70_000).fill(7), executable: true },
      { path: "t/empty", bytes: new Uint8Array() },
      { path: "t/LICENSE", bytes: new TextEncoder().encode("MIT\n") },
    ];
    const packed = [["a.tar.gz", tarGz], ["a.zip", zip]] as const;
    for (const [name, pack] of packed) {
      await Deno.writeFile(`${folder}/${name}`, await pack(files, TIME));
      assertEquals(await Deno.readFile(`${folder}/${name}`), await pack(files, TIME));
    }
    // bsdtar, which Windows and macOS have, reads both; GNU tar the first one only.
    const unpackers = [["tar", ["-xzf", "a.tar.gz"]], ["unzip", ["-q", "a.zip"]]] as const;
    for (const [program, args] of unpackers) {
      const out = `${folder}/${program}`;
      await Deno.mkdir(out);
      const unpacked = await unpack(
        program,
        args.map((arg) => arg.replace(/^a/, `${folder}/a`)),
        out,
      );
      if (!unpacked) continue;
      for (const { path, bytes } of files) {
        assertEquals(await Deno.readFile(`${out}/${path}`), bytes, `${program} ${path}`);
      }
      if (Deno.build.os !== "windows") {
        assertEquals((await Deno.stat(`${out}/t/trtis`)).mode! & 0o777, 0o755);
        assertEquals((await Deno.stat(`${out}/t/trtis`)).mtime?.getTime(), TIME.getTime());
      }
    }
    const long = { path: `${"x".repeat(150)}/é`, bytes: new Uint8Array(3) };
    const archive = await tarGz([long], TIME);
    assertEquals(await untarGz(archive), [long]);
    await assertRejects(() => untarGz(archive.subarray(0, archive.length / 2)));
    await assertRejects(async () => await untarGz(gzipSync(new Uint8Array(512).fill(65))));
  });
});

/** False when the program is not there. */
async function unpack(program: string, args: string[], cwd: string): Promise<boolean> {
  try {
    const env = { TZ: "UTC" };
    const { success, stderr } = await new Deno.Command(program, { args, cwd, env }).output();
    assert(success, new TextDecoder().decode(stderr));
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}

Deno.test("compile: a truncated download does not pass its checksum", async () => {
  await inFolder(async (folder) => {
    const bytes = crypto.getRandomValues(new Uint8Array(5000));
    await Deno.writeFile(`${folder}/trtis-1.2.3-linux-x86_64`, bytes);
    await Deno.writeTextFile(`${folder}/other`, "not of this release");
    const sums = await checksums(folder, "1.2.3");
    assertMatch(sums, /^[0-9a-f]{64} {2}trtis-1\.2\.3-linux-x86_64\n$/);
    await Deno.writeFile(`${folder}/trtis-1.2.3-linux-x86_64`, bytes.subarray(0, 4999));
    assert(sums !== await checksums(folder, "1.2.3"));
  });
});

Deno.test("compile: what stands in the way of a release is said", () => {
  const clean = { commit: "abc", time: TIME, changed: [], tags: ["v1.2.3"] };
  const changelog =
    "# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-01-02\n\n- New.\n\n## 1.2.2\n\n";
  checkRelease(clean, "1.2.3", changelog);
  const changed = Array.from({ length: 7 }, (_, i) => `f${i}`);
  const wrong: [Parameters<typeof checkRelease>, RegExp][] = [
    [[undefined, "1.2.3", changelog], /not a git checkout/],
    [
      [{ ...clean, changed }, "1.2.3", changelog],
      /differs from commit abc in f0, f1, f2, f3, f4 and 2 more/,
    ],
    [[{ ...clean, tags: [] }, "1.2.3", changelog], /has no tag instead of v1\.2\.3/],
    [[clean, "1.2.4", changelog], /has the tag v1\.2\.3 instead of v1\.2\.4/],
    [[{ ...clean, tags: ["v1.2.2"] }, "1.2.2", changelog], /no text under "## 1\.2\.2"/],
  ];
  for (const [args, message] of wrong) {
    assertMatch(assertThrows(() => checkRelease(...args), Failure).message, message);
  }
  assertEquals(releaseNotes(changelog, "1.2.3"), "- New.");
  assertEquals(releaseNotes("## [v2.0.0] 2026\n\nText\n", "2.0.0"), "Text");
  assertEquals(releaseNotes(changelog, "9"), "");
  assertEquals(stampedCommit(clean), "abc");
  assertEquals(stampedCommit({ ...clean, changed }), "abc-changed");
  assertEquals(stampedCommit(undefined), "");
});
