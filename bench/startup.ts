/**
 * How long a start takes: an empty Deno program, the sources, what the executable embeds (run by Deno
 * without its cache of compiled code), what single dependencies cost, and any other programs.
 *
 *     deno task bench:startup [PROGRAM...]
 *
 * Programs are run with --help: executables of this project, perf_analyzer.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { ISOLATED } from "../scripts/compile/executable.ts";
import { readProject } from "../scripts/compile/project.ts";
import { makeStage, writeStage } from "../scripts/compile/stage.ts";
import { printTable, ratio } from "./lib/table.ts";

const ROUNDS = 21;
const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

interface Candidate {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly times: number[];
}

function candidate(name: string, args: readonly string[], program = Deno.execPath()): Candidate {
  return { name, program, args, times: [] };
}

async function measure({ program, args, times }: Candidate): Promise<void> {
  const command = new Deno.Command(program, {
    args: [...args],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  });
  const start = performance.now();
  await command.output();
  times.push(performance.now() - start);
}

function sorted({ times }: Candidate): number[] {
  return [...times].sort((a, b) => a - b);
}

/** Single dependencies; a module each. */
const DEPENDENCIES: Readonly<Record<string, string>> = {
  "node:process": 'import "node:process";',
  "node:module": 'import "node:module";',
  "node:http2": 'import "node:http2";',
};

const folder = await Deno.makeTempDir();
try {
  const project = await readProject();
  const stage = await makeStage(project, { version: project.version, commit: "" });
  await writeStage(stage, `${folder}/stage`, new Date(0));
  const run = ["run", "--quiet", ...ISOLATED, ...project.permissionFlags];
  const script = async (name: string, text: string) => {
    const path = `${folder}/${name.replaceAll(":", "_")}.js`;
    await Deno.writeTextFile(path, text);
    return path;
  };
  const bundle = (...args: string[]) => [...run, `${folder}/stage/${stage.main}`, ...args];
  const nobody = ["-u", "127.0.0.1:1"];
  const lazy = stage.files.find(({ modules }) =>
    modules.some(({ name }) => name.startsWith("npm:@grpc/grpc-js"))
  )!;
  const candidates = [
    candidate("empty Deno program", [...run, await script("empty", "")]),
    candidate("embedded: --help", bundle("--help")),
    candidate("embedded: --version", bundle("--version")),
    candidate("embedded: image_client --help", bundle("image_client", "--help")),
    candidate("embedded: health over HTTP, nobody there", bundle("health", ...nobody)),
    candidate(
      "embedded: health over gRPC, nobody there",
      bundle("health", "-i", "grpc", ...nobody),
    ),
    candidate("sources: --help", ["run", "--quiet", "-A", "--no-check", MAIN, "--help"]),
    ...await Promise.all(
      Object.entries(DEPENDENCIES).map(async ([name, text]) =>
        candidate(`dependency: ${name}`, [...run, await script(name, text)])
      ),
    ),
    candidate("dependency: @grpc/grpc-js", [...run, `${folder}/stage/${lazy.path}`]),
    ...Deno.args.map((path) => candidate(`${path} --help`, ["--help"], path)),
  ];
  // The first round warms the file system; then all in turn, so that noise meets all alike.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const one of candidates) {
      await measure(one);
      if (round === 0) one.times.length = 0;
    }
  }
  const base = sorted(candidates[0]!);
  const middle = ROUNDS >> 1;
  await printTable("Start-up", [
    ["PROGRAM", "LEAST MS", "MEDIAN MS", "RATIO OF MEDIANS"],
    ...candidates.map((one) => {
      const times = sorted(one);
      return [
        one.name,
        times[0]!.toFixed(1),
        times[middle]!.toFixed(1),
        ratio(times[middle]!, base[middle]!),
      ];
    }),
  ]);
} finally {
  await Deno.remove(folder, { recursive: true });
}
