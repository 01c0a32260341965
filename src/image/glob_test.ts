import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { listImages } from "./directory.ts";
import { isPattern } from "./glob.ts";

Deno.test("glob: what is no name of a file is a pattern", async () => {
  const cases: [string, typeof Deno.build.os, boolean][] = [
    ["photos\\*.jpg", "windows", true],
    ["a?.png", "windows", true],
    ["C:\\photos", "windows", false],
    ["photos/*.jpg", "linux", true],
    ["what?.jpg", "darwin", true],
  ];
  for (const [path, os, expected] of cases) assertEquals(await isPattern(path, os), expected, path);
});

async function withPhotos(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/summer/a`, { recursive: true });
    await Deno.mkdir(`${folder}/winter`);
    const names = [
      ...[
        "summer/b.jpg",
        "summer/A.JPG",
        "summer/a/deep.jpg",
        "summer/.hidden.jpg",
        "summer/x.png",
      ],
      ...["winter/\u00e4 \u5199 (1).jpg", "winter/s+[n]ow.jpg"],
    ];
    for (const name of names) await Deno.writeTextFile(`${folder}/${name}`, "");
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("glob: what patterns stand for", async () => {
  await withPhotos(async (folder) => {
    const cases: [string, string[]][] = [
      ["/summer/*.jpg", ["summer/A.JPG", "summer/b.jpg"]],
      ["\\summer\\*.jpg", ["summer/A.JPG", "summer/b.jpg"]],
      ["/summer/?.jpg", ["summer/A.JPG", "summer/b.jpg"]],
      ["/summer/x.*", ["summer/x.png"]],
      ["\\*\\*.jpg", [
        ...["summer/A.JPG", "summer/b.jpg", "winter/s+[n]ow.jpg", "winter/\u00e4 \u5199 (1).jpg"],
      ]],
      ["/win*/? ? (?).jpg", ["winter/\u00e4 \u5199 (1).jpg"]],
      ["/winter/s+[n]*", ["winter/s+[n]ow.jpg"]],
      ["/summer/.*.jpg", ["summer/.hidden.jpg"]],
      // A folder counts as its files.
      ["/summer/a*", ["summer/A.JPG", "summer/a/deep.jpg"]],
      ["/*/b.jpg", ["summer/b.jpg"]],
    ];
    for (const [pattern, expected] of cases) {
      // Only Windows takes a backslash for a separator when a file is opened.
      if (pattern.includes("\\") && Deno.build.os !== "windows") continue;
      const found = await listImages(folder + pattern, undefined, "windows");
      const inside = found.map((path) => path.slice(folder.length + 1).replaceAll("\\", "/"));
      assertEquals(inside, expected, pattern);
    }
  });
});

Deno.test("glob: a pattern that fits nothing is an error", async () => {
  await withPhotos(async (folder) => {
    for (const pattern of ["/*.gif", "/spring/*.jpg", "/summer/b.jpg/*", "/*/none.jpg"]) {
      const error = await assertRejects(
        () => listImages(folder + pattern, undefined, "windows"),
        InferenceError,
      );
      assertEquals(error.code, "FILE");
      assertEquals(error.message, `Cannot find "${folder}${pattern}": no file fits the pattern`);
    }
  });
});

Deno.test("glob: elsewhere a star is a character of a name", async () => {
  if (Deno.build.os === "windows") return;
  await withPhotos(async (folder) => {
    await Deno.writeTextFile(`${folder}/*.jpg`, "");
    assertEquals(await listImages(`${folder}/*.jpg`, undefined, "linux"), [`${folder}/*.jpg`]);
  });
});
