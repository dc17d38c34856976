import type { MigrationInterface, QueryRunner } from 'typeorm';
import { COMMON_COLUMNS } from './record-tables-sql.js';

/** Frozen, like the first migration's tables: see there. */
const TABLES: Readonly<Record<string, string>> = {
  policies: `"included_groups" text[] NOT NULL,
      "excluded_groups" text[] NOT NULL,
      "included_accounts" text[] NOT NULL,
      "excluded_accounts" text[] NOT NULL,
      "name" text,
      "type" text,
      "status" text NOT NULL,
      "provider_status" text,
      "priority" double precision,
      "built_in" boolean,
      "description" text,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  policy_rules: `"included_groups" text[] NOT NULL,
      "excluded_groups" text[] NOT NULL,
      "included_accounts" text[] NOT NULL,
      "excluded_accounts" text[] NOT NULL,
      "policy" text NOT NULL,
      "name" text,
      "type" text,
      "status" text NOT NULL,
      "provider_status" text,
      "priority" double precision,
      "built_in" boolean,
      "effect" text,
      "mfa_required" boolean,
      "included_zones" text[] NOT NULL,
      "excluded_zones" text[] NOT NULL,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  network_zones: `"name" text,
      "type" text,
      "status" text NOT NULL,
      "provider_status" text,
      "usage" text NOT NULL,
      "built_in" boolean,
      "entries" text[] NOT NULL,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  sign_in_methods: `"name" text,
      "product" text,
      "type" text,
      "provider" text,
      "status" text NOT NULL,
      "provider_status" text,
      "methods" text[],
      "phishing_resistant" boolean,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  api_tokens: `"name" text,
      "account" text,
      "client_name" text,
      "network" text NOT NULL,
      "included_zones" text[] NOT NULL,
      "excluded_zones" text[] NOT NULL,
      "created_at" timestamptz,
      "updated_at" timestamptz,
      "expires_at" timestamptz`,
  app_grants: `"application" text NOT NULL,
      "client_id" text,
      "scope" text,
      "issuer" text,
      "status" text NOT NULL,
      "provider_status" text,
      "source" text,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  log_streams: `"name" text,
      "type" text,
      "status" text NOT NULL,
      "provider_status" text,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
  org_settings: `"area" text NOT NULL,
      "name" text,
      "value" jsonb,
      "created_at" timestamptz,
      "updated_at" timestamptz`,
};

/** Tables for the kinds of ADR 8. */
export class Posture1764070000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(TABLES))
      await runner.query(`CREATE TABLE "${table}" (
      ${COMMON_COLUMNS},
      ${columns},
      PRIMARY KEY (integration_id, key)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = Object.keys(TABLES).map((table) => `"${table}"`);
    await runner.query(`DROP TABLE ${names.join(', ')}`);
  }
}
