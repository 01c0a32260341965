/**
 * Which colours an image file means.
 *
 * @module
 */
import { codecOf } from "./codecs/formats.ts";
import { profileName } from "./codecs/icc.ts";

/**
 * The colour profile that is embedded in an image file, when it is not sRGB, which images are taken for.
 *
 * @returns its name; "unnamed" for one without; undefined for none, and for files that aren't images
 */
export async function foreignProfile(bytes: Uint8Array): Promise<string | undefined> {
  let icc: Uint8Array | undefined;
  try {
    icc = await codecOf(bytes).profile?.(bytes);
  } catch {
    return undefined;
  }
  if (icc === undefined) return undefined;
  const name = profileName(icc) ?? "unnamed";
  return name.toLowerCase().includes("srgb") ? undefined : name;
}
