import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { InferenceError } from "../../base/errors.ts";
import { defaultWorkers, type PreparedFile, preprocessFiles } from "./pool.ts";
import { fixture } from "../testing/fixtures.ts";
import { writePng } from "../testing/writers.ts";
import { resolveRecipe } from "../preprocess/recipe.ts";
import { DEFAULT_LIMITS, type PreprocessSpec } from "../types.ts";
import type { WorkerReply, WorkerTask } from "./worker_messages.ts";
import { type PoolWorker, WorkerPool } from "./worker_pool.ts";

const SPEC: PreprocessSpec = {
  width: 1,
  height: 1,
  channels: 3,
  dataType: "UINT8",
  format: "NHWC",
  scaling: "NONE",
};

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function all(files: AsyncIterable<PreparedFile>): Promise<PreparedFile[]> {
  const found: PreparedFile[] = [];
  for await (const file of files) found.push(file);
  return found;
}

/** Answers in its own time, so that tests decide when. */
class FakeWorker implements PoolWorker {
  onmessage: PoolWorker["onmessage"] = null;
  onerror: PoolWorker["onerror"] = null;
  readonly tasks: WorkerTask[] = [];
  terminated = false;
  #answered = 0;

  postMessage(task: WorkerTask): void {
    this.tasks.push(task);
  }

  /** Answers the oldest task, if there is one, with its path as a number. */
  answerNext(): void {
    const task = this.tasks[this.#answered];
    if (!task) return;
    this.#answered++;
    const reply: WorkerReply = { tensor: Uint8Array.of(Number(task.path)) };
    this.onmessage?.call(this as unknown as Worker, new MessageEvent("message", { data: reply }));
  }

  crash(message: string): void {
    const event = new ErrorEvent("error", { message, cancelable: true });
    this.onerror?.call(this as unknown as Worker, event);
    assert(event.defaultPrevented);
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** Everything that is only waiting for promises has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("pool: 300 files in order, with and without workers", async () => {
  await withFolder(async (folder) => {
    const paths: string[] = [];
    for (let i = 0; i < 300; i++) {
      const path = `${folder}/${i}.png`;
      const samples = [i & 255, i >> 8, 7];
      await Deno.writeFile(
        path,
        writePng({ width: 1, height: 1, bits: 8, colourType: 2, samples }),
      );
      paths.push(path);
    }
    for (const workers of [0, 2]) {
      const files = await all(preprocessFiles(paths, SPEC, { workers }));
      assertEquals(files.map(({ index }) => index), paths.map((_, i) => i));
      assertEquals(files.map(({ path }) => path), paths);
      files.forEach(({ tensor, error }, i) => {
        assertEquals(error, undefined);
        assertEquals([...tensor!], [i & 255, i >> 8, 7]);
      });
    }
  });
});

Deno.test("pool: files that fail say why, and the others go on", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/1.jpg`, fixture("baseline"));
    await Deno.writeTextFile(`${folder}/2.jpg`, "no picture");
    await Deno.writeFile(`${folder}/3.jpg`, new Uint8Array(0));
    await Deno.writeFile(`${folder}/5.jpg`, fixture("baseline").subarray(0, 300));
    await Deno.writeFile(`${folder}/6.jpg`, fixture("cmyk"));
    await Deno.mkdir(`${folder}/7.jpg`);
    await Deno.writeFile(
      `${folder}/8.pdf`,
      Uint8Array.from("%PDF-1.4", (c) => c.charCodeAt(0)),
    );
    const names = ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", "6.jpg", "7.jpg", "8.pdf"];
    const paths = names.map((name) => `${folder}/${name}`);
    const expected = [
      undefined,
      "not an image",
      "the file is empty",
      `Cannot read image "${paths[3]}": no such file or directory`,
      "looks truncated",
      undefined,
      `Cannot read image "${paths[6]}"`,
      "PDF is not supported",
    ];
    for (const workers of [0, 2]) {
      const files = await all(preprocessFiles(paths, SPEC, { workers }));
      files.forEach(({ path, tensor, error }, i) => {
        assertEquals(error === undefined, expected[i] === undefined, error?.message);
        assertEquals(tensor?.length, error ? undefined : 3);
        if (!error) return;
        assertEquals(error.code, "FILE");
        assert(error instanceof InferenceError && error.message.includes(path), error.message);
        assert(error.message.includes(expected[i]!), error.message);
      });
      assertEquals(files[7]!.error?.hint, "convert the image to JPEG or PNG");
    }
  });
});

Deno.test("pool: limits reach the workers", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a.jpg`, fixture("baseline"));
    const limits = { maxPixels: 100, maxSide: 100, maxBytes: 1000 };
    for (const workers of [0, 1]) {
      const [file] = await all(preprocessFiles([`${folder}/a.jpg`], SPEC, { workers, limits }));
      assert(file!.error?.message.includes("more than the limit of 100 pixels"));
      const small = { ...limits, maxBytes: 100 };
      const options = { workers, limits: small };
      const [heavy] = await all(preprocessFiles([`${folder}/a.jpg`], SPEC, options));
      assert(heavy!.error?.message.includes("its 325 bytes are more than the limit of 100"));
    }
  });
});

Deno.test("pool: no more begun than inFlight, however slow the caller", async () => {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    workers.push(new FakeWorker());
    return workers.at(-1)!;
  };
  const paths = Array.from({ length: 40 }, (_, i) => `${i}`);
  const files = preprocessFiles(paths, SPEC, { workers: 3, inFlight: 5, spawn });
  let most = 0;
  for (let taken = 0; taken < paths.length; taken++) {
    let outcome: IteratorResult<PreparedFile, void> | undefined;
    files.next().then((result) => outcome = result);
    for (await settled(); !outcome; await settled()) {
      const begun = workers.reduce((sum, { tasks }) => sum + tasks.length, 0);
      most = Math.max(most, begun - taken);
      for (const worker of workers) worker.answerNext();
    }
    assertEquals([outcome.value?.index, outcome.value?.tensor?.[0]], [taken, taken]);
  }
  assertEquals((await files.next()).done, true);
  assertEquals(most, 5);
  assertEquals(workers.length, 3);
  assert(workers.every(({ terminated }) => terminated));
});

Deno.test("pool: a worker that breaks costs its picture only", async () => {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    workers.push(new FakeWorker());
    return workers.at(-1)!;
  };
  const given = (worker: number) => workers[worker]!.tasks.map(({ path }) => path);
  const files = preprocessFiles(["1", "2", "3"], SPEC, { workers: 1, spawn });
  const first = files.next();
  await settled();
  assertEquals(given(0), ["1", "2"]);
  workers[0]!.crash("unreachable");
  await settled();
  // Either of the two may have done it: each is tried alone.
  assertEquals(given(1), ["1"]);
  workers[1]!.crash("unreachable");
  const { value } = await first;
  assertEquals(value?.error?.code, "INTERNAL");
  assertEquals(value?.error?.message, 'Cannot decode image "1": its worker broke: unreachable');
  assertEquals([workers[0]!.terminated, workers[1]!.terminated], [true, true]);
  const second = files.next();
  await settled();
  assertEquals(given(2), ["2"]);
  workers[2]!.answerNext();
  assertEquals((await second).value?.tensor, Uint8Array.of(2));
  await settled();
  assertEquals(given(2), ["2", "3"]);
  await files.return();
  assertEquals(workers[2]!.terminated, true);
});

Deno.test("pool: a worker may answer several at once, and holds more when it is fast", async () => {
  const worker = new FakeWorker();
  const paths = Array.from({ length: 40 }, (_, i) => `${i}`);
  const files = preprocessFiles(paths, SPEC, { workers: 1, spawn: () => worker });
  for (let done = 0; done < paths.length;) {
    const next = files.next();
    await settled();
    const replies = worker.tasks.slice(done).map(({ path }) => ({
      tensor: Uint8Array.of(Number(path)),
    }));
    assert(replies.length <= 8, `${replies.length} at a time`);
    worker.onmessage?.call(null!, new MessageEvent("message", { data: replies }));
    assertEquals((await next).value?.tensor, replies[0]!.tensor);
    for (let i = 1; i < replies.length; i++) {
      assertEquals((await files.next()).value?.tensor, replies[i]!.tensor);
    }
    done += replies.length;
  }
  assertEquals((await files.next()).done, true);
});

Deno.test("pool: a tensor's memory serves for later ones, whatever is in it", async () => {
  const path = fileURLToPath(new URL("../../../examples/images/apple_red.jpg", import.meta.url));
  const recipe = resolveRecipe({ fit: "letterbox" }, { width: 40, height: 30, dataType: "FP32" });
  const spec: PreprocessSpec = { ...SPEC, width: 40, height: 30, dataType: "FP32", recipe };
  const pool = new WorkerPool(1);
  const run = () => pool.run({ path, spec, limits: DEFAULT_LIMITS });
  try {
    const first = await run();
    const kept = first.slice();
    const other = await pool.run({ path, spec: SPEC, limits: DEFAULT_LIMITS });
    for (const tensor of [other, first.fill(0xaa)]) {
      pool.recycle(tensor);
      assertEquals(await run(), kept);
      assertEquals(tensor.length, 0, "a worker has its memory");
    }
  } finally {
    pool.close();
  }
});

Deno.test("pool: memory that comes back is kept within bounds", async () => {
  const workers: FakeWorker[] = [];
  const pool = new WorkerPool(1, () => (workers.push(new FakeWorker()), workers[0]!));
  for (let i = 0; i < 100; i++) pool.recycle(new Uint8Array(4));
  pool.recycle(new Uint8Array(0));
  for (let i = 0; i < 100; i++) {
    const done = pool.run({ path: `${i}`, spec: SPEC, limits: DEFAULT_LIMITS });
    workers[0]!.answerNext();
    assertEquals(await done, Uint8Array.of(i));
  }
  assertEquals(workers[0]!.tasks.filter(({ spare }) => spare?.length === 4).length, 32);
  pool.close();
  pool.recycle(new Uint8Array(4));
});

Deno.test("pool: a real worker that throws is replaced", async () => {
  await withFolder(async (folder) => {
    const script = "onmessage = () => { throw new Error('boom'); }";
    const url = `data:text/javascript,${encodeURIComponent(script)}`;
    const spawn = () => new Worker(url, { type: "module" });
    const paths = [`${folder}/a`, `${folder}/b`, `${folder}/c`];
    const files = await all(preprocessFiles(paths, SPEC, { workers: 1, spawn }));
    assertEquals(files.map(({ error }) => error?.code), ["INTERNAL", "INTERNAL", "INTERNAL"]);
    assert(files[2]!.error?.message.includes("boom"));
  });
});

Deno.test("pool: an abort ends the workers at once", async () => {
  const workers: FakeWorker[] = [];
  const spawn = () => {
    workers.push(new FakeWorker());
    return workers.at(-1)!;
  };
  const controller = new AbortController();
  const { signal } = controller;
  const files = preprocessFiles(["a", "b", "c"], SPEC, { workers: 2, spawn, signal });
  const next = files.next();
  await settled();
  controller.abort();
  const error = await assertRejects(() => next, InferenceError);
  assertEquals(error.code, "CANCELLED");
  assertEquals(workers.map(({ terminated }) => terminated), [true, true]);
  assertEquals((await files.next()).done, true);
});

Deno.test("pool: an abort before or between pictures", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a.jpg`, fixture("gray"));
    const paths = new Array(9).fill(`${folder}/a.jpg`);
    for (const workers of [0, 1]) {
      const before = preprocessFiles(paths, SPEC, { workers, signal: AbortSignal.abort() });
      assertEquals((await assertRejects(() => before.next(), InferenceError)).code, "CANCELLED");
      const controller = new AbortController();
      const files = preprocessFiles(paths, SPEC, { workers, signal: controller.signal });
      assertEquals((await files.next()).value?.index, 0);
      controller.abort();
      assertEquals((await assertRejects(() => files.next(), InferenceError)).code, "CANCELLED");
    }
  });
});

Deno.test("pool: leaving the loop ends the workers", async () => {
  await withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/a.jpg`, fixture("baseline"));
    const paths = new Array(50).fill(`${folder}/a.jpg`);
    for await (const { tensor } of preprocessFiles(paths, SPEC, { workers: 2 })) {
      assertEquals(tensor?.length, 3);
      break;
    }
  });
});

Deno.test("pool: nothing to do", async () => {
  assertEquals(await all(preprocessFiles([], SPEC)), []);
});

Deno.test("pool: default number of workers", () => {
  const cases = [[1, 8, 0], [4, 8, 0], [5, 8, 4], [100, 2, 2], [100, 1, 1], [100, 64, 4]];
  for (const [files, cores, expected] of cases) {
    assertEquals(defaultWorkers(files!, cores), expected);
  }
});
