import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { fixture } from "../testing/fixtures.ts";
import type { PreprocessSpec } from "../types.ts";
import { ImagePool } from "./image_pool.ts";
import { prepareImage } from "./prepare.ts";

const SPEC: PreprocessSpec = {
  width: 4,
  height: 4,
  channels: 3,
  dataType: "FP32",
  format: "NHWC",
  scaling: "INCEPTION",
};

Deno.test("bytes give the same tensor here and in a worker", async () => {
  using pool = new ImagePool({ workers: 2 });
  const bytes = new Uint8Array(fixture("baseline"));
  const here = await prepareImage(bytes, SPEC);
  assertEquals(here.length, 4 * 4 * 3 * 4);
  const there = await Promise.all([1, 2, 3, 4].map(() => pool.prepare(bytes, SPEC)));
  for (const tensor of there) assertEquals(tensor, here);
  assertEquals(bytes.length > 0, true, "the caller keeps his bytes");
});

Deno.test("what can't be read says which picture and why", async () => {
  using pool = new ImagePool({ workers: 1 });
  const bytes = new TextEncoder().encode("no picture");
  for (
    const attempt of [
      () => prepareImage(bytes, SPEC, { name: "cat.jpg" }),
      () => pool.prepare(bytes, SPEC, { name: "cat.jpg" }),
    ]
  ) {
    const error = await assertRejects(attempt, InferenceError, "cat.jpg");
    assertEquals(error.code, "FILE");
  }
  const limits = { maxPixels: 1e6, maxSide: 1e4, maxBytes: 5 };
  await assertRejects(() => prepareImage(bytes, SPEC, { limits }), InferenceError, "limit of 5");
});

Deno.test("too many, aborted, closed", async () => {
  const pool = new ImagePool({ workers: 1, maxWaiting: 1 });
  const bytes = new Uint8Array(fixture("baseline"));
  const first = pool.prepare(bytes, SPEC);
  const full = await assertRejects(() => pool.prepare(bytes, SPEC), InferenceError);
  assertEquals([full.code, full.retryable], ["RESOURCE_EXHAUSTED", true]);
  await first;
  const given = new AbortController();
  const aborted = pool.prepare(bytes, SPEC, { signal: given.signal });
  given.abort();
  assertEquals((await assertRejects(() => aborted, InferenceError)).code, "CANCELLED");
  const late = pool.prepare(bytes, SPEC);
  pool.close();
  assertEquals((await assertRejects(() => late, InferenceError)).code, "CANCELLED");
});
