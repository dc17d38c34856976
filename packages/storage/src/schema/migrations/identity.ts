import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE users (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    email text NOT NULL,
    -- The address as it is compared: two spellings of one address must not become two accounts.
    email_key text NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('administrator', 'analyst', 'viewer')),
    is_operator boolean NOT NULL DEFAULT false,
    password_hash text,
    password_changed_at timestamptz,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_sign_in_at timestamptz,
    CONSTRAINT users_email_key UNIQUE (email_key)
  )`,
  `CREATE INDEX users_workspace ON users (workspace_id)`,
  // Who an identity provider says that somebody is: never found by an e-mail address.
  `CREATE TABLE user_identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject)
  )`,
  // Tokens of every sort are kept as SHA-256: who steals the table can use none of them.
  `CREATE TABLE sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    address text NOT NULL,
    agent text NOT NULL,
    CONSTRAINT sessions_token_hash UNIQUE (token_hash)
  )`,
  `CREATE INDEX sessions_user ON sessions (user_id)`,
  `CREATE TABLE invitations (
    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CONSTRAINT invitations_token_hash UNIQUE (token_hash)
  )`,
  `CREATE TABLE setup_tokens (
    token_hash bytea PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  `CREATE TABLE api_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    scopes text[] NOT NULL,
    created_by uuid REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_keys_token_hash UNIQUE (token_hash)
  )`,
  `CREATE INDEX api_keys_workspace ON api_keys (workspace_id)`,
  // A sign-in at the identity provider that is under way; its cookie names it, and it can be used once.
  `CREATE TABLE oidc_flows (
    token_hash bytea PRIMARY KEY,
    state text NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    -- Whom to link the identity to, and what allows it. Without: whoever the identity belongs to.
    link jsonb,
    expires_at timestamptz NOT NULL
  )`,
  // Counted in the database: a second host must not double an attacker's tries, nor a restart forget them.
  `CREATE TABLE sign_in_tries (
    subject text PRIMARY KEY,
    tries integer NOT NULL,
    began_at timestamptz NOT NULL
  )`,
];

/** People, their sessions, API keys, and what guards the door. */
export class Identity1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE sign_in_tries, oidc_flows, api_keys, setup_tokens, invitations, sessions, user_identities, users`,
    );
  }
}
