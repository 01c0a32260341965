/**
 * A differential of inputs: the inputs of 200 random models, given in every way that there is, must
 * arrive as numpy and the Python tritonclient send them, byte for byte, or be refused by both.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { toBase64 } from "../../src/base/base64.ts";
import { type InputSpec, type Received, startRecording } from "../recording_server.ts";
import { runCommand } from "../run_command.ts";
import { environment, interopTest } from "./fixture.ts";

const MODELS = 200;
const SEED = Number(Deno.env.get("TRTIS_SEED") ?? Math.floor(Math.random() * 2 ** 31));
const TYPES = [
  "BOOL",
  "UINT8",
  "UINT16",
  "UINT32",
  "UINT64",
  "INT8",
  "INT16",
  "INT32",
  "INT64",
  "FP16",
  "BF16",
  "FP32",
  "FP64",
  "BYTES",
];
const FAULTS = ["order", "longer", "type"] as const;

interface CaseInput {
  readonly name: string;
  readonly datatype: string;
  /** Of one batch entry, as it is sent. */
  readonly shape: readonly number[];
  /** As the model has it: some dimensions open. */
  readonly modelShape: readonly number[];
  readonly seed: number;
  readonly kind: "text" | "binary";
  readonly optional: boolean;
  readonly fault?: typeof FAULTS[number];
}

interface Case {
  readonly model: string;
  readonly batched: boolean;
  readonly batch: number;
  readonly inputs: readonly CaseInput[];
  /** Inputs that the model has and that are not sent. */
  readonly omitted: readonly InputSpec[];
}

/** What Python made of an input. */
interface Made {
  readonly json: string;
  readonly b64: string;
  readonly raw: string;
  readonly npy: string | null;
  readonly lines: string | null;
  readonly text: boolean;
  readonly steps: readonly { readonly json: string; readonly b64: string }[];
}

interface Answer {
  readonly error: string | null;
  readonly inputs: readonly Made[];
}

/** Mulberry32: a number in [0, 1), the same from the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = state + 0x6d2b79f5 >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
  };
}

function randomCases(random: () => number): Case[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const shape = (rank: number) => Array.from({ length: rank }, () => 1 + below(4));
  return Array.from({ length: MODELS }, (_, number): Case => {
    const batched = random() < 0.5;
    const faulty = random() < 0.2;
    const inputs = Array.from({ length: 1 + below(3) }, (_, i): CaseInput => {
      const datatype = pick(TYPES);
      const own = shape(1 + below(3));
      const fault = faulty && i === 0 ? pick(FAULTS) : undefined;
      return {
        name: `IN${i}`,
        datatype,
        shape: own,
        // A faulty shape must not fit by chance.
        modelShape: own.map((dim) => fault === undefined && random() < 0.2 ? -1 : dim),
        seed: below(2 ** 31),
        kind: random() < 0.3 ? "binary" : "text",
        optional: random() < 0.2,
        fault: fault === "type" && ["BYTES", "BF16"].includes(datatype) ? "longer" : fault,
      };
    });
    const omitted = random() < 0.3
      ? [{ name: "LEFT", dataType: "FP32", dims: [2], optional: true }]
      : [];
    return { model: `m${number}`, batched, batch: batched ? 1 + below(3) : 1, inputs, omitted };
  });
}

const modelType = (datatype: string) => datatype === "BYTES" ? "STRING" : datatype;

async function askPython(cases: readonly Case[], url: string, folder: string): Promise<Answer[]> {
  const child = new Deno.Command(environment().python, {
    args: [decodeURIComponent(new URL("inputs.py", import.meta.url).pathname)],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify({ cases, url, folder })));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  assert(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The ways to give inputs, each as an argv; undefined where one of the inputs has no such form. */
async function ways(one: Case, answer: Answer, folder: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const batch = ["-b", String(one.batch)];
  const shapes = one.inputs.flatMap(({ name, shape, modelShape }) =>
    modelShape.includes(-1) ? ["--shape", `${name}:${shape.join(",")}`] : []
  );
  const each = (make: (made: Made, input: CaseInput) => string | undefined) => {
    const texts = one.inputs.map((input, i) => make(answer.inputs[i]!, input));
    return texts.includes(undefined)
      ? undefined
      : texts.flatMap((text, i) => ["--input", `${one.inputs[i]!.name}=${text}`]);
  };
  const infer = (name: string, inputs: string[] | undefined, more: string[] = []) => {
    if (inputs) found.set(name, ["infer", "-m", one.model, ...batch, ...inputs, ...more]);
  };
  infer("infer, JSON", each(({ json }) => json));
  infer("infer, base64", each(({ b64 }) => JSON.stringify({ b64 })), shapes);
  infer("infer, .npy", each(({ npy }) => npy === null ? undefined : `@${npy}`));
  infer(
    "infer, raw",
    each(({ raw }, { datatype }) => datatype === "BYTES" ? undefined : `@${raw}`),
    shapes,
  );
  const perf = (name: string, source: string, more: string[] = []) =>
    found.set(name, [
      "perf_client",
      "-m",
      one.model,
      ...batch,
      "--request-count",
      "1",
      "--input-data",
      source,
      ...more,
    ]);
  const steps = (form: (step: Made["steps"][number], input: CaseInput) => string) =>
    Array.from({ length: one.batch }, (_, entry) => {
      const inputs = one.inputs.map((input, i) =>
        `${JSON.stringify(input.name)}:${form(answer.inputs[i]!.steps[entry]!, input)}`
      );
      return `{${inputs.join(",")}}`;
    });
  const shapeOf = ({ shape }: CaseInput) => JSON.stringify(shape);
  if (answer.inputs.every(({ text, steps }) => text && steps.length === one.batch)) {
    const path = `${folder}/content.json`;
    const data = steps(({ json }, input) => `{"content":${json},"shape":${shapeOf(input)}}`);
    await Deno.writeTextFile(path, `{"data":[${data}]}`);
    perf("perf, JSON", path);
  }
  if (answer.inputs.every(({ steps }) => steps.length === one.batch)) {
    const path = `${folder}/b64.json`;
    const data = steps(({ b64 }, input) =>
      `{"content":{"b64":"${b64}"},"shape":${shapeOf(input)}}`
    );
    await Deno.writeTextFile(path, `{"data":[${data}]}`);
    perf("perf, base64", path);
  }
  const directory = async (name: string, file: (made: Made, input: CaseInput) => string | null) => {
    const files = one.inputs.map((input, i) => file(answer.inputs[i]!, input));
    if (files.includes(null)) return;
    const place = `${folder}/${name.replaceAll(/\W/g, "_")}`;
    await Deno.remove(place, { recursive: true }).catch(() => {});
    await Deno.mkdir(place);
    for (const [i, { name }] of one.inputs.entries()) {
      await Deno.copyFile(files[i]!, `${place}/${name}`);
    }
    perf(name, place, shapes);
  };
  await directory(
    "perf, directory",
    ({ raw, lines }, { datatype }) => datatype === "BYTES" ? lines : raw,
  );
  await directory("perf, directory of .npy", ({ npy }) => npy);
  return found;
}

/** Bytes and numbers without a type or shape of their own look right when there are as many as needed. */
function looksRight(way: string, { fault, datatype }: CaseInput): boolean {
  const isBytes = /raw|base64|directory$/.test(way);
  if (fault === "order") return isBytes || way === "perf, JSON";
  return fault === "type" && (way.includes("JSON") || isBytes && /INT64|FP64/.test(datatype));
}

function comparable(received: Received | undefined) {
  if (received === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(received).map((
      [name, { shape, data }],
    ) => [name, { shape, data: toBase64(data) }]),
  );
}

interopTest(
  `inputs of ${MODELS} random models arrive as tritonclient sends them (TRTIS_SEED=${SEED})`,
  async () => {
    const cases = randomCases(createRandom(SEED));
    await using recording = await startRecording(
      cases.map(({ model, inputs, omitted, batched }) => ({
        name: model,
        maxBatchSize: batched ? 8 : 0,
        inputs: [
          ...inputs.map(({ name, datatype, modelShape, optional }) => ({
            name,
            dataType: modelType(datatype),
            dims: modelShape,
            optional,
          })),
          ...omitted,
        ],
      })),
    );
    const { server, received } = recording;
    const folder = await Deno.makeTempDir();
    const table = new Map<string, { alike: number; refused: number; different: string[] }>();
    try {
      const answers = await askPython(cases, server.httpAddress!, folder);
      // Refused cases left nothing; the others came in order.
      const sent = received.splice(0);
      let next = 0;
      for (const [number, one] of cases.entries()) {
        const answer = answers[number]!;
        const expected = answer.error === null ? comparable(sent[next++]) : undefined;
        const wire = number % 2 === 0
          ? ["-i", "http", "-u", server.httpAddress!]
          : ["-i", "grpc", "-u", server.grpcAddress!];
        for (const [way, argv] of await ways(one, answer, folder)) {
          received.length = 0;
          const { code, stderr } = await runCommand([...argv, ...wire, "--api", "v2"]);
          const row = table.get(way) ?? { alike: 0, refused: 0, different: [] };
          table.set(way, row);
          if (expected === undefined && looksRight(way, one.inputs[0]!)) continue;
          const got = comparable(received[0]);
          if (expected === undefined && code === 1 && got === undefined) row.refused++;
          else if (JSON.stringify(got) === JSON.stringify(expected) && code === 0) row.alike++;
          else {
            row.different.push(
              `${JSON.stringify(one)}: exit ${code}, ${stderr.slice(0, 300)}` +
                `\nexpected ${JSON.stringify(expected)?.slice(0, 600)} (${answer.error})` +
                `\ngot      ${JSON.stringify(got)?.slice(0, 600)}`,
            );
          }
        }
      }
      assertEquals(next, sent.length);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
    for (const [way, { alike, refused, different }] of table) {
      console.log(
        `${
          way.padEnd(24)
        } ${alike} alike, ${refused} refused by both, ${different.length} different`,
      );
    }
    const different = [...table].flatMap(([way, row]) =>
      row.different.map((text) => `${way}: ${text}`)
    );
    assertEquals(different.slice(0, 5), [], `${different.length} differ`);
  },
);
