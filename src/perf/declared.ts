/**
 * What the settings say of inputs that the model leaves open.
 *
 * @module
 */
import type { DeclaredInput } from "../client/declared_inputs.ts";
import type { InputSettings } from "./types.ts";

/** Shapes and types by input. */
export function declaredInputs(
  { shapes, dataTypes = {} }: InputSettings,
): Record<string, DeclaredInput> {
  const names = new Set([...Object.keys(shapes), ...Object.keys(dataTypes)]);
  return Object.fromEntries(
    [...names].map((name) => [name, { shape: shapes[name], dataType: dataTypes[name] }]),
  );
}
