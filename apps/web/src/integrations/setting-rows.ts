import { type FormField, type JsonObject } from '../form/form-schema.js';
import { chosenVariant, type FormValue, type FormValues, valueOf, valuesOf } from '../form/form-values.js';

/** One stored setting, as a person reads it. */
export interface SettingRow {
  readonly key: string;
  readonly label: string;
  /** Of a secret only whether there is one, and since when: ISO 8601. */
  readonly value: { readonly text: string } | { readonly secretSince: string | null };
}

/** Stored settings with the labels of their form. What was left empty is left out. */
export function settingRows(fields: readonly FormField[], settings: JsonObject): readonly SettingRow[] {
  return rowsOf(fields, valuesOf(fields, settings), settings);
}

function rowsOf(fields: readonly FormField[], values: FormValues, settings: JsonObject): readonly SettingRow[] {
  return fields.flatMap((field): readonly SettingRow[] => {
    const { key, label, widget } = field;
    if (widget === 'secret' || widget === 'multiline-secret') return secretRow(field, settings);
    if (widget !== 'variant') {
      const text = textOf(field, valueOf(values, field));
      return text === '' ? [] : [{ key, label, value: { text } }];
    }
    const chosen = chosenVariant(values, field);
    if (chosen === undefined) return [];
    return [{ key, label, value: { text: chosen.label } }, ...rowsOf(chosen.fields, values, settings)];
  });
}

function secretRow({ key, label, path }: FormField, settings: JsonObject): readonly SettingRow[] {
  const stored = path.split('.').reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), settings);
  if (!isObject(stored) || stored['isSet'] !== true) return [];
  const since = stored['changedAt'];
  return [{ key, label, value: { secretSince: typeof since === 'string' ? since : null } }];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

function textOf(field: FormField, value: FormValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'object') return value.join(', ');
  const option = field.widget === 'select' ? field.options.find((one) => one.value === value) : undefined;
  return option?.label ?? String(value);
}
