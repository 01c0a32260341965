/**
 * Where a request's time goes, on average, as far as client and server tell.
 *
 * @module
 */
import { loadName } from "../report/text.ts";
import type { LevelResult, PassResult, ServerFigures } from "../types.ts";
import { bar } from "./bars.ts";
import { ms } from "./format.ts";
import { type Cell, type Table, withoutEmpty } from "./table.ts";
import type { PageRun } from "./types.ts";

/** The parts, in the order of a request. */
export const PARTS = [
  "late sending",
  "client",
  "network",
  "server: queue",
  "server: compute input",
  "server: compute infer",
  "server: compute output",
  "server: rest",
] as const;

interface Entry {
  readonly load: string;
  readonly model: string;
  /** Microseconds, in the order of {@linkcode PARTS}; undefined where nobody knows. */
  readonly parts: readonly (number | undefined)[];
}

/** The table; undefined when nothing was measured. */
export function timeTable(runs: readonly PageRun[]): Table | undefined {
  const entries = runs.flatMap(({ name, report }) =>
    report.levels.flatMap((level) => {
      const load = runs.length > 1 ? `${name}: ${loadName(level)}` : loadName(level);
      return entriesOf(level, load, report.model.name);
    })
  );
  if (entries.length === 0) return undefined;
  const total = ({ parts }: Entry) => parts.reduce<number>((sum, us) => sum + (us ?? 0), 0);
  const most = Math.max(...entries.map(total));
  return withoutEmpty({
    id: "time",
    caption: "Where the time of a request goes, average in ms",
    columns: [
      { key: "load", title: "Load" },
      { key: "bar", title: "" },
      { key: "model", title: "Model" },
      ...PARTS.map((title, i) => ({ key: `part${i}`, title, figure: true })),
    ],
    rows: entries.map((entry) => ({
      cells: [
        entry.load,
        bar(
          entry.parts.map((us, kind) => (
            { kind, title: `${PARTS[kind]} ${ms(us)} ms`, value: us ?? 0 }
          )),
          most,
        ),
        entry.model,
        ...entry.parts.map((us): Cell => ms(us)),
      ],
    })),
  });
}

function entriesOf({ reported, ...level }: LevelResult, load: string, name: string): Entry[] {
  const { latency, models, server } = reported;
  if (latency === undefined) return [];
  if (models !== undefined) {
    return models.flatMap((model) => {
      if (model.latency === undefined) return [];
      const whole = model.latency.averageUs;
      const parts = serverParts(model.server);
      const rest = model.server === undefined ? whole : above(whole - model.server.totalUs);
      return [
        { load, model: model.name, parts: [undefined, undefined, rest, ...parts] },
        ...composing(model.server, load),
      ];
    });
  }
  const own = clientParts(reported, level.requestRate !== undefined);
  return [
    { load, model: name, parts: [...own, ...serverParts(server)] },
    ...composing(server, load),
  ];
}

function clientParts({ latency, client, server }: PassResult, scheduled: boolean) {
  const late = scheduled ? client.delayUs : undefined;
  const inClient = above(latency!.averageUs - (late ?? 0) - client.requestUs);
  return [late, inClient, above(client.requestUs - (server?.totalUs ?? 0))];
}

function serverParts(server: ServerFigures | undefined): (number | undefined)[] {
  if (server === undefined || server.requestCount === 0) return Array(5).fill(undefined);
  const { queueUs, computeInputUs, computeUs, computeOutputUs, totalUs } = server;
  const rest = above(totalUs - queueUs - computeInputUs - computeUs - computeOutputUs);
  return [queueUs, computeInputUs, computeUs, computeOutputUs, rest];
}

function composing(server: ServerFigures | undefined, load: string): Entry[] {
  return (server?.composing ?? []).flatMap((child) => [
    {
      load,
      model: `part ${child.modelName}${callsText(child, server!)}`,
      parts: [undefined, undefined, undefined, ...serverParts(child)],
    },
    ...composing(child, load),
  ]);
}

/** An ensemble may ask one model several times; the figures are those of one call. */
function callsText(child: ServerFigures, { requestCount }: ServerFigures): string {
  const calls = requestCount === 0 ? 1 : child.requestCount / requestCount;
  return calls < 1.5 ? "" : `, one of ${Number(calls.toPrecision(2))} calls`;
}

const above = (us: number) => Math.max(0, us);
