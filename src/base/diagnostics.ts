/**
 * Events for whoever watches, over `node:diagnostics_channel` where the engine has it (Node, Deno, Bun).
 * While nobody listens an event costs a comparison.
 *
 * @module
 */

/** The events; the channel's name is `trtis:` and the event's. */
export type DiagnosticsEvent = "request" | "response" | "error" | "retry" | "connection";

interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface DiagnosticsModule {
  channel(name: string): Channel;
}

interface ProcessLike {
  getBuiltinModule?(name: string): unknown;
}

let module: DiagnosticsModule | null | undefined;
const channels = new Map<DiagnosticsEvent, Channel | undefined>();

function channelOf(event: DiagnosticsEvent): Channel | undefined {
  if (module === undefined) {
    const { process } = globalThis as { process?: ProcessLike };
    module = process?.getBuiltinModule?.("node:diagnostics_channel") as DiagnosticsModule ?? null;
  }
  if (!channels.has(event)) channels.set(event, module?.channel(`trtis:${event}`));
  return channels.get(event);
}

/** Whether anybody listens for the event. */
export function isWatched(event: DiagnosticsEvent): boolean {
  return channelOf(event)?.hasSubscribers ?? false;
}

/** Tells whoever listens. The message is only made when somebody does. */
export function publish(event: DiagnosticsEvent, message: () => unknown): void {
  const channel = channelOf(event);
  if (channel?.hasSubscribers) channel.publish(message());
}
