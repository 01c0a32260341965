/**
 * A token, or a user's name and password, from a file or the environment: on no command line, and in no
 * message.
 *
 * @module
 */
import { InferenceError } from "./errors.ts";
import { fileError } from "./file_error.ts";

/** Where a secret is, and how it is sent; plain data without the secret itself. */
export interface Credential {
  /** `Authorization: Bearer TOKEN`, or `Basic` with `user:password`. */
  readonly kind: "bearer" | "basic";
  readonly from: "file" | "environment";
  /** The file's path or the variable's name. */
  readonly name: string;
}

/** What RFC 6750 allows in a token. */
const TOKEN = /^[A-Za-z0-9._~+\/-]+=*$/;
/** Line ends and other control characters would end the header. */
const CONTROL = /\p{Cc}/u;

/**
 * The header that a credential makes, read anew.
 *
 * @throws {InferenceError} FILE when the file can't be read, USAGE when it holds no credential
 */
export async function credentialHeader(
  credential: Credential,
): Promise<readonly [name: string, value: string]> {
  const text = (await readSecret(credential)).trim();
  const what = credential.from === "file" ? "the file" : "the variable";
  const bad = (why: string) =>
    new InferenceError("USAGE", `Cannot use ${what} ${credential.name}: ${why}`);
  if (text === "") throw bad("it is empty");
  if (credential.kind === "bearer") {
    if (!TOKEN.test(text)) throw bad("it holds more than one token, or no token");
    return ["Authorization", `Bearer ${text}`];
  }
  if (!text.includes(":") || CONTROL.test(text)) throw bad("expected user:password in one line");
  return ["Authorization", `Basic ${new TextEncoder().encode(text).toBase64()}`];
}

async function readSecret({ from, name, kind }: Credential): Promise<string> {
  if (from === "environment") return Deno.env.get(name) ?? "";
  try {
    return await Deno.readTextFile(name);
  } catch (error) {
    const what = kind === "bearer" ? "token" : "user and password";
    throw fileError(error, `Cannot read the ${what} from ${name}`);
  }
}

/** A credential's header that is kept, and read again when a server refuses it. */
export class CredentialKeeper {
  readonly #credential: Credential;
  #header: readonly [string, string] | undefined;
  #reading: Promise<boolean> | undefined;

  constructor(credential: Credential, header?: readonly [string, string]) {
    this.#credential = credential;
    this.#header = header;
  }

  /** @throws {InferenceError} as {@linkcode credentialHeader} */
  async header(): Promise<readonly [string, string]> {
    return this.#header ??= await credentialHeader(this.#credential);
  }

  /** The header as it was read last. */
  get current(): readonly [string, string] | undefined {
    return this.#header;
  }

  /**
   * Reads it again; requests that are refused at the same time read it once.
   *
   * @returns whether there is another one now
   */
  renew(): Promise<boolean> {
    return this.#reading ??= this.#renew().finally(() => this.#reading = undefined);
  }

  async #renew(): Promise<boolean> {
    const before = this.#header?.[1];
    try {
      this.#header = await credentialHeader(this.#credential);
    } catch {
      // What was refused stays refused; the server's word is what the caller should hear.
      return false;
    }
    return this.#header[1] !== before;
  }
}
