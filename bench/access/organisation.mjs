/**
 * A large organisation as rows, made inside the database: what is measured are questions, not the sync that would bring them.
 * Numbers decide everything, so that each run has the same one.
 */
import { note } from '../stack.mjs';

const SEEN = `now() - interval '100 days'`;
const COMMON = 'integration_id, key, stream, generation, hash, first_seen_at, present_since, last_seen_at, changed_at';
const common = (key, stream) => `$1::uuid, ${key}, '${stream}', 1, '\\x00'::bytea, ${SEEN}, ${SEEN}, now(), ${SEEN}`;

/** Ids as long as a provider's. */
const id = (prefix, number) => `'${prefix}' || lpad(to_hex((${number})::bigint), 17, '0')`;
/** A number below `below` that looks like chance. */
const chance = (seed, below) => `(abs(hashint8extended((${seed})::bigint, 42)) % (${below}))`;

/** What each statement makes, in its order; `$1` is the integration. */
export function statements({ accounts, groups, applications, memberships, events, days }) {
  const each = Math.floor(memberships / accounts);
  const pairs = accounts * 10;
  return {
    accounts: `INSERT INTO accounts (${COMMON}, login, email, display_name, status, provider_status, created_at)
      SELECT ${common(id('00u', 'n'), 'accounts')}, 'user' || n || '@acme.example', 'user' || n || '@acme.example',
        (ARRAY['Ana','Ben','Cleo','Dan','Eva','Finn','Gita','Hugo'])[1 + ${chance('n', 8)}] || ' ' || substr(md5(n::text), 1, 8),
        CASE WHEN n % 20 = 0 THEN 'suspended' ELSE 'active' END, 'ACTIVE', ${SEEN} FROM generate_series(0, ${accounts - 1}) n`,
    groups: `INSERT INTO groups (${COMMON}, name, origin) SELECT ${common(id('00g', 'n'), 'groups')}, 'Group ' || n, 'native' FROM generate_series(0, ${groups - 1}) n`,
    applications: `INSERT INTO applications (${COMMON}, label, status, features) SELECT ${common(id('0oa', 'n'), 'applications')}, 'Application ' || n, 'active', '{}' FROM generate_series(0, ${applications - 1}) n`,
    roles: `INSERT INTO roles (${COMMON}, label, built_in, permissions) SELECT ${common(`'ROLE_' || n`, 'roles')}, 'Role ' || n, true, '{}' FROM generate_series(0, 12) n`,
    // Group 0 has half of all accounts, the next hundred 1,000 each and more, the others what is left.
    memberships: `INSERT INTO memberships (${COMMON}, partition, "group", member_kind, member)
      SELECT ${common(`${id('00g', 'g')} || '|' || ${id('00u', 'n')}`, 'memberships')}, ${id('00g', 'g')}, ${id('00g', 'g')}, 'account', ${id('00u', 'n')}
      FROM (SELECT DISTINCT n, CASE WHEN k = 0 THEN CASE WHEN n % 2 = 0 THEN 0 ELSE 1 + ${chance('n', 100)} END
          WHEN k = 1 THEN 1 + ${chance('n * 7 + 1', 100)} ELSE 101 + ${chance(`n * 31 + k`, groups - 101)} END AS g
        FROM generate_series(0, ${accounts - 1}) n, generate_series(0, ${each - 1}) k) m ORDER BY g, n`,
    // Nesting, which some directories have: a hundred groups in ten.
    nested: `INSERT INTO memberships (${COMMON}, partition, "group", member_kind, member)
      SELECT ${common(`${id('00g', '200 + n / 10')} || '|' || ${id('00g', '300 + n')}`, 'memberships')}, ${id('00g', '200 + n / 10')}, ${id('00g', '200 + n / 10')}, 'group', ${id('00g', '300 + n')} FROM generate_series(0, 99) n`,
    // Application 0 by the group of half of everybody; the others by three groups each, of which the first is one of the large.
    'group assignments': `INSERT INTO app_assignments (${COMMON}, application, principal_kind, principal, scope)
      SELECT ${common(`${id('0oa', 'a')} || '|' || ${id('00g', 'g')}`, 'app-group-assignments')}, ${id('0oa', 'a')}, 'group', ${id('00g', 'g')}, 'direct'
      FROM (SELECT 0 AS a, 0 AS g UNION SELECT a, CASE k WHEN 0 THEN 1 + a % 100 ELSE 101 + ${chance('a * 3 + k', groups - 101)} END
        FROM generate_series(1, ${applications - 1}) a, generate_series(0, 2) k) s`,
    'account assignments': `INSERT INTO app_assignments (${COMMON}, partition, application, principal_kind, principal, scope, username)
      SELECT ${common(`${id('0oa', 'a')} || '|' || ${id('00u', 'n')}`, 'app-user-assignments')}, ${id('0oa', 'a')}, ${id('0oa', 'a')}, 'account', ${id('00u', 'n')}, 'direct', 'user' || n
      FROM (SELECT DISTINCT ${chance('n * 13 + k', applications)} AS a, n FROM generate_series(0, ${accounts - 1}) n, generate_series(0, 1) k) s ORDER BY a, n`,
    // A provider lists whoever has an application through a group as well: of the large one and a hundred others.
    'assignments through groups': `INSERT INTO app_assignments (${COMMON}, partition, application, principal_kind, principal, scope, username)
      SELECT ${common(`s.application || '|' || m.member`, 'app-user-assignments')}, s.application, s.application, 'account', m.member, 'group', 'user'
      FROM app_assignments s JOIN memberships m ON m.integration_id = $1 AND m."group" = s.principal AND m.member_kind = 'account'
      WHERE s.integration_id = $1 AND s.principal_kind = 'group' AND s.application <= ${id('0oa', 100)} ORDER BY 2 ON CONFLICT DO NOTHING`,
    'role assignments': `INSERT INTO role_assignments (${COMMON}, role, principal_kind, principal)
      SELECT ${common(`'ROLE_' || (n % 13) || '|' || ${id('00u', 'n * 97')}`, 'role-assignments')}, 'ROLE_' || (n % 13), 'account', ${id('00u', 'n * 97')} FROM generate_series(0, 499) n
      UNION ALL SELECT ${common(`'ROLE_' || (n % 13) || '|' || ${id('00g', '500 + n')}`, 'role-assignments')}, 'ROLE_' || (n % 13), 'group', ${id('00g', '500 + n')} FROM generate_series(0, 19) n`,
    // As if these events had come one by one: each account uses some ten applications on some of the days.
    usage: `INSERT INTO usage (integration_id, "use", principal, object, first_at, last_at, times, days, day_times)
      SELECT $1::uuid, 'application', ${id('00u', 'n')}, ${id('0oa', 'a')}, now() - interval '90 days', now() - make_interval(days => ${chance('n * 5 + a', days)}::int), ${Math.max(1, Math.floor(events / pairs))},
        d.days, array_fill(${Math.max(1, Math.floor(events / pairs / 20))}, ARRAY[cardinality(d.days)])
      FROM (SELECT DISTINCT n, CASE WHEN k = 0 AND n % 2 = 0 THEN 0 ELSE ${chance('n * 17 + k', applications)} END AS a FROM generate_series(0, ${accounts - 1}) n, generate_series(0, 9) k) p,
        LATERAL (SELECT array_agg((now() - make_interval(days => ${days} - i * 4))::date ORDER BY i) AS days FROM generate_series(1, ${Math.floor(days / 4)} - (p.n % 8)) i) d`,
    'sign-ins': `INSERT INTO usage (integration_id, "use", principal, object, first_at, last_at, times, days, day_times)
      SELECT $1::uuid, 'sign_in', ${id('00u', 'n')}, '', now() - interval '90 days', now(), ${days}, ARRAY[now()::date], ARRAY[1] FROM generate_series(0, ${accounts - 1}) n`,
    administration: `INSERT INTO usage (integration_id, "use", principal, object, first_at, last_at, times, days, day_times)
      SELECT $1::uuid, 'administration', ${id('00u', 'n * 97')}, '', now() - interval '90 days', now() - make_interval(days => n % 180), 10, ARRAY[now()::date], ARRAY[1] FROM generate_series(0, 299) n`,
    'days of use': `INSERT INTO usage_days (integration_id, "use", object, day, times)
      SELECT $1::uuid, 'application', ${id('0oa', 'a')}, (now() - make_interval(days => d))::date, 500 FROM generate_series(0, ${applications - 1}) a, generate_series(0, ${days - 1}) d
      UNION ALL SELECT $1::uuid, 'sign_in', '', (now() - make_interval(days => d))::date, ${accounts} FROM generate_series(0, ${days - 1}) d
      UNION ALL SELECT $1::uuid, 'administration', '', (now() - make_interval(days => d))::date, 100 FROM generate_series(0, ${days - 1}) d`,
    since: `INSERT INTO usage_since (integration_id, since, changed_at) VALUES ($1, now() - interval '90 days', now())`,
    streams: `INSERT INTO stream_state (integration_id, stream, kind, semantics, status, generation, complete_generation, fresh_at, first_complete_at)
      SELECT $1::uuid, s, k, 'snapshot', 'complete', 1, 1, now(), ${SEEN} FROM (VALUES ('accounts','account'), ('groups','group'), ('applications','application'),
        ('roles','role'), ('memberships','membership'), ('app-group-assignments','app_assignment'), ('app-user-assignments','app_assignment'),
        ('role-assignments','role_assignment'), ('activity','activity')) v (s, k)`,
  };
}

/** @param query runs a statement with the integration as its parameter */
export async function fillOrganisation(query, integrationId, sizes) {
  for (const [name, text] of Object.entries(statements(sizes))) {
    const began = performance.now();
    const { rowCount } = await query(text, text.includes('$1') ? [integrationId] : []);
    note(`${name.padEnd(22)} ${String(rowCount).padStart(9)} rows  ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  }
  await query('VACUUM ANALYZE');
}
