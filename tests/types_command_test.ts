/**
 * `trtis types`, and that the compiler catches what the types forbid.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startServer } from "../mod.ts";
import { projectRoot } from "./program.ts";
import { runCommand } from "./run_command.ts";

const PROGRAM = `
import { InferenceClient } from "@trtis/trtis";
import type { Models } from "./models.ts";

export async function run(client: InferenceClient) {
  const model = await client.model<Models["simple"]>("simple");
  const result = await model.infer({
    inputs: { INPUT0: new Int32Array(16), INPUT1: [[1, 2]] },
    outputs: ["OUTPUT0"],
  });
  const sum: Int32Array = result.output("OUTPUT0").data;
  const same: Int32Array = result.output("OUTPUT1").as("INT32");
  const strings = await client.model<Models["simple_string"]>("simple_string");
  const texts = await strings.infer({ inputs: { INPUT0: ["1"], INPUT1: ["2"] } });
  const list: readonly string[] = texts.output("OUTPUT0").as("STRING");
  // The rest is wrong.
  // @ts-expect-error no such output
  result.output("OUTPUT9");
  // @ts-expect-error another array
  const other: Float32Array = result.output("OUTPUT0").data;
  // @ts-expect-error another type
  result.output("OUTPUT0").as("FP32");
  // @ts-expect-error no such input
  await model.infer({ inputs: { INPUT0: [1], INPUT1: [1], INPUT2: [1] } });
  // @ts-expect-error an input is missing
  await model.infer({ inputs: { INPUT0: [1] } });
  // @ts-expect-error values of another type
  await model.infer({ inputs: { INPUT0: ["x"], INPUT1: [1] } });
  // @ts-expect-error an array of another type
  await model.infer({ inputs: { INPUT0: new Float64Array(16), INPUT1: [1] } });
  // @ts-expect-error no such output
  await model.infer({ inputs: { INPUT0: [1], INPUT1: [1] }, outputs: ["NOPE"] });
  return [sum, same, list, other];
}
`;

Deno.test("types: the models of a server, for the compiler", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  try {
    const all = await runCommand(["types", "-u", server.httpAddress!, "-o", `${folder}/models.ts`]);
    assertEquals([all.code, all.stdout], [0, ""]);
    assert(/^wrote .*models\.ts: \d+ models\n$/.test(all.stderr), all.stderr);
    const one = await runCommand([
      ...["types", "-u", `grpc://${server.grpcAddress}`, "-m", "simple"],
      ...["--import", "./mod.ts"],
    ]);
    assertEquals([one.code, one.stderr], [0, ""]);
    assertStringIncludes(one.stdout, 'import type { InputOf } from "./mod.ts";');
    assertStringIncludes(one.stdout, '      INPUT0: InputOf<"INT32">;\n');
    await Deno.writeTextFile(`${folder}/use.ts`, PROGRAM);
    const project = JSON.parse(await Deno.readTextFile(new URL("deno.json", projectRoot)));
    const library = new URL("mod.ts", projectRoot).href;
    const config = { imports: { ...project.imports, "@trtis/trtis": library } };
    await Deno.writeTextFile(`${folder}/import_map.json`, JSON.stringify(config));
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--no-lock", "--import-map", `${folder}/import_map.json`, `${folder}/use.ts`],
      env: { NO_COLOR: "1" },
      cwd: folder,
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const unknown = await runCommand(["types", "-u", server.httpAddress!, "-m", "nosuch"]);
    assertEquals(unknown.code, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
