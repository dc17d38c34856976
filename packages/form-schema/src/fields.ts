import { IsBoolean, IsIn, IsInt, IsNumber, IsString, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import type { ConfigEnvironment } from './config-class.js';
import {
  addDefinition,
  type Field,
  type FieldBase,
  type FieldText,
  issue,
  type Parsed,
  type SelectOption,
  type Variant,
} from './field.js';
import { checkGuide } from './guide.js';
import { type OriginRules, parseOrigin, parseUrl, type UrlRules } from './origin.js';
import { parseTextList } from './text-list.js';
import { validateConfig } from './validate-config.js';

interface Common extends FieldText {
  /** May be left out: then the property keeps the value that the class gives it. Default false. */
  readonly optional?: boolean;
  /**
   * Decides where secrets are sent, as an `OriginField` always does: a region, a path, the name of a tenant. Whoever changes
   * it must enter the secrets again.
   */
  readonly address?: boolean;
}

/** In characters, for the form. */
const LONGEST_URL = 1_000;

type FieldParser = (value: unknown, environment: ConfigEnvironment) => Parsed | Promise<Parsed>;

/**
 * One decorator is validator, form field and secrecy. It reads no `design:type`, since not every compiler emits it; and
 * class-validator's rules are applied, not read back, since it has no way to list them by class.
 */
function field(
  { optional, ...text }: Common,
  describe: (base: FieldBase) => Field,
  rules: readonly PropertyDecorator[],
  parse: FieldParser = (value) => ({ value }),
): PropertyDecorator {
  return (target, key) => {
    if (typeof key !== 'string') throw new TypeError('Config fields have string keys.');
    // With the class, not with the form: a connector whose guide cannot be followed does not load, and its author sees it first.
    if (text.guide !== undefined) checkGuide(text.guide, `"${key}"`);
    ValidateIf((_, value: unknown) => value !== undefined)(target, key);
    for (const rule of rules) rule(target, key);
    addDefinition(target, { field: describe({ ...text, key, required: optional !== true }), parse });
  };
}

const trimmed: FieldParser = (value) => ({ value: typeof value === 'string' ? value.trim() : value });

/** Of a `TextField`. */
export interface TextOptions extends Common {
  /** Longest text, in characters. Default 1,000; of a secret 20,000. */
  readonly maxLength?: number;
  /** What the text must match, and what is said when it does not. Looked at after white space around it was removed. */
  readonly pattern?: { readonly regex: RegExp; readonly message: string };
}

/** One line of text. White space around it is removed. */
export function TextField(options: TextOptions): PropertyDecorator {
  const { maxLength = 1_000, pattern, ...text } = options;
  const described = { widget: 'text' as const, maxLength, ...(pattern && { pattern: pattern.regex.source }) };
  return field(text, (base) => ({ ...base, ...described }), textRules(maxLength, pattern), trimmed);
}

/** Stored sealed, never sent back, redacted in every log line. White space around it is a copying accident and removed. */
export function SecretField(
  options: Omit<TextOptions, 'pattern' | 'address'> & {
    /** A text area instead of one line, e.g. for a key in PEM. Default false. */
    readonly multiline?: boolean;
  },
): PropertyDecorator {
  const { maxLength = 20_000, multiline = false, ...text } = options;
  const widget = multiline ? 'multiline-secret' : 'secret';
  return field(text, (base) => ({ ...base, widget, maxLength }), textRules(maxLength), trimmed);
}

function textRules(maxLength: number, pattern?: TextOptions['pattern']): PropertyDecorator[] {
  return [
    IsString({ message: 'Must be text.' }),
    MaxLength(maxLength, { message: `Must be at most ${maxLength} characters.` }),
    ...(pattern ? [Matches(pattern.regex, { message: pattern.message })] : []),
  ];
}

/** Of an `OriginField`. */
export interface OriginOptions extends Omit<Common, 'address'>, Pick<OriginRules, 'check' | 'normalise'> {}

/** The address of an organisation at the provider: `acme.example.com`, with or without `https://`; kept with it. */
export function OriginField(options: OriginOptions): PropertyDecorator {
  const { check, normalise, ...text } = options;
  const example = text.placeholder === undefined ? {} : { example: text.placeholder };
  const rules: OriginRules = { ...(check && { check }), ...(normalise && { normalise }), ...example };
  const parse: FieldParser = (value, environment) => parseOrigin(value, environment, rules);
  return field(text, (base) => ({ ...base, widget: 'origin' }), [], parse);
}

/** Of a `UrlField`. */
export interface UrlOptions extends Omit<Common, 'address'>, Pick<UrlRules, 'normalise'> {}

/** The address of a service below a path: `https://api.acme.example.com/v2`. Decides where secrets are sent, as an origin does. */
export function UrlField(options: UrlOptions): PropertyDecorator {
  const { normalise, ...text } = options;
  const example = text.placeholder === undefined ? {} : { example: text.placeholder };
  const rules: UrlRules = { ...(normalise && { normalise }), ...example };
  const parse: FieldParser = (value, environment) => parseUrl(value, environment, rules);
  return field(
    { ...text, address: true },
    (base) => ({ ...base, widget: 'text', maxLength: LONGEST_URL }),
    textRules(LONGEST_URL),
    parse,
  );
}

/** Of a `NumberField`. Both bounds belong to what is allowed. */
export interface NumberOptions extends Common {
  /** Smallest number that is allowed. */
  readonly min?: number;
  /** Largest number that is allowed. */
  readonly max?: number;
  /** Whole numbers only. Default true. */
  readonly integer?: boolean;
}

/** A number, as a JSON number: text is refused. */
export function NumberField(options: NumberOptions): PropertyDecorator {
  const { min, max, integer = true, ...text } = options;
  const rules = [integer ? IsInt({ message: 'Must be a whole number.' }) : IsNumber({}, { message: 'Must be a number.' })];
  if (min !== undefined) rules.push(Min(min, { message: `Must be at least ${min}.` }));
  if (max !== undefined) rules.push(Max(max, { message: `Must be at most ${max}.` }));
  const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  return field(text, (base) => ({ ...base, widget: 'number', integer, ...bounds }), rules);
}

/** Always optional: the property's initialiser is its value when nothing is sent. */
export function SwitchField(options: FieldText): PropertyDecorator {
  const rule = IsBoolean({ message: 'Must be true or false.' });
  return field({ ...options, optional: true }, (base) => ({ ...base, widget: 'switch' }), [rule]);
}

/** Of a `TextListField`. */
export interface TextListOptions extends Omit<Common, 'optional'> {
  /** Most entries. Default 200. */
  readonly maxItems?: number;
  /** Longest entry in characters. Default 200. */
  readonly maxLength?: number;
}

/** A list of texts, also taken as one text with line breaks or commas. Always optional, as a switch is: `[]` says "none". */
export function TextListField(options: TextListOptions): PropertyDecorator {
  const { maxItems = 200, maxLength = 200, ...text } = options;
  const bounds = { maxItems, maxLength };
  const parse: FieldParser = (value) => parseTextList(value, bounds);
  return field({ ...text, optional: true }, (base) => ({ ...base, widget: 'text-list', ...bounds }), [], parse);
}

/** One of a few values. */
export function SelectField(
  options: Common & {
    /** What can be chosen, in the order in which it is shown. */
    readonly options: readonly SelectOption[];
  },
): PropertyDecorator {
  const { options: choices, ...text } = options;
  const values = choices.map((choice) => choice.value);
  const rule = IsIn(values, { message: `Must be one of: ${values.join(', ')}.` });
  return field(text, (base) => ({ ...base, widget: 'select', options: choices }), [rule]);
}

/** Of a `VariantField`. */
export interface VariantOptions extends Omit<Common, 'address'> {
  /** The key that says which variant is meant, e.g. `method`. */
  readonly discriminator: string;
  /** The ways, in the order in which they are shown. */
  readonly variants: readonly Variant[];
}

/** Several ways to fill one part of the form, each a class of its own that carries the discriminator as a property. */
export function VariantField(options: VariantOptions): PropertyDecorator {
  const { discriminator, variants, ...text } = options;
  for (const { value, guide } of variants) if (guide !== undefined) checkGuide(guide, `the way "${value}"`);
  const parse: FieldParser = (value, environment) => parseVariant(value, environment, discriminator, variants);
  return field(text, (base) => ({ ...base, widget: 'variant', discriminator, variants }), [], parse);
}

async function parseVariant(
  value: unknown,
  environment: ConfigEnvironment,
  discriminator: string,
  variants: readonly Variant[],
): Promise<Parsed> {
  const known = variants.map((variant) => variant.value).join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return issue(`Must be an object with "${discriminator}": one of ${known}.`);
  const chosen: unknown = new Map<string, unknown>(Object.entries(value)).get(discriminator);
  const variant = variants.find((candidate) => candidate.value === chosen);
  if (variant === undefined) return { issues: [{ field: discriminator, message: `Must be one of: ${known}.` }] };
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => key !== discriminator));
  const result = await validateConfig(variant.config, rest, environment);
  if (!result.ok) return { issues: result.issues };
  const kept = Object.freeze(Object.assign(new variant.config(), result.config, { [discriminator]: variant.value }));
  return { value: kept, hints: result.hints };
}
