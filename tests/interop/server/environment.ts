/**
 * The Python environment with a real Triton (CPU, no root) and its Python client.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** Versions that are known to work together; the server is Triton 2.x with the Python backend. */
const PACKAGES = [
  "nvidia-pytriton==0.7.0",
  "tritonclient[http,grpc]==2.73.0",
  "pillow==12.0.0",
  "opencv-python-headless==4.11.0.86",
];

/** Names of Python that are tried in this order, each wanted between 3.10 and 3.13. */
const PYTHONS = ["python3", "python3.12", "python3.11", "python3.10", "python3.13", "python"];

/** Where things of the environment are; all absolute paths. */
export interface Environment {
  /** The environment's Python. */
  readonly python: string;
  /** The environment's folder of programs. */
  readonly bin: string;
  /** Folder of the installed packages. */
  readonly sitePackages: string;
  /** Folder of Python's own shared library. */
  readonly libraries: string;
  /** Folder with the server, its backends and the Python backend's stubs. */
  readonly triton: string;
  /** As in `3.11`. */
  readonly pythonVersion: string;
}

const DESCRIBE = `
import json, sys, sysconfig
print(json.dumps({
  "sitePackages": sysconfig.get_paths()["platlib"],
  "libraries": sysconfig.get_config_var("LIBDIR"),
  "pythonVersion": "%d.%d" % sys.version_info[:2],
}))`;

/** Runs a program to its end. @throws {Error} with its output when it fails */
export async function run(program: string, args: string[]): Promise<string> {
  const result = await new Deno.Command(program, { args, stdout: "piped", stderr: "piped" })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (result.success) return text(result.stdout);
  const said = (text(result.stdout) + text(result.stderr)).trim().split("\n").slice(-20).join("\n");
  throw new Error(`${program} ${args.join(" ")}: exit code ${result.code}\n${said}`);
}

async function findPython(): Promise<string> {
  const ask = "import sys, venv; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))";
  for (const name of PYTHONS) {
    try {
      await run(name, ["-c", ask]);
      return name;
    } catch {
      continue;
    }
  }
  throw new Error(
    `Cannot find Python 3.10 to 3.13 with venv; tried ${PYTHONS.join(", ")}. ` +
      "Install one, for example with: apt-get install python3 python3-venv",
  );
}

/**
 * Makes the environment in `folder` unless it is there and complete; about a minute from nothing.
 *
 * @param log told what is being done, when that takes long
 */
export async function prepareEnvironment(
  folder: URL,
  log: (line: string) => void,
): Promise<Environment> {
  const root = fileURLToPath(folder).replace(/\/+$/, "");
  const tritonOf = ({ sitePackages }: Facts) => `${sitePackages}/pytriton/tritonserver`;
  const facts = await install(root, PACKAGES, log, async (facts) => {
    const stub = "triton_python_backend_stub";
    const from = `${tritonOf(facts)}/python_backend_stubs/${facts.pythonVersion}/${stub}`;
    await Deno.copyFile(from, `${tritonOf(facts)}/backends/python/${stub}`);
  });
  return { bin: `${root}/bin`, triton: tritonOf(facts), ...facts };
}

/** PyTorch's own preprocessing, timm's, and an interpreter for a real model. */
const VISION_PACKAGES = [
  "torch==2.15.0",
  "torchvision==0.29.2",
  "timm==1.0.31",
  // Pillow 13 makes some sizes in columns first, which moves a few pixels by a level or two.
  "pillow==12.0.0",
  "ai-edge-litert==2.3.0",
];

/** The part of an environment that tests with PyTorch need. */
export type VisionEnvironment = Facts;

/** Makes an environment with PyTorch unless it is there; some gigabytes, a few minutes. */
export async function prepareVision(
  folder: URL,
  log: (line: string) => void,
): Promise<VisionEnvironment> {
  return await install(fileURLToPath(folder).replace(/\/+$/, ""), VISION_PACKAGES, log);
}

/** Makes an environment with HdrHistogram for Python unless it is there; some seconds. */
export async function prepareHdr(
  folder: URL,
  log: (line: string) => void,
): Promise<VisionEnvironment> {
  const root = fileURLToPath(folder).replace(/\/+$/, "");
  return await install(root, ["hdrhistogram==0.10.8"], log);
}

/** Other servers that speak v2; they can't share an environment. */
const OTHERS = { mlserver: "mlserver==1.7.1", kserve: "kserve==0.21.0" } as const;

/** A server of {@linkcode prepareOther}. */
export type OtherServer = keyof typeof OTHERS;

/** Makes an environment with another server unless it is there; a minute or two. */
export async function prepareOther(
  server: OtherServer,
  folder: URL,
  log: (line: string) => void,
): Promise<VisionEnvironment> {
  return await install(fileURLToPath(folder).replace(/\/+$/, ""), [OTHERS[server]], log);
}

type Facts = Omit<Environment, "bin" | "triton">;

/** Installs packages unless they are there, and describes where. */
async function install(
  root: string,
  packages: readonly string[],
  log: (line: string) => void,
  finish: (facts: Facts) => Promise<void> = () => Promise.resolve(),
): Promise<Facts> {
  const python = `${root}/bin/python`;
  const marker = `${root}/installed.txt`;
  const wanted = packages.join("\n") + "\n";
  const isThere = await Deno.readTextFile(marker).catch(() => "") === wanted;
  if (!isThere) {
    const base = await findPython();
    log(`Installing into ${root} with ${base}: ${packages.join(", ")}`);
    await run(base, ["-m", "venv", "--clear", root]);
    await run(python, ["-m", "pip", "install", "--disable-pip-version-check", "-q", ...packages]);
  }
  const facts = { python, ...JSON.parse(await run(python, ["-c", DESCRIBE])) };
  if (!isThere) {
    await finish(facts);
    await Deno.writeTextFile(marker, wanted);
  }
  return facts;
}
