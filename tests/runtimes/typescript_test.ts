/**
 * The package's types, over compilers, libraries and ways of resolution, without skipLibCheck; and with
 * it, that wrong values are still refused.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { FOLDER } from "../../scripts/runtimes.ts";
import { run, RUNTIMES, tool, write } from "./fixture.ts";

const USE = `
import { InferenceClient, InferenceError, type InputOf, type InputValues, type ModelInfo } from "@trtis/trtis";
import { imageModel, ImagePool, prepareFile, type PoolWorker } from "@trtis/trtis/image";
import { InferenceClient as Http } from "@trtis/trtis/http";
import { InferenceClient as Grpc } from "@trtis/trtis/grpc";
import { InferenceClient as Fetch } from "@trtis/trtis/fetch";
import { measureModel } from "@trtis/trtis/perf";
import { createStub, GRPCInferenceService } from "@trtis/trtis/v2";
import { GRPCService } from "@trtis/trtis/v1";

interface Simple {
  inputs: { INPUT0: InputOf<"INT32">; INPUT1: InputOf<"INT32"> };
  outputs: { OUTPUT0: "INT32"; TEXT: "STRING" };
}

export async function run(): Promise<number> {
  const client = await InferenceClient.connect("localhost:8000");
  const values: InputValues = new Int32Array(16);
  const result = await client.infer("simple", { inputs: { INPUT0: values, INPUT1: [[1, 2]] } });
  if (result.error instanceof InferenceError) return result.error.answered ? 1 : 2;
  const data: Int32Array = result.output("OUTPUT0").as("INT32");
  // @ts-expect-error not values
  const wrong: InputValues = { totally: "wrong" };
  // @ts-expect-error another array
  const other: Float64Array = result.output("OUTPUT0").as("INT32");
  const model = await client.model<Simple>("simple");
  const typed = await model.infer({ inputs: { INPUT0: [1], INPUT1: new Int32Array(1) } });
  const sum: Int32Array = typed.output("OUTPUT0").data;
  const texts: readonly string[] = typed.output("TEXT").as("STRING");
  // @ts-expect-error no such output
  typed.output("NONE");
  // @ts-expect-error values of another type
  await model.infer({ inputs: { INPUT0: ["x"], INPUT1: [1] } });
  const info: ModelInfo = await client.modelInfo("simple");
  const tensor: Uint8Array = await prepareFile("x.jpg", imageModel(info, {}).spec);
  client.close();
  return data[0]! + tensor.length + (wrong === values ? 1 : 0) + other.length + sum[0]! + texts.length;
}
export { createStub, Fetch, Grpc, GRPCInferenceService, GRPCService, Http, ImagePool, measureModel };
export type { PoolWorker };
`;

const VERSIONS = ["54", "55", "56", "57", "58", "59", "60", "70"];
const LIBRARIES = [["es2022"], ["es2022", "dom"], ["es2022", "dom", "esnext.disposable"]];
const RESOLUTIONS = [["node16", "node16"], ["nodenext", "nodenext"], [
  "esnext",
  "bundler",
]] as const;

for (const version of VERSIONS) {
  Deno.test(`types: TypeScript ${version[0]}.${version[1]}`, async () => {
    await write("use.mts", USE);
    for (const lib of LIBRARIES) {
      for (const [module, moduleResolution] of RESOLUTIONS) {
        for (const types of [[], ["node"]]) {
          for (const skipLibCheck of lib.length === 1 ? [false, true] : [false]) {
            const compilerOptions = {
              ...{ noEmit: true, strict: true, target: "es2022", lib, module, moduleResolution },
              ...{ types, skipLibCheck },
            };
            const config = { compilerOptions, files: ["use.mts"] };
            const name = await write(`tsconfig${version}.json`, JSON.stringify(config));
            const compiler = tool(`typescript-${version}/bin/tsc`);
            const { stdout } = await run([...RUNTIMES["Node 22"]!, compiler, "-p", name]);
            assertEquals(stdout, "", JSON.stringify(compilerOptions));
          }
        }
      }
    }
    await Deno.remove(new URL(`tsconfig${version}.json`, FOLDER));
  });
}
