import type { EntitySchema } from 'typeorm';
import { type ColumnSpec, entity } from './entity.js';

const ID: ColumnSpec = { type: 'uuid!', with: { generated: 'uuid' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };

const USERS = entity(
  'users',
  ['id'],
  {
    id: ID,
    workspaceId: 'uuid!',
    email: 'text!',
    emailKey: 'text!',
    name: 'text!',
    role: 'text!',
    isOperator: { type: 'boolean!', with: { default: false } },
    passwordHash: 'text',
    passwordChangedAt: 'timestamptz',
    disabledAt: 'timestamptz',
    createdAt: NOW,
    lastSignInAt: 'timestamptz',
  },
  [{ name: 'users_email_key', columns: ['emailKey'] }],
);

const USER_IDENTITIES = entity('user_identities', ['issuer', 'subject'], {
  issuer: 'text!',
  subject: 'text!',
  userId: 'uuid!',
  createdAt: NOW,
});

const SESSIONS = entity(
  'sessions',
  ['id'],
  {
    id: ID,
    tokenHash: 'bytea!',
    userId: 'uuid!',
    createdAt: NOW,
    lastUsedAt: NOW,
    expiresAt: 'timestamptz!',
    address: 'text!',
    agent: 'text!',
  },
  [{ name: 'sessions_token_hash', columns: ['tokenHash'] }],
);

const INVITATIONS = entity(
  'invitations',
  ['userId'],
  { userId: 'uuid!', tokenHash: 'bytea!', createdAt: NOW, expiresAt: 'timestamptz!' },
  [{ name: 'invitations_token_hash', columns: ['tokenHash'] }],
);

const SETUP_TOKENS = entity('setup_tokens', ['tokenHash'], { tokenHash: 'bytea!', createdAt: NOW, expiresAt: 'timestamptz!' });

const API_KEYS = entity(
  'api_keys',
  ['id'],
  {
    id: ID,
    workspaceId: 'uuid!',
    name: 'text!',
    tokenHash: 'bytea!',
    scopes: 'text[]!',
    createdBy: 'uuid',
    createdAt: NOW,
    expiresAt: 'timestamptz!',
    lastUsedAt: 'timestamptz',
    revokedAt: 'timestamptz',
  },
  [{ name: 'api_keys_token_hash', columns: ['tokenHash'] }],
);

const OIDC_FLOWS = entity('oidc_flows', ['tokenHash'], {
  tokenHash: 'bytea!',
  state: 'text!',
  nonce: 'text!',
  verifier: 'text!',
  link: 'jsonb',
  expiresAt: 'timestamptz!',
});

const SIGN_IN_TRIES = entity('sign_in_tries', ['subject'], { subject: 'text!', tries: 'integer!', beganAt: 'timestamptz!' });

const SEQ: ColumnSpec = { type: 'integer!', with: { type: 'bigint' } };

const AUDIT_LOG = entity('audit_log', ['seq'], {
  seq: SEQ,
  at: 'timestamptz!',
  workspaceId: 'uuid',
  actor: 'jsonb!',
  address: 'text',
  action: 'text!',
  outcome: 'text!',
  target: 'jsonb',
  before: 'jsonb',
  after: 'jsonb',
  prev: 'bytea!',
  mac: 'bytea!',
});

const AUDIT_HEAD = entity('audit_head', ['id'], { id: 'integer!', seq: SEQ, mac: 'bytea!', sealed: 'bytea!' });
const HOST_KEYS = entity('host_keys', ['name'], { name: 'text!', keyId: 'text!', wrapped: 'bytea!', createdAt: NOW });

/** Who may come in, what was done, and the keys that all hosts share. */
export const IDENTITY_ENTITIES: readonly EntitySchema[] = [
  USERS,
  USER_IDENTITIES,
  SESSIONS,
  INVITATIONS,
  SETUP_TOKENS,
  API_KEYS,
  OIDC_FLOWS,
  SIGN_IN_TRIES,
  AUDIT_LOG,
  AUDIT_HEAD,
  HOST_KEYS,
];
