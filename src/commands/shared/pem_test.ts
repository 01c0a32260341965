import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { InferenceError } from "../../base/errors.ts";
import { readPem } from "./pem.ts";

async function inFile<T>(bytes: Uint8Array, body: (path: string) => Promise<T>): Promise<T> {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, bytes);
  return await body(path).finally(() => Deno.remove(path));
}

Deno.test("readPem: PEM stays as it is, a DER certificate gets its text around it", async () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const text = new TextEncoder().encode(pem);
  assertEquals(await inFile(text, (path) => readPem(path, "--ca", "certificate")), pem);
  const der = new Uint8Array(100).fill(7);
  der[0] = 0x30;
  const read = await inFile(der, (path) => readPem(path, "--ca", "certificate"));
  assertMatch(
    read!,
    /^-----BEGIN CERTIFICATE-----\nMAcH[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n$/,
  );
  assertEquals(Uint8Array.fromBase64(read!.replace(/-----[A-Z ]+-----|\n/g, "")), der);
  assertEquals(await readPem(undefined, "--ca", "certificate"), undefined);
});

Deno.test("readPem: DER keys of each form are the same key as PEM", async () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
  const forms = [[rsa, "pkcs8"], [rsa, "pkcs1"], [ec, "pkcs8"], [ec, "sec1"]] as const;
  for (const [key, type] of forms) {
    const der = new Uint8Array(key.export({ format: "der", type } as never) as never);
    const pem = await inFile(der, (path) => readPem(path, "--key", "key"));
    assert(pem!.startsWith("-----BEGIN PRIVATE KEY-----"), type);
    const pkcs8 = { format: "der", type: "pkcs8" } as const;
    assertEquals(createPrivateKey(pem!).export(pkcs8), key.export(pkcs8), type);
  }
  const noKey = new Uint8Array([0x30, 3, 2, 1, 1]);
  await assertRejects(
    () => inFile(noKey, (path) => readPem(path, "--key", "key")),
    InferenceError,
    "it is DER, but no private key",
  );
});
