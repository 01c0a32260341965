import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { checkRetry, retryDelay, type RetryOptions } from "./retry.ts";

const busy = new InferenceError("UNAVAILABLE", "busy");
const wrong = new InferenceError("INVALID_ARG", "wrong");
const at = (attempts: number, error = busy, leftMs = Infinity) => ({
  attempts,
  error,
  leftMs,
  inSequence: false,
});

Deno.test("pauses grow up to the longest, with a random part", () => {
  const retry: RetryOptions = { attempts: 10, backoff: { firstMs: 100, maxMs: 1000 } };
  assertEquals([1, 2, 3, 4, 5, 9].map((n) => retryDelay(retry, at(n), 0)), [
    ...[100, 200, 400, 800, 1000, 1000],
  ]);
  assertEquals(retryDelay(retry, at(1), 0.5), 75);
  assertEquals(retryDelay({ ...retry, backoff: { firstMs: 100, jitter: 1 } }, at(1), 0.75), 25);
  assertEquals(retryDelay({ attempts: 2, backoff: (n) => n * 7 }, at(1), 0.3), 7);
});

Deno.test("what is not worth it, or too late, is not tried again", () => {
  const retry: RetryOptions = { attempts: 3, backoff: { firstMs: 100, jitter: 0 } };
  assertEquals(retryDelay(undefined, at(1), 0), undefined);
  assertEquals(retryDelay(retry, at(3), 0), undefined);
  assertEquals(retryDelay(retry, at(1, wrong), 0), undefined);
  assertEquals(retryDelay(retry, at(1, busy, 100), 0), undefined);
  assertEquals(retryDelay(retry, at(1, busy, 101), 0), 100);
  assertEquals(retryDelay(retry, { ...at(1), inSequence: true }, 0), undefined);
  assertEquals(retryDelay({ ...retry, sequences: true }, { ...at(1), inSequence: true }, 0), 100);
  assertEquals(retryDelay({ ...retry, on: ["INVALID_ARG"] }, at(1, wrong), 0), 100);
  assertEquals(retryDelay({ ...retry, on: ["INVALID_ARG"] }, at(1), 0), undefined);
  assertEquals(retryDelay({ ...retry, on: () => true }, at(1, wrong), 0), 100);
});

Deno.test("a server that wants to be left alone is left alone", () => {
  const limited = new InferenceError("RESOURCE_EXHAUSTED", "slow down", { retryAfterMs: 3000 });
  const retry: RetryOptions = { attempts: 3, backoff: { firstMs: 100, jitter: 0 } };
  assertEquals(retryDelay(retry, at(1, limited), 0), 3000);
  assertEquals(retryDelay(retry, at(1, limited, 2000), 0), undefined);
});

Deno.test("attempts that make no sense are refused", () => {
  for (const attempts of [0, -1, 1.5, NaN, "3" as unknown as number]) {
    assertThrows(() => checkRetry({ attempts }), InferenceError, "retry.attempts");
  }
});
