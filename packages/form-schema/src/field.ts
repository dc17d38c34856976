import type { ConfigClass, ConfigEnvironment, FieldHint, FieldIssue } from './config-class.js';
import type { FieldGuide } from './guide.js';

/** What a person reads beside a field. */
export interface FieldText {
  /** What the field is called, in the customer's words. */
  readonly label: string;
  /** A sentence or two: what to enter, and where to find it. */
  readonly help?: string;
  /** Shown in the empty field; no value. */
  readonly placeholder?: string;
  /** Fields of one group stand together under its name; without one a field belongs to the main part of the form. */
  readonly group?: string;
  /** What to do at the provider, step by step: shown beside the form while somebody is at this field. */
  readonly guide?: FieldGuide;
}

/** What all fields have. */
export interface FieldBase extends FieldText {
  readonly key: string;
  readonly required: boolean;
  /** Decides where secrets are sent. */
  readonly address?: boolean;
}

/** One field of a form, as its decorator has described it. `maxLength` counts characters. */
export type Field =
  | (FieldBase & {
      readonly widget: 'text' | 'secret' | 'multiline-secret';
      readonly maxLength: number;
      readonly pattern?: string;
    })
  | (FieldBase & { readonly widget: 'origin' })
  | (FieldBase & { readonly widget: 'number'; readonly min?: number; readonly max?: number; readonly integer: boolean })
  | (FieldBase & { readonly widget: 'switch' })
  | (FieldBase & { readonly widget: 'text-list'; readonly maxItems: number; readonly maxLength: number })
  | (FieldBase & { readonly widget: 'select'; readonly options: readonly SelectOption[] })
  | (FieldBase & { readonly widget: 'variant'; readonly discriminator: string; readonly variants: readonly Variant[] });

/** A value that can be chosen, and what a person reads for it. */
export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/** One of several ways to fill a part of the form. */
export interface Variant {
  /** The value of the discriminator. */
  readonly value: string;
  readonly label: string;
  readonly config: ConfigClass;
  /** Folded away: for those who have it from before. */
  readonly legacy?: boolean;
  /** What to do at the provider to take this way: what holds for all of its fields. */
  readonly guide?: FieldGuide;
}

/** The value to keep (`hints`: where it differs from the one given), or what is wrong with the one given. */
export type Parsed =
  | { readonly value: unknown; readonly hints?: readonly FieldHint[] }
  | { readonly issues: readonly FieldIssue[] };

export interface FieldDefinition {
  readonly field: Field;
  /** Turns what a form or a file sends into the value to keep; sees only values that are there. */
  readonly parse: (value: unknown, environment: ConfigEnvironment) => Parsed | Promise<Parsed>;
}

const DEFINITIONS = Symbol.for('castellan.config-fields');

interface Carrier {
  [DEFINITIONS]?: FieldDefinition[];
}

/** Kept on the class itself: two connectors may both name theirs `Config`, and a registry by name would merge them. */
export function addDefinition(target: object, definition: FieldDefinition): void {
  // A prototype's `constructor` is the class; the language types it as Function only.
  const carrier = target.constructor as Carrier;
  if (!Object.hasOwn(carrier, DEFINITIONS)) carrier[DEFINITIONS] = [...(carrier[DEFINITIONS] ?? [])];
  carrier[DEFINITIONS]?.push(definition);
}

export function definitionsOf(config: ConfigClass): readonly FieldDefinition[] {
  // Same as above: the symbol is ours, and absent on a class without fields.
  return (config as Carrier)[DEFINITIONS] ?? [];
}

/** The fields of a class in the order of its properties, those of its variants inside of their field. */
export function fieldsOf(config: ConfigClass): readonly Field[] {
  return definitionsOf(config).map((definition) => definition.field);
}

/** Whether its value is sealed, redacted and never sent back. */
export function isSecretField({ widget }: Field): boolean {
  return widget === 'secret' || widget === 'multiline-secret';
}

/** Whether it decides where secrets are sent: whoever changes it enters them again. */
export function isAddressField({ widget, address }: Field): boolean {
  return widget === 'origin' || address === true;
}

export function issue(message: string): { readonly issues: readonly FieldIssue[] } {
  return { issues: [{ field: '', message }] };
}
