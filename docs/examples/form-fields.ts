import {
  NumberField,
  OriginField,
  SecretField,
  SelectField,
  SwitchField,
  TextField,
  TextListField,
  UrlField,
  VariantField,
} from '@castellan/form-schema';

// One class for each decorator, and what was entered into its form: docs/connectors/form-fields.md shows what becomes of both.

// #region TextField
export class TextFieldExample {
  @TextField({
    label: 'Tenant',
    help: 'The first part of your address.',
    placeholder: 'acme',
    maxLength: 40,
    pattern: { regex: /^[a-z0-9-]+$/, message: 'Must be lower-case letters, digits and hyphens.' },
  })
  readonly tenant!: string;
}
// #endregion
export const TextFieldTried = [
  { tenant: ' acme ' },
  { tenant: 'Acme Ltd' },
  { tenant: '' },
  { tenant: 'acme', tennant: 'acme' },
];

// #region SecretField
export class SecretFieldExample {
  @SecretField({ label: 'Private key', help: 'In PEM form.', multiline: true })
  readonly privateKey!: string;
}
// #endregion
export const SecretFieldTried = [{ privateKey: '  one-that-was-copied\n' }, {}];

// #region OriginField
export class OriginFieldExample {
  @OriginField({
    label: 'Address',
    placeholder: 'https://acme.example.com',
    normalise: (host) => {
      const plain = host.replace(/^console\./, '');
      return plain === host ? undefined : { host: plain, why: `${host} is the console. Castellan uses ${plain} instead.` };
    },
    check: (host) => (host === 'www.example.com' ? 'Is our own site, not yours.' : undefined),
  })
  readonly domain!: string;
}
// #endregion
export const OriginFieldTried = [
  { domain: 'acme.example.com' },
  { domain: 'https://console.acme.example.com' },
  { domain: 'https://www.example.com' },
  { domain: 'http://acme.example.com' },
  { domain: 'https://acme.example.com/login' },
  { domain: 'https://10.0.0.7' },
];

// #region UrlField
export class UrlFieldExample {
  @UrlField({
    label: 'Base URL',
    placeholder: 'https://api.acme.example.com/v2',
    normalise: (path) => {
      const plain = path.replace(/\/users$/, '');
      return plain === path ? undefined : { path: plain, why: '"/users" was removed: the base URL is what stands before it.' };
    },
  })
  readonly url!: string;
}
// #endregion
export const UrlFieldTried = [
  { url: 'api.acme.example.com/v2/' },
  { url: 'https://api.acme.example.com/v2/users' },
  { url: 'https://api.acme.example.com/v2?tenant=1' },
  { url: 'https://api.acme.example.com/v2/../admin' },
  { url: 'http://api.acme.example.com/v2' },
];

// #region NumberField
export class NumberFieldExample {
  @NumberField({ label: 'Days of activity', min: 1, max: 90, optional: true })
  readonly days: number = 7;
}
// #endregion
export const NumberFieldTried = [{ days: 30 }, {}, { days: 0 }, { days: 1.5 }, { days: '30' }];

// #region SwitchField
export class SwitchFieldExample {
  @SwitchField({ label: 'Leave out guests', group: 'Scope' })
  readonly skipGuests: boolean = false;
}
// #endregion
export const SwitchFieldTried = [{ skipGuests: true }, {}, { skipGuests: 'yes' }];

// #region TextListField
export class TextListFieldExample {
  @TextListField({ label: 'Only these groups', help: 'One a line; empty: all.', maxItems: 3 })
  readonly groups: readonly string[] = [];
}
// #endregion
export const TextListFieldTried = [
  { groups: 'Sales, Support\nSales' },
  { groups: ['Research, Berlin'] },
  {},
  { groups: 'a,b,c,d' },
];

// #region SelectField
export class SelectFieldExample {
  @SelectField({
    label: 'Region',
    address: true,
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'United States' },
    ],
  })
  readonly region!: string;
}
// #endregion
export const SelectFieldTried = [{ region: 'eu' }, { region: 'Europe' }, {}];

// #region VariantField
class PasswordLogin {
  readonly method = 'password';
  @TextField({ label: 'User' }) readonly user!: string;
  @SecretField({ label: 'Password' }) readonly password!: string;
}

class TokenLogin {
  readonly method = 'token';
  @SecretField({ label: 'Token' }) readonly token!: string;
}

export class VariantFieldExample {
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    variants: [
      {
        value: 'token',
        label: 'Token',
        config: TokenLogin,
        guide: {
          steps: [
            'Open **Settings > API clients** and choose **New client**.',
            'Tick each scope, and copy the token. It is shown once.',
          ],
          copy: [{ label: 'Scopes to tick', text: 'users:read\ngroups:read' }],
        },
      },
      { value: 'password', label: 'Password', config: PasswordLogin, legacy: true },
    ],
  })
  readonly auth!: TokenLogin | PasswordLogin;
}
// #endregion
export const VariantFieldTried = [
  { auth: { method: 'token', token: 'example' } },
  { auth: { method: 'token', user: 'ana' } },
  { auth: { method: 'smoke' } },
];
