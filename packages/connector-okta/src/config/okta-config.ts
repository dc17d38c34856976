import type { FieldIssue } from '@castellan/connector-sdk';
import { NumberField, OriginField, SwitchField, VariantField } from '@castellan/form-schema';
import { ApiTokenAuth, ClientSecretAuth, type OktaAuth, PrivateKeyAuth } from './okta-auth.js';
import { checkOktaHost } from './okta-domain.js';
import { parsePrivateKey } from './private-key.js';

/** The settings of an Okta integration: `{ domain, auth: { method, ... }, activityDays? }`. */
export class OktaConfig {
  @OriginField({
    label: 'Okta domain',
    placeholder: 'https://acme.okta.com',
    help: 'The address that your people sign in at. A custom domain is fine; the address of the admin console is not.',
    check: checkOktaHost,
  })
  readonly domain!: string;

  @VariantField({
    label: 'Credentials',
    discriminator: 'method',
    variants: [
      { value: 'client_secret', label: 'Client secret (API service integration)', config: ClientSecretAuth },
      { value: 'private_key', label: 'Private key (API Services app)', config: PrivateKeyAuth },
      { value: 'api_token', label: 'Token (for legacy integrations)', config: ApiTokenAuth, legacy: true },
    ],
  })
  readonly auth!: OktaAuth;

  /**
   * How many days of the System Log the first run reads. 7 by default: that is what Okta itself answers when nobody asks for
   * more, and the log's bucket (60 calls of 1,000 events a minute on a usual plan) makes 90 days of a large org take hours.
   * At most 90, since Okta keeps no more.
   */
  @NumberField({
    label: 'Days of activity to read at first',
    help: 'Okta keeps 90 days. More days show more use of applications, but the first sync takes longer.',
    min: 1,
    max: 90,
    optional: true,
  })
  readonly activityDays: number = 7;

  @SwitchField({
    label: 'Read how the organisation is set up',
    help: 'Policies, network zones, sign-in methods, API tokens, grants of apps, log streams and settings. Needs more scopes.',
  })
  readonly posture: boolean = false;
}

/** The rules that need more than a look at the text: the private key must be one that Okta takes. */
export function refineOktaConfig(config: Readonly<OktaConfig>): readonly FieldIssue[] {
  if (config.auth.method !== 'private_key') return [];
  const parsed = parsePrivateKey(config.auth.privateKey);
  return 'problem' in parsed ? [{ field: 'auth.privateKey', message: parsed.problem }] : [];
}
