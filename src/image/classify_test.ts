import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InferenceClient } from "../client/inference_client.ts";
import type { InferModel } from "../client/model.ts";
import { InferenceError } from "../base/errors.ts";
import { joinPath } from "../base/path.ts";
import { startServer } from "../server/server.ts";
import { classify } from "./classify.ts";
import { fixture } from "./testing/fixtures.ts";

const IMAGES = "examples/images";

async function withModel(
  name: string,
  body: (model: InferModel) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  await using client = await InferenceClient.connect(server.httpAddress!);
  await body(await client.model(name));
}

Deno.test("classify: a directory, in order, whatever the batches are", async () => {
  await withModel("colors", async (model) => {
    const one = await Array.fromAsync(classify(model, [IMAGES]));
    assertEquals(one.length, 12);
    assertEquals(one[0]!.classes[0]!.label, "red");
    assertEquals(one.map(({ path }) => path), one.map(({ path }) => path).toSorted());
    const many = await Array.fromAsync(
      classify(model, [IMAGES], { batchSize: 5, concurrency: 3, classes: 2 }),
    );
    assertEquals(many.map(({ classes }) => classes.length), new Array(12).fill(2));
    assertEquals(
      many.map(({ classes }) => classes[0]!.label),
      one.map(({ classes }) => classes[0]!.label),
    );
  });
});

Deno.test("classify: a file that fails stands in its place", async () => {
  const folder = await Deno.makeTempDir({ prefix: "trtis-classify-" });
  try {
    await Deno.writeTextFile(joinPath(folder, "b.jpg"), "no picture");
    await Deno.writeFile(joinPath(folder, "a.jpg"), fixture("baseline"));
    await Deno.writeFile(joinPath(folder, "c.webp"), fixture("webpLossless"));
    await withModel("colors", async (model) => {
      for (const batchSize of [1, 2]) {
        const outcomes = await Array.fromAsync(classify(model, [folder], { batchSize }));
        assertEquals(outcomes.map(({ classes }) => classes.length), [1, 0, 1]);
        assertStringIncludes(outcomes[1]!.error!.message, "not an image");
      }
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("classify: folders inside, names to leave out, and paths that aren't there", async () => {
  const folder = await Deno.makeTempDir({ prefix: "trtis-classify-" });
  try {
    const names = ["a.jpg", "b/c.jpg", "b/d.jpg", "b/e/f.jpg", "g.jpg", "thumbs/h.jpg"];
    for (const name of names) {
      const path = joinPath(folder, name);
      await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      await Deno.writeFile(path, fixture("baseline"));
    }
    await withModel("colors", async (model) => {
      const found = async (paths: string[], options = {}) =>
        (await Array.fromAsync(classify(model, paths, options))).map(({ path, error }) => {
          assertEquals(error, undefined);
          return path.slice(folder.length + 1).replaceAll("\\", "/");
        });
      assertEquals(await found([folder]), ["a.jpg", "g.jpg"]);
      assertEquals(await found([folder], { recursive: true }), names);
      const some = { recursive: true, exclude: ["thumbs", "b/c*"] };
      assertEquals(await found([folder], some), ["a.jpg", "b/d.jpg", "b/e/f.jpg", "g.jpg"]);
      const twice = [joinPath(folder, "g.jpg"), joinPath(folder, "b")];
      assertEquals(await found(twice), ["g.jpg", "b/c.jpg", "b/d.jpg"]);
      const missing = classify(model, [folder, joinPath(folder, "none")]);
      const error = await assertRejects(() => missing.next(), InferenceError);
      assertEquals(error.code, "FILE");
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("classify: models and options that don't fit", async () => {
  await withModel("simple", async (model) => {
    await assertRejects(
      () => Array.fromAsync(classify(model, [IMAGES])),
      InferenceError,
      "1 input",
    );
  });
  await withModel("colors", async (model) => {
    const crop = { preset: "torchvision", crop: 7 } as const;
    const wrong = () => Array.fromAsync(classify(model, [IMAGES], crop));
    await assertRejects(wrong, InferenceError, "not 7 x 7");
    const signal = AbortSignal.abort();
    const stopped = await assertRejects(
      () => Array.fromAsync(classify(model, [IMAGES], { signal })),
      InferenceError,
    );
    assertEquals(stopped.code, "CANCELLED");
  });
});
