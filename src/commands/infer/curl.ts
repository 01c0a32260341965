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

/**
 * The command; its body is carried in base64, because tensors are bytes.
 *
 * @param request what would be sent, undefined over gRPC
 * @param baseUrl scheme, host and port
 * @param credential where the secret of its Authorization header is: the command reads it there
 * @throws {InferenceError} USAGE over gRPC
 */
export function curlCommand(
  request: HttpRequest | undefined,
  baseUrl: string,
  credential?: Credential,
): string {
  if (request === undefined) {
    throw new InferenceError("USAGE", "Cannot print a gRPC request as a curl command", {
      hint: "use -i http with the server's HTTP port",
    });
  }
  const body = toBase64(concatBytes(request.body ?? []));
  const headers = request.headers.map(([name, value]) => `  -H ${quote(`${name}: ${value}`)} \\\n`);
  if (credential !== undefined) headers.push(`  ${credentialText(credential)} \\\n`);
  return `printf %s ${quote(body)} | base64 -d |\n` +
    `curl -sS --http1.1 -X ${request.method} ${quote(baseUrl + request.path)} \\\n` +
    `${headers.join("")}  --data-binary @- --output -\n`;
}

function credentialText({ kind, from, name }: Credential): string {
  const secret = from === "file" ? `$(cat ${quote(name)})` : `$${name}`;
  return kind === "basic" ? `-u "${secret}"` : `-H "Authorization: Bearer ${secret}"`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
