/**
 * image_client beside a Python script with Pillow and tritonclient in one and two processes, over one real
 * Triton: many small pictures, and photos of 12 megapixels, whole and as drafts.
 *
 *     deno task bench:image-peers [--small 50000] [--photos 500] [--rounds 1] [--wait COMMAND]
 *
 * With --wait, each run is handed to a command that waits for a quiet machine and becomes the run.
 * What runs of ours is what the executable embeds. Pictures are repeated files, 50 in a folder; each round
 * runs every contender once. Needs Linux and Python 3, and 200 MB of disk for a while.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { fileURLToPath } from "node:url";
import { prepareEnvironment, run } from "../tests/interop/server/environment.ts";
import { startTriton } from "../tests/interop/server/triton.ts";
import { type MeasuredRun, runMeasured } from "./lib/measured_process.ts";
import { stagedProgram } from "./lib/staged_program.ts";
import { printTable } from "./lib/table.ts";

const args = parseArgs(Deno.args, { string: ["small", "photos", "rounds", "wait"] });
const small = Number(args.small ?? 50_000);
const photos = Number(args.photos ?? 500);
const rounds = Number(args.rounds ?? 1);
const BATCH = 8;

const MAKE = `
import os, sys, numpy as np
from pathlib import Path
from PIL import Image
folder, count, width, height, kinds = Path(sys.argv[1]), *map(int, sys.argv[2:6])
rng = np.random.default_rng(0)
y, x = np.mgrid[0:height, 0:width]
files = []
for seed in range(kinds):
    waves = [128 + 100 * np.sin(x / a + y / (b + seed)) for a, b in ((31, 53), (17, 90), (60, 23))]
    pixels = np.clip(np.stack(waves, -1) + rng.normal(0, 4, (height, width, 3)), 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(folder / "one.jpg", quality=85)
    files.append((folder / "one.jpg").read_bytes())
(folder / "one.jpg").unlink()
for i in range(count):
    place = folder / f"{i // 50:04}"
    place.mkdir(exist_ok=True)
    picture = place / f"{i:06}.jpg"
    # Large ones are links to the first of their kind: the disk is not what is measured.
    if i < kinds or width < 1000:
        picture.write_bytes(files[i % kinds])
    else:
        os.link(folder / "0000" / f"{i % kinds:06}.jpg", picture)
`;

const CONFIG = `name: "scores"
backend: "python"
max_batch_size: 64
input [ { name: "input" data_type: TYPE_UINT8 dims: [ 224, 224, 3 ] format: FORMAT_NHWC } ]
output [ { name: "output" data_type: TYPE_FP32 dims: [ 10 ] } ]
`;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const environment = await prepareEnvironment(
  new URL("../.venv/interop/", import.meta.url),
  console.log,
);
const { python } = environment;
const folder = await Deno.makeTempDir({ prefix: "trtis-image-peers-" });
const models = `${folder}/models`;
await Deno.mkdir(`${models}/scores/1`, { recursive: true });
await Deno.writeTextFile(`${models}/scores/config.pbtxt`, CONFIG);
await Deno.copyFile(here("lib/scores.py"), `${models}/scores/1/model.py`);

/** A folder of pictures, and the program that makes `count` answers of it. */
interface Contender {
  readonly name: string;
  readonly command: readonly string[];
}

const trtis = [
  ...await stagedProgram(`${folder}/stage`),
  ...["image_client", "-m", "scores", "-b", String(BATCH), "-a", "--recursive"],
];

function contenders(address: string, pictures: string, isPhotos: boolean): Contender[] {
  const peer = (processes: number, draft: boolean) => [
    ...[python, here("lib/python_images.py"), address, String(BATCH), String(processes)],
    ...[draft ? "1" : "0", pictures],
  ];
  const all: Contender[] = [];
  for (const draft of isPhotos ? [false, true] : [false]) {
    const suffix = draft ? ", draft" : "";
    const flags = draft ? ["--draft"] : [];
    all.push(
      { name: `image_client${suffix}`, command: [...trtis, "-u", address, ...flags, pictures] },
      { name: `Python, 1 process${suffix}`, command: peer(1, draft) },
      { name: `Python, 2 processes${suffix}`, command: peer(2, draft) },
    );
  }
  return all;
}

const waitWith = args.wait === undefined ? undefined : String(args.wait).split(" ");

async function measured({ name, command }: Contender): Promise<MeasuredRun> {
  const result = await runMeasured(python, command, {}, 400_000, waitWith);
  if (result.code !== 0) throw new Error(result.stderr);
  console.log(`${name}: ${result.seconds.toFixed(1)} s, ${result.cpuSeconds.toFixed(1)} s of CPU`);
  return result;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

try {
  const triton = await startTriton(environment, { repository: models });
  try {
    for (
      const [what, count, width, height, kinds] of [
        ["160 x 120", small, 160, 120, 50],
        ["12 megapixels", photos, 4000, 3000, 6],
      ] as const
    ) {
      if (count === 0) continue;
      const pictures = `${folder}/${width}`;
      await Deno.mkdir(pictures);
      await run(python, ["-c", MAKE, pictures, ...[count, width, height, kinds].map(String)]);
      const all = contenders(triton.http, pictures, width === 4000);
      const runs = new Map(
        all.map(({ name }) => [name, [] as MeasuredRun[]]),
      );
      for (let round = 0; round < rounds; round++) {
        for (const one of all) runs.get(one.name)!.push(await measured(one));
      }
      await printTable(`${count} pictures of ${what}, batches of ${BATCH}, median of ${rounds}`, [
        ["WHAT", "PICTURES/S", "CPU MS A PICTURE", "PEAK MIB"],
        ...all.map(({ name }) => {
          const own = runs.get(name)!;
          return [
            name,
            (count / median(own.map(({ seconds }) => seconds))).toFixed(1),
            (median(own.map(({ cpuSeconds }) => cpuSeconds)) / count * 1000).toFixed(2),
            median(own.map(({ memoryMib }) => memoryMib)).toFixed(0),
          ];
        }),
      ]);
    }
  } finally {
    await triton.stop();
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}
