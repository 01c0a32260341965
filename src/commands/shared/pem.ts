/**
 * Certificates and keys from files: PEM, or DER, which is the same without the text around it.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { fileError } from "../../base/file_error.ts";

/** What a file holds. */
export type PemKind = "certificate" | "key";

/** DER begins with a sequence. */
const SEQUENCE = 0x30;

/**
 * A file as PEM; undefined without a path.
 *
 * @param flag for messages
 * @throws {InferenceError} FILE when it can't be read or holds a key of no known form
 */
export async function readPem(
  path: string | undefined,
  flag: string,
  kind: PemKind,
): Promise<string | undefined> {
  if (path === undefined) return undefined;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw fileError(error, `Cannot read ${flag} ${path}`);
  }
  if (bytes[0] !== SEQUENCE) return new TextDecoder().decode(bytes);
  if (kind === "certificate") return pemOf("CERTIFICATE", bytes);
  return await keyOf(bytes, `${flag} ${path}`);
}

function pemOf(label: string, bytes: Uint8Array<ArrayBuffer>): string {
  const lines = bytes.toBase64().match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** DER doesn't say which of the forms of a key it is. */
async function keyOf(key: Uint8Array<ArrayBuffer>, what: string): Promise<string> {
  const { createPrivateKey } = await import("node:crypto");
  const { Buffer } = await import("node:buffer");
  for (const type of ["pkcs8", "pkcs1", "sec1"] as const) {
    try {
      const read = createPrivateKey({ key: Buffer.from(key), format: "der", type });
      return String(read.export({ format: "pem", type: "pkcs8" }));
    } catch {
      // The next form may be the right one.
    }
  }
  throw new InferenceError("FILE", `Cannot read ${what}: it is DER, but no private key`, {
    hint: "an encrypted key has to be decrypted first: openssl pkey -in KEY -out PLAIN_KEY",
  });
}
