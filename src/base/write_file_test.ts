import { assertEquals, assertRejects } from "@std/assert";
import { checkWritable, writeWhole } from "./write_file.ts";

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("writeWhole: a new file, an old one with its mode, through a link", async () => {
  await inFolder(async (folder) => {
    await writeWhole(`${folder}/new`, "one");
    await writeWhole(`${folder}/new`, "two");
    assertEquals(await Deno.readTextFile(`${folder}/new`), "two");
    if (Deno.build.os !== "windows") {
      await Deno.chmod(`${folder}/new`, 0o640);
      await Deno.symlink("new", `${folder}/link`);
      await writeWhole(`${folder}/link`, "three");
      assertEquals(await Deno.readTextFile(`${folder}/new`), "three");
      assertEquals((await Deno.lstat(`${folder}/link`)).isSymlink, true);
      assertEquals((await Deno.stat(`${folder}/new`)).mode! & 0o777, 0o640);
      assertEquals(names(folder), ["link", "new"]);
    }
  });
});

Deno.test("writeWhole: what can't be written leaves nothing behind", async () => {
  await inFolder(async (folder) => {
    await assertRejects(() => writeWhole(`${folder}/none/x`, "text"), Deno.errors.NotFound);
    await assertRejects(() => writeWhole(folder, "text"), Deno.errors.IsADirectory);
    await checkWritable(`${folder}/x`);
    await assertRejects(() => checkWritable(`${folder}/none/x`), Deno.errors.NotFound);
    assertEquals(names(folder), []);
  });
});
