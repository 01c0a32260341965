/** Whether shared memory can be tried: on Linux, with all of Deno's permissions. */
export const WITH_SHARED_MEMORY: boolean = Deno.build.os === "linux" &&
  Deno.permissions.querySync({ name: "ffi" }).state === "granted";
