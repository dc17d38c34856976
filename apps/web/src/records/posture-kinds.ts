import { code, count, flag, instant, type KindDefinition, list, object, reference, references, text, word } from './fields.js';

const SCOPE = {
  includedGroups: references('For groups', 'group'),
  excludedGroups: references('Not for groups', 'group'),
  includedAccounts: references('For accounts', 'account'),
  excludedAccounts: references('Not for accounts', 'account'),
} as const;

const ZONES = {
  includedZones: references('From zones', 'network_zone'),
  excludedZones: references('Not from zones', 'network_zone'),
} as const;

const TIMES = { createdAt: instant('Created'), updatedAt: instant('Updated') } as const;

/** How the organisation is set up, and what happens in it. */
export const POSTURE_KINDS = {
  policy: {
    many: 'Policies',
    one: 'policy',
    name: ['name'],
    shown: ['name', 'type', 'status', 'priority', 'builtIn', 'description', 'updatedAt'],
    fields: {
      name: text('Name', 230),
      type: code('Decides on', 190),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      priority: count('Priority'),
      builtIn: flag('Built in'),
      description: text('Description', 240),
      password: object('Passwords', 'json'),
      ...SCOPE,
      ...TIMES,
    },
  },
  policy_rule: {
    many: 'Policy rules',
    one: 'policy rule',
    name: ['name'],
    shown: ['name', 'policy', 'type', 'status', 'effect', 'mfaRequired', 'priority'],
    fields: {
      name: text('Name', 220),
      policy: reference('Policy', 'policy', 210),
      type: code('Decides on', 160),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      priority: count('Priority'),
      builtIn: flag('Built in'),
      effect: word('Effect'),
      mfaRequired: flag('Second factor', 130),
      session: object('Session', 'json'),
      requirement: object('Asks for', 'json'),
      inactivity: object('When not used', 'json'),
      enrolment: code('Enrolment', 130),
      ...ZONES,
      ...SCOPE,
      ...TIMES,
    },
  },
  network_zone: {
    many: 'Network zones',
    one: 'network zone',
    name: ['name'],
    shown: ['name', 'type', 'status', 'usage', 'entries', 'updatedAt'],
    fields: {
      name: text('Name', 210),
      type: code('Type', 120),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      usage: word('Used as'),
      builtIn: flag('Built in'),
      entries: list('Addresses', 300),
      ...TIMES,
    },
  },
  sign_in_method: {
    many: 'Sign-in methods',
    one: 'sign-in method',
    name: ['name', 'product'],
    shown: ['name', 'product', 'type', 'status', 'methods', 'phishingResistant'],
    fields: {
      name: text('Name', 200),
      product: code('Product', 180),
      type: code('Family', 130),
      provider: code('Provider', 120),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      methods: list('Variants', 200),
      phishingResistant: flag('Resists phishing', 140),
      fipsOnly: flag('FIPS only', 110),
      ...TIMES,
    },
  },
  api_token: {
    many: 'API tokens',
    one: 'API token',
    name: ['name'],
    shown: ['name', 'account', 'clientName', 'network', 'createdAt', 'expiresAt'],
    fields: {
      name: text('Name', 220),
      account: reference('Has the rights of', 'account', 210),
      clientName: text('Client', 170),
      network: word('Usable from'),
      ...ZONES,
      ...TIMES,
      expiresAt: instant('Expires'),
    },
  },
  app_grant: {
    many: 'Granted scopes',
    one: 'granted scope',
    name: ['scope'],
    shown: ['scope', 'application', 'status', 'source', 'clientId', 'createdAt'],
    fields: {
      scope: code('Scope', 220),
      application: reference('Application', 'application', 210),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      source: code('Agreed by', 130),
      clientId: code('Client id', 190),
      issuer: code('Issuer', 220),
      ...TIMES,
    },
  },
  log_stream: {
    many: 'Log streams',
    one: 'log stream',
    name: ['name'],
    shown: ['name', 'type', 'status', 'createdAt', 'updatedAt'],
    fields: {
      name: text('Name', 240),
      type: code('Type', 200),
      status: word('Status'),
      providerStatus: code('Status at the provider'),
      ...TIMES,
    },
  },
  org_setting: {
    many: 'Organisation settings',
    one: 'organisation setting',
    name: ['name', 'area'],
    shown: ['name', 'area', 'value', 'changedAt'],
    fields: {
      name: text('Name', 220),
      area: word('Area', 160),
      value: object('Settings', 'json', 420),
      ...TIMES,
    },
  },
  activity: {
    many: 'Activity',
    one: 'event',
    name: ['message', 'type'],
    shown: ['published', 'message', 'outcome', 'actor', 'targets', 'client'],
    fields: {
      published: instant('When', 120),
      message: text('What happened', 220),
      type: code('Type', 240),
      outcome: word('Outcome', 110),
      outcomeReason: text('Reason', 200),
      actor: object('Who', 'party', 170),
      targets: object('On what', 'parties', 205),
      client: object('From where', 'client', 190),
      severity: word('Severity', 110),
      session: code('Session', 190),
      transaction: code('Transaction', 190),
      use: word('Shows use of', 130),
      used: code('Used', 190),
    },
  },
} as const satisfies { readonly [K in PostureKind]: KindDefinition<K> };

type PostureKind =
  | 'policy'
  | 'policy_rule'
  | 'network_zone'
  | 'sign_in_method'
  | 'api_token'
  | 'app_grant'
  | 'log_stream'
  | 'org_setting'
  | 'activity';
