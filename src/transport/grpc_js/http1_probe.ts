/**
 * Finding out why a gRPC connection could not be made: whether an HTTP/1.1 server listens there.
 *
 * @module
 */
import type { ByteConn } from "../types.ts";
import { openConnection } from "../tls.ts";
import type { TransportOptions } from "../types.ts";

// The HTTP/2 connection preface and an empty SETTINGS frame (RFC 9113, 3.4): an HTTP/1.1 server takes
// it for a broken request and says so.
const PREFACE = new TextEncoder().encode(
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
);

const PROBE_TIMEOUT_MS = 1000;

/** Whether the server's first bytes to an HTTP/2 client are those of an HTTP/1.x answer. */
export async function speaksHttp1(options: TransportOptions): Promise<boolean> {
  let conn: ByteConn;
  try {
    conn = await openConnection({ ...options, connectTimeoutMs: PROBE_TIMEOUT_MS });
  } catch {
    return false;
  }
  let open = true;
  const close = () => {
    if (open) conn.close();
    open = false;
  };
  const timer = setTimeout(close, PROBE_TIMEOUT_MS);
  try {
    await conn.write(PREFACE);
    const first = new Uint8Array(5);
    const count = await conn.read(first) ?? 0;
    return new TextDecoder().decode(first.subarray(0, count)) === "HTTP/";
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    close();
  }
}
