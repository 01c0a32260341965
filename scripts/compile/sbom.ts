/**
 * What an executable is made of, as a bill of materials (CycloneDX) and as the licences that have to
 * come with it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Licence, Package } from "./packages.ts";
import { packageOf } from "./packages.ts";
import type { Stage, Stamp } from "./stage.ts";

/** A package with its licence. */
export interface LicensedPackage extends Package {
  readonly licence: Licence;
}

/** The bill of materials, JSON text. Two builds of the same sources give the same text. */
export function billOfMaterials(
  stage: Stage,
  packages: readonly LicensedPackage[],
  stamp: Stamp,
  time: Date,
): string {
  const rootRef = `trtis@${stamp.version}`;
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: time.toISOString(),
      component: {
        ...{ type: "application", "bom-ref": rootRef, name: "trtis", version: stamp.version },
        licenses: [{ license: { id: "MIT" } }],
        properties: [{ name: "trtis:commit", value: stamp.commit }],
      },
    },
    components: [
      {
        ...{ type: "platform", "bom-ref": `deno@${Deno.version.deno}`, name: "deno" },
        ...{ version: Deno.version.deno, licenses: [{ license: { id: "MIT" } }] },
        description: `denort, with V8 ${Deno.version.v8}`,
      },
      ...packages.map((one) => component(stage, one)),
    ],
    dependencies: [
      {
        ref: rootRef,
        dependsOn: [`deno@${Deno.version.deno}`, ...packages.map(purl)],
      },
    ],
  };
  const serialNumber = `urn:uuid:${uuidOf(JSON.stringify(bill))}`;
  const { bomFormat, specVersion, ...rest } = bill;
  return JSON.stringify({ bomFormat, specVersion, serialNumber, ...rest }, null, 2) + "\n";
}

function component(stage: Stage, one: LicensedPackage) {
  const { name, version, licence } = one;
  const isMine = (other: Package | undefined) => other?.name === name && other.version === version;
  const data = stage.files.filter(({ from }) => isMine(from));
  const scriptBytes = stage.files.flatMap(({ modules }) => modules)
    .filter((module) => isMine(packageOf(module.name)))
    .reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    ...{ type: "library", "bom-ref": purl(one), name, version, purl: purl(one) },
    licenses: [
      /[ (]/.test(licence.expression)
        ? { expression: licence.expression.replace(/^\((.*)\)$/, "$1") }
        : { license: { id: licence.expression } },
    ],
    properties: [{ name: "trtis:script-bytes", value: String(scriptBytes) }],
    components: data.map(({ path, bytes }) => ({
      ...{ type: "file", "bom-ref": path, name: path },
      hashes: [{ alg: "SHA-256", content: sha256(bytes) }],
    })),
  };
}

function purl({ name, version }: Package): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** Hex digest. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A UUID of version 8 (custom) from a text. */
function uuidOf(text: string): string {
  const hex = sha256(text).slice(0, 32).split("");
  hex[12] = "8";
  hex[16] = "89ab"[parseInt(hex[16]!, 16) & 3]!;
  return hex.join("").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The licences of everything inside, for people. */
export function licenceNotices(packages: readonly LicensedPackage[]): string {
  const deno = `Deno ${Deno.version.deno} with V8 ${Deno.version.v8}`;
  const parts = packages.map(({ name, version, licence }) =>
    `${name} ${version}\n${licence.expression}\n\n${
      licence.text?.trim() ?? "The package states this licence and holds no text of it."
    }\n`
  );
  return `The executable holds ${deno} (MIT; its own parts are listed with Deno's releases) and these packages.\n\n` +
    parts.map((part) => `${"=".repeat(80)}\n${part}`).join("\n");
}
