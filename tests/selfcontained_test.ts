/**
 * The program with exactly what the executable embeds, and nothing else: the bundle in a folder of its
 * own, no configuration, no packages, an empty cache, an empty environment, the permissions as compiled
 * in. With DENORT_BIN set, the executable itself.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { compileExecutable, ISOLATED } from "../scripts/compile/executable.ts";
import { readProject } from "../scripts/compile/project.ts";
import { makeStage, type Stage, writeStage } from "../scripts/compile/stage.ts";
import { executableSuffix, hostTarget } from "../scripts/compile/targets.ts";
import { makeSandbox, run, type Subject } from "../scripts/smoke/program.ts";
import { startServe } from "../scripts/smoke/server.ts";
import { smoke } from "../scripts/smoke/steps.ts";
import { removeFolder } from "./remove_folder.ts";

const STAMP = { version: "9.8.7", commit: "0123456789ab" };

/** The permissions as they are compiled in for this system. */
async function flagsHere(): Promise<readonly string[]> {
  const { permissionFlags, linuxPermissionFlags } = await readProject();
  return Deno.build.os === "linux" ? linuxPermissionFlags : permissionFlags;
}

/** Writes the stage; what it is run by must not find anything else. */
async function stageSubject(stage: Stage, folder: string): Promise<Subject> {
  const permissionFlags = await flagsHere();
  await writeStage(stage, `${folder}/stage`, new Date(0));
  await Deno.mkdir(`${folder}/deno`);
  return {
    path: Deno.execPath(),
    args: ["run", "--quiet", ...ISOLATED, ...permissionFlags, `${folder}/stage/${stage.main}`],
    env: { DENO_DIR: `${folder}/deno`, DENO_NO_UPDATE_CHECK: "1" },
  };
}

async function executableSubject(stage: Stage, folder: string, denort: string): Promise<Subject> {
  const permissionFlags = await flagsHere();
  await writeStage(stage, `${folder}/stage`, new Date(0));
  const target = hostTarget()!;
  const output = `${folder}/trtis${executableSuffix(target)}`;
  await compileExecutable({
    ...{ stage, folder: `${folder}/stage`, permissionFlags, target, denort, output },
  });
  // What it was made from must not be what it runs from.
  await Deno.remove(`${folder}/stage`, { recursive: true });
  return { path: output, args: [], env: {} };
}

Deno.test("every command runs on what the executable embeds and nothing else", async (t) => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const stage = await makeStage(await readProject(), STAMP);
    const denort = Deno.env.get("DENORT_BIN");
    const subject = denort
      ? await executableSubject(stage, folder, denort)
      : await stageSubject(stage, folder);
    const sandbox = await makeSandbox(folder);
    const problems = await smoke(subject, sandbox, () => {});
    assertEquals(problems, []);
    await t.step("memory is shared between two of it", async () => {
      if (Deno.build.os !== "linux") return;
      const server = await startServe(subject, sandbox, ["--shared-memory", "system"]);
      try {
        const { code, stderr } = await run(subject, sandbox, [
          ...["perf_client", "-m", "simple", "-u", server.http, "--api", "v2"],
          ...["--shared-memory", "system", "--request-count", "50"],
        ]);
        assertEquals(code, 0, stderr);
      } finally {
        await server.stop();
      }
    });
    await t.step("a worker for load starts", async () => {
      if (denort) return;
      const [worker] = stage.workers.filter((path) => path.includes("/perf/load/worker_main"));
      const script = `${folder}/start_worker.js`;
      await Deno.writeTextFile(
        script,
        `const worker = new Worker(import.meta.resolve("./stage/${worker}"), { type: "module" });
        worker.onmessage = ({ data }) => Deno.exit(data.type === "time" ? 0 : 1);
        worker.postMessage({ type: "time", call: 1 });`,
      );
      const { args } = subject;
      const { code, stderr } = await run(
        { ...subject, args: [...args.slice(0, -1), script] },
        sandbox,
        [],
      );
      assertEquals([code, stderr], [0, ""]);
    });
    await t.step("it says which build it is", async () => {
      const { stdout } = await run(subject, sandbox, ["--version"]);
      assertEquals(stdout.split("\n")[0], `trtis ${STAMP.version} (commit ${STAMP.commit})`);
    });
  } finally {
    await removeFolder(folder);
  }
});

/** Makes each script of a stage note that it was loaded, and the main one print the notes at the end. */
function noting(stage: Stage): Stage {
  const files = stage.files.map((file) => {
    if (!file.path.endsWith(".js")) return file;
    const note = `(globalThis.loadedScripts ??= []).push(${JSON.stringify(file.path)});\n`;
    const print = file.path === stage.main
      ? `addEventListener("unload", () => console.error("LOADED " + globalThis.loadedScripts.join(" ")));\n`
      : "";
    const code = print + note + new TextDecoder().decode(file.bytes);
    return { ...file, bytes: new TextEncoder().encode(code) };
  });
  return { ...stage, files };
}

Deno.test("a command loads only what it uses", async (t) => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const stage = await makeStage(await readProject(), STAMP);
    const subject = await stageSubject(noting(stage), folder);
    const sandbox = await makeSandbox(folder);
    const server = await startServe(subject, sandbox);
    const has = (name: string) => [...stage.commands.keys()].includes(`src/commands/${name}.ts`);
    const http = ["-i", "http", "-u", server.http];
    const grpc = ["-i", "grpc", "-u", server.grpc];
    const perf = ["perf_client", "-m", "simple", "--request-count", "50"];
    const [images, grpcJs, messages] = [
      /^npm:(imagescript|@cwasm|@jsquash)|^src\/image\//,
      /^npm:@grpc\//,
      /\/generated\/|^npm:protobufjs/,
    ];
    const all = [images, grpcJs, messages, /^src\/(client|protocol|transport|server|perf)\//];
    const cases: { argv: string[]; not: RegExp[]; loads?: RegExp }[] = [
      { argv: ["--help"], not: all },
      { argv: ["--version"], not: all },
      {
        argv: ["help", "image_client"],
        not: [grpcJs, messages, /^npm:(imagescript|@cwasm|@jsquash)/],
      },
      {
        argv: ["health", ...http],
        not: [images, grpcJs, /transport\/grpc\/client/],
        loads: /transport\/http1/,
      },
      {
        argv: ["health", ...grpc],
        not: [images, grpcJs, /http1/],
        loads: /transport\/grpc\/client/,
      },
      {
        argv: ["health", ...grpc, "--grpc-channel", "grpc-js"],
        ...{ not: [images, /transport\/grpc\/client\/channel/], loads: grpcJs },
      },
      { argv: ["simple_client", ...http, "--api", "v1"], not: [images, grpcJs, /protocol\/v2\//] },
      { argv: [...perf, ...http], not: [images, grpcJs], loads: /^src\/perf\// },
      { argv: [...perf, ...grpc], not: [images, grpcJs], loads: /^src\/perf\// },
    ];
    try {
      for (const { argv, not, loads } of cases) {
        const command = argv[0]!.startsWith("-") ? undefined : argv[0];
        if (command !== undefined && command !== "help" && !has(command)) continue;
        await t.step(argv.slice(0, 3).join(" "), async () => {
          const { stderr } = await run(subject, sandbox, argv);
          const scripts = /^LOADED (.*)$/m.exec(stderr)?.[1]?.split(" ") ?? [];
          assert(scripts.includes(stage.main), stderr);
          const modules = stage.files.filter(({ path }) => scripts.includes(path))
            .flatMap((file) => file.modules.map(({ name }) => name));
          for (const pattern of not) {
            assertEquals(modules.filter((name) => pattern.test(name)), [], `${pattern}`);
          }
          if (loads) assert(modules.some((name) => loads.test(name)), `${loads} not loaded`);
        });
      }
    } finally {
      await server.stop();
    }
  } finally {
    await removeFolder(folder);
  }
});
