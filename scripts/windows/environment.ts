/**
 * A Windows to test in: the Windows build of Deno under Wine, in a prefix of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** Same version as everything else here is built with. */
const DENO_PACKAGE = "@deno/win32-x64@2.9.6";
const PACKAGES = "wine wine64 gcc-mingw-w64-x86-64-win32";
const COMPILER = "x86_64-w64-mingw32-gcc";
const PRNG_SOURCE = fileURLToPath(new URL("process_prng.c", import.meta.url));
const PRNG_LIBRARY = "bcryptprimitives.dll";

/** V8 asks the system for this function and does without it when it isn't there; Wine 8's doesn't work. */
const BROKEN_IN_WINE = "VirtualAlloc2\0";
const UNKNOWN_NAME = "VirtualAllocX\0";

/** What it takes to run Deno for Windows. */
export interface WindowsEnvironment {
  /** The patched deno.exe, a path of this system. */
  readonly deno: string;
  /** The environment variables that Wine needs. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the programs' temporary files lie, a path of this system. */
  readonly temp: string;
}

/** A path of this system as a program under Wine sees it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll("/", "\\")}`;
}

async function run(command: string, args: readonly string[], cwd: string, env = {}): Promise<void> {
  const { success, stdout, stderr } = await output(command, args, cwd, env);
  if (success) return;
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim()).join("\n");
  throw new Error(`${command} ${args.join(" ")} failed:\n${said}`);
}

async function output(command: string, args: readonly string[], cwd: string, env = {}) {
  try {
    return await new Deno.Command(command, { args: [...args], cwd, env, stdin: "null" }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`There is no ${command} on this machine: apt-get install ${PACKAGES}, and npm`);
  }
}

/** Makes what is missing in `folder`; the next call finds it there. */
export async function prepareWindows(folder: string): Promise<WindowsEnvironment> {
  const deno = `${folder}/deno.exe`;
  const env = {
    WINEPREFIX: `${folder}/prefix`,
    WINEARCH: "win64",
    WINEDEBUG: "-all",
    DENO_DIR: windowsPath(`${folder}/cache`),
    DENO_NO_UPDATE_CHECK: "1",
    NO_COLOR: "1",
  };
  const temp = `${folder}/temp`;
  await emptyFolder(temp);
  try {
    await Deno.stat(`${folder}/ready`);
    return { deno, env, temp };
  } catch {
    // It is made now, from the start.
  }
  await run("npm", ["pack", "--silent", DENO_PACKAGE], folder);
  await run("sh", ["-c", "tar xzf deno-win32-x64-*.tgz"], folder);
  await Deno.writeFile(deno, withoutName(await Deno.readFile(`${folder}/package/deno.exe`)));
  await run(COMPILER, ["-shared", "-O2", "-o", PRNG_LIBRARY, PRNG_SOURCE, "-ladvapi32"], folder);
  await run("wineboot", ["--update"], folder, env);
  const system = `${env.WINEPREFIX}/drive_c/windows/system32`;
  await Deno.copyFile(`${folder}/${PRNG_LIBRARY}`, `${system}/${PRNG_LIBRARY}`);
  // A drive of its own for temporary files would keep Deno from linking itself into a new cache: it
  // would leave a copy of 90 MB there for each program that a test starts.
  for (const name of ["TEMP", "TMP"]) {
    const entry = ["/v", name, "/d", windowsPath(temp), "/f"];
    await run("wine", ["reg", "add", "HKCU\\Environment", ...entry], folder, env);
  }
  await run("wine", [deno, "--version"], folder, env);
  await Deno.writeTextFile(`${folder}/ready`, `${DENO_PACKAGE}\n`);
  return { deno, env, temp };
}

/** Makes the folder, or empties it of what a run that was cut off left there. */
export async function emptyFolder(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.mkdir(path, { recursive: true });
}

/** A copy of the program in which the broken function has a name that no system knows. */
function withoutName(program: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = program.slice();
  const [from, to] = [BROKEN_IN_WINE, UNKNOWN_NAME].map((name) => new TextEncoder().encode(name));
  let found = 0;
  for (let at = bytes.indexOf(from![0]!); at >= 0; at = bytes.indexOf(from![0]!, at + 1)) {
    if (!from!.every((byte, i) => bytes[at + i] === byte)) continue;
    bytes.set(to!, at);
    found++;
  }
  if (found === 0) {
    throw new Error("deno.exe doesn't name VirtualAlloc2: see if Wine still needs that");
  }
  return bytes;
}
