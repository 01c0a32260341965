/**
 * How many executions of a model may run at the same time, by its configuration.
 *
 * @module
 */

/** A group of instances; both protocols have it. */
export interface InstanceGroup {
  /** Instances, on each of the GPUs if there are any. */
  readonly count?: number;
  /** Their numbers. */
  readonly gpus?: readonly number[];
  /** `KIND_GPU`, `KIND_CPU`, `KIND_MODEL`, `KIND_AUTO`. */
  readonly kind?: string | number;
}

/** The number as a field; none when the configuration leaves it to the server. */
export function instancesOf(
  groups: readonly InstanceGroup[] = [],
): { readonly instances?: number } {
  let instances = 0;
  for (const { count = 0, gpus = [], kind } of groups) {
    // On each GPU of the machine, and how many it has isn't said.
    if (count <= 0 || kind === "KIND_GPU" && gpus.length === 0) return {};
    instances += count * Math.max(1, gpus.length);
  }
  return instances > 0 ? { instances } : {};
}
