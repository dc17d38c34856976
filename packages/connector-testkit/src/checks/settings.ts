import { isDeepStrictEqual } from 'node:util';
import type { Connector, ConfigClass } from '@castellan/connector-sdk';
import { type Field, fieldsOf } from '@castellan/form-schema';
import { type Check, withTrial } from '../suite/check.js';
import { few, hold } from '../suite/verdict.js';

const ENVIRONMENT = { allowedHosts: ['127.0.0.1'] };

export const settings: Check = {
  title: 'settings: what is wrong is refused by its field, good ones stay as they are',
  run: (bench) =>
    withTrial(bench, {}, async ({ connector, input, config }) => {
      const before = JSON.stringify(input);
      await judgeGood(connector, config);
      for (const mistake of mistakesIn(connector.config, input, '')) await judgeMistake(connector, mistake);
      hold(
        JSON.stringify(input) === before,
        'validateConfig changes what it is given: a form would show other settings than were typed.',
      );
    }),
};

async function judgeGood(connector: Connector, config: object): Promise<void> {
  hold(Object.isFrozen(config), 'The validated settings are not frozen.');
  const again = await connector.validateConfig(JSON.parse(JSON.stringify(config)), ENVIRONMENT);
  hold(
    again.ok,
    `Stored settings are validated again before each use, and these are not valid any more: ${again.ok ? '' : issuesText(again.issues)}`,
  );
  hold(
    isDeepStrictEqual(JSON.parse(JSON.stringify(again.config)), JSON.parse(JSON.stringify(config))),
    'Validated settings change when they are validated again: a normalisation must leave its own results alone.',
  );
}

interface Mistake {
  readonly what: string;
  readonly field: string;
  readonly input: unknown;
}

async function judgeMistake(connector: Connector, { what, field, input }: Mistake): Promise<void> {
  const result = await connector.validateConfig(input, ENVIRONMENT);
  hold(!result.ok, `Settings with ${what} are accepted.`);
  const fields = result.issues.map((issue) => issue.field);
  // A variant names its discriminator, which lies inside of the field.
  const isNamed = fields.some((name) => name === field || name.startsWith(`${field}.`));
  hold(isNamed, `Settings with ${what} are refused, but no issue names the field "${field}" (named: ${few(fields)}).`);
  hold(
    result.issues.every(({ message }) => message.trim() !== ''),
    `Settings with ${what} are refused with an empty message.`,
  );
}

/** One wrong input for each rule that the form makes visible. */
function mistakesIn(config: ConfigClass, input: object, above: string): readonly Mistake[] {
  const given = new Map<string, unknown>(Object.entries(input));
  const withValue = (key: string, value: unknown): object => Object.fromEntries([...given, [key, value]]);
  const unknown =
    above === '' ? [{ what: 'a key that nobody knows', field: 'nobodyKnowsThis', input: withValue('nobodyKnowsThis', 1) }] : [];
  const polluting =
    above === ''
      ? [
          {
            what: 'a key __proto__',
            field: '__proto__',
            input: JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(input).slice(1)}`),
          },
        ]
      : [];
  const ofFields = fieldsOf(config).flatMap((field) => {
    const path = `${above}${field.key}`;
    const missing = field.required ? [{ what: `no ${path}`, field: path, input: without(given, field.key) }] : [];
    const wrong = wrongValues(field).map(([what, value]) => ({
      what: `${what} as ${path}`,
      field: path,
      input: withValue(field.key, value),
    }));
    return [...missing, ...wrong, ...inVariant(field, given.get(field.key), path, (value) => withValue(field.key, value))];
  });
  return [...unknown, ...polluting, ...ofFields];
}

function inVariant(field: Field, value: unknown, path: string, around: (value: unknown) => object): readonly Mistake[] {
  if (field.widget !== 'variant' || typeof value !== 'object' || value === null) return [];
  const chosen = new Map<string, unknown>(Object.entries(value)).get(field.discriminator);
  const variant = field.variants.find((candidate) => candidate.value === chosen);
  if (variant === undefined) return [];
  return mistakesIn(variant.config, value, `${path}.`).map((mistake) => ({ ...mistake, input: around(mistake.input) }));
}

function without(given: ReadonlyMap<string, unknown>, key: string): object {
  return Object.fromEntries([...given].filter(([name]) => name !== key));
}

function wrongValues(field: Field): readonly (readonly [string, unknown])[] {
  switch (field.widget) {
    case 'text':
    case 'secret':
    case 'multiline-secret':
      return [
        ['a number', 12],
        ['a text that is too long', 'x'.repeat(field.maxLength + 1)],
      ];
    case 'origin':
      return [
        ['a number', 12],
        ['an address with a user name', 'https://user@acme.example.com'],
        ['a text that is no address', 'not an address'],
      ];
    case 'number':
      return [
        ['a text', 'many'],
        ...(field.max === undefined ? [] : [['too large a number', field.max + 1] as const]),
        ...(field.min === undefined ? [] : [['too small a number', field.min - 1] as const]),
      ];
    case 'switch':
      return [['a text', 'yes']];
    case 'text-list':
      return [['a number', 12]];
    case 'select':
      return [['a word that is not offered', 'no-such-option']];
    case 'variant':
      return [
        ['a text', 'x'],
        ['a variant that does not exist', { [field.discriminator]: 'no-such-variant' }],
      ];
  }
}

function issuesText(issues: readonly { readonly field: string; readonly message: string }[]): string {
  return issues.map(({ field, message }) => `${field}: ${message}`).join(' ');
}
