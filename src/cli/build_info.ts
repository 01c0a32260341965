/**
 * What this build is. The compile script stamps the commit; the version is that of deno.json.
 *
 * @module
 */

/** The program's version. */
export const VERSION = "0.1.0";

/** The commit that the program was built from; empty when it runs from source. */
export const COMMIT = "";
