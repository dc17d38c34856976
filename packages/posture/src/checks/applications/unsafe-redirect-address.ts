import { defineCheck } from '../../check/check.js';
import { texts } from '../../check/parameter.js';
import { hostOf, isInDomains, isThisMachine, isUnencrypted } from '../../sql/addresses.js';
import { isOn } from '../../sql/sensitive-applications.js';

export const unsafeRedirectAddress = defineCheck({
  id: 'unsafe-redirect-address',
  title: 'Application whose tokens can be sent to an address that somebody else may have',
  area: 'applications',
  severity: 'high',
  context: [
    { to: 'low', when: 'isOnlyLocal', because: 'it is only an address of the own machine, left over from development' },
  ],
  subject: 'application',
  population: 'oauth_clients',
  needs: ['application', 'application.oauthClient'],
  parameters: { domains: texts('Domains that people may be sent to; none: any', []) },
  // What runs on the device itself is sent to its own machine by right (RFC 8252, section 7.3).
  sql: `SELECT t.key, jsonb_build_object('label', t.label, 'type', t.oauth_client ->> 'type', 'unencrypted', f.unencrypted[1:20], 'wildcards', f.wildcards[1:20],
      'local', f.local[1:20], 'foreign', f."foreign"[1:20], 'count', f.count, 'isOnlyLocal', f.count = cardinality(f.local)) AS evidence
    FROM applications t CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(u.uri ORDER BY u.uri) FILTER (WHERE u.is_unencrypted), '{}') AS unencrypted,
        coalesce(array_agg(u.uri ORDER BY u.uri) FILTER (WHERE u.is_wildcard), '{}') AS wildcards,
        coalesce(array_agg(u.uri ORDER BY u.uri) FILTER (WHERE u.is_local), '{}') AS local,
        coalesce(array_agg(u.uri ORDER BY u.uri) FILTER (WHERE u.is_foreign), '{}') AS "foreign", count(*) AS count
      FROM (
        SELECT DISTINCT left(r.uri, 500) AS uri, ${isUnencrypted('r.uri')} AS is_unencrypted,
          r.uri LIKE '%*%' AND (t.oauth_client ->> 'wildcardRedirects')::boolean IS NOT FALSE AS is_wildcard,
          t.oauth_client ->> 'type' <> 'native' AND ${isThisMachine('h.host')} AS is_local,
          cardinality($domains) > 0 AND r.uri ~* '^https?://' AND h.host IS NOT NULL AND NOT ${isThisMachine('h.host')}
            AND NOT ${isInDomains('h.host', '$domains')} AS is_foreign
        FROM jsonb_array_elements_text(t.oauth_client -> 'redirectUris') AS r (uri) CROSS JOIN LATERAL (SELECT ${hostOf('r.uri')} AS host) h
      ) u WHERE u.is_unencrypted OR u.is_wildcard OR u.is_local OR u.is_foreign
    ) f
    WHERE ${isOn('t')} AND t.oauth_client IS NOT NULL AND f.count > 0`,
  why: `After the sign-in the provider sends the code or the token to this address. Without encryption it can be read on the way; where a part may be anything, one forgotten name under the domain is enough to receive it; and what listens on the own machine may be any program.`,
  fix: [
    'Write out each address in full, with https.',
    'Remove those that are left from development, or give development an application of its own.',
    'Remove hosts that nobody answers for any more.',
  ],
  console: { okta: ['Applications > the application > General > Login: Sign-in redirect URIs, and the wildcard in them.'] },
  effort: 'minutes',
  frameworks: { nist: ['SC-8', 'AC-3'], cis: ['16.11', '3.10'], soc2: ['CC6.1', 'CC6.7'] },
});
