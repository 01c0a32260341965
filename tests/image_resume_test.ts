/**
 * A run that is killed again and again, at random moments, ends with what an undisturbed one writes.
 *
 * @module
 */
import { parse } from "@std/csv";
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { startServer } from "../src/server/server.ts";
import { removeFolder } from "./remove_folder.ts";

const ROOT = fromFileUrl(new URL("..", import.meta.url));
const FILES = 600;
const KILLS = 10;

const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;

Deno.test(`kill -9 at ten random moments, --resume each time (seed ${seed})`, async () => {
  const folder = await Deno.makeTempDir();
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  try {
    const images = [...Deno.readDirSync(`${ROOT}examples/images`)].map(({ name }) => name).sort();
    for (let i = 0; i < FILES; i++) {
      const inner = `${folder}/pictures/${i % 20}`;
      await Deno.mkdir(inner, { recursive: true });
      const target = `${inner}/${i}, "${i}".jpg`;
      if (i % 50 === 7) await Deno.writeTextFile(target, "no picture");
      else await Deno.copyFile(`${ROOT}examples/images/${images[i % images.length]}`, target);
    }
    const start = (output: string, ...more: string[]) =>
      new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", "-q", "-P=program", "main.ts", "image_client", "-m", "colors", "-b", "4"],
          ...["-u", server.httpAddress!, "--workers", "0", "--recursive", "--truth", "folders"],
          ...["-o", output, ...more, `${folder}/pictures`],
        ],
        cwd: ROOT,
        stdout: "null",
        stderr: "null",
      }).spawn();
    const whole = `${folder}/whole.csv`;
    assertEquals((await start(whole).status).code, 1);
    const total = (await Deno.stat(whole)).size;

    const output = `${folder}/out.csv`;
    // The moments are places in the output, so that a slow machine is killed in the middle too.
    const moments = Array.from({ length: KILLS }, (_, i) => random(i) * total * 0.95).sort((a, b) =>
      a - b
    );
    for (const [i, moment] of moments.entries()) {
      const child = start(output, ...i === 0 ? [] : ["--resume"]);
      const ended = child.status.then(() => true);
      while (await sizeOf(output) < moment) {
        if (await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2))])) break;
      }
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await child.status;
    }
    // Pictures that failed before are done: without another one among the rest all is well.
    const { code } = await start(output, "--resume").status;
    assert(code === 0 || code === 1, `exit code ${code}`);
    assertEquals(await rows(output), await rows(whole));
    assertEquals((await rows(output)).length, FILES + 1);
  } finally {
    await removeFolder(folder);
  }
});

/** From 0 to 1, by the seed. */
function random(i: number): number {
  const mixed = Math.imul(seed ^ Math.imul(i + 1, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

async function sizeOf(path: string): Promise<number> {
  return (await Deno.stat(path).catch(() => undefined))?.size ?? 0;
}

/** Without the times of the requests, which differ. */
async function rows(path: string): Promise<string[][]> {
  return parse(await Deno.readTextFile(path)).map((row) => row.filter((_, i) => i !== 2));
}
