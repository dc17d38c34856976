import type { FormField, FormVariant, JsonObject, VariantField } from './form-schema.js';

/**
 * What stands in the form, by the keys of its fields; a field that nobody has touched is not in it. Flat, so that the fields of
 * a way to sign in that is not chosen keep what was typed into them.
 */
export type FormValues = ReadonlyMap<string, FormValue>;
/** Of a `VariantField` the way that is chosen; of a list its entries, or the text that somebody typed; `null` clears a stored secret. */
export type FormValue = string | number | boolean | null | readonly string[];

/** With a new value; `undefined`: as if nobody had touched the field. */
export function changed(values: FormValues, key: string, value: FormValue | undefined): FormValues {
  const after = new Map(values);
  if (value === undefined) after.delete(key);
  else after.set(key, value);
  return after;
}

export function valueOf(values: FormValues, field: FormField): FormValue {
  return values.get(field.key) ?? initialOf(field);
}

/** What a field shows before anybody has touched it. */
function initialOf({ widget, initial }: FormField): FormValue {
  if (widget === 'switch') return initial === true;
  return readValue(initial) ?? '';
}

function readValue(value: unknown): FormValue | undefined {
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** The way that is chosen: none where none is needed, else the first that is not from before, until somebody chooses. */
export function chosenVariant(values: FormValues, { key, required, variants }: VariantField): FormVariant | undefined {
  const chosen = variants.find(({ value }) => value === values.get(key));
  if (chosen !== undefined || !required) return chosen;
  return variants.find(({ legacy }) => !legacy) ?? variants[0];
}

/**
 * The settings as the host takes them. A field that is empty is left out, so that the host says what is missing, and a stored
 * secret that nobody has typed anew stays as it is.
 */
export function settingsOf(fields: readonly FormField[], values: FormValues): JsonObject {
  const settings: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.widget === 'variant' ? variantSettings(field, values) : settingOf(field, values);
    if (value !== undefined) settings[nameOf(field)] = value;
  }
  return settings;
}

function variantSettings(field: VariantField, values: FormValues): JsonObject | undefined {
  const variant = chosenVariant(values, field);
  return variant && { [field.discriminator]: variant.value, ...settingsOf(variant.fields, values) };
}

function settingOf(field: FormField, values: FormValues): unknown {
  // Of a secret `null` says something, and its initial value nothing.
  if (values.get(field.key) === null) return null;
  const value = valueOf(values, field);
  if (typeof value !== 'string') return value;
  const isEmpty = value.trim() === '';
  // Left out, an empty list would become the one that counts when nobody says anything.
  if (field.widget === 'text-list') return isEmpty ? [] : value;
  if (isEmpty) return undefined;
  // "1.50" and "12." are texts until the field is left. What is no number stays what it is, for the host to say so.
  if (field.widget === 'number' && !Number.isNaN(Number(value))) return Number(value);
  return value;
}

/** The values that show these settings, as the host gives them: the inverse of `settingsOf`, but for secrets, which it does not give. */
export function valuesOf(fields: readonly FormField[], settings: JsonObject): FormValues {
  const values = new Map<string, FormValue>();
  for (const field of fields) {
    const setting = settings[nameOf(field)];
    if (field.widget === 'secret' || field.widget === 'multiline-secret') continue;
    if (field.widget === 'variant') {
      for (const [key, value] of variantValues(field, setting)) values.set(key, value);
      continue;
    }
    const value = readValue(setting);
    if (value !== undefined) values.set(field.key, value);
  }
  return values;
}

function variantValues(field: VariantField, setting: unknown): FormValues {
  if (typeof setting !== 'object' || setting === null) return new Map();
  // An object that JSON gave: its keys are texts.
  const settings = setting as JsonObject;
  const chosen = field.variants.find(({ value }) => value === settings[field.discriminator]);
  return chosen === undefined ? new Map() : new Map([[field.key, chosen.value], ...valuesOf(chosen.fields, settings)]);
}

function nameOf({ path }: FormField): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
