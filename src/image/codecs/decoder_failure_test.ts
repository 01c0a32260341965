import { assertEquals, assertStrictEquals } from "@std/assert";
import type { InferenceError } from "../../base/errors.ts";
import { decoderFailure } from "./decoder_failure.ts";

Deno.test("a decoder that ran out of memory says so, and not 'unreachable'", () => {
  const trap = new WebAssembly.RuntimeError("unreachable");
  const small = () => new WebAssembly.Memory({ initial: 1, maximum: 4 });
  const cases: [error: Error, need: number, message: string][] = [
    [trap, 100 * 2 ** 20, "there is not enough memory to decode it, which takes 100 MiB"],
    [trap, 65_536, "the decoder gave up on its data"],
    [
      new RangeError("Array buffer allocation failed"),
      3 * 2 ** 20,
      "there is not enough memory to decode it, which takes 3 MiB",
    ],
    [
      new Error("Aborted(Cannot enlarge memory arrays to size 1 bytes (OOM))"),
      1,
      "there is not enough memory to decode it, which takes 1 MiB",
    ],
  ];
  for (const [error, need, message] of cases) {
    const failure = decoderFailure(error, small(), need) as InferenceError;
    assertEquals([failure.code, failure.message, failure.cause], ["FILE", message, error]);
  }
  const other = new Error("something else");
  assertStrictEquals(decoderFailure(other, small(), 1), other);
});
