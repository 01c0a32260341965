/**
 * The variables of the environment that every command heeds.
 *
 * @module
 */

/** Names, and what they do. */
export const ENVIRONMENT: readonly (readonly [names: string, help: string])[] = [
  ["NO_COLOR", "when set, nothing is coloured"],
  [
    "http_proxy, https_proxy, grpc_proxy, all_proxy",
    "proxy for servers that no_proxy doesn't name",
  ],
  ["TRTIS_TOKEN", "bearer token, where no flag names a file"],
  ["TRTIS_BASIC", "basic authentication as user:password, where no flag names a file"],
  ["TRTIS_DEBUG=1", "show where an error came from"],
];
