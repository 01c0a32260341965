/**
 * What the program gives up of what it may do. Deno lets nobody open /dev/shm who may not do everything, so
 * the executable for Linux starts with all permissions, and gives them up before it does anything.
 *
 * @module
 */

/** What the program never uses: other programs, native code, facts of the system, code from elsewhere. */
const UNUSED = ["run", "ffi", "sys", "import"] as const;

/** The part of Deno that is needed. */
export interface Permissions {
  revokeSync(descriptor: { readonly name: typeof UNUSED[number] }): unknown;
}

/** Gives up, for good, what the program doesn't need; shared memory that is open stays so. */
export function giveUpPermissions(permissions: Permissions = Deno.permissions): void {
  for (const name of UNUSED) permissions.revokeSync({ name });
}

/** A command line inside of an option, too. */
const SHARED_MEMORY = /(?:^|[\s=])--shared-memory[\s=]["']?system/;

/** Whether a command line wants memory that is shared with a server. */
export function wantsSharedMemory(argv: readonly string[]): boolean {
  return argv.some((word, i) =>
    SHARED_MEMORY.test(word) || word === "--shared-memory" && argv[i + 1] === "system"
  );
}
