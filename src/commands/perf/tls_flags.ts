/**
 * The flags of TLS with perf_analyzer's names.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";
import { serverFlags } from "../shared/server_flags.ts";

/** perf_analyzer's names for the flags of TLS, over HTTP and gRPC. */
export const tlsFlags = {
  tls: { ...serverFlags.tls, aliases: ["ssl-grpc-use-ssl"] },
  ca: {
    ...serverFlags.ca,
    aliases: ["ssl-grpc-root-certifications-file", "ssl-https-ca-certificates-file"],
  },
  cert: {
    ...serverFlags.cert,
    aliases: ["ssl-grpc-certificate-chain-file", "ssl-https-client-certificate-file"],
  },
  verifyPeer: {
    kind: "choice",
    long: "ssl-https-verify-peer",
    choices: ["0", "1"],
    default: "1",
    hidden: true,
    help: "0 is --insecure",
  },
  verifyHost: {
    kind: "choice",
    long: "ssl-https-verify-host",
    choices: ["0", "1", "2"],
    default: "2",
    hidden: true,
    help: "0 goes with --ssl-https-verify-peer 0",
  },
  key: {
    ...serverFlags.key,
    aliases: ["ssl-grpc-private-key-file", "ssl-https-private-key-file"],
  },
  certType: {
    kind: "choice",
    long: "ssl-https-client-certificate-type",
    choices: ["PEM", "DER"],
    hidden: true,
    help: "no effect: the file tells",
  },
  keyType: {
    kind: "choice",
    long: "ssl-https-private-key-type",
    choices: ["PEM", "DER"],
    hidden: true,
    help: "no effect: the file tells",
  },
} as const satisfies FlagTable;
