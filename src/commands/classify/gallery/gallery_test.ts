import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { decodeImage } from "../../../image/codecs/decode.ts";
import type { ResultRow } from "../results/row.ts";
import { Tally } from "../results/tally.ts";
import { GalleryCollector } from "./collector.ts";
import { galleryPage } from "./page.ts";
import { encodePng } from "./png.ts";

const row = (file: string, value: number, rank?: number): ResultRow => ({
  ...{ file, truth: "cat", rank },
  classes: [{ label: rank === 1 ? "cat" : "dog", index: 1, value }],
});

Deno.test("gallery: mistakes first, the surest of them above; then what is unsure", () => {
  const collector = new GalleryCollector(4);
  for (let i = 0; i < 100; i++) collector.add(row(`right ${i}`, i / 100, 1));
  for (let i = 0; i < 2; i++) collector.add(row(`wrong ${i}`, i / 10));
  collector.add({ file: "bad", error: "no image", classes: [] });
  assertEquals(collector.rows().map(({ file }) => file), ["wrong 1", "wrong 0", "bad", "right 0"]);
  assertEquals(collector.count, 103);
});

Deno.test("gallery: names and labels with markup stay text", async () => {
  const evil = `<img src=x onerror="alert('1')">&</script><script>alert(2)</script>`;
  const tally = new Tally();
  const one: ResultRow = {
    ...{ file: evil, truth: evil },
    classes: [{ label: evil + 1, index: 0, value: 1 }],
  };
  const failed = { file: evil, error: evil, classes: [] };
  for (const each of [one, failed]) tally.add(each);
  const pictures = [{ row: one, thumbnail: `x" onload="alert(3)` }, { row: failed }];
  const page = await galleryPage({ model: evil, tally, hasTruth: true, pictures });
  assertEquals(page.match(/<script/g)?.length, 1);
  assertEquals(page.match(/<img/g)?.length, 1);
  // What stands in quotes is the value of an attribute.
  assert(!/<[^<>]*\son(?:error|load)/.test(page.replace(/"[^"]*"/g, '""')));
  assertStringIncludes(page, "default-src &#39;none&#39;");
});

Deno.test("gallery: the PNG is what it was made of", async () => {
  const [width, height] = [7, 5];
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 37) % 256);
  const png = await encodePng({ width, height, data });
  const image = await decodeImage(png, "made.png");
  assertEquals([image.width, image.height, [...image.data]], [width, height, [...data]]);
});
