import type { ConfigClass } from './config-class.js';
import { type Field, fieldsOf, type Variant } from './field.js';
import type { FieldGuide } from './guide.js';
import { addressPaths, secretPaths } from './secrets.js';

type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };
/** A JSON object; a key whose value is `undefined` is not there in JSON. */
export interface SchemaObject {
  readonly [key: string]: JsonValue | undefined;
}

/** A form as data: any renderer that knows JSON Schema can show it, `uiSchema` says how it was meant. */
export interface FormSchema {
  readonly formVersion: 1;
  /** JSON Schema 2020-12. Secrets are `writeOnly`. */
  readonly schema: SchemaObject;
  /** Widget, order, placeholder, group and guide by property, in the `ui:` notation that form libraries share. */
  readonly uiSchema: SchemaObject;
  /** Dotted paths of the secret settings. */
  readonly secrets: readonly string[];
  /** Dotted paths of the settings that say where secrets are sent: when one is edited, the secrets are asked for again. */
  readonly addresses: readonly string[];
}

/** The form of a config class, defaults included. Pure: the class is made once with no arguments, and nothing is kept. */
export function describeForm(config: ConfigClass): FormSchema {
  return {
    formVersion: 1,
    schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', ...objectSchema(config) },
    uiSchema: objectUi(config),
    secrets: secretPaths(config),
    addresses: addressPaths(config),
  };
}

function objectSchema(config: ConfigClass, variant?: { readonly discriminator: string } & Variant): SchemaObject {
  const fields = fieldsOf(config);
  const defaults = new Map<string, unknown>(Object.entries(new config()));
  const own = variant === undefined ? {} : { [variant.discriminator]: { const: variant.value } };
  const required = fields.filter((field) => field.required).map((field) => field.key);
  return {
    ...(variant && { title: variant.label }),
    type: 'object',
    additionalProperties: false,
    properties: { ...own, ...Object.fromEntries(fields.map((field) => [field.key, property(field, defaults.get(field.key))])) },
    required: variant === undefined ? required : [variant.discriminator, ...required],
  };
}

function property(field: Field, initial: unknown): SchemaObject {
  const base = { title: field.label, ...(field.help !== undefined && { description: field.help }), ...defaultOf(initial) };
  switch (field.widget) {
    case 'text':
    case 'secret':
    case 'multiline-secret': {
      const secret = field.widget === 'text' ? {} : { writeOnly: true };
      const pattern = field.pattern === undefined ? {} : { pattern: field.pattern };
      return { ...base, type: 'string', minLength: field.required ? 1 : 0, maxLength: field.maxLength, ...pattern, ...secret };
    }
    case 'origin':
      // No `format: uri`: `acme.example.com` without a scheme is welcome too. The server is the judge.
      return { ...base, type: 'string', minLength: 1, maxLength: 300 };
    case 'number': {
      const { min, max } = field;
      const bounds = { ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) };
      return { ...base, type: field.integer ? 'integer' : 'number', ...bounds };
    }
    case 'switch':
      return { ...base, type: 'boolean' };
    case 'text-list':
      return {
        ...base,
        type: 'array',
        items: { type: 'string', minLength: 1, maxLength: field.maxLength },
        maxItems: field.maxItems,
      };
    case 'select':
      return { ...base, type: 'string', oneOf: field.options.map((option) => ({ const: option.value, title: option.label })) };
    case 'variant': {
      const { discriminator } = field;
      return { ...base, oneOf: field.variants.map((variant) => objectSchema(variant.config, { discriminator, ...variant })) };
    }
  }
}

function defaultOf(initial: unknown): SchemaObject {
  if (Array.isArray(initial)) return { default: initial.filter((entry) => typeof entry === 'string') };
  return typeof initial === 'string' || typeof initial === 'number' || typeof initial === 'boolean' ? { default: initial } : {};
}

function objectUi(config: ConfigClass): SchemaObject {
  const fields = fieldsOf(config);
  return {
    'ui:order': fields.map((field) => field.key),
    ...Object.fromEntries(fields.map((field) => [field.key, fieldUi(field)])),
  };
}

function fieldUi(field: Field): SchemaObject {
  const { placeholder, group, guide } = field;
  const text = {
    ...(placeholder !== undefined && { 'ui:placeholder': placeholder }),
    ...(group !== undefined && { 'ui:group': group }),
    ...guideUi(guide),
  };
  if (field.widget !== 'variant') return { 'ui:widget': field.widget, ...text };
  const variants = Object.fromEntries(
    field.variants.map((variant) => [
      variant.value,
      {
        'ui:title': variant.label,
        'ui:legacy': variant.legacy === true,
        ...guideUi(variant.guide),
        ...objectUi(variant.config),
      },
    ]),
  );
  return { 'ui:widget': 'variant', 'ui:discriminator': field.discriminator, ...text, 'ui:variants': variants };
}

function guideUi(guide: FieldGuide | undefined): SchemaObject {
  if (guide === undefined) return {};
  const { steps, copy = [] } = guide;
  return { 'ui:guide': { steps, ...(copy.length > 0 && { copy: copy.map(({ label, text }) => ({ label, text })) }) } };
}
