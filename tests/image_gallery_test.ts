/**
 * image_client --gallery over more pictures than a page should hold: thumbnails in a folder beside it.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodeImage } from "../src/image/codecs/decode.ts";
import { startServer } from "../src/server/server.ts";
import { removeFolder } from "./remove_folder.ts";
import { runCommand } from "./run_command.ts";

const COUNT = 310;
const MARKUP = Deno.build.os === "windows"
  ? ["it's &amp; #1"]
  : [`<img src=x onerror="alert(1)">`, "</script><script>alert(2)", "'\" onload=alert(3) x='"];

/** A gray picture of 6 x 4 pixels; each is another. */
function picture(i: number): Uint8Array {
  const header = new TextEncoder().encode("P5\n6 4\n255\n");
  return Uint8Array.from([...header, ...new Uint8Array(24).fill(i % 256)]);
}

Deno.test("--gallery of many pictures: thumbnails in a folder beside the page", async () => {
  const folder = await Deno.makeTempDir();
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  try {
    for (let i = 0; i < COUNT; i++) {
      // A folder's name is the truth, and stands in the page too.
      const inner = `${folder}/in/${MARKUP[i % MARKUP.length]!.replaceAll("/", "_")}`;
      await Deno.mkdir(inner, { recursive: true });
      await Deno.writeFile(
        `${inner}/${i} <b>.pgm`.replaceAll(
          /[<>]/g,
          (one) => Deno.build.os === "windows" ? "_" : one,
        ),
        picture(i),
      );
    }
    const page = `${folder}/my page #1 100%.html`;
    const { code, stderr } = await runCommand([
      ...["image_client", "-m", "colors", "-u", server.httpAddress!, "--workers", "0", "-b", "8"],
      ...["-c", "3", "--recursive", "--truth", "folders", "--gallery", page, `${folder}/in`],
    ]);
    assertEquals(code, 0, stderr);
    const html = await Deno.readTextFile(page);
    assertEquals(html.match(/<li /g)?.length, COUNT);
    assertEquals(html.match(/<script/g)?.length, 1);
    assert(!/<[^<>]*\son(?:error|load)/.test(html.replace(/"[^"]*"/g, '""')));
    assert(!html.includes("data:image"));
    assertStringIncludes(html, `${COUNT}</b> classified`);

    const sources = [...html.matchAll(/<img [^>]*src="([^"]*)"/g)].map(([, src]) => src!);
    assertEquals(sources.length, COUNT);
    // As a browser finds them from the page's address.
    const base = new URL(`file://${folder.replaceAll("\\", "/").replace(/^\/?/, "/")}/page.html`);
    const files = new Set(sources.map((src) => new URL(src, base).href));
    assertEquals(files.size, COUNT);
    for (const file of files) {
      const { width, height } = await decodeImage(await Deno.readFile(new URL(file)), file);
      assertEquals([width, height], [128, 128]);
    }
  } finally {
    await removeFolder(folder);
  }
});
