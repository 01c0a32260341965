/**
 * Every command against the real Triton, over HTTP and gRPC, with nothing said of the protocol; what
 * image_client and infer print is what the Python client gets.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { readNpy } from "../../src/tensor/npy.ts";
import { DATA_TYPES, type DataType } from "../../src/tensor/data_type.ts";
import { decodeText } from "../../src/tensor/strings.ts";
import { projectRoot } from "../program.ts";
import { runCommand, withoutNews } from "../run_command.ts";
import { interopTest, reference, request, shared, tensor, wireOf } from "./fixture.ts";

const IMAGES = fileURLToPath(new URL("examples/images/", projectRoot));
const APPLE = `${IMAGES}apple_red.jpg`;
const WIRES = ["http", "native"] as const;

/** Runs a command that must go well; what it printed. */
async function good(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(argv);
  assertEquals([code, withoutNews(stderr)], [0, ""], argv.join(" "));
  return stdout;
}

async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const carrier of WIRES) {
  const wire = wireOf(carrier);
  const flags = ["-i", wire, "-u", shared[wire]];

  interopTest(`health, status and models, ${wire}`, async () => {
    assertEquals(await good("health", ...flags), "live: true\nready: true\n");
    assertStringIncludes(await good("health", "simple", ...flags), "model simple ready: true");
    const table = await good("status", ...flags);
    assertStringIncludes(table, "triton 2.");
    assert(/^colors +1 +READY/m.test(table), table);
    assert(JSON.parse(await good("status", "--json", "simple", ...flags)));
    assert(/^simple +1 +READY/m.test(await good("models", ...flags)));
  });

  interopTest(`the simple clients, ${wire}`, async () => {
    for (const name of ["simple_client", "simple_string_client", "simple_callback_client"]) {
      assertStringIncludes(await good(name, ...flags), "15 + 1 = 16\n15 - 1 = 14\n");
    }
    if (wire === "http") return;
    for (const more of [[], ["-a"], ["-r", "-a"]]) {
      assertStringIncludes(
        await good("simple_sequence_client", ...more, ...flags),
        "[7] 29 : 71\n",
      );
    }
  });

  interopTest(`the image clients, ${wire}`, async () => {
    const folder = await good("image_client", "-m", "colors_nchw", "-b", "8", ...flags, IMAGES);
    assertEquals(folder.match(/^Image /gm)?.length, 16);
    assertStringIncludes(folder, "sea_blue.jpg':\n    5 (blue) = ");
    if (wire === "grpc") {
      const streamed = ["image_client", "-m", "colors_nchw", "-b", "8", "--streaming", "-a"];
      assertEquals(await good(...streamed, ...flags, IMAGES), folder);
      const stubs = await good("grpc_image_client", "-m", "colors", "-u", shared.grpc, APPLE);
      assertStringIncludes(stubs, "2 (red) = ");
    }
    const ensemble = ["ensemble_image_client", "-m", "preprocess_colors_ensemble"];
    assertStringIncludes(await good(...ensemble, ...flags, APPLE), "2 (red) = ");
  });

  interopTest(`image_client's classes are the Python client's, ${wire}`, async () => {
    await withFolder(async (folder) => {
      for (const scaling of ["NONE", "INCEPTION", "VGG"]) {
        const file = `${folder}/${scaling}`;
        const argv = ["image_client", "-m", "colors", "-s", scaling, "-c", "3", "-p", file];
        const [line] = (await good(...argv, "--json", ...flags, APPLE)).split("\n");
        const input = {
          ...tensor("input", "UINT8", [0], []),
          dataType: "FP32" as const,
          shape: [224, 224, 3],
          data: [await Deno.readFile(file)],
        };
        const outputs = [{ name: "output", classCount: 3 }];
        const [answer] = await reference([{
          wire,
          request: request("colors", [input], { outputs }),
        }]);
        const texts = decodeText(Uint8Array.fromBase64(answer!.outputs![0]!.data));
        assertEquals(
          JSON.parse(line!).classes.map(({ index, label }: { index: number; label: string }) =>
            `${index}:${label}`
          ),
          texts.map((text) => text.slice(text.indexOf(":") + 1)),
        );
      }
    });
  });

  interopTest(`infer's answers are the Python client's, every data type, ${wire}`, async () => {
    await withFolder(async (folder) => {
      for (const dataType of DATA_TYPES) {
        const values = sample(dataType);
        const name = `INPUT_${dataType}`;
        const json = `${name}=${JSON.stringify(values)}`;
        const argv = ["infer", "-m", "identity_types", "--input", json, "--shape", `${name}:3`];
        const out = `OUTPUT_${dataType}`;
        const result = await runCommand([...argv, "--output", out, "--save", folder, ...flags]);
        assertEquals(result.code, 0, result.stderr);
        const input = tensor(name, dataType, [3], values as number[]);
        const [answer] = await reference([{
          wire,
          request: request("identity_types", [input], { outputs: [{ name: out }] }),
        }]);
        const expected = Uint8Array.fromBase64(answer!.outputs![0]!.data);
        assertEquals(await saved(folder, out, dataType), [...expected], dataType);
      }
    });
  });

  interopTest(`perf_client, ${wire}`, async () => {
    const { code, stdout, stderr } = await runCommand([
      ...["perf_client", "-m", "simple", "-t", "2", "--request-count", "200", "-p", "100"],
      ...flags,
    ]);
    assert(code === 0 || code === 3, stderr);
    assertStringIncludes(stdout, "Request concurrency: 2\n  Client: \n    Request count: ");
    assert(/Avg request latency: \d+ usec \(overhead .* compute infer/.test(stdout), stdout);
  });
}

function sample(dataType: DataType): readonly (number | string | boolean)[] {
  if (dataType === "BOOL") return [true, false, true];
  if (dataType === "STRING") return ["a", "", "ü"];
  return dataType.startsWith("U") ? [0, 1, 200] : [0, -1.0, 100];
}

/** The bytes that --save wrote. */
async function saved(folder: string, name: string, dataType: DataType): Promise<number[]> {
  if (dataType === "STRING") {
    const strings: string[] = JSON.parse(await Deno.readTextFile(`${folder}/${name}.json`));
    const bytes = strings.map((text) => new TextEncoder().encode(text));
    return bytes.flatMap((text) => [text.length, 0, 0, 0, ...text]);
  }
  if (dataType === "BF16") return [...await Deno.readFile(`${folder}/${name}.bin`)];
  return [...readNpy(await Deno.readFile(`${folder}/${name}.npy`), name).data];
}
