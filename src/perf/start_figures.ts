/**
 * A start together with other tasks.
 *
 * @module
 */

/** How a start together with other tasks went. */
export interface StartFigures {
  readonly by: "start-at" | "barrier";
  /** The moment that was agreed on, ISO 8601. */
  readonly at: string;
  /** The same by this task's own clock, in milliseconds since 1970. */
  readonly atMs: number;
  /** How long after it the load began. */
  readonly lateMs: number;
  /** How far the tasks' clocks are apart, as far as that can be seen. */
  readonly clockSkewMs?: number;
}
