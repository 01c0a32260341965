/**
 * Runs tests/interop against a real Triton: installs it into .venv/interop when it isn't there,
 * starts it on free loopback ports, runs the tests, stops it whatever happens.
 *
 *     deno run -A scripts/interop.ts [arguments for deno test, such as tests/interop/infer_test.ts]
 *
 * Needs Python 3.10 to 3.13 with venv, Linux on x86-64 or ARM, and the package index when nothing is
 * installed yet. About two minutes from nothing on two cores.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { prepareEnvironment } from "../tests/interop/server/environment.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton } from "../tests/interop/server/triton.ts";

const ROOT = new URL("../", import.meta.url);
const LAST_LOG_LINES = 40;
/** Tests that need no Triton; `deno task test:engines` runs them. */
const ENGINES = "tests/interop/engines_test.ts,tests/interop/kubernetes_test.ts";

const isTestFile = (arg: string) => arg.endsWith("_test.ts");

/** Runs the tests; the exit code. `stopped` resolves when the user gives up. */
async function runTests(
  args: readonly string[],
  env: Record<string, string>,
  stopped: Promise<number>,
): Promise<number> {
  const tests = new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "-P", ...args],
      ...args.some(isTestFile) ? [] : [`--ignore=${ENGINES}`, "tests/interop/"],
    ],
    cwd: fileURLToPath(ROOT),
    env,
    stdin: "null",
  }).spawn();
  const code = await Promise.race([tests.status.then((status) => status.code), stopped]);
  try {
    tests.kill("SIGTERM");
  } catch {
    // It has ended already.
  }
  await tests.status;
  return code;
}

async function main(args: readonly string[]): Promise<number> {
  const { promise: stopped, resolve: giveUp } = Promise.withResolvers<number>();
  Deno.addSignalListener("SIGINT", () => giveUp(130));
  Deno.addSignalListener("SIGTERM", () => giveUp(143));
  const environment = await prepareEnvironment(new URL(".venv/interop/", ROOT), console.log);
  const folder = await Deno.makeTempDir({ prefix: "trtis-interop-" });
  try {
    const repository = `${folder}/models`;
    await makeRepository(repository);
    const triton = await startTriton(environment, { repository });
    console.log(`Triton listens on ${triton.http} (HTTP) and ${triton.grpc} (gRPC)`);
    try {
      const code = await runTests(args, {
        // What the tests leave when they are cut off goes with the folder.
        TMPDIR: folder,
        TRTIS_INTEROP_HTTP: triton.http,
        TRTIS_INTEROP_GRPC: triton.grpc,
        TRTIS_INTEROP_ENVIRONMENT: JSON.stringify(environment),
      }, stopped);
      if (code !== 0) {
        const lines = triton.log().trim().split("\n").slice(-LAST_LOG_LINES).join("\n");
        console.error(`The last lines of the server's log:\n${lines}`);
      }
      return code;
    } finally {
      await triton.stop();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
