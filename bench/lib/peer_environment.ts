/**
 * The programs that perf_client is compared with, besides what the interop environment has.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Environment, run } from "../../tests/interop/server/environment.ts";

/** The last wheel that carries perf_analyzer, and the CUDA runtime that it is linked with. */
const WHEELS = ["tritonclient==2.48.0", "nvidia-cuda-runtime-cu12==12.9.79"];

const UNPACK = `
import glob, sys, zipfile
for wheel in glob.glob(sys.argv[1] + "/*.whl"):
    with zipfile.ZipFile(wheel) as file:
        for name in file.namelist():
            if name.endswith("/bin/perf_analyzer") or "/lib/libcudart.so" in name:
                with open(sys.argv[1] + "/" + name.split("/")[-1], "wb") as out:
                    out.write(file.read(name))
`;

/** Where the programs are. */
export interface Peers {
  readonly perfAnalyzer: string;
  /** For LD_LIBRARY_PATH of perf_analyzer. */
  readonly libraries: string;
}

/**
 * Puts perf_analyzer into `folder` unless it is there, and checks for wrk and h2load.
 *
 * @throws {Error} naming the Debian packages that are missing
 */
export async function preparePeers(folder: URL, { python }: Environment): Promise<Peers> {
  const libraries = fileURLToPath(folder).replace(/\/+$/, "");
  const perfAnalyzer = `${libraries}/perf_analyzer`;
  await Deno.mkdir(libraries, { recursive: true });
  const there = await Deno.stat(perfAnalyzer).then(() => true, () => false);
  if (!there) {
    const pip = ["-m", "pip", "download", "--disable-pip-version-check", "-q", "--no-deps"];
    await run(python, [...pip, "-d", libraries, ...WHEELS]);
    await run(python, ["-c", UNPACK, libraries]);
    await Deno.chmod(perfAnalyzer, 0o755);
  }
  const checks: [string, string][] = [["wrk", "wrk"], ["h2load", "nghttp2-client"]];
  for (const [program, debian] of checks) {
    await run("sh", ["-c", `command -v ${program}`]).catch(() => {
      throw new Error(`Cannot find ${program}: apt-get install ${debian}`);
    });
  }
  const ldd = await new Deno.Command("ldd", {
    args: [perfAnalyzer],
    env: { LD_LIBRARY_PATH: libraries },
  }).output();
  const missing = new TextDecoder().decode(ldd.stdout).match(/\S+(?= => not found)/g);
  if (missing === null) return { perfAnalyzer, libraries };
  throw new Error(`perf_analyzer lacks ${missing.join(", ")}: apt-get install libb64-0d`);
}
