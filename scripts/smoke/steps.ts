/**
 * What a smoke run does: every command once, as a user would.
 *
 * @module
 */
import { program } from "../../src/commands/program.ts";
import { PICTURES, writePictures } from "./pictures.ts";
import { run, type RunResult, type Sandbox, type Subject } from "./program.ts";
import { startServe } from "./server.ts";

/** A command line and what must come of it. */
export interface Step {
  readonly argv: readonly string[];
  /** Exit codes that are well; default 0. */
  readonly codes?: readonly number[];
  /** Must be in standard output. */
  readonly says: RegExp;
}

/** Where the server and the images are. */
export interface Places {
  readonly http: string;
  readonly grpc: string;
  /** From the working folder. */
  readonly pictures: string;
}

const COMMANDS = program.entries.map(({ name }) => name);

/** Steps that need no server. */
export function localSteps(): Step[] {
  return [
    { argv: ["--version"], says: /^trtis \d+\.\d+\.\d+.*\nDeno \d/ },
    { argv: ["--help"], says: /^Usage: trtis COMMAND/m },
    { argv: ["man"], says: /^\.TH TRTIS 1/ },
    ...["bash", "zsh", "fish", "powershell"].map((shell) => (
      { argv: ["completions", shell], says: /image_client/ }
    )),
    ...COMMANDS.map((name) => (
      { argv: ["help", name], says: new RegExp(`^Usage: trtis ${name}`, "m") }
    )),
  ];
}

/** Every command that talks to a server, over both protocols, and the main ones as v2 too. */
export function serverSteps(places: Places): Step[] {
  return (["http", "grpc"] as const)
    .flatMap((wire) => [...wireSteps(wire, places), ...v2Steps(wire, places)])
    .filter(({ argv }) => COMMANDS.includes(argv[0]!));
}

function wireSteps(wire: "http" | "grpc", places: Places): Step[] {
  const { pictures } = places;
  const server = ["-i", wire, "-u", places[wire]];
  const image = (...more: string[]) => ["image_client", ...server, "-m", "colors", ...more];
  const count = Object.keys(PICTURES).length;
  const everyPicture = new RegExp(`^(?:Image '[^]*?){${count}}$`, "m");
  const perf = ["perf_client", ...server, "-m", "simple"];
  const measured = /^Request concurrency: \d+\n {2}Client: \n {4}Request count: \d+/m;
  return [
    { argv: ["health", ...server], says: /^ready: true$/m },
    { argv: ["status", ...server], says: /colors/ },
    ...Object.values(PICTURES).map((name) => (
      { argv: image("-c", "2", `${pictures}/${name}`), says: /\d \([a-z]+\) = \d/ }
    )),
    // So many images are decoded in workers.
    { argv: image("-b", "3", pictures), says: everyPicture },
    {
      argv: [
        ...["ensemble_image_client", ...server, "-m", "preprocess_colors_ensemble"],
        `${pictures}/${PICTURES.PNG}`,
      ],
      says: /\d \(yellow\) = \d/,
    },
    { argv: ["simple_client", ...server], says: /\+/ },
    { argv: ["simple_string_client", ...server], says: /\+/ },
    { argv: ["simple_callback_client", ...server], says: /\+/ },
    {
      argv: [
        "infer",
        ...server,
        "-m",
        "identity_fp32",
        "--input",
        "INPUT0=zeros",
        "--shape",
        "INPUT0:4",
      ],
      says: /0/,
    },
    { argv: [...perf, "-t", "4", "--request-count", "200"], codes: [0, 3], says: measured },
    // Windows so short need not agree, least of all on a busy machine.
    { argv: [...perf, "-p", "200", "-r", "3"], codes: [0, 3], says: measured },
    ...wire === "http" ? [] : [
      { argv: ["simple_sequence_client", ...server], says: /\d/ },
      { argv: ["health", ...server, "--grpc-channel", "grpc-js"], says: /^ready: true$/m },
      { argv: image("--streaming", pictures), says: everyPicture },
      {
        argv: [
          "grpc_image_client",
          "-u",
          places.grpc,
          "-m",
          "colors",
          `${pictures}/${PICTURES.PNG}`,
        ],
        says: /yellow/,
      },
    ],
  ];
}

function v2Steps(wire: "http" | "grpc", places: Places): Step[] {
  const server = ["-i", wire, "-u", places[wire], "--api", "v2"];
  const picture = `${places.pictures}/${PICTURES.PNG}`;
  return [
    { argv: ["health", ...server], says: /^ready: true$/m },
    { argv: ["models", ...server], says: /colors/ },
    { argv: ["image_client", ...server, "-m", "colors", picture], says: /\d \(yellow\) = \d/ },
    { argv: ["simple_client", ...server], says: /\+/ },
    {
      argv: ["perf_client", ...server, "-m", "simple", "--request-count", "100"],
      ...{ codes: [0, 3], says: /^Request concurrency: 1$/m },
    },
  ];
}

/** What went wrong in a step; undefined when nothing. */
export function problem(step: Step, { code, stdout, stderr }: RunResult): string | undefined {
  const { codes = [0], says } = step;
  if (codes.includes(code) && says.test(stdout)) return undefined;
  const expected = codes.includes(code)
    ? `output matching ${says}`
    : `exit code ${codes.join(" or ")}`;
  return `${expected} expected, exit code ${code}; it said:\n${stdout}${stderr}`;
}

/**
 * What a run left in a folder. An engine's own cache of compiled code may lie in a home folder: the
 * QuickJS runtime keeps one in .cache/v8x, has no switch for it, and docs/install.md says so.
 */
export function leftovers(folder: string, isHome: boolean): string[] {
  const names = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name).sort();
  return names(folder).flatMap((name) =>
    isHome && name === ".cache"
      ? names(`${folder}/.cache`).filter((inner) => inner !== "v8x").map((inner) =>
        `.cache/${inner}`
      )
      : [name]
  );
}

/** Runs all steps; `report` hears of each. The problems. */
export async function smoke(
  subject: Subject,
  sandbox: Sandbox,
  report: (argv: readonly string[], problem: string | undefined) => void,
): Promise<string[]> {
  const problems: string[] = [];
  const note = (argv: readonly string[], found: string | undefined) => {
    if (found !== undefined) problems.push(`trtis ${argv.join(" ")}: ${found}`);
    report(argv, found);
  };
  const go = async (step: Step) =>
    note(step.argv, problem(step, await run(subject, sandbox, step.argv)));
  for (const step of localSteps()) await go(step);
  const pictures = "my pictures";
  await writePictures(`${sandbox.work}/${pictures}`);
  const server = await startServe(subject, sandbox);
  try {
    for (const step of serverSteps({ ...server, pictures })) await go(step);
  } finally {
    const code = await server.stop();
    note(["serve"], code === undefined || code === 0 ? undefined : `exit code ${code} on Ctrl-C`);
  }
  await Deno.remove(`${sandbox.work}/${pictures}`, { recursive: true });
  for (const folder of Object.values(sandbox)) {
    const left = leftovers(folder, folder === sandbox.home);
    note(["(files)"], left.length === 0 ? undefined : `${folder} holds ${left.join(", ")}`);
  }
  return problems;
}
