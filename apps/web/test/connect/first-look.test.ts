import { describeForm, NumberField, OriginField, SecretField, TextField, VariantField } from '@castellan/form-schema';
import { addressIn, fieldsInUse, issueOf } from '../../src/connect/check-field.js';
import { defaultName } from '../../src/connect/default-name.js';
import { placeOf } from '../../src/connect/guide-places.js';
import { storedStart } from '../../src/connect/stored-settings.js';
import { readForm } from '../../src/form/form-schema.js';
import type { FormValues } from '../../src/form/form-values.js';

class TokenLogin {
  readonly method = 'token';
  @SecretField({ label: 'Token', maxLength: 8, guide: { steps: ['Make one.'] } }) readonly token!: string;
}
class KeyLogin {
  readonly method = 'key';
  @TextField({ label: 'Client', maxLength: 5 }) readonly client!: string;
}
class Settings {
  @OriginField({ label: 'Address' }) readonly address!: string;
  @NumberField({ label: 'Days', min: 1, max: 90, optional: true }) readonly days: number = 7;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    guide: { steps: ['Choose.'] },
    variants: [
      { value: 'token', label: 'Token', config: TokenLogin, guide: { steps: ['Sign in.'] } },
      { value: 'key', label: 'Key', config: KeyLogin },
    ],
  })
  readonly auth!: TokenLogin | KeyLogin;
}
const FORM = describeForm(Settings);
const FIELDS = readForm(FORM);

/** All that is wrong, by key. */
function issuesOf(values: FormValues, held: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fieldsInUse(FIELDS, values).flatMap((field) => {
      const issue = issueOf(field, values, held.includes(field.key));
      return issue === undefined ? [] : [[field.key, issue]];
    }),
  );
}

describe('at the first look', () => {
  test.each<[what: string, values: readonly (readonly [string, string | number])[], issues: object]>([
    ['nothing', [], { address: 'Is required.', 'auth=token.token': 'Is required.' }],
    ['blanks', [['address', '  ']], { address: 'Is required.', 'auth=token.token': 'Is required.' }],
    [
      'another way',
      [
        ['address', 'a'],
        ['auth', 'key'],
      ],
      { 'auth=key.client': 'Is required.' },
    ],
    [
      'too long',
      [
        ['address', 'a'],
        ['auth=token.token', '123456789'],
      ],
      { 'auth=token.token': 'Must be at most 8 characters.' },
    ],
    [
      'all that is needed',
      [
        ['address', 'a'],
        ['auth=token.token', '12345678'],
      ],
      {},
    ],
  ])('%s', (_, values, issues) => expect(issuesOf(new Map(values))).toEqual(issues));

  test.each([
    ['91', 'Must be at most 90.'],
    ['0', 'Must be at least 1.'],
    ['1.5', 'Must be a whole number.'],
    ['many', 'Must be a number.'],
    ['', undefined],
    [90, undefined],
  ])('a number: %s', (days, issue) => expect(issuesOf(new Map([['days', days]]))['days']).toBe(issue));

  test('a secret that is held already need not be typed', () =>
    expect(issuesOf(new Map([['address', 'a']]), ['auth=token.token'])).toEqual({}));

  test.each([
    ['https://acme.example/admin/users?x#y', 'https://acme.example'],
    [' https://ada:pw@acme.example:8443/x ', 'https://acme.example:8443'],
    ['https://acme.example', undefined],
    ['https://acme.example/', undefined],
    ['acme.example/admin', undefined],
    ['javascript:alert(1)//x', undefined],
  ])('an address in what was pasted: %s', (text, address) => {
    const [field] = FIELDS;
    expect(field && addressIn(field, text)).toBe(address);
  });

  test('another kind of field is left alone', () =>
    expect(FIELDS.slice(1).map((field) => addressIn(field, 'https://acme.example/x'))).toEqual([undefined, undefined]));
});

test.each([
  [[], 'Acme'],
  [['Other', 'acme'], 'Acme'],
  [['Acme'], 'Acme 2'],
  [['Acme', 'Acme 2', 'Acme 7', 'Acme 7b', 'Acme 08', 'Acme B'], 'Acme 8'],
])('beside %j it is called %s', (taken, name) => expect(defaultName('Acme', taken)).toBe(name));

test('each place has its guide, a way without one that of the choice', () => {
  expect(placeOf(FIELDS, 'auth=token.token')).toMatchObject({
    label: 'Token',
    guide: { steps: ['Make one.'] },
    way: { value: 'token' },
  });
  expect(placeOf(FIELDS, 'auth=token')).toMatchObject({ label: 'Token', guide: { steps: ['Sign in.'] } });
  expect(placeOf(FIELDS, 'auth=key')).toMatchObject({ label: 'Key', guide: { steps: ['Choose.'] } });
  expect(placeOf(FIELDS, 'elsewhere')).toBeUndefined();
});

test('of stored secrets it is shown since when they are, and nothing else', () => {
  const config = {
    address: 'https://acme.example',
    auth: { method: 'token', token: { isSet: true, changedAt: '2026-11-23T09:00:00Z' } },
  };
  // All that is read of either.
  const start = storedStart({ form: FORM } as never, { config } as never, Date.parse('2026-11-26T09:00:00Z'));
  expect(start).toEqual({ settings: config, stored: [['auth.token', 'Set 3 days ago']] });
});
