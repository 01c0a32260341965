/**
 * What deno.json says of the project.
 *
 * @module
 */

/** The project's folder. */
export const ROOT: URL = new URL("../../", import.meta.url);

type Grant = boolean | readonly string[];
type Permission = Grant | { allow?: Grant; deny?: Grant; ignore?: Grant };

/** A set of permissions as deno.json writes it. */
export type PermissionSet = Readonly<Record<string, Permission>>;

/** The parts of deno.json that a build needs. */
export interface Project {
  readonly version: string;
  readonly imports: Readonly<Record<string, string>>;
  /** The library's entry points and the command's, e.g. `./mod.ts`. */
  readonly exports: Readonly<Record<string, string>>;
  /** Flags for the permissions that are baked in. */
  readonly permissionFlags: readonly string[];
  /** Those for Linux, where the program itself gives up what is beyond `permissionFlags`. */
  readonly linuxPermissionFlags: readonly string[];
}

/** Reads deno.json. */
export async function readProject(root: URL = ROOT): Promise<Project> {
  const config = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const { version, imports, exports } = config;
  return {
    version,
    imports,
    exports,
    permissionFlags: permissionFlags(config.permissions.program),
    linuxPermissionFlags: permissionFlags(config.permissions["program-linux"]),
  };
}

/** The command line flags of a permission set. Whatever is not granted is refused without a question. */
export function permissionFlags(set: PermissionSet): string[] {
  const flags = Object.entries(set).flatMap(([name, permission]) => {
    const rules = typeof permission === "object" && !Array.isArray(permission)
      ? permission as { allow?: Grant; deny?: Grant; ignore?: Grant }
      : { allow: permission as Grant };
    return Object.entries(rules).flatMap(([rule, grant]) => {
      if (grant === true) return [`--${rule}-${name}`];
      return grant === false || grant.length === 0 ? [] : [`--${rule}-${name}=${grant.join(",")}`];
    });
  });
  return [...flags, "--no-prompt"];
}
