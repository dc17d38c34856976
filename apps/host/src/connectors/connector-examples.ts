import type { ConnectorDetail, ConnectorView, HintedReport } from '@castellan/api';
import type { KeyPair } from '@castellan/connector-sdk';
import { Examples, freeForm } from '../docs/examples.js';

const ACME: ConnectorView = {
  id: 'acme',
  name: 'Acme',
  status: 'available',
  capabilities: ['sync', 'incremental', 'refresh', 'delta'],
  kinds: ['account', 'authenticator'],
  scopes: ['apps:read', 'groups:read', 'idps:read', 'logs:read', 'roles:read', 'users:read'],
};
const BROKEN: ConnectorView = {
  id: 'initech',
  name: 'initech',
  status: 'unavailable',
  reason: 'It was made for another version of the SDK.',
  capabilities: [],
  kinds: [],
  scopes: [],
};

export const CONNECTORS_ANSWER: readonly ConnectorView[] = [ACME, BROKEN];

const DETAIL: ConnectorDetail = {
  ...ACME,
  form: {
    formVersion: 1,
    schema: freeForm({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      properties: { domain: { title: 'Acme domain', type: 'string', minLength: 1, maxLength: 300 } },
      required: ['domain', 'auth'],
    }),
    uiSchema: freeForm({
      'ui:order': ['domain', 'auth'],
      domain: {
        'ui:widget': 'origin',
        'ui:placeholder': 'https://acme.example.com',
        'ui:guide': { steps: ['Open **Settings > Organisation** in Acme.', 'Copy the address that stands there.'] },
      },
    }),
    secrets: ['auth.clientSecret', 'auth.privateKey', 'auth.token'],
    addresses: ['domain'],
  },
  streams: [
    {
      name: 'accounts',
      kind: 'account',
      dependsOn: [],
      requires: ['users:read'],
      semantics: 'snapshot',
      refreshable: true,
      hasDelta: true,
    },
    {
      name: 'authenticators',
      kind: 'authenticator',
      dependsOn: ['accounts'],
      requires: ['users:read'],
      semantics: 'snapshot',
      refreshable: true,
      hasDelta: false,
      listedEveryDays: 7,
    },
    {
      name: 'policies',
      kind: 'policy',
      dependsOn: [],
      requires: ['policies:read'],
      semantics: 'snapshot',
      refreshable: false,
      hasDelta: false,
      pack: 'posture',
    },
  ],
  makesKeys: true,
};

export const CONNECTOR_ANSWER = new Examples({ available: DETAIL, unavailable: { ...BROKEN, streams: [], makesKeys: false } });

/** Of a made-up provider, with three ways to sign in. Each connector says in its form what it takes. */
export const ACME_CONFIGS = {
  'key pair': {
    domain: 'https://acme.example.com',
    auth: { method: 'private_key', clientId: 'castellan-4711', privateKey: '-----BEGIN PRIVATE KEY-----\n...' },
    activityDays: 30,
    excludeGroups: ['Test*'],
  },
  'client secret': {
    domain: 'https://acme.example.com',
    auth: { method: 'client_secret', clientId: 'castellan-4711', clientSecret: '...' },
  },
  token: { domain: 'https://acme.example.com', auth: { method: 'api_token', token: '...' } },
};

export const TEST_BODY = new Examples(
  Object.fromEntries(Object.entries(ACME_CONFIGS).map(([name, config]) => [name, { config }])),
);

const GOOD: HintedReport = {
  ok: true,
  tenant: { id: 'org-4711', displayName: 'acme.example.com' },
  checks: [
    { name: 'credential', status: 'ok', message: 'Acme has issued an access token.' },
    { name: 'scope users:read', status: 'ok', message: 'Granted.' },
  ],
  hints: [{ field: 'config.domain', message: 'The address of the admin console was changed to https://acme.example.com.' }],
};

const PARTIAL: HintedReport = {
  ...GOOD,
  ok: false,
  checks: [
    {
      name: 'stream roles',
      status: 'failed',
      error: {
        kind: 'permission',
        message: 'Acme does not let this connection read roles.',
        missing: ['admin role: Super Administrator'],
      },
      blocks: 'stream',
      turn: 'you',
      todo: 'Assign the admin role in Acme (Settings > API clients > the client > Roles), then test again: Super Administrator.',
    },
    { name: 'stream user-role-assignments', status: 'skipped', message: 'Not readable without roles.' },
  ],
  actionGrants: {
    granted: ['users:write'],
    missing: ['groups:write'],
    where: 'Grant it in Acme: Settings > API clients > the client > Permissions.',
  },
  hints: [],
};

const REFUSED: HintedReport = {
  ok: false,
  tenant: null,
  checks: [
    {
      name: 'credential',
      status: 'failed',
      error: { kind: 'auth', message: 'Acme does not accept the client secret.', field: 'auth.clientSecret' },
      blocks: 'connection',
      turn: 'you',
      todo: 'Correct the setting auth.clientSecret, then test again.',
    },
    {
      name: 'organisation',
      status: 'failed',
      error: { kind: 'rate_limit', message: 'Acme takes no more requests for now.', retryAt: '2026-11-25T16:45:00.000Z' },
      blocks: 'connection',
      turn: 'provider',
      todo: 'Wait until then, and test again.',
    },
  ],
  hints: [],
};

export const REPORT_ANSWER = new Examples({ good: GOOD, 'parts not readable': PARTIAL, refused: REFUSED });

export const KEYS_BODY = new Examples({ 'the usual': {}, 'elliptic curve': { algorithm: 'ES256' } });

export const KEYS_ANSWER: KeyPair = {
  publicJwk: freeForm({
    kty: 'RSA',
    n: 'kGSdlgIv8uIYYeatGNeu2VGLCML...',
    e: 'AQAB',
    use: 'sig',
    alg: 'RS256',
    kid: 'Quezr6HYIhVjIEVt',
  }),
  privateKey: '{"kty":"RSA","n":"kGSdlgIv8uIYYeatGNeu2VGLCML...","d":"..."}',
  nextSteps: ['In Acme: Settings > API clients > New client.', 'On its page, at Keys: add the public key, Save.'],
};
