import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { joinPath } from "../base/path.ts";
import { listImages } from "./directory.ts";
import { sortByBytes } from "./order.ts";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("directory: a file is itself", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/x.jpg`, "");
    assertEquals(await listImages(`${folder}/x.jpg`), [`${folder}/x.jpg`]);
  });
});

Deno.test("directory: files sorted, hidden ones and subdirectories left out", async () => {
  await withFolder(async (folder) => {
    for (const name of ["b.png", "a.jpg", "C.png", "10.jpg", "9.jpg", ".hidden", "read me.txt"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "");
    }
    await Deno.mkdir(`${folder}/more`);
    const skipped: string[] = [];
    const found = await listImages(folder, (path, reason) => skipped.push(`${path}: ${reason}`));
    const names = ["10.jpg", "9.jpg", "C.png", "a.jpg", "b.png", "read me.txt"];
    assertEquals(found, names.map((name) => joinPath(folder, name)));
    assertEquals(skipped, [`${joinPath(folder, "more")}: it is a directory`]);
    assertEquals(await listImages(`${folder}/`), found);
    assertEquals(await listImages(`${folder}//`), found);
  });
});

Deno.test({
  name: "directory: links count as what they lead to",
  ignore: Deno.build.os === "windows",
  async fn() {
    await withFolder(async (folder) => {
      await Deno.mkdir(`${folder}/images`);
      await Deno.writeTextFile(`${folder}/x.jpg`, "");
      await Deno.symlink(`${folder}/x.jpg`, `${folder}/images/file.jpg`);
      await Deno.symlink(folder, `${folder}/images/folder.jpg`);
      await Deno.symlink(`${folder}/nowhere`, `${folder}/images/broken.jpg`);
      const skipped: string[] = [];
      const found = await listImages(`${folder}/images`, (path) => skipped.push(path));
      assertEquals(found, [`${folder}/images/file.jpg`]);
      assertEquals(
        skipped.sort(),
        [`${folder}/images/broken.jpg`, `${folder}/images/folder.jpg`],
      );
    });
  },
});

Deno.test("directory: missing or empty", async () => {
  await withFolder(async (folder) => {
    const missing = await assertRejects(() => listImages(`${folder}/no`), InferenceError);
    assertEquals(missing.code, "FILE");
    assertEquals(missing.message, `Cannot find "${folder}/no": no such file or directory`);
    const empty = await assertRejects(() => listImages(folder), InferenceError);
    assertEquals([empty.code, empty.message], ["FILE", `The directory "${folder}" holds no files`]);
    await Deno.writeTextFile(`${folder}/.only`, "");
    await assertRejects(() => listImages(folder), InferenceError, "holds no files");
  });
});

Deno.test("directory: order of bytes, not of UTF-16", () => {
  const sorted = ["Z", "a", "a.jpg", "a/b", "ab", "é", "\uff5e", "\u{1f600}"];
  assertEquals(sortByBytes(sorted.toReversed()), sorted);
});
