/**
 * Text in HTML pages that this program writes: whatever it says, it stays text.
 *
 * @module
 */
import { toBase64 } from "./base64.ts";

/** Text as HTML; safe in attributes too. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"'\0]/g, (found) => `&#${found.charCodeAt(0) || 0xfffd};`);
}

/** A name that may be written from right to left takes nothing around it along. */
export function nameHtml(value: string): string {
  return `<bdi>${escapeHtml(value)}</bdi>`;
}

/** What a Content-Security-Policy calls an inline script or style. */
export async function policyHash(part: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(part));
  return `'sha256-${toBase64(new Uint8Array(hash))}'`;
}
