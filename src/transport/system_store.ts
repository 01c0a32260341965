/**
 * The certificate authorities that this machine trusts.
 *
 * @module
 */
import * as tls from "node:tls";
import { InferenceError } from "../base/errors.ts";

/** Their certificates, PEM. @throws {InferenceError} UNSUPPORTED where the runtime can't read them */
export function systemAuthorities(): string[] {
  // Node has it from 22.15 on.
  const { getCACertificates } = tls as { getCACertificates?(store: string): string[] };
  if (getCACertificates !== undefined) return getCACertificates("system");
  throw new InferenceError(
    "UNSUPPORTED",
    "Cannot use the system's certificate store: this runtime can't read it",
    { hint: "give a PEM file with the authorities" },
  );
}
