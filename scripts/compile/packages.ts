/**
 * The npm packages as they lie in Deno's cache.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.ts";

/** A package of one version. */
export interface Package {
  readonly name: string;
  readonly version: string;
}

/** A file of a package. */
export interface PackageFile extends Package {
  readonly url: URL;
}

/** Where the packages of a registry lie. */
export interface PackageCache {
  readonly folder: URL;
  /** The last part of `folder`. */
  readonly folderName: string;
}

const FILE = /^(.*\/npm\/([^/]+)\/)((?:@[^/]+\/)?[^/@]+)\/([^/]+)\//;

/** The file that a specifier of the import map stands for. */
export function packageFile(specifier: string): PackageFile {
  const href = import.meta.resolve(specifier);
  const [, , , name, version] = parts(href, specifier);
  return { name: decodeURIComponent(name!), version: version!, url: new URL(href) };
}

/** The cache that the project's packages come from, told by one of them. */
export function packageCache(): PackageCache {
  const specifier = "imagescript";
  const [, folder, folderName] = parts(import.meta.resolve(specifier), specifier);
  return { folder: new URL(folder!), folderName: folderName! };
}

function parts(href: string, specifier: string): RegExpExecArray {
  const match = FILE.exec(href);
  if (!match) {
    throw new Failure(`cannot find ${specifier} in Deno's package cache: it resolves to ${href}`);
  }
  return match;
}

/** The package that a module's name (see finish.ts) belongs to; undefined when it is the project's. */
export function packageOf(module: string): Package | undefined {
  const match = /^npm:((?:@[^/]+\/)?[^/]+)\/([^/]+)\//.exec(module);
  return match ? { name: match[1]!, version: match[2]! } : undefined;
}

/** What a package says of its licence. */
export interface Licence {
  /** SPDX expression of its package.json. */
  readonly expression: string;
  /** The licence file; undefined when the package has none. */
  readonly text?: string;
}

/** Of a choice of licences the file that the project goes by. */
const FILES = ["LICENSE.MIT", "LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"];

/** Reads a package's licence. */
export async function readLicence(
  { name, version }: Package,
  cache: PackageCache,
): Promise<Licence> {
  const folder = new URL(`${name}/${version}/`, cache.folder);
  // The older form is a list of alternatives.
  const { licenses, license = licenses?.[0]?.type } = JSON.parse(
    await Deno.readTextFile(new URL("package.json", folder)),
  );
  if (typeof license !== "string") {
    throw new Failure(
      `cannot tell the licence of ${name}@${version}: see ${fileURLToPath(folder)}`,
    );
  }
  for (const file of FILES) {
    try {
      return { expression: license, text: await Deno.readTextFile(new URL(file, folder)) };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return { expression: license };
}
