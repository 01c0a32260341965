import { assert, assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../src/base/errors.ts";
import type { ModelVersionState, Protocol } from "../../src/protocol/types.ts";
import {
  CARRIERS,
  environment,
  infer,
  interopTest,
  open,
  request,
  simpleInputs,
} from "./fixture.ts";
import { makeRepository } from "./server/repository.ts";
import { startTriton } from "./server/triton.ts";

const KEY = ["x-trtis-key", "open sesame"] as const;

interopTest("models loaded and unloaded; restricted endpoints", async (t) => {
  const repository = await Deno.makeTempDir();
  try {
    await makeRepository(repository, ["simple", "identity_fp32", "slow"]);
    await Deno.writeTextFile(
      `${repository}/slow/1/model.py`,
      "class TritonPythonModel:\n    def initialize(self, args):\n        raise ValueError('no luck')\n",
    );
    const triton = await startTriton(environment(), {
      repository,
      liveOnly: true,
      args: [
        "--model-control-mode=explicit",
        "--load-model=identity_fp32",
        `--http-restricted-api=statistics,model-config:${KEY.join("=")}`,
        `--grpc-restricted-protocol=statistics,model-config:${KEY.join("=")}`,
      ],
    });
    try {
      for (const carrier of CARRIERS) {
        const header = carrier === "http" ? KEY[0] : `triton-grpc-protocol-${KEY[0]}`;
        const allowed = await open(carrier, triton, { headers: [[header, KEY[1]]] });
        const plain = await open(carrier, triton);
        try {
          await t.step(`${carrier}: control`, () => control(allowed));
          await t.step(`${carrier}: restricted`, () => restricted(allowed, plain));
        } finally {
          allowed.close();
          plain.close();
        }
      }
    } finally {
      await triton.stop();
    }
  } finally {
    await Deno.remove(repository, { recursive: true });
  }
});

async function state(protocol: Protocol, name: string): Promise<ModelVersionState> {
  return (await protocol.repository!.index()).find((model) => model.name === name)!;
}

async function control(protocol: Protocol): Promise<void> {
  assertEquals((await state(protocol, "identity_fp32")).state, "READY");
  assertEquals((await state(protocol, "simple")).state, "UNAVAILABLE");
  assertEquals(await protocol.modelReady("simple"), false);
  const early = await infer(protocol, request("simple", simpleInputs()));
  assertEquals(early.error?.code, "NOT_FOUND");
  await protocol.repository!.load("simple");
  assertEquals(await state(protocol, "simple"), { name: "simple", version: "1", state: "READY" });
  assertEquals((await infer(protocol, request("simple", simpleInputs()))).error, undefined);
  await protocol.repository!.unload("simple");
  let after = await state(protocol, "simple");
  while (after.state === "UNLOADING") after = await state(protocol, "simple");
  assertEquals(after, {
    name: "simple",
    version: "1",
    state: "UNAVAILABLE",
    reason: "unloaded",
  });
  const late = await infer(protocol, request("simple", simpleInputs()));
  assertEquals(late.error?.code, "NOT_FOUND");
  assert(late.error!.message.includes("no available versions"), late.error!.message);
  await assertRejects(() => protocol.repository!.load("nosuch"), InferenceError, "nosuch");
  const broken = await assertRejects(
    () => protocol.repository!.load("slow"),
    InferenceError,
    "slow",
  );
  assertEquals(broken.code, "INVALID_ARG");
  const slow = await state(protocol, "slow");
  assertEquals([slow.state, slow.reason?.includes("no luck")], ["UNAVAILABLE", true]);
}

async function restricted(allowed: Protocol, plain: Protocol): Promise<void> {
  assertEquals((await allowed.statistics("identity_fp32")).length, 1);
  const error = await assertRejects(() => plain.statistics("identity_fp32"), InferenceError);
  // 403 over HTTP; over gRPC Triton answers UNAVAILABLE.
  assertEquals(error.code, plain.wire === "http" ? "PERMISSION_DENIED" : "UNAVAILABLE");
  assert(error.message.includes("restricted"), error.message);
  const status = await plain.status();
  assertEquals([status.statistics.length, status.models.length], [0, 3]);
  const known = await allowed.model("identity_fp32");
  const guessed = await plain.model("identity_fp32");
  assertEquals(known.maxBatchSize, 8);
  assert(guessed.maxBatchSize > 8);
  assertEquals(guessed.inputs, known.inputs);
}
