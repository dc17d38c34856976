import type { FieldIssue } from '@castellan/connector-sdk';
import { NumberField, OriginField, SwitchField, TextListField, VariantField } from '@castellan/form-schema';
import { API_TOKEN_GUIDES, CHOICE_GUIDE, CLIENT_SECRET_GUIDES, PRIVATE_KEY_GUIDES } from './credential-guides.js';
import { ApiTokenAuth, ClientSecretAuth, type OktaAuth, PrivateKeyAuth } from './okta-auth.js';
import { checkOktaHost, withoutAdmin } from './okta-domain.js';
import { parsePrivateKey } from './private-key.js';
import { SETTING_GUIDES } from './setting-guides.js';

const RATE_LIMIT = 'Rate limit';
const SCOPE = 'Scope';
const MORE_DATA = 'More data';
const ACTIONS = 'Actions';

const PATTERNS = 'One pattern a line; * stands for any characters, ? for one. Capitals do not matter.';

/** The settings of an Okta integration: `{ domain, auth: { method, ... } }` and what has a default. */
export class OktaConfig {
  @OriginField({
    label: 'Okta domain',
    placeholder: 'https://acme.okta.com',
    help: 'The address that your people sign in at; a custom domain is fine.',
    normalise: withoutAdmin,
    check: checkOktaHost,
    guide: SETTING_GUIDES.domain,
  })
  readonly domain!: string;

  @VariantField({
    label: 'Credentials',
    guide: CHOICE_GUIDE,
    discriminator: 'method',
    variants: [
      {
        value: 'client_secret',
        label: 'Client secret (API service integration)',
        config: ClientSecretAuth,
        guide: CLIENT_SECRET_GUIDES.way,
      },
      { value: 'private_key', label: 'Private key (API Services app)', config: PrivateKeyAuth, guide: PRIVATE_KEY_GUIDES.way },
      {
        value: 'api_token',
        label: 'Token (for legacy integrations)',
        config: ApiTokenAuth,
        legacy: true,
        guide: API_TOKEN_GUIDES.way,
      },
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
    guide: SETTING_GUIDES.activityDays,
  })
  readonly activityDays: number = 7;

  /** Percent of the limits in the answers' headers, which are this connection's own and not the organisation's. */
  @NumberField({
    label: 'Share of the rate limit (percent)',
    help: "The part of what Okta's rate limit grants this connection that a sync may spend. Less is slower and leaves more to others.",
    group: RATE_LIMIT,
    min: 5,
    max: 100,
    optional: true,
    guide: SETTING_GUIDES.rateLimitShare,
  })
  readonly rateLimitShare: number = 80;

  @TextListField({
    label: 'Only these groups',
    help: `By name; empty: all. ${PATTERNS}`,
    placeholder: 'Sales*',
    group: SCOPE,
    guide: SETTING_GUIDES.includeGroups,
  })
  readonly includeGroups: readonly string[] = [];

  @TextListField({
    label: 'Without these groups',
    help: `By name; counts before "only". ${PATTERNS}`,
    group: SCOPE,
    guide: SETTING_GUIDES.excludeGroups,
  })
  readonly excludeGroups: readonly string[] = [];

  @TextListField({
    label: 'Only these applications',
    help: `By label; empty: all. ${PATTERNS}`,
    group: SCOPE,
    guide: SETTING_GUIDES.includeApplications,
  })
  readonly includeApplications: readonly string[] = [];

  @TextListField({
    label: 'Without these applications',
    help: `By label; counts before "only". ${PATTERNS}`,
    group: SCOPE,
    guide: SETTING_GUIDES.excludeApplications,
  })
  readonly excludeApplications: readonly string[] = [];

  @SwitchField({
    label: 'Leave out groups that applications master',
    help: 'Groups that were imported from an application such as Active Directory (type APP_GROUP).',
    group: SCOPE,
    guide: SETTING_GUIDES.skipAppGroups,
  })
  readonly skipAppGroups: boolean = false;

  @SwitchField({
    label: "Leave out people's factors",
    help: 'Okta has no list of them: one call for each person, the longest part of a sync in a large organisation.',
    group: SCOPE,
    guide: SETTING_GUIDES.skipFactors,
  })
  readonly skipFactors: boolean = false;

  /** Reads members from a list that Okta's own console uses and does not document; where it is not offered, the usual one. */
  @SwitchField({
    label: 'Use the lighter member list',
    help: 'Faster for large groups. Okta does not document this list; where it is missing, the usual one is read.',
    group: RATE_LIMIT,
    guide: SETTING_GUIDES.skinnyUsers,
  })
  readonly skinnyUsers: boolean = false;

  /** Needs `POSTURE_SCOPES`. */
  @SwitchField({
    label: 'Policies and security settings',
    help: 'Also read policies, authenticators, network zones, API tokens, log streams, ThreatInsight, organisation settings and app grants. Grant the scopes for them in Okta, too.',
    group: MORE_DATA,
    guide: SETTING_GUIDES.posture,
  })
  readonly posture: boolean = false;

  /** A call in the bucket of users for each account that is not deactivated, and another for its tokens. */
  @SwitchField({
    label: 'Devices and tokens of each account',
    help: 'Also read which devices people have enrolled, and which programs may act for them. Two calls for each person: in a large organisation hours, once a week.',
    group: MORE_DATA,
    guide: SETTING_GUIDES.eachAccount,
  })
  readonly eachAccount: boolean = false;

  /** The only list that has the age of a secret shows the secret, and Okta writes an event for each reading: never unasked. */
  @SwitchField({
    label: 'Age of client secrets',
    help: 'Also read how old the client secrets of your applications are. Okta shows the secrets themselves while they are read; Castellan keeps only ID, state and dates. Okta logs each reading.',
    group: MORE_DATA,
    guide: SETTING_GUIDES.secretAges,
  })
  readonly secretAges: boolean = false;

  /** Needs `ACTION_SCOPES`, and admin roles that may change things. */
  @SwitchField({
    label: 'Actions in Okta',
    help: 'Let this connection change something in Okta: end sessions, suspend people, take roles and groups away. Only when somebody asks for an action, and each is shown before it is done.',
    group: ACTIONS,
    guide: SETTING_GUIDES.actions,
  })
  readonly actions: boolean = false;
}

/** The rules that need more than a look at the text: the private key must be one that Okta takes. */
export function refineOktaConfig(config: Readonly<OktaConfig>): readonly FieldIssue[] {
  if (config.auth.method !== 'private_key') return [];
  const parsed = parsePrivateKey(config.auth.privateKey);
  return 'problem' in parsed ? [{ field: 'auth.privateKey', message: parsed.problem }] : [];
}
