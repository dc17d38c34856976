import {
  describeForm,
  NumberField,
  SecretField,
  SelectField,
  SwitchField,
  TextField,
  TextListField,
  VariantField,
} from '@castellan/form-schema';

class KeyLogin {
  readonly method = 'key';
  @TextField({ label: 'Client', maxLength: 10 }) readonly client!: string;
  @SecretField({ label: 'Private key', multiline: true }) readonly privateKey!: string;
}
class PasswordLogin {
  readonly method = 'password';
  @TextField({ label: 'Client' }) readonly client!: string;
  @SecretField({ label: 'Private key', multiline: true }) readonly privateKey!: string;
  @SecretField({ label: 'Password' }) readonly password!: string;
}
class TokenLogin {
  readonly method = 'token';
  @TextField({ label: 'Client' }) readonly client!: string;
  @SecretField({ label: 'Token' }) readonly token!: string;
}
class Settings {
  @TextField({ label: 'Tenant', help: 'The first part of your address.' }) readonly tenant!: string;
  @VariantField({
    label: 'Sign in with',
    discriminator: 'method',
    variants: [
      { value: 'token', label: 'Token', config: TokenLogin, legacy: true },
      { value: 'key', label: 'Key', config: KeyLogin },
      { value: 'password', label: 'Password', config: PasswordLogin },
    ],
  })
  readonly auth!: KeyLogin | PasswordLogin | TokenLogin;
  @SelectField({
    label: 'Region',
    options: [
      { value: 'eu', label: 'Europe' },
      { value: 'us', label: 'America' },
    ],
  })
  readonly region!: string;
  @TextListField({ label: 'Only these groups', group: 'Scope' }) readonly groups: readonly string[] = ['Sales'];
}

/** Two ways that have the same settings, one from before, and a group. */
export const FORM = describeForm(Settings);

class Proxy {
  readonly kind = 'proxy';
  @TextField({ label: 'Proxy name' }) readonly name!: string;
}
class Optional {
  @NumberField({ label: 'Share', integer: false, optional: true, min: 0, max: 90 }) readonly share: number = 7;
  @SwitchField({ label: 'Skip guests', help: 'Those of others.' }) readonly skipGuests: boolean = false;
  @SelectField({ label: 'Paging', optional: true, options: options('Pages', 'Cursor') }) readonly paging: string = 'pages';
  @SelectField({ label: 'Colour', optional: true, options: options('Red', 'Blue') }) readonly colour?: string;
  @SecretField({ label: 'Extra secret', optional: true }) readonly extra?: string;
  @VariantField({
    label: 'Way out',
    discriminator: 'kind',
    optional: true,
    group: 'Network',
    variants: [{ value: 'proxy', label: 'Over a proxy', config: Proxy }],
  })
  readonly out?: Proxy;
}

/** Nothing that must be filled. */
export const OPTIONAL = describeForm(Optional);

function options(...labels: readonly string[]) {
  return labels.map((label) => ({ value: label.toLowerCase(), label }));
}
