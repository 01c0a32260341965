/**
 * What stands in for platform.ts in a browser: no files, no sockets; what needs them fails when it is
 * called.
 *
 * @module
 */

const web = globalThis as unknown as Record<string, unknown>;

/** Deno's errors: only their names are asked for. */
const errors = new Proxy({} as Record<string, new () => Error>, {
  get: (made, name: string) => made[name] ??= class extends Error {},
});

const parts: Record<string, unknown> = {
  errors,
  build: { os: "linux", arch: "", standalone: false },
  version: { deno: "none", v8: "", typescript: "" },
  unrefTimer: () => {},
};

/** The namespace. */
export const Deno = web.Deno ?? new Proxy(parts, {
  get: (known, name: string) =>
    known[name] ?? (() => {
      throw new Error(`there is no Deno.${name} in a browser`);
    }),
});

/** See the web's Worker. */
export const Worker = web.Worker;

/** The scope of a worker. */
export const self = web.self;

/** See the web's navigator. */
export const navigator = web.navigator;
