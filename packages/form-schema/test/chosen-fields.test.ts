import {
  addressPaths,
  chosenAddresses,
  chosenSecrets,
  describeForm,
  OriginField,
  SecretField,
  SelectField,
  TextField,
  VariantField,
} from '../src/index.js';

class PasswordAuth {
  @TextField({ label: 'User' }) readonly user!: string;
  @SecretField({ label: 'Password' }) readonly password!: string;
}
class OtherPasswordAuth {
  @SecretField({ label: 'Password' }) readonly password!: string;
  @OriginField({ label: 'Token address' }) readonly tokenUrl!: string;
}
class Settings {
  @OriginField({ label: 'Domain' }) readonly domain!: string;
  @SelectField({
    label: 'Region',
    address: true,
    optional: true,
    options: [
      { value: 'us', label: 'US' },
      { value: 'eu', label: 'EU' },
    ],
  })
  readonly region: string = 'us';
  @TextField({ label: 'Tenant', address: true, optional: true }) readonly tenant?: string;
  @SecretField({ label: 'Signing secret', optional: true }) readonly signing?: string;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    variants: [
      { value: 'basic', label: 'Basic', config: PasswordAuth },
      { value: 'other', label: 'Other', config: OtherPasswordAuth },
    ],
  })
  readonly auth!: unknown;
}

const basic = { domain: 'acme.provider.test', auth: { method: 'basic', user: 'ana', password: 'x' } };

test('secrets of the chosen variant only, and in which variant they lie', () => {
  expect(chosenSecrets(Settings, basic)).toEqual([
    { path: 'signing', value: undefined, required: false, choices: [] },
    { path: 'auth.password', value: 'x', required: true, choices: ['auth=basic'] },
  ]);
  expect(chosenSecrets(Settings, { auth: { method: 'other' } }).at(-1)).toEqual({
    path: 'auth.password',
    value: undefined,
    required: true,
    choices: ['auth=other'],
  });
});

test.each([undefined, null, 'text', [], {}, { auth: [] }, { auth: { method: 'guess' } }, { auth: { method: '__proto__' } }])(
  '%j has no place for the secret of a variant',
  (input) => {
    expect(chosenSecrets(Settings, input).map(({ path }) => path)).toEqual(['signing']);
  },
);

test('addresses as they would be kept: spelling and defaults do not matter, a refused one is none', async () => {
  expect(await chosenAddresses(Settings, basic)).toEqual(
    new Map([
      ['domain', 'https://acme.provider.test'],
      ['region', 'us'],
    ]),
  );
  const same = { ...basic, domain: ' https://ACME.provider.test/ ', region: 'us', tenant: '' };
  expect(await chosenAddresses(Settings, same)).toEqual(await chosenAddresses(Settings, basic));
  expect(await chosenAddresses(Settings, { ...basic, domain: 'http://10.0.0.1' })).toEqual(
    new Map([
      ['domain', undefined],
      ['region', 'us'],
    ]),
  );
  const local = { ...basic, domain: 'http://127.0.0.1:9', auth: { method: 'other', tokenUrl: 'https://token.provider.test' } };
  expect(await chosenAddresses(Settings, local, { allowedHosts: ['127.0.0.1'] })).toEqual(
    new Map([
      ['domain', 'http://127.0.0.1:9'],
      ['region', 'us'],
      ['auth.tokenUrl', 'https://token.provider.test'],
    ]),
  );
});

test('the form says which settings are addresses', () => {
  expect(addressPaths(Settings)).toEqual(['domain', 'region', 'tenant', 'auth.tokenUrl']);
  expect(describeForm(Settings).addresses).toEqual(['domain', 'region', 'tenant', 'auth.tokenUrl']);
});
