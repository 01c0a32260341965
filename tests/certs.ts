/**
 * Certificates for tests, made when the test runs: a small DER writer over WebCrypto, so that nothing
 * has to be installed and nothing in the repository ever expires.
 *
 * @module
 */

/** A certificate and its private key, both PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority of its own and two certificates that it signed. */
export interface TestCertificates {
  /** PEM of the authority. */
  readonly ca: string;
  /** Good for the names that were asked for. */
  readonly server: TestCertificate;
  readonly client: TestCertificate;
  /** As Triton's own recipe makes it: X.509 version 1, without extensions. */
  readonly clientV1: TestCertificate;
}

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const text = new TextEncoder();

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One DER element: tag, length, contents. */
function der(tag: number, ...contents: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = concat(contents);
  const length: number[] = [];
  if (body.length < 0x80) length.push(body.length);
  else {
    for (let rest = body.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff);
    length.unshift(0x80 | length.length);
  }
  return concat([Uint8Array.of(tag, ...length), body]);
}

const sequence = (...items: Uint8Array[]) => der(0x30, ...items);
const octets = (bytes: Uint8Array) => der(0x04, bytes);
const boolean = (value: boolean) => der(0x01, Uint8Array.of(value ? 0xff : 0));
const bits = (bytes: Uint8Array, unused = 0) => der(0x03, Uint8Array.of(unused), bytes);

/** A non-negative INTEGER from big-endian bytes: no needless zeros, none that look negative. */
function integer(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const trimmed = bytes.subarray(start);
  return der(0x02, trimmed[0]! & 0x80 ? concat([Uint8Array.of(0), trimmed]) : trimmed);
}

function oid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  const bytes = [first! * 40 + second!];
  for (const arc of rest) {
    const group = [arc & 0x7f];
    for (let high = arc >>> 7; high > 0; high >>>= 7) group.unshift((high & 0x7f) | 0x80);
    bytes.push(...group);
  }
  return der(0x06, Uint8Array.from(bytes));
}

function time(at: Date): Uint8Array {
  return der(0x18, text.encode(at.toISOString().replace(/[-:T]|\.\d+/g, "")));
}

const ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

const nameOf = (common: string) =>
  sequence(der(0x31, sequence(oid("2.5.4.3"), der(0x0c, text.encode(common)))));

const extension = (id: string, critical: boolean, value: Uint8Array) =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));

function alternativeName(name: string): Uint8Array {
  const ip = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  return ip ? der(0x87, Uint8Array.from(name.split("."), Number)) : der(0x82, text.encode(name));
}

/** WebCrypto gives a signature as r and s one after the other; certificates want DER. */
function derSignature(raw: Uint8Array): Uint8Array {
  return sequence(integer(raw.subarray(0, 32)), integer(raw.subarray(32)));
}

function pem(label: string, bytes: Uint8Array): string {
  const lines = btoa(String.fromCharCode(...bytes)).match(/.{1,64}/g)!.join("\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

interface Issuer {
  readonly name: string;
  readonly key: CryptoKey;
}

async function certificate(
  name: string,
  names: readonly string[],
  issuer?: Issuer,
  version = 3,
): Promise<TestCertificate & { issuer: Issuer }> {
  const keys = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("spki", keys.publicKey));
  const privateKey = new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
  const extensions = issuer === undefined
    ? [
      extension("2.5.29.19", true, sequence(boolean(true))),
      extension("2.5.29.15", true, bits(Uint8Array.of(0x06), 1)), // keyCertSign, cRLSign
    ]
    : [
      extension("2.5.29.19", true, sequence()),
      extension("2.5.29.15", true, bits(Uint8Array.of(0x80), 7)), // digitalSignature
      extension(
        "2.5.29.37",
        false,
        sequence(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2")), // server and client
      ),
      extension("2.5.29.17", false, sequence(...names.map(alternativeName))),
    ];
  const serial = crypto.getRandomValues(new Uint8Array(16));
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  const now = Date.now();
  const day = 86_400_000;
  const toBeSigned = sequence(
    ...version === 1 ? [] : [der(0xa0, integer(Uint8Array.of(version - 1)))],
    integer(serial),
    ECDSA_SHA256,
    nameOf(issuer?.name ?? name),
    sequence(time(new Date(now - day)), time(new Date(now + day))),
    nameOf(name),
    publicKey,
    ...version === 1 ? [] : [der(0xa3, sequence(...extensions))],
  );
  const signer = issuer?.key ?? keys.privateKey;
  const signature = new Uint8Array(
    await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer, toBeSigned),
  );
  return {
    cert: pem("CERTIFICATE", sequence(toBeSigned, ECDSA_SHA256, bits(derSignature(signature)))),
    key: pem("PRIVATE KEY", privateKey),
    issuer: { name, key: keys.privateKey },
  };
}

/**
 * Makes an authority, a server certificate and a client certificate, ECDSA P-256, good for a day.
 *
 * @param names what the server certificate is good for
 */
export async function makeCertificates(
  names: readonly string[] = ["localhost", "127.0.0.1"],
): Promise<TestCertificates> {
  const authority = await certificate("trtis test authority", []);
  const server = await certificate("trtis test server", names, authority.issuer);
  const client = await certificate("trtis test client", ["client.test"], authority.issuer);
  const clientV1 = await certificate("trtis test client", [], authority.issuer, 1);
  return {
    ca: authority.cert,
    server: { cert: server.cert, key: server.key },
    client: { cert: client.cert, key: client.key },
    clientV1: { cert: clientV1.cert, key: clientV1.key },
  };
}
