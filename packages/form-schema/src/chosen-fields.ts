import type { ConfigClass, ConfigEnvironment } from './config-class.js';
import { definitionsOf, type FieldDefinition, isAddressField, isSecretField } from './field.js';
import { isAbsent } from './validate-config.js';

/** A setting of those that the given settings have: of several variants only the chosen one's. */
interface ChosenField {
  /** Dotted. */
  readonly path: string;
  readonly definition: FieldDefinition;
  readonly value: unknown;
  /** What it is when nothing is given. */
  readonly initial: unknown;
  /** The variants that it lies in: `auth=token`. */
  readonly choices: readonly string[];
}

/** A secret that these settings have a place for. */
export interface ChosenSecret {
  /** Dotted path, e.g. `auth.clientSecret`. */
  readonly path: string;
  readonly value: unknown;
  readonly required: boolean;
  /** The variants that it lies in. A secret of one variant means nothing to another, though both may call it `password`. */
  readonly choices: readonly string[];
}

/** The secrets that these settings have a place for, whether given or not. */
export function chosenSecrets(config: ConfigClass, input: unknown): readonly ChosenSecret[] {
  return chosenFields(config, input)
    .filter(({ definition }) => isSecretField(definition.field))
    .map(({ path, definition, value, choices }) => ({ path, value, required: definition.field.required, choices }));
}

/**
 * The addresses in these settings, as they would be kept; one that would be refused is `undefined`. Two settings with equal
 * addresses send their secrets to the same place.
 */
export async function chosenAddresses(
  config: ConfigClass,
  input: unknown,
  environment: ConfigEnvironment = {},
): Promise<ReadonlyMap<string, unknown>> {
  const addresses = new Map<string, unknown>();
  for (const { path, definition, value, initial } of chosenFields(config, input)) {
    const meant = isAbsent(value) ? initial : value;
    if (!isAddressField(definition.field) || meant === undefined) continue;
    const parsed = await definition.parse(meant, environment);
    addresses.set(path, 'value' in parsed ? parsed.value : undefined);
  }
  return addresses;
}

function chosenFields(
  config: ConfigClass,
  input: unknown,
  above = '',
  choices: readonly string[] = [],
): readonly ChosenField[] {
  // A map and not the object itself: nothing inherited is a setting.
  const given = new Map<string, unknown>(isPlain(input) ? Object.entries(input) : []);
  const defaults = new Map<string, unknown>(Object.entries(new config()));
  return definitionsOf(config).flatMap((definition) => {
    const { field } = definition;
    const path = `${above}${field.key}`;
    const value = given.get(field.key);
    if (field.widget !== 'variant') return [{ path, definition, value, initial: defaults.get(field.key), choices }];
    const chosen = isPlain(value) ? new Map<string, unknown>(Object.entries(value)).get(field.discriminator) : undefined;
    const variant = field.variants.find((candidate) => candidate.value === chosen);
    if (variant === undefined) return [];
    return chosenFields(variant.config, value, `${path}.`, [...choices, `${path}=${variant.value}`]);
  });
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
