/**
 * What checks read beside the directory of `bench/access`: sign-ins, passwords, authenticators, what is set on applications, roles and
 * policies. Made inside the database, by numbers, so that each run has the same.
 */
import { note } from '../stack.mjs';

const SEEN = `now() - interval '100 days'`;
const COMMON = 'integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at';
const common = (key, stream) => `$1::uuid, ${key}, '${stream}', 1, '\\x00'::bytea, ${SEEN}, ${SEEN}, now(), ${SEEN}`;
const id = (prefix, number) => `'${prefix}' || lpad(to_hex((${number})::bigint), 17, '0')`;
const chance = (seed, below) => `(abs(hashint8extended((${seed})::bigint, 7)) % (${below}))`;

const POWERS = [
  ['everything', true],
  ['manage_organisation,manage_accounts,reset_passwords,reset_authenticators,manage_groups,manage_memberships', false],
  ['manage_applications,assign_applications,read_client_secrets', false],
  ['reset_passwords,reset_authenticators', false],
  ['manage_accounts,reset_passwords,manage_memberships', false],
  ['manage_memberships', false],
  ['read,read_client_secrets', true],
];

function statements({ accounts, groups, applications }) {
  const n = `(('x' || right(key, 8))::bit(32)::int)`;
  return {
    'what accounts say': `UPDATE accounts SET last_login_at = now() - make_interval(days => ${chance(n, 130)}::int), password_changed_at = now() - make_interval(days => ${chance(`${n} + 1`, 900)}::int),
        activated_at = ${SEEN}, status_changed_at = ${SEEN}, manager = CASE WHEN ${n} % 10 > 0 THEN 'user1@acme.example' END, department = 'D' || ${n} % 40,
        credential_provider = CASE WHEN ${n} % 9 = 0 THEN 'ACTIVE_DIRECTORY' ELSE 'OKTA' END, employee_number = CASE WHEN ${n} % 10 > 0 THEN ${n}::text END,
        user_type = CASE WHEN ${n} % 100 = 0 THEN 'Service' ELSE 'Employee' END, recovery_question = ${n} % 3 = 0,
        mobile_phone = '+49' || ${n} % 90000, status = CASE WHEN ${n} % 50 = 0 THEN 'deprovisioned' WHEN ${n} % 40 = 0 THEN 'password_expired' ELSE status END
      WHERE integration_id = $1`,
    authenticators: `INSERT INTO authenticators (${COMMON}, partition, account, factor_type, provider, status, phishing_resistant)
      SELECT ${common(`${id('00u', 'n')} || '|f' || k`, 'authenticators')}, ${id('00u', 'n')}, ${id('00u', 'n')}, (ARRAY['push','sms','webauthn','token:software:totp','email'])[1 + ${chance('n * 3 + k', 5)}], 'ACME', 'active', ${chance('n * 3 + k', 5)} = 2
      FROM generate_series(0, ${accounts - 1}) n, generate_series(0, 1) k WHERE n % 8 > 0`,
    'what roles may': `UPDATE roles SET powers = string_to_array((ARRAY[${POWERS.map(([powers]) => `'${powers}'`).join(',')}])[1 + substr(key, 6)::int % ${POWERS.length}], ','),
        over_administrators = (ARRAY[${POWERS.map(([, over]) => over).join(',')}])[1 + substr(key, 6)::int % ${POWERS.length}] WHERE integration_id = $1`,
    'what applications have set': `UPDATE applications SET name = 'acme_' || label, sign_on_method = (ARRAY['saml','openid','stored_password','bookmark'])[1 + ${n} % 4], client_id = key, self_service = ${n} % 6 = 0,
        ends_sessions = ${n} % 3 = 0, policy = 'pol' || ${n} % 20, features = CASE WHEN ${n} % 5 = 0 THEN '{PUSH_NEW_USERS}'::text[] ELSE '{}' END,
        oauth_client = CASE WHEN ${n} % 4 = 1 THEN jsonb_build_object('type', 'web', 'grantTypes', '["authorization_code","implicit"]'::jsonb, 'responseTypes', '["code"]'::jsonb, 'authentication', 'secret',
          'redirectUris', '["https://app.example.com/cb","http://app.example.com/cb"]'::jsonb, 'wildcardRedirects', false, 'boundTokens', false, 'proofKey', false) END,
        assertion = CASE WHEN ${n} % 4 = 0 THEN '{"version":"2.0","signatureAlgorithm":"RSA_SHA1","digestAlgorithm":"SHA1","responseSigned":true,"assertionSigned":false,"audience":"x","address":"https://app.example.com"}'::jsonb END
      WHERE integration_id = $1`,
    provisioning: `INSERT INTO app_provisionings (${COMMON}, application, status, endpoint, creates_accounts, deactivates_accounts, password)
      SELECT ${common(id('0oa', 'n'), 'app-provisioning')}, ${id('0oa', 'n')}, 'active', 'https://app' || n || '.example.com/accounts', true, n % 2 = 0, (ARRAY['none','own','random'])[1 + n % 3] FROM generate_series(0, ${applications - 1}, 5) n`,
    credentials: `INSERT INTO app_credentials (${COMMON}, partition, application, type, status, created_at, expires_at)
      SELECT ${common(`${id('0oa', 'n')} || '|k'`, 'app-credentials')}, ${id('0oa', 'n')}, ${id('0oa', 'n')}, 'signing_certificate', 'active', now() - make_interval(days => n), now() + make_interval(days => n % 400) FROM generate_series(0, ${applications - 1}, 4) n`,
    owners: `INSERT INTO group_owners (${COMMON}, partition, "group", owner_kind, owner) SELECT ${common(`${id('00g', 'n')} || '|' || ${id('00u', 'n * 7')}`, 'group-owners')}, ${id('00g', 'n')}, ${id('00g', 'n')}, 'account', ${id('00u', 'n * 7')} FROM generate_series(0, ${Math.min(groups, 2_000) - 1}) n`,
    rules: `INSERT INTO group_rules (${COMMON}, name, expression, target_groups, excluded_accounts, status)
      SELECT ${common(`'rule' || n`, 'group-rules')}, 'Rule ' || n, 'user.department=="D' || n || '"', ARRAY[${id('00g', 'n')}], '{}', 'active' FROM generate_series(0, 499) n`,
    'identity providers': `INSERT INTO identity_providers (${COMMON}, name, type, protocol, status, account_link_action, provisioning_action, trust)
      SELECT ${common(`'idp' || n`, 'identity-providers')}, 'Partner ' || n, 'SAML2', 'SAML2', 'active', 'AUTO', 'AUTO', jsonb_build_object('category', 'federation', 'linkNotAdministrators', n > 0, 'linkOnlyGroups', jsonb_build_array(${id('00g', '1 + n')}), 'groups', '[]'::jsonb, 'groupAction', 'none', 'match', 'login') FROM generate_series(0, 9) n`,
    links: `INSERT INTO idp_links (${COMMON}, partition, identity_provider, account) SELECT ${common(`'idp' || (n % 10) || '|' || ${id('00u', 'n * 9')}`, 'idp-links')}, 'idp' || (n % 10), 'idp' || (n % 10), ${id('00u', 'n * 9')} FROM generate_series(0, ${Math.floor(accounts / 9) - 1}) n`,
    policies: `INSERT INTO policies (${COMMON}, included_groups, excluded_groups, included_accounts, excluded_accounts, name, type, status, priority, password)
      SELECT ${common(`'pol' || n`, 'policies')}, '{}', '{}', '{}', '{}', 'Policy ' || n, CASE WHEN n < 5 THEN 'PASSWORD' ELSE 'ACCESS_POLICY' END, 'active', n, CASE WHEN n < 5 THEN '{"minLength":8,"maxAttempts":10,"history":4,"maxAgeDays":0,"minAgeMinutes":0,"commonRefused":false,"recovery":["email","sms"]}'::jsonb END FROM generate_series(0, 29) n`,
    'policy rules': `INSERT INTO policy_rules (${COMMON}, partition, included_groups, excluded_groups, included_accounts, excluded_accounts, policy, name, status, priority, effect, mfa_required, included_zones, excluded_zones, requirement, session)
      SELECT ${common(`'rul' || n`, 'policy-rules')}, 'pol' || n % 30, '{}', '{}', '{}', '{}', 'pol' || n % 30, 'Rule ' || n, 'active', n, 'allow', n % 2 = 0, '{}', '{}', CASE WHEN n % 30 > 10 THEN '{"phishingResistant":false,"again":120}'::jsonb END,
        CASE WHEN n % 30 BETWEEN 5 AND 10 THEN '{"idleMinutes":120,"lifetimeMinutes":0,"persistent":true,"prompt":"session","behaviours":[]}'::jsonb END FROM generate_series(0, 89) n`,
    'API tokens': `INSERT INTO api_tokens (${COMMON}, name, account, network, included_zones, excluded_zones, created_at, updated_at) SELECT ${common(`'tok' || n`, 'api-tokens')}, 'Token ' || n, ${id('00u', 'n * 97')}, 'anywhere', '{}', '{}', ${SEEN}, ${SEEN} FROM generate_series(0, 49) n`,
    settings: `INSERT INTO org_settings (${COMMON}, area, name, value) SELECT ${common(`a`, 'settings')}, a, a, '{"action":"none","granted":true,"allowed":true,"superAdministrator":true,"idleMinutes":60,"lifetimeMinutes":1440}'::jsonb
      FROM unnest(ARRAY['threat_insight','support_access','third_party_administrators','new_programs','administration_console']) a`,
    'all kinds are read': `INSERT INTO stream_state (integration_id, stream, kind, semantics, status, generation, complete_generation, fresh_at, first_complete_at)
      SELECT $1::uuid, s, k, 'snapshot', 'complete', 1, 1, now(), ${SEEN} FROM unnest($2::text[], $3::text[]) AS v (s, k) ON CONFLICT DO NOTHING`,
  };
}

/** @param streams name and kind of each stream that the connector has */
export async function fillSettings(query, integrationId, sizes, streams) {
  for (const [name, text] of Object.entries(statements(sizes))) {
    const began = performance.now();
    const values = text.includes('$2')
      ? [integrationId, streams.map(({ name: stream }) => stream), streams.map(({ kind }) => kind)]
      : [integrationId];
    const { rowCount } = await query(text, values);
    note(`${name.padEnd(26)} ${String(rowCount).padStart(9)} rows  ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  }
  await query('VACUUM ANALYZE');
}
