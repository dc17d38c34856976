import type { FormField, FormVariant, JsonObject, VariantField } from './form-schema.js';

/**
 * What stands in the form, by path. Flat, so that the fields of a way to sign in that is not chosen keep what was typed into
 * them, two ways that both have a `clientId` included: their values are kept by the way's name, too.
 */
export type FormValues = ReadonlyMap<string, FormValue>;
export type FormValue = string | number | boolean;

/** The key of a field within the form; `variant` where it belongs to one. */
export function keyOf(field: FormField, variant?: FormVariant): string {
  return variant === undefined ? field.path : `${variant.value}:${field.path}`;
}

/** What a field shows before anybody has touched it. */
export function initialOf(field: FormField): FormValue {
  if (field.widget === 'switch') return field.initial === true;
  if (Array.isArray(field.initial)) return field.initial.join('\n');
  const { initial } = field;
  return typeof initial === 'string' || typeof initial === 'number' ? initial : '';
}

export function valueOf(values: FormValues, field: FormField, variant?: FormVariant): FormValue {
  return values.get(keyOf(field, variant)) ?? initialOf(field);
}

/** The way that is chosen: the first that is not from before, until somebody chooses. */
export function chosenVariant(values: FormValues, field: VariantField): FormVariant | undefined {
  const chosen = values.get(field.discriminator);
  return (
    field.variants.find(({ value }) => value === chosen) ?? field.variants.find(({ legacy }) => !legacy) ?? field.variants[0]
  );
}

/**
 * The settings as the host takes them. A field that is empty is left out, so that the host says what is missing, and a stored
 * secret that nobody has typed anew stays as it is.
 */
export function settingsOf(fields: readonly FormField[], values: FormValues, variant?: FormVariant): JsonObject {
  const settings: Record<string, unknown> = {};
  for (const field of fields) {
    const name = field.path.slice(field.path.lastIndexOf('.') + 1);
    const value =
      field.widget === 'variant' ? variantSettings(field, values) : settingOf(field, valueOf(values, field, variant));
    if (value !== undefined) settings[name] = value;
  }
  return settings;
}

function variantSettings(field: VariantField, values: FormValues): JsonObject | undefined {
  const variant = chosenVariant(values, field);
  if (variant === undefined) return undefined;
  const discriminator = field.discriminator.slice(field.path.length + 1);
  return { [discriminator]: variant.value, ...settingsOf(variant.fields, values, variant) };
}

function settingOf(field: FormField, value: FormValue): unknown {
  if (field.widget === 'text-list')
    return String(value)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return value === '' ? undefined : value;
}
