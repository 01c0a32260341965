import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "./errors.ts";
import { readPieces, readRegularSync, readWhole } from "./read_file.ts";

const DOING = "Cannot read x";
const MIB = 2 ** 20;

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readWhole: a file, an empty one, one of several pieces", async () => {
  await inFolder(async (folder) => {
    for (const size of [0, 1, MIB, 3 * MIB + 7]) {
      const bytes = new Uint8Array(size).map((_, i) => i % 251);
      await Deno.writeFile(`${folder}/x`, bytes);
      assertEquals(await readWhole(`${folder}/x`, { doing: DOING }), bytes);
      assertEquals(readRegularSync(`${folder}/x`, { doing: DOING }), bytes);
    }
  });
});

Deno.test("readWhole: too large, missing, no file", async () => {
  await inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/x`, new Uint8Array(11));
    const cases: [path: string, why: string][] = [
      [`${folder}/x`, "its 11 bytes are more than the limit of 10"],
      [`${folder}/none`, "no such file or directory"],
      [`${folder}/caf\ufffd`, "its name is not UTF-8"],
      [folder, "it is a directory"],
    ];
    if (Deno.build.os === "linux") cases.push(["/dev/zero", "it is a device, not a file"]);
    for (const [path, why] of cases) {
      // Whatever it is, it is left to the other one.
      assertEquals(readRegularSync(path, { doing: DOING, maxBytes: 10 }), undefined);
      const error = await assertRejects(
        () => readWhole(path, { doing: DOING, maxBytes: 10 }),
        InferenceError,
        `${DOING}: ${why}`,
      );
      assertEquals(error.code, "FILE");
    }
  });
});

Deno.test("readPieces: a file that changes while it is read is not taken for what it was", async () => {
  const changes: [change: (path: string) => Promise<void>, why: string][] = [
    [(path) => Deno.writeFile(path, new Uint8Array(9), { append: true }), "it grew"],
    [(path) => Deno.truncate(path, MIB), "it shrank"],
    [(path) => Deno.remove(path), "it was removed"],
    [async (path) => {
      await Deno.writeFile(`${path}2`, new Uint8Array(3 * MIB));
      await Deno.rename(`${path}2`, path);
    }, "it was replaced"],
    [(path) => Deno.utime(path, 1, 1), "it was changed"],
  ];
  for (const [change, why] of changes) {
    // Windows doesn't let go of an open file.
    if (Deno.build.os === "windows" && /removed|replaced/.test(why)) continue;
    await inFolder(async (folder) => {
      const path = `${folder}/x`;
      await Deno.writeFile(path, new Uint8Array(3 * MIB));
      const pieces = readPieces(path, { doing: DOING });
      await pieces.next();
      await change(path);
      await assertRejects(
        async () => {
          while (!(await pieces.next()).done);
        },
        InferenceError,
        `${DOING}: ${why} while it was read`,
      );
    });
  }
});
