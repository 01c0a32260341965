import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Clock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import { decodeText, encodeStrings } from "../../tensor/strings.ts";
import { compileConfig } from "../core/config.ts";
import type { ModelRequest, ModelResult, ServerModel } from "../core/model.ts";
import { ManualClock } from "../testing/manual_clock.ts";
import { addsubModel } from "./addsub.ts";
import { identityModel } from "./identity.ts";
import { bytesOf, int32Of } from "./instance.ts";
import { builtinModels } from "./mod.ts";
import { preprocessColorsModel } from "./preprocess_colors.ts";
import { sequenceModel } from "./sequence.ts";
import { stringAddsubModel } from "./string_addsub.ts";

function instanceOf(model: ServerModel, clock: Clock = new ManualClock()) {
  const { config } = compileConfig(model.config);
  return model.createInstance!({ config, clock, instanceName: `${config.name}_0_0_cpu` });
}

function request(
  inputs: Record<string, Uint8Array>,
  outputs: string[],
  shape: number[],
  batchSize = 1,
): ModelRequest {
  const tensors = Object.entries(inputs).map(([name, data]) => ({ name, shape, data }));
  return { batchSize, inputs: tensors, outputs };
}

async function run(model: ServerModel, ...batch: ModelRequest[]): Promise<readonly ModelResult[]> {
  return await instanceOf(model).execute(batch);
}

function dataOf(result: ModelResult): Uint8Array[] {
  if (result instanceof InferenceError) throw result;
  return result.map(({ data }) => data);
}

const ints = (...values: number[]) => bytesOf(Int32Array.from(values));

Deno.test("models: sums and differences wrap around in INT32", async () => {
  const inputs = { INPUT0: ints(2147483647, 5), INPUT1: ints(1, 7) };
  const [result] = await run(
    addsubModel("a", "INT32"),
    request(inputs, ["OUTPUT1", "OUTPUT0"], [2]),
  );
  assertEquals(dataOf(result!).map((data) => [...int32Of(data)]), [
    [2147483646, -2],
    [-2147483648, 12],
  ]);
});

Deno.test("models: a missing input fails only its own request", async () => {
  const good = request({ INPUT0: ints(1), INPUT1: ints(2) }, ["OUTPUT0"], [1]);
  const bad = request({ INPUT0: ints(1) }, ["OUTPUT0"], [1]);
  const [first, second] = await run(addsubModel("a", "INT32"), bad, good);
  assertEquals((first as InferenceError).message, "input 'INPUT1' is missing");
  assertEquals([...int32Of(dataOf(second!)[0]!)], [3]);
});

Deno.test("models: sums and differences of numbers as text, however long", async () => {
  const inputs = {
    INPUT0: encodeStrings(["1", "-20", "99999999999999999999"]),
    INPUT1: encodeStrings(["2", "+5", "1"]),
  };
  const [result] = await run(
    stringAddsubModel("s"),
    request(inputs, ["OUTPUT0", "OUTPUT1"], [3]),
  );
  assertEquals(dataOf(result!).map((data) => decodeText(data)), [
    ["3", "-15", "100000000000000000000"],
    ["-1", "-25", "99999999999999999998"],
  ]);
});

Deno.test("models: text that is no number, and bytes that are no strings", async () => {
  const good = encodeStrings(["1"]);
  const message = async (bytes: Uint8Array) => {
    const batch = request({ INPUT0: good, INPUT1: bytes }, ["OUTPUT0"], [1]);
    return ((await run(stringAddsubModel("s"), batch))[0] as InferenceError).message;
  };
  assertEquals(
    await message(encodeStrings(["x1"])),
    "payload error for 's_0_0_cpu': (9) element 0 of input 'INPUT1' is not a whole number: 'x1'",
  );
  assertMatch(
    await message(good.subarray(0, 3)),
    /^payload error for 's_0_0_cpu': \(8\) input 'INPUT1': /,
  );
});

Deno.test("models: a sequence adds up, each slot for itself, START begins again", async () => {
  const instance = instanceOf(sequenceModel("q"));
  const step = async (slot: number, value: number, start = false) => {
    const sequence = { id: 1n, start, end: false };
    const batch = { ...request({ INPUT: ints(value) }, ["OUTPUT"], [1]), slot, sequence };
    return int32Of(dataOf((await instance.execute([batch]))[0]!)[0]!)[0];
  };
  assertEquals(await step(0, 5, true), 5);
  assertEquals(await step(1, 100, true), 100);
  assertEquals(await step(0, 6), 11);
  assertEquals(await step(1, -1), 99);
  assertEquals(await step(0, 7, true), 7);
});

Deno.test("models: a slow one takes its time for a whole batch", async () => {
  const clock = new ManualClock();
  const model = identityModel("slow", { dims: [1], delayUs: 10_000 });
  const one = request({ INPUT0: ints(1) }, ["OUTPUT0"], [1]);
  let results: readonly ModelResult[] | undefined;
  Promise.resolve(instanceOf(model, clock).execute([one, one])).then((r) => results = r);
  await clock.advance(9.9);
  assertEquals(results, undefined);
  await clock.advance(0.1);
  assertEquals(results?.length, 2);
});

Deno.test("models: an image that can't be decoded fails only its own request", async () => {
  const image = request({ INPUT: encodeStrings(["no image"]) }, ["OUTPUT"], [1]);
  const [result] = await run(preprocessColorsModel("p"), image);
  assertStringIncludes(
    (result as InferenceError).message,
    "payload error for 'p_0_0_cpu': (9) unable to preprocess image: ",
  );
});

Deno.test("models: the built-in ones", () => {
  const names = builtinModels().map(({ config }) => config.name).sort();
  assertEquals(names, [
    ...["addsub_fp32", "colors", "colors_nchw", "ensemble_add_sub_int32_int32_int32"],
    ...["identity_fp32", "identity_large", "identity_nobatch", "identity_types"],
    ...["preprocess_colors", "preprocess_colors_ensemble", "repeat"],
    ...["simple", "simple_sequence", "simple_string", "slow"],
  ]);
});

Deno.test("models: numbers as text have an end", async () => {
  const ask = async (digits: number) => {
    const data = encodeStrings(["9".repeat(digits)]);
    const inputs = { INPUT0: data, INPUT1: data };
    const [result] = await run(stringAddsubModel("s"), request(inputs, ["OUTPUT1"], [1]));
    return result!;
  };
  assertEquals(decodeText(dataOf(await ask(1000))[0]!), ["0"]);
  const { message } = (await ask(8_000_000)) as InferenceError;
  assertStringIncludes(message, "element 0 of input 'INPUT0' has 8000000 bytes");
  assertEquals(message.length < 200, true);
});
