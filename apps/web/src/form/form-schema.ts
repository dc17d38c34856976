import type { FieldGuide, FormSchema, GuideText } from '@castellan/form-schema';

export interface JsonObject {
  readonly [key: string]: unknown;
}

interface FieldBase {
  /** Dotted, as the host names it: `auth.clientSecret`. Two ways to sign in may both have it. */
  readonly path: string;
  /** The path and the ways that lead to it, which only one field has: `auth=key.clientSecret`. */
  readonly key: string;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  /** Fields of one group stand together, folded away under its name. */
  readonly group?: string;
  /** What to do at the provider; names between two double asterisks are to be shown in bold. */
  readonly guide?: FieldGuide;
  readonly required: boolean;
  /** What counts when the field is left alone. */
  readonly initial?: unknown;
}

export type FormField =
  | (FieldBase & { readonly widget: 'text' | 'origin'; readonly longest?: number })
  | (FieldBase & { readonly widget: 'switch' | 'text-list' })
  | SecretField
  | (FieldBase & { readonly widget: 'number'; readonly min?: number; readonly max?: number; readonly integer: boolean })
  | (FieldBase & { readonly widget: 'select'; readonly options: readonly SelectOption[] })
  | VariantField;

export interface SecretField extends FieldBase {
  readonly widget: 'secret' | 'multiline-secret';
  /** In characters. */
  readonly longest?: number;
}

interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface VariantField extends FieldBase {
  readonly widget: 'variant';
  /** The setting beside the variant's own that says which one it is: `method`. */
  readonly discriminator: string;
  readonly variants: readonly FormVariant[];
}

export interface FormVariant {
  /** Its fields' keys begin with it: `auth=key`. */
  readonly key: string;
  readonly value: string;
  readonly label: string;
  /** For those who have it from before. */
  readonly legacy: boolean;
  /** What to do at the provider for all of its fields. */
  readonly guide?: FieldGuide;
  readonly fields: readonly FormField[];
}

/**
 * @param form as `describeForm` makes it and the host sends it (`GET /api/v1/connectors/:id`, `form`)
 * @throws Error for a form of another version, or a field that this renderer does not know: half a form would
 * lose settings
 */
export function readForm(form: FormSchema): readonly FormField[] {
  if (form.formVersion !== 1) throw new Error(`This page knows forms of version 1, not ${String(form.formVersion)}.`);
  return readFields(form.schema, form.uiSchema, { path: '', key: '' });
}

interface Place {
  readonly path: string;
  readonly key: string;
}

/** @param above where the fields are: what their paths and keys begin with */
function readFields(schema: JsonObject, ui: JsonObject, above: Place): readonly FormField[] {
  const properties = objectOf(schema['properties']);
  const required = textsOf(schema['required']);
  return textsOf(ui['ui:order']).map((name) => {
    const place = { path: above.path + name, key: above.key + name, required: required.includes(name) };
    return readField(objectOf(properties[name]), objectOf(ui[name]), place);
  });
}

function readField(schema: JsonObject, ui: JsonObject, place: Place & { readonly required: boolean }): FormField {
  const base = {
    ...place,
    label: textOf(schema['title']) ?? place.path,
    ...defined({
      help: textOf(schema['description']),
      placeholder: textOf(ui['ui:placeholder']),
      group: textOf(ui['ui:group']),
      guide: guideOf(ui['ui:guide']),
      initial: schema['default'],
    }),
  };
  const widget = ui['ui:widget'];
  switch (widget) {
    case 'text':
    case 'origin':
    case 'secret':
    case 'multiline-secret':
      return { ...base, widget, ...defined({ longest: numberOf(schema['maxLength']) }) };
    case 'switch':
    case 'text-list':
      return { ...base, widget };
    case 'number':
      return {
        ...base,
        widget,
        integer: schema['type'] === 'integer',
        ...defined({ min: numberOf(schema['minimum']), max: numberOf(schema['maximum']) }),
      };
    case 'select':
      return { ...base, widget, options: objectsOf(schema['oneOf']).map(readOption) };
    case 'variant':
      return { ...base, widget, ...readVariants(schema, ui, place) };
    default:
      throw new Error(`The field "${place.path}" is a "${String(widget)}", which this page cannot show.`);
  }
}

function readVariants(schema: JsonObject, ui: JsonObject, place: Place): Pick<VariantField, 'discriminator' | 'variants'> {
  const discriminator = textOf(ui['ui:discriminator']) ?? 'kind';
  const described = objectOf(ui['ui:variants']);
  const variants = objectsOf(schema['oneOf']).map((one): FormVariant => {
    const value = textOf(objectOf(objectOf(one['properties'])[discriminator])['const']) ?? '';
    const hints = objectOf(described[value]);
    const key = `${place.key}=${value}`;
    const fields = readFields(one, hints, { path: `${place.path}.`, key: `${key}.` });
    const guide = defined({ guide: guideOf(hints['ui:guide']) });
    return { key, value, label: textOf(one['title']) ?? value, legacy: hints['ui:legacy'] === true, ...guide, fields };
  });
  return { discriminator, variants };
}

function readOption(option: JsonObject): SelectOption {
  const value = textOf(option['const']) ?? '';
  return { value, label: textOf(option['title']) ?? value };
}

/** Only what can be shown: settings can be entered without a guide, so a part of it that is odd must not cost the form. */
function guideOf(value: unknown): FieldGuide | undefined {
  const guide = objectOf(value);
  const steps = textsOf(guide['steps']).filter((step) => step !== '');
  const copy = objectsOf(guide['copy']).flatMap(readGuideText);
  if (steps.length === 0) return undefined;
  return copy.length === 0 ? { steps } : { steps, copy };
}

function readGuideText(one: JsonObject): readonly GuideText[] {
  const label = textOf(one['label']);
  const text = textOf(one['text']);
  return label === undefined || text === undefined ? [] : [{ label, text }];
}

function objectOf(value: unknown): JsonObject {
  // What is no object has no properties: whoever reads them finds nothing.
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Without what is undefined: an optional property is absent, not empty. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Entries of T less the undefined ones: nothing else can be in the result.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
