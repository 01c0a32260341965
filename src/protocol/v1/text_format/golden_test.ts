import { assert, assertEquals, assertGreater } from "@std/assert";
import { GOLDEN } from "../../../../tests/shared.ts";
import { decodeMessage, encodeMessage, type MessageType } from "../../message.ts";
import * as messages from "../generated/messages.js";
import { formatText, type MessageName, parseText } from "./text_format.ts";

/** Recorded files whose name matches, with their text. */
function recordings(pattern: RegExp): [name: string, text: string][] {
  return [...Deno.readDirSync(GOLDEN)]
    .map((entry) => entry.name)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => [name, Deno.readTextFileSync(new URL(name, GOLDEN))]);
}

const exchanges = recordings(/^(curl|odd)_.*\.txt$/);

const HEADERS: Record<string, MessageName> = {
  "NV-InferRequest": "InferRequestHeader",
  "NV-InferResponse": "InferResponseHeader",
  "NV-Status": "RequestStatus",
};

/** The bytes of the hex dump in a recording; undefined when it has none. */
function dumpedBody(text: string): Uint8Array | undefined {
  const lines = [...text.matchAll(/^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} )+)/gm)];
  if (lines.length === 0) return undefined;
  return Uint8Array.fromHex(lines.map((line) => line[1]!.replaceAll(" ", "")).join(""));
}

Deno.test("recorded headers are written back byte for byte", () => {
  let count = 0;
  for (const [file, text] of exchanges) {
    for (const [, name, value] of text.matchAll(/^[<>] (NV-\w+): ?(.*)$/gm)) {
      if (name === "NV-InferRequest" && !value!.startsWith("batch_size")) continue;
      const object = parseText(HEADERS[name!]!, value!);
      const canonical = value!
        .replace(/dims: \[([\d,]+)\]/g, (_, list) => `dims: ${list.replaceAll(",", " dims: ")}`)
        .replace("batch_size: 0 ", "");
      // What a person typed into curl may have its fields in another order.
      const typed = /batch_size: \d+ (id|flags|correlation_id)/.test(value!);
      const back = formatText(HEADERS[name!]!, object, { singleLine: true });
      if (!typed) assertEquals(back, canonical, `${file} ${name}`);
      assertEquals(parseText(HEADERS[name!]!, back), object, `${file} ${name}`);
      count++;
    }
  }
  assertGreater(count, 90);
});

Deno.test(
  "the original client's headers are written byte for byte",
  () => {
    let count = 0;
    for (const [file, text] of recordings(/^raw_http_.*\.txt$/)) {
      for (const [, name, value] of text.matchAll(/(NV-\w+): ?(.*?)\\r\\n/g)) {
        const back = formatText(HEADERS[name!]!, parseText(HEADERS[name!]!, value!), {
          singleLine: true,
        });
        assertEquals(back, value, `${file} ${name}`);
        count++;
      }
    }
    assertGreater(count, 50);
  },
);

/** The status page in a recording, without what curl says in its midst. */
function statusPage(recording: string): string | undefined {
  const start = recording.search(/^id: "inference:0"$/m);
  if (start < 0) return undefined;
  return recording.slice(start).replace(/\* Connection #0 [^\n]*\n/, "").replace(/\n\n$/, "\n");
}

Deno.test("recorded status pages are written back byte for byte", () => {
  let count = 0;
  for (const [file, recording] of exchanges) {
    const page = statusPage(recording);
    if (!page) continue;
    assertEquals(formatText("ServerStatus", parseText("ServerStatus", page)), page, file);
    count++;
  }
  assertEquals(count, 2);
});

Deno.test("recorded inference bodies end with their header", () => {
  let texts = 0;
  let binaries = 0;
  for (const [file, recording] of exchanges) {
    const header = /^< NV-InferResponse: (.+)$/m.exec(recording);
    const length = /^--- body \((\d+) bytes\)/m.exec(recording);
    const body = dumpedBody(recording);
    // The 4 MiB body is recorded in part only.
    if (!header || !length || body?.length !== Number(length[1])) continue;
    const stripped = parseText("InferResponseHeader", header[1]!);
    const raw = (stripped.output ?? []).reduce(
      (sum, { raw }) => sum + Number(raw?.batchByteSize ?? 0n),
      0,
    );
    const tail = body.subarray(raw);
    if (recording.includes("format=binary")) {
      const object = decodeMessage(messages.InferResponseHeader, tail);
      assertEquals(formatText("InferResponseHeader", object, { singleLine: true }), header[1]);
      assertEquals(encodeMessage(messages.InferResponseHeader, object), tail, file);
      binaries++;
      continue;
    }
    const text = new TextDecoder().decode(tail);
    const object = parseText("InferResponseHeader", text);
    assertEquals(formatText("InferResponseHeader", object), text, file);
    for (const output of object.output ?? []) delete output.batchClasses;
    assertEquals(object, stripped, file);
    texts++;
  }
  assertGreater(texts, 10);
  assertGreater(binaries, 0);
});

Deno.test("a recorded binary status formats like the text one", () => {
  const page = (name: string) =>
    Deno.readTextFileSync(new URL(`curl_status_simple${name}.txt`, GOLDEN));
  const status = decodeMessage(messages.ServerStatus, dumpedBody(page("_binary"))!);
  const expected = parseText("ServerStatus", statusPage(page(""))!);
  const text = formatText("ServerStatus", { ...status, uptimeNs: expected.uptimeNs });
  assertEquals(text, statusPage(page("")));
});

Deno.test("recorded gRPC messages: bytes and text agree", () => {
  let count = 0;
  const [, probe] = recordings(/^grpc_probe\.txt$/)[0]!;
  for (const section of probe.split(/^===== /m).slice(1)) {
    const match = /^(\w+).*\n([^]*?)\n?^serialized (\d+) bytes: ([0-9a-f]+)$/m.exec(section);
    if (!match) continue;
    const [, title, text, length, hex] = match;
    // Where the messages are large, only a part is recorded.
    if (hex!.length !== 2 * Number(length) || / bytes\b/.test(text!)) continue;
    const name = `${title}Response` as "InferResponse";
    const type = messages[name] as MessageType<messages.InferResponse>;
    const object = decodeMessage(type, Uint8Array.fromHex(hex!));
    assertEquals(parseText(name, text!), object, title);
    assertEquals(encodeMessage(type, object), Uint8Array.fromHex(hex!), title);
    count++;
  }
  assertGreater(count, 15);
});

Deno.test("model configurations as people write them", () => {
  const models = new URL("models/", GOLDEN);
  let count = 0;
  for (const { name } of Deno.readDirSync(models)) {
    const config = parseText("ModelConfig", Deno.readTextFileSync(new URL(name, models)));
    assert(config.input!.length > 0, name);
    assertEquals(parseText("ModelConfig", formatText("ModelConfig", config)), config, name);
    assertEquals(
      decodeMessage(messages.ModelConfig, encodeMessage(messages.ModelConfig, config)),
      config,
      name,
    );
    count++;
  }
  assertGreater(count, 10);
});
