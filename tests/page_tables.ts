/**
 * What the tables of a page must say, straight from the JSON of its run: each cell by its table's id and
 * its column's key. Nothing of the page's own code is used.
 *
 * @module
 */

// deno-lint-ignore no-explicit-any
type Json = any;
/** A row's cells by column; cells that a run has nothing for are left out. */
export type Cells = Record<string, string>;
/** The rows of all tables by id. */
export type Tables = Record<string, Cells[]>;

/** Reads all tables in a browser: texts of cells, and of bars the widths of their parts. */
export const READ_TABLES =
  `Object.fromEntries([...document.querySelectorAll("table")].map((table) => {
  const keys = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.k);
  return [table.id, [...table.tBodies[0].rows].map((row) => Object.fromEntries(
    keys.flatMap((key, i) => key === "bar" || row.cells[i].textContent === "" ? []
      : [[key, row.cells[i].textContent.replaceAll("\\u00a0", " ").replace(/\\n$/, "")]])))];
}))`;

const fixed = (digits: number) => (value: unknown) =>
  typeof value !== "number"
    ? undefined
    : new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(Number(value.toFixed(digits)));
const rate = fixed(1);
const count = fixed(0);
const ms = (us: unknown) => typeof us === "number" ? fixed(3)(us / 1000) : undefined;
const percent = (share: unknown) =>
  typeof share === "number" ? `${(100 * share).toFixed(2)} %` : undefined;
const six = (value: unknown) =>
  typeof value === "number" ? String(Number(value.toPrecision(6))) : undefined;
const interval = (ci: Json, write: (value: unknown) => string | undefined) =>
  ci === undefined ? undefined : `${write(ci[0])} to ${write(ci[1])}`;
const text = (value: unknown) => value === undefined ? undefined : String(value);

function cells(all: Record<string, string | undefined>): Cells {
  return Object.fromEntries(
    Object.entries(all).filter((one): one is [string, string] => (one[1] ?? "") !== ""),
  );
}

const loadOf = ({ requestRate, concurrency }: Json) =>
  requestRate === undefined ? `concurrency ${concurrency}` : `request rate ${requestRate}`;
const percentileOf = (times: Json, wanted: number) =>
  times?.percentiles.find(({ percentile }: Json) => percentile === wanted)?.us;
const withServers = (server: Json): Json[] =>
  server === undefined ? [] : [server, ...(server.composing ?? []).flatMap(withServers)];

/** The same of tables that were read from the file's text, of those that list figures. */
export function figureTables(tables: Iterable<[string, Cells[]]>): Tables {
  const shown = (row: Cells) =>
    Object.entries(row).flatMap(([key, value]): [string, string][] =>
      key === "bar" || value === "" ? [] : [[key, value.replaceAll("\u00a0", " ")]]
    );
  return Object.fromEntries(
    [...tables].filter(([id]) => !/^run\d+-(?:environment|settings)$/.test(id))
      .map(([id, rows]) => [id, rows.map((row) => Object.fromEntries(shown(row)))]),
  );
}

/** The tables of a page of one run, but those that only list settings. */
export function expectedTables(run: Json): Tables {
  const all: Tables = {
    levels: run.levels.map((level: Json) => levelRow(run, level)),
    spectrum: run.levels.flatMap(spectrumRows),
    time: run.levels.flatMap((level: Json) => timeRows(level, run.model.name)),
    timeline: timelineRows(run.levels),
    "run0-shards": run.levels.flatMap((_: Json, i: number) =>
      (run.merge?.parts ?? []).map(({ index, environment, levels }: Json) =>
        cells({
          ...{ shard: count(index), load: loadOf(levels[i]) },
          rate: rate(levels[i].reported.inferPerSecond),
          avg: ms(levels[i].reported.latency?.averageUs),
          failed: count(levels[i].reported.failedCount),
          cpu: percent(levels[i].reported.client.cpuShare),
          outcome: levels[i].outcome,
          address: environment.address,
        })
      )
    ),
  };
  run.levels.forEach((level: Json, i: number) => {
    for (const [name, rows] of Object.entries(detailTables(run, level))) {
      all[`run0-level${i}-${name}`] = rows;
    }
  });
  return Object.fromEntries(Object.entries(all).filter(([, rows]) => rows.length > 0));
}

/** The level with the most throughput for its latency, of three and more. */
function kneeOf(levels: Json[]): Json {
  const power = ({ reported }: Json) => reported.inferPerSecond / reported.latency.averageUs;
  const some = levels.filter(({ reported }) => reported.latency?.averageUs > 0);
  return some.length < 3 ? undefined : some.reduce((a, b) => power(b) > power(a) ? b : a);
}

function levelRow(run: Json, level: Json): Cells {
  const { reported, outcome } = level;
  return cells({
    load: loadOf(level),
    rate: rate(reported.inferPerSecond),
    rateCi: interval(reported.inferPerSecondCi95, rate),
    avg: ms(reported.latency?.averageUs),
    avgCi: interval(reported.latency?.averageCi95, ms),
    ...Object.fromEntries((reported.latency?.percentiles ?? []).flatMap((one: Json) => [
      [`p${one.percentile}`, ms(one.us)],
      [`p${one.percentile}Ci`, interval(one.ci95, ms)],
    ])),
    requests: count(reported.requestCount),
    failed: count(reported.failedCount),
    errors: percent(reported.errorRate),
    cpu: percent(reported.client.cpuShare),
    outcome: level === kneeOf(run.levels) ? `${outcome}, knee` : outcome,
  });
}

function spectrumRows(level: Json): Cells[] {
  const { latency } = level.reported;
  if (latency === undefined) return [];
  const points = latency.spectrum?.length > 0 ? latency.spectrum : [
    { percentile: 0, us: latency.minUs },
    ...latency.percentiles,
    { percentile: 100, us: latency.maxUs },
  ];
  return points.map(({ percentile, us }: Json) =>
    cells({
      series: loadOf(level),
      percentile: String(Number(percentile.toPrecision(8))),
      ms: ms(us),
    })
  );
}

function serverParts(server: Json): Record<string, string | undefined> {
  if (server === undefined || server.requestCount === 0) return {};
  const parts = [server.queueUs, server.computeInputUs, server.computeUs, server.computeOutputUs];
  const rest = Math.max(0, parts.reduce((left, us) => left - us, server.totalUs));
  return Object.fromEntries([...parts, rest].map((us, i) => [`part${i + 3}`, ms(us)]));
}

function composingRows(server: Json, load: string): Cells[] {
  return (server?.composing ?? []).flatMap((child: Json) => {
    const calls = server.requestCount === 0 ? 1 : child.requestCount / server.requestCount;
    const several = calls < 1.5 ? "" : `, one of ${Number(calls.toPrecision(2))} calls`;
    return [
      cells({ load, model: `part ${child.modelName}${several}`, ...serverParts(child) }),
      ...composingRows(child, load),
    ];
  });
}

function timeRows(level: Json, name: string): Cells[] {
  const { latency, client, server, models } = level.reported;
  const load = loadOf(level);
  if (latency === undefined) return [];
  const above = (us: number) => ms(Math.max(0, us));
  if (models !== undefined) {
    return models.flatMap((model: Json) => [
      cells({
        ...{ load, model: model.name },
        part2: above(model.latency.averageUs - (model.server?.totalUs ?? 0)),
        ...serverParts(model.server),
      }),
      ...composingRows(model.server, load),
    ]);
  }
  const late = level.requestRate === undefined ? undefined : client.delayUs;
  return [
    cells({
      ...{ load, model: name },
      part0: ms(late),
      part1: above(latency.averageUs - (late ?? 0) - client.requestUs),
      part2: above(client.requestUs - (server?.totalUs ?? 0)),
      ...serverParts(server),
    }),
    ...composingRows(server, load),
  ];
}

function timelineRows(levels: Json[]): Cells[] {
  let start = 0;
  return levels.flatMap((level) => {
    const { timeline = [] } = level;
    const from = start;
    start += timeline.length === 0 ? 0 : timeline.at(-1).second + 1;
    return timeline.map((point: Json) =>
      cells({
        ...{ second: count(from + point.second), load: loadOf(level), pass: count(point.pass) },
        ...{ rate: rate(point.inferPerSecond), requests: count(point.requestCount) },
        ...{ p50: ms(point.p50Us), p90: ms(point.p90Us), p99: ms(point.p99Us) },
        ...{ failed: count(point.failedCount), inFlight: rate(point.inFlight) },
      })
    );
  });
}

function detailTables(run: Json, { reported, passes, errors, requestRate }: Json): Tables {
  const part = (one: Json) =>
    cells({
      ...{ name: one.address ?? one.name, share: percent(one.requestShare) },
      ...{ rate: rate(one.requestPerSecond), requests: count(one.requestCount) },
      ...{ failed: count(one.failedCount), avg: ms(one.latency?.averageUs) },
      ...{ p50: ms(percentileOf(one.latency, 50)), p99: ms(percentileOf(one.latency, 99)) },
    });
  const times = requestRate === undefined ? { Latency: reported.latency } : {
    "Response, from the schedule on": reported.latency,
    "Service, from the send on": reported.serviceLatency,
    "Delay of the send": reported.delay,
  };
  const named: [string, Json][] = Object.entries({
    ...times,
    "First answer": reported.responses?.first,
    "Between answers": reported.responses?.between,
  });
  return {
    passes: passes.map((pass: Json) =>
      cells({
        pass: count(pass.pass),
        note: pass.pass === reported.pass ? "reported" : pass.complete ? undefined : "cut short",
        rate: rate(pass.inferPerSecond),
        sequences: pass.sequenceCount > 0 ? rate(pass.sequencePerSecond) : undefined,
        avg: ms(pass.latency?.averageUs),
        p50: ms(percentileOf(pass.latency, 50)),
        p99: ms(percentileOf(pass.latency, 99)),
        requests: count(pass.requestCount),
        failed: count(pass.failedCount),
        errors: percent(pass.errorRate),
        cpu: percent(pass.client.cpuShare),
        top1: percent(pass.accuracy?.top1),
      })
    ),
    latencies: named.filter(([, one]) => one !== undefined).map(([name, one]) =>
      cells({
        ...{ name, count: count(one.count), min: ms(one.minUs), avg: ms(one.averageUs) },
        ...{ dev: ms(one.deviationUs), max: ms(one.maxUs) },
        ...Object.fromEntries(one.percentiles.map((p: Json) => [`p${p.percentile}`, ms(p.us)])),
      })
    ),
    histogram: (reported.latency?.histogram ?? []).map((bin: Json) =>
      cells({ upTo: ms(bin.upToUs), count: count(bin.count) })
    ),
    errors: errors.map((group: Json) =>
      cells({ code: group.code, count: count(group.count), message: group.message })
    ),
    server: withServers(reported.server).map((server) => {
      const cached = server.cacheHitCount + server.cacheMissCount > 0;
      return cells({
        model: `${server.modelName}, version ${server.modelVersion}`,
        ...{ requests: count(server.requestCount), failed: count(server.failedCount) },
        inferences: count(server.inferenceCount),
        executions: count(server.executionCount),
        ...{ total: ms(server.totalUs), queue: ms(server.queueUs) },
        ...{ input: ms(server.computeInputUs), infer: ms(server.computeUs) },
        output: ms(server.computeOutputUs),
        hits: cached ? count(server.cacheHitCount) : undefined,
        misses: cached ? count(server.cacheMissCount) : undefined,
      });
    }),
    addresses: (reported.addresses ?? []).map(part),
    models: (reported.models ?? []).map(part),
    metrics: (reported.metrics ?? []).flatMap(({ url, series }: Json) =>
      series.filter(({ family, maximum }: Json) => isShown(run, family, maximum))
        .map((one: Json) =>
          cells({
            series: one.name + labelsText(one.labels),
            ...{ average: six(one.average), maximum: six(one.maximum) },
            ...{ increase: six(one.increase), perSecond: six(one.perSecond) },
            page: reported.metrics.length > 1 ? text(url) : undefined,
          })
        )
    ),
  };
}

function isShown({ settings }: Json, family: string, maximum: unknown): boolean {
  if (settings.metrics?.families?.includes(family)) return true;
  if (family === "nv_inference_pending_request_count" && maximum === 0) return false;
  return /^nv_(gpu|cpu|energy|inference_pending)_/.test(family);
}

function labelsText(labels: Record<string, string>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}
