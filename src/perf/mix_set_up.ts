/**
 * Sets up the load of several models: each one described by a server that has it, with its own inputs.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { completeModel } from "../client/declared_inputs.ts";
import type { ModelInfo, Protocol, QueryOptions } from "../protocol/types.ts";
import { declaredInputs } from "./declared.ts";
import { loadInputData } from "./input_data/input_data.ts";
import { type LoadPlan, type MixPlan, planLoad } from "./load/plan.ts";
import type { Probe } from "./probes.ts";
import { modelTree } from "./server_probe.ts";
import type { MixEntry, PerfModel, PerfSettings } from "./types.ts";

/** What a mix is set up with. */
export interface MixParts {
  /** By address, in the order of the settings' addresses. */
  readonly fleet: readonly Protocol[];
  readonly query: QueryOptions;
  readonly random: () => number;
}

/** A mix that is ready to be sent. */
export interface MixLoad {
  readonly plan: LoadPlan;
  readonly probes: readonly Probe[];
  readonly model: PerfModel;
}

/**
 * Asks what the models look like and makes their inputs.
 *
 * @throws {InferenceError} for an unknown model, inputs that don't fit, or a model that can't be mixed
 */
export async function setUpMix(
  settings: PerfSettings,
  mix: readonly MixEntry[],
  parts: MixParts,
): Promise<MixLoad> {
  const plans: MixPlan[] = [];
  const probes: Probe[] = [];
  for (const entry of mix) {
    try {
      const { plan, probe } = await setUpEntry(settings, entry, parts);
      plans.push(plan);
      probes.push(probe);
    } catch (error) {
      const known = toInferenceError(error, "INTERNAL", "Cannot set it up");
      throw new InferenceError(known.code, `'${entry.name}' of the mix: ${known.message}`, {
        ...known,
        cause: known,
      });
    }
  }
  const name = mix.map((entry) => entry.name).join(" + ");
  return {
    plan: { ...plans[0]!.plan, mix: plans },
    probes,
    model: { name, platform: "", maxBatchSize: 0, sequence: false, decoupled: false },
  };
}

async function setUpEntry(
  settings: PerfSettings,
  entry: MixEntry,
  { fleet, query, random }: MixParts,
): Promise<{ plan: MixPlan; probe: Probe }> {
  const { modelName, modelVersion, batchSize, input, share } = entry;
  const servers = entry.addresses.map((address) => settings.addresses?.indexOf(address) ?? 0);
  const protocols = servers.map((number) => fleet[number]!);
  const [protocol, described] = await firstThatTells(
    protocols,
    (one) => one.model(modelName, modelVersion, query),
  );
  const model = completeModel(described, declaredInputs(input));
  refuseState(model);
  const data = await loadInputData(input, model, batchSize, { signal: query.signal });
  const own = { ...settings, modelName, modelVersion, batchSize, input };
  const plan = { ...planLoad(own, model, data, random), ...data };
  const tree = await modelTree(protocol, model, modelVersion, query);
  return { plan: { plan, share, servers }, probe: { tree, protocols } };
}

function refuseState(model: ModelInfo): void {
  const kind = model.scheduling === "sequence"
    ? "stateful"
    : model.decoupled
    ? "decoupled"
    : undefined;
  if (kind === undefined) return;
  throw new InferenceError("UNSUPPORTED", `a ${kind} model can't be part of a mix`, {
    hint: "measure it alone",
  });
}

/** The first server that can be reached, and what it says. @throws {InferenceError} the last reason */
async function firstThatTells<T>(
  protocols: readonly Protocol[],
  ask: (protocol: Protocol) => Promise<T>,
): Promise<[Protocol, T]> {
  let reason: unknown;
  for (const protocol of protocols) {
    try {
      return [protocol, await ask(protocol)];
    } catch (error) {
      reason = error;
      if (!(error instanceof InferenceError) || error.answered) break;
    }
  }
  throw reason;
}
