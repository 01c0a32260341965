import { assertEquals } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { AwayWatch, retried } from "./retries.ts";

const BUSY = new InferenceError("UNAVAILABLE", "busy");

/** Fails so often, and notes the pauses. */
async function run(failures: readonly InferenceError[], retries: number, stopAfter = Infinity) {
  const pauses: number[] = [];
  const stop = new AbortController();
  let calls = 0;
  const outcome = await retried(
    () => Promise.resolve(failures[calls++]),
    (error) => error,
    {
      retries,
      signal: stop.signal,
      random: () => 0,
      clock: {
        now: () => 0,
        sleep(ms) {
          pauses.push(ms);
          if (pauses.length >= stopAfter) stop.abort();
          return Promise.resolve();
        },
      },
    },
  );
  return { calls, pauses, code: outcome?.code };
}

Deno.test("what may pass is tried again, after pauses that grow", async () => {
  assertEquals(await run([BUSY, BUSY, BUSY], 5), {
    calls: 4,
    pauses: [250, 500, 1000],
    code: undefined,
  });
});

Deno.test("the last failure stands when the retries are used up", async () => {
  assertEquals(await run([BUSY, BUSY, BUSY], 1), {
    calls: 2,
    pauses: [250],
    code: "UNAVAILABLE",
  });
  assertEquals((await run([BUSY], 0)).calls, 1);
});

Deno.test("what won't pass is not tried again; a server is left alone as long as it asks", async () => {
  assertEquals((await run([new InferenceError("INVALID_ARG", "no")], 5)).calls, 1);
  const later = new InferenceError("RESOURCE_EXHAUSTED", "busy", { retryAfterMs: 3000 });
  assertEquals((await run([later], 5)).pauses, [3000]);
});

Deno.test("Ctrl-C ends the waiting", async () => {
  assertEquals((await run([BUSY, BUSY, BUSY], 5, 1)).calls, 1);
});

Deno.test("a server stays away when nothing else comes, not when single requests fail", () => {
  const gone = new InferenceError("CONNECTION", "refused");
  const slow = new InferenceError("TIMEOUT", "slow");
  const wrong = new InferenceError("INVALID_ARG", "no", { answered: true });
  const notes = (retries: number, errors: (InferenceError | undefined)[]) => {
    const watch = new AwayWatch(retries);
    return errors.map((error) => watch.note(error));
  };
  assertEquals(notes(0, [gone, gone, undefined, gone, gone, gone]), [
    ...[false, false, false, false, false],
    true,
  ]);
  assertEquals(notes(5, [slow, wrong, undefined, gone]), [false, false, false, true]);
  const busy = new InferenceError("UNAVAILABLE", "busy", { answered: true });
  assertEquals(notes(5, [busy, busy]), [false, true]);
  assertEquals(notes(0, new Array(10).fill(busy)), [...new Array(9).fill(false), true]);
});
