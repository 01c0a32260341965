/**
 * Opens a model, or says why it can't be used in the words of r19.07's clients.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import { nearest } from "../../cli/nearest.ts";
import type { InferenceClient } from "../../client/inference_client.ts";
import type { InferModel } from "../../client/model.ts";

/** @throws {InferenceError} "unable to create inference context: ..." */
export async function openModel(
  client: InferenceClient,
  name: string,
  version: bigint | undefined,
  signal: AbortSignal,
): Promise<InferModel> {
  try {
    return await client.model(name, version, { signal });
  } catch (error) {
    const cause = toInferenceError(error, "INTERNAL", `Cannot ask for model '${name}'`);
    // Who refused and why stands in the message.
    const message = `unable to create inference context: ${cause.describe("")}`;
    const details = { ...cause, serverId: undefined, requestId: undefined, cause };
    const hint = await modelHint(cause, name, () => modelNames(client, signal));
    throw new InferenceError(cause.code, message, { ...details, ...hint });
  }
}

/** Names that are listed; more would be a page. */
const LISTED = 5;

/**
 * What to try when a server doesn't know a model: the name that is nearest, or some of those it has.
 *
 * @param names the server's models; empty when it doesn't tell
 */
export async function modelHint(
  error: InferenceError,
  name: string,
  names: () => Promise<readonly string[]>,
): Promise<{ readonly hint?: string }> {
  const isUnknown = /unknown model|not found/i.test(error.message);
  if (!isUnknown) return {};
  const known = [...new Set(await names())].sort();
  if (known.length === 0 || known.includes(name)) return {};
  const near = nearest(name, known);
  if (near !== undefined) return { hint: `did you mean '${near}'?` };
  const more = known.length > LISTED ? ` and ${known.length - LISTED} more` : "";
  return { hint: `the server has ${known.slice(0, LISTED).join(", ")}${more}` };
}

/** A question about one model; when there is none of that name, the error says which there are. */
export async function askAboutModel<T>(
  client: Pick<InferenceClient, "status">,
  name: string,
  signal: AbortSignal,
  answer: Promise<T>,
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    const hint = await modelHint(error, name, () => modelNames(client, signal));
    throw new InferenceError(error.code, error.message, { ...error, ...hint, cause: error });
  }
}

/** The names of a server's models; none when it doesn't tell. */
export async function modelNames(
  client: Pick<InferenceClient, "status">,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const { models } = await client.status(undefined, { signal });
    return models.map(({ name }) => name);
  } catch {
    return [];
  }
}
