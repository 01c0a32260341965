/**
 * What the worker of the null server says.
 *
 * @module
 */

/** What the worker says once. */
export type NullServerReply =
  | { readonly http: string; readonly grpc: string }
  | { readonly error: string };
