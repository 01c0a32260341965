/**
 * Node's errors as the ones that Deno would throw.
 *
 * @module
 */

function errorClass(name: string): new (message?: string, options?: ErrorOptions) => Error {
  return class extends Error {
    override name = name;
  };
}

/** Deno.errors, as far as this project looks at it. */
export const errors = {
  AddrInUse: errorClass("AddrInUse"),
  AlreadyExists: errorClass("AlreadyExists"),
  BrokenPipe: errorClass("BrokenPipe"),
  ConnectionAborted: errorClass("ConnectionAborted"),
  ConnectionRefused: errorClass("ConnectionRefused"),
  ConnectionReset: errorClass("ConnectionReset"),
  Interrupted: errorClass("Interrupted"),
  InvalidData: errorClass("InvalidData"),
  IsADirectory: errorClass("IsADirectory"),
  NotADirectory: errorClass("NotADirectory"),
  NotCapable: errorClass("NotCapable"),
  NotConnected: errorClass("NotConnected"),
  NotFound: errorClass("NotFound"),
  PermissionDenied: errorClass("PermissionDenied"),
  WouldBlock: errorClass("WouldBlock"),
} as const;

const BY_CODE: Readonly<Record<string, keyof typeof errors>> = {
  EACCES: "PermissionDenied",
  EADDRINUSE: "AddrInUse",
  EAGAIN: "WouldBlock",
  ECONNABORTED: "ConnectionAborted",
  ECONNREFUSED: "ConnectionRefused",
  ECONNRESET: "ConnectionReset",
  EEXIST: "AlreadyExists",
  EISDIR: "IsADirectory",
  ENOENT: "NotFound",
  ENOTCONN: "NotConnected",
  ENOTDIR: "NotADirectory",
  EPERM: "PermissionDenied",
  EPIPE: "BrokenPipe",
};

const TLS_CODE = /^(?:ERR_(?:TLS|SSL)|EPROTO|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/;

/** The error that Deno would throw for one of Node's. */
export function denoError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code = "" } = error as { code?: string };
  const name = TLS_CODE.test(code) ? "InvalidData" : BY_CODE[code];
  return name === undefined ? error : new errors[name](error.message, { cause: error });
}

/** Does something, with Deno's errors. */
export async function translated<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw denoError(error);
  }
}

/** {@linkcode translated} for what does not wait. */
export function translatedSync<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw denoError(error);
  }
}
