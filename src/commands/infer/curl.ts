/**
 * A request as a curl command that a shell can run.
 *
 * @module
 */
import type { Credential } from "../../base/credential.ts";
import { toBase64 } from "../../base/base64.ts";
import { concatBytes } from "../../base/bytes.ts";
import { InferenceError } from "../../base/errors.ts";
import type { HttpRequest } from "../../transport/types.ts";

/** What may hold a secret: the command reads it where it is, or from a variable. */
export interface CurlSecrets {
  /** Where the secret of the Authorization header is. */
  readonly credential?: Credential;
  /** Headers that the user gave; their values stay out of the command. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * The command; its body is carried in base64, because tensors are bytes.
 *
 * @param request what would be sent, undefined over gRPC
 * @param baseUrl scheme, host and port
 * @throws {InferenceError} USAGE over gRPC
 */
export function curlCommand(
  request: HttpRequest | undefined,
  baseUrl: string,
  { credential, headers: given }: CurlSecrets,
): string {
  if (request === undefined) {
    throw new InferenceError("USAGE", "Cannot print a gRPC request as a curl command", {
      hint: "use -i http with the server's HTTP port",
    });
  }
  const body = toBase64(concatBytes(request.body ?? []));
  const isGiven = (name: string, value: string) =>
    given.some((own) => own[0] === name && own[1] === value);
  const headers = request.headers
    .filter(([name, value]) => !isGiven(name, value))
    .map(([name, value]) => `  -H ${quote(`${name}: ${value}`)} \\\n`);
  const variables = given.map(([name], i) => [name, variableOf(name, i, given)] as const);
  headers.push(
    ...variables.map(([name, variable]) => `  -H ${quote(`${name}: `)}"$${variable}" \\\n`),
  );
  // A shell that lacks one of them stops here and says so.
  const needs = variables.map(([name, variable]) =>
    `: "\${${variable}:?set it to the value of the header ${plain(name)}}"\n`
  ).join("");
  if (credential !== undefined) headers.push(`  ${credentialText(credential)} \\\n`);
  return `${needs}printf %s ${quote(body)} | base64 -d |\n` +
    `curl -sS --http1.1 -X ${request.method} ${quote(baseUrl + request.path)} \\\n` +
    `${headers.join("")}  --data-binary @- --output -\n`;
}

function credentialText({ kind, from, name }: Credential): string {
  const secret = from === "file" ? `$(cat ${quote(name)})` : `$${name}`;
  return kind === "basic" ? `-u "${secret}"` : `-H "Authorization: Bearer ${secret}"`;
}

/** A variable that no shell has of its own; headers given twice have two. */
function variableOf(name: string, at: number, given: CurlSecrets["headers"]): string {
  const base = (name: string) => `HEADER_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;
  const before = given.slice(0, at).filter(([other]) => base(other) === base(name)).length;
  return base(name) + (before === 0 ? "" : `_${before + 1}`);
}

/** Some characters of header names mean something between double quotes. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9-]/g, "_");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
